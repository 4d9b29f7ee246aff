import { Draw, uniform } from '../core/random'
import { VehicleClass } from '../network/networkTables'
import { groupOf } from '../network/router'
import { Count, type World } from '../world'
import { inForce } from './inForce'
import { advanceHop, type RouteCursor } from './routePool'
import { ask } from './routeSearches'
import { cursorOf, linkAfter } from './turnChoice'
import { SlotFlag } from './vehicleTable'

/** Ticks within which every driver under way has met what signs and phones say: half a minute; assumed. */
const HEAR_TICKS = 60

/** What drivers are told: by link, which share of those bound over it looks for another way. Follows from the changes. */
export interface Messages {
  readonly share: Float64Array
  /** Links with a message, and the largest share of all. */
  links: number
  most: number
}

export const createMessages = (links: number): Messages => ({ share: new Float64Array(links), links: 0, most: 0 })

/** Sets the message about a link to that after the first `count` changes. */
export function setMessage({ messages, changes }: Pick<World, 'messages' | 'changes'>, link: number, count: number): void {
  const { share } = messages
  const before = share[link]
  share[link] = inForce(changes, count, 'message', link)?.share ?? 0
  messages.links += Number(share[link] > 0) - Number(before > 0)
  messages.most = messages.links === 0 ? 0 : share.reduce((most, each) => Math.max(most, each), 0)
}

/** Sets all messages; for a state that was restored. */
export function setMessages(world: Pick<World, 'messages' | 'changes'>, count: number): void {
  for (const link of new Set(world.changes.slice(0, count).flatMap(({ kind, row }) => (kind === 'message' ? [row] : [])))) setMessage(world, link, count)
}

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

/**
 * Drivers on their way to a road with a message hear it, all of them within half a minute; the share of them who heed it
 * know the present times of all roads from then on, and look at once whether another way is better, as those do who
 * drive by live times anyway. Who heeds is drawn once a trip. Buses keep to their route, emergency vehicles to theirs.
 */
export function hearMessages(world: World): void {
  const { messages: { most }, slots, counts, tick, index, input: { seed, trips } } = world
  if (most === 0) return
  for (let slot = tick % HEAR_TICKS; slot < counts[Count.slotsUsed]; slot += HEAR_TICKS) {
    if (slots.trip[slot] < 0 || slots.flags[slot] & SlotFlag.live || slots.parks[slot]) continue
    const type = slots.class[slot]
    if (type === VehicleClass.bus || type === VehicleClass.emergency) continue
    const id = trips.id[slots.trip[slot]]
    const heeds = uniform(seed, Draw.message, id, 0)
    if (heeds >= most || heeds >= shareAhead(world, slot)) continue
    slots.flags[slot] |= SlotFlag.live
    if (slots.path[slot] < index.laneRows && slots.reservedTurn[slot] < 0 && linkAfter(world, slot) >= 0) ask(world, slot, slots.link[slot], type, groupOf(seed, id, true), false)
  }
}

/** The largest share of the messages about links that a driver still comes to. */
function shareAhead(world: World, slot: number): number {
  const { messages: { share }, routes, index } = world
  cursorOf(world, slot, cursor)
  let most = 0
  while (advanceHop(routes, index, cursor) >= 0) if (share[cursor.link] > most) most = share[cursor.link]
  return most
}
