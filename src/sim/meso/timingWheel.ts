/** Ticks that the wheel holds; an event further off is put at its far end, and whoever meets it there puts it in again. */
const SPOKES = 1024
export const NO_EVENT = -2147483648

/**
 * Events by tick, each tick a chain in the order of adding. Events of the present tick may still be added while it is
 * worked through.
 */
export interface TimingWheel {
  /** First and last entry of each tick; -1 = none. */
  readonly first: Int32Array
  readonly last: Int32Array
  next: Int32Array
  event: Int32Array
  /** Head of the chain of free entries. */
  free: number
}

export function createWheel(entries: number): TimingWheel {
  const wheel: TimingWheel = { first: new Int32Array(SPOKES).fill(-1), last: new Int32Array(SPOKES).fill(-1), next: new Int32Array(0), event: new Int32Array(0), free: -1 }
  grow(wheel, entries)
  return wheel
}

function grow(wheel: TimingWheel, entries: number): void {
  const had = wheel.next.length
  const next = new Int32Array(entries)
  const event = new Int32Array(entries)
  next.set(wheel.next)
  event.set(wheel.event)
  for (let entry = had; entry < entries; entry++) next[entry] = entry + 1 < entries ? entry + 1 : wheel.free
  wheel.next = next
  wheel.event = event
  wheel.free = had
}

/** Adds an event for a tick, or for the present one where that is past; answers the tick at which it will come. */
export function addEvent(wheel: TimingWheel, event: number, tick: number, now: number): number {
  const due = tick < now ? now : tick < now + SPOKES ? tick : now + SPOKES - 1
  const spoke = due & (SPOKES - 1)
  if (wheel.free < 0) grow(wheel, 2 * wheel.next.length)
  const entry = wheel.free
  wheel.free = wheel.next[entry]
  wheel.next[entry] = -1
  wheel.event[entry] = event
  if (wheel.first[spoke] < 0) wheel.first[spoke] = entry
  else wheel.next[wheel.last[spoke]] = entry
  wheel.last[spoke] = entry
  return due
}

/** Takes the next event of this tick; NO_EVENT when there is none left. */
export function takeEvent(wheel: TimingWheel, tick: number): number {
  const spoke = tick & (SPOKES - 1)
  const entry = wheel.first[spoke]
  if (entry < 0) return NO_EVENT
  wheel.first[spoke] = wheel.next[entry]
  wheel.next[entry] = wheel.free
  wheel.free = entry
  return wheel.event[entry]
}
