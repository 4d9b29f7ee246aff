import { conditionsOf } from './traffic/conditions'
import { Count, type World } from './world'
import { Wait } from './worldTypes'

/** Why vehicles stand, as planners name it. */
export const JamCause = { unknown: 0, signal: 1, giveWay: 2, junction: 3, crossing: 4, laneChange: 5, closure: 6, works: 7, slow: 8 } as const

/** Where a queue begins, and why. */
export interface JamReport {
  /** The link asked about. */
  readonly link: number
  /** Links from there to the one at whose end the queue begins; one alone = the queue is of its own making, more = it spills back. */
  readonly chain: readonly number[]
  /** JamCause at the end of the last of them. */
  readonly cause: number
  /** Vehicles standing on the whole chain. */
  readonly standing: number
}

/** Links after which the search for the beginning of a queue ends; a chain that long is a gridlock. */
const CHAIN_MAX = 30
/** A first vehicle slower than this, m/s, holds those behind it up. */
const STANDING = 2
/** m behind the last vehicle of a lane that leave no room for another. */
const ROOM = 8

/**
 * Follows a queue from a link forwards to where it begins: as long as the first vehicles of most lanes find no room on the
 * next link, the queue begins on that one or beyond. Reads the world and changes nothing in it.
 */
export function jamReport(world: World, link: number): JamReport {
  const chain = [link]
  let at = headsOf(world, link)
  let standing = at.standing
  while (at.next >= 0 && !chain.includes(at.next) && chain.length < CHAIN_MAX) {
    chain.push(at.next)
    at = headsOf(world, at.next)
    standing += at.standing
  }
  return { link, chain, cause: causeAt(world, chain.at(-1)!, at.wait, at.standing), standing }
}

interface Heads { readonly wait: number; readonly next: number; readonly standing: number }

/** For what the first vehicles of a link's lanes wait, each with the vehicles that stand behind it; and on which link those find no room that wait for some. */
function headsOf(world: World, link: number): Heads {
  const { lanes: { closed }, paths, cells, slots, input } = world
  const { links, turns, lanes } = input.network
  const weights = new Map<number, number>(), nexts = new Map<number, number>()
  let all = 0
  for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link]; lane++) {
    const first = paths.first[lane], count = paths.count[lane]
    if (count === 0 || closed[lane] & 1) continue
    let standing = 0
    for (let cell = first; cell < first + count; cell++) if (cells.speed[cell] < STANDING) standing++
    all += standing
    if (cells.speed[first] >= STANDING || standing === 0) continue
    const slot = cells.slot[first]
    const wait = slots.wait[slot]
    weights.set(wait, (weights.get(wait) ?? 0) + standing)
    const turn = slots.nextTurn[slot]
    const next = turn >= 0 && (wait === Wait.exitFull || (FOLLOWING.has(wait) && isFull(world, turns.toLane[turn]))) ? lanes.link[turns.toLane[turn]] : -1
    nexts.set(next, (nexts.get(next) ?? 0) + standing)
  }
  return { wait: heaviest(weights), next: heaviest(nexts), standing: all }
}

/** Where no junction has to be asked for room, the first vehicle of a link just follows the last of the next one. */
const FOLLOWING: ReadonlySet<number> = new Set([Wait.none, Wait.leader, Wait.curve])

/** Whether those who stand on a lane stand up to its start. */
function isFull({ paths, cells }: World, lane: number): boolean {
  const count = paths.count[lane]
  if (count === 0) return false
  const last = paths.first[lane] + count - 1
  return cells.speed[last] < STANDING && cells.position[last] - cells.length[last] < ROOM
}

/** -1 = there is none. */
function heaviest(weights: ReadonlyMap<number, number>): number {
  let best = -1, most = 0
  for (const [key, weight] of weights) if (weight > most) { best = key; most = weight }
  return best
}

function causeAt(world: World, link: number, wait: number, standing: number): number {
  const { lanes, input, changes, counts } = world
  const { links } = input.network
  // What a planner has done to the road comes before what drivers say.
  const narrowed = (row: number): boolean => {
    for (let lane = links.laneFirst[row]; lane < links.laneFirst[row] + links.laneCount[row]; lane++) if (lanes.closed[lane] & 1) return true
    return false
  }
  if (narrowed(link)) return JamCause.closure
  if (wait === Wait.laneChange || FOLLOWING.has(wait)) for (let next = 0; next < links.rows; next++) if (links.fromNode[next] === links.toNode[link] && narrowed(next)) return JamCause.closure
  const { gapFactor } = conditionsOf(input.network, changes, counts[Count.nextChange], link)
  if (gapFactor > 1) return JamCause.works
  switch (wait) {
    case Wait.signal: return JamCause.signal
    case Wait.yield: return JamCause.giveWay
    case Wait.junctionBusy: case Wait.exitFull: return JamCause.junction
    case Wait.crossing: return JamCause.crossing
    case Wait.laneChange: return JamCause.laneChange
    case Wait.closure: return JamCause.closure
    case Wait.leader: case Wait.curve: case Wait.none: return JamCause.slow
    // The first ones drive again, those behind still stand.
    default: return standing === 0 ? JamCause.unknown : input.network.nodes.program[links.toNode[link]] >= 0 ? JamCause.signal : JamCause.slow
  }
}
