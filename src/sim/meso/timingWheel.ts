/** Ticks that the wheel holds; an event further off is put at its far end, and whoever meets it there puts it in again. */
const SPOKES = 1024
export const NO_EVENT = -2147483648

/** Events by tick, in the order of adding. Events of the present tick may still be added while it is worked through. */
export interface TimingWheel {
  readonly events: Int32Array[]
  /** Events of each spoke, and how many of them were taken. */
  readonly count: Int32Array
  readonly taken: Int32Array
}

export function createWheel(): TimingWheel {
  return { events: Array.from({ length: SPOKES }, () => new Int32Array(16)), count: new Int32Array(SPOKES), taken: new Int32Array(SPOKES) }
}

/** Adds an event for a tick, or for the present one where that is past; answers the tick at which it will come. */
export function addEvent({ events, count }: TimingWheel, event: number, tick: number, now: number): number {
  const due = tick < now ? now : tick < now + SPOKES ? tick : now + SPOKES - 1
  const spoke = due & (SPOKES - 1)
  const at = count[spoke]++
  let list = events[spoke]
  if (at === list.length) {
    list = new Int32Array(2 * at)
    list.set(events[spoke])
    events[spoke] = list
  }
  list[at] = event
  return due
}

/** Takes the next event of this tick; NO_EVENT when there is none left. */
export function takeEvent({ events, count, taken }: TimingWheel, tick: number): number {
  const spoke = tick & (SPOKES - 1)
  if (taken[spoke] < count[spoke]) return events[spoke][taken[spoke]++]
  taken[spoke] = count[spoke] = 0
  return NO_EVENT
}
