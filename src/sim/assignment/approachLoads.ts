import { drivers } from '../traffic/driverTypes'
import { TurnKind, type NetworkIndex } from '../network/networkIndex'
import { VehicleClass, type Network } from '../network/networkTables'

/** Least time between two cars that start from a queue, s: 1,900 veh/h and lane, as measured of the engines. */
const HEADWAY_MIN = 3600 / 1900
/** Mean headway over that of cars: 8 % buses and lorries that take twice the time; assumed. */
const MIX = 1.08

/** What the drivers of an approach ask of the stop line of one lane. */
export interface LaneLoad {
  readonly lane: number
  /** Share of the hour that they need to cross it, with nobody in their way. */
  readonly busy: number
  /** The turn that most of it is. */
  readonly turn: number
}

/** Drivers of one approach to one exit. `turns`: their turn by lane of the approach, -1 = none. */
interface Way { readonly busy: number; readonly turns: Int32Array; readonly lanes: readonly number[] }

/**
 * Loads of the lanes of a link whose vehicles leave it by these flows over hops, veh/h: everybody takes the least busy of
 * the lanes that lead his way, so that lanes with a choice are busy alike.
 *
 * @param counts  which turns count; for a hop that leaves by several, that of its rightmost lane is asked
 */
export function approachLoads(network: Network, index: NetworkIndex, link: number, flow: Float64Array, counts: (turn: number) => boolean = () => true): LaneLoad[] {
  const first = network.links.laneFirst[link]
  const count = network.links.laneCount[link]
  const ways: Way[] = []
  for (let hop = index.nextFirst[link]; hop < index.nextFirst[link + 1]; hop++) {
    if (flow[hop] <= 0) continue
    const turns = turnsOfHop(network, index, link, hop)
    const lanes = [...turns.keys()].filter(lane => turns[lane] >= 0)
    if (lanes.length === 0 || !counts(turns[lanes[0]])) continue
    ways.push({ busy: (flow[hop] * MIX * queueHeadway(network, index, turns[lanes[0]])) / 3600, turns, lanes })
  }
  const busy = new Float64Array(count)
  const most = new Float64Array(count)
  const main = new Int32Array(count).fill(-1)
  ways.sort((a, b) => a.lanes.length - b.lanes.length || a.lanes[0] - b.lanes[0])
  for (const way of ways) {
    const level = waterLevel(way.lanes.map(lane => busy[lane]), way.busy)
    for (const lane of way.lanes) {
      const share = level - busy[lane]
      if (share <= 0) continue
      busy[lane] = level
      if (share > most[lane]) { most[lane] = share; main[lane] = way.turns[lane] }
    }
  }
  return Array.from({ length: count }, (_, lane) => ({ lane: first + lane, busy: busy[lane], turn: main[lane] })).filter(({ turn }) => turn >= 0)
}

/** A turn from each lane of a link over a hop that cars may take; -1 = none. */
function turnsOfHop({ links, lanes }: Network, index: NetworkIndex, link: number, hop: number): Int32Array {
  const first = links.laneFirst[link]
  return Int32Array.from({ length: links.laneCount[link] }, (_, at) => {
    const lane = first + at
    if ((lanes.allowed[lane] & (1 << VehicleClass.car)) === 0) return -1
    for (let turn = lanes.turnFirst[lane]; turn < lanes.turnFirst[lane] + lanes.turnCount[lane]; turn++) if (index.turnHop[turn] === hop) return turn
    return -1
  })
}

/** Height to which `amount` fills vessels that already hold these. */
function waterLevel(held: readonly number[], amount: number): number {
  const order = [...held].sort((a, b) => a - b)
  let sum = amount
  for (let used = 1; ; used++) {
    sum += order[used - 1]
    if (used === order.length || order[used] * used >= sum) return sum / used
  }
}

/** Time between two cars of a queue on a turn, s: the reaction time and the time to move up by a space. */
export function queueHeadway({ turns }: Network, { turnKind }: NetworkIndex, turn: number): number {
  const own = drivers.timeGap[0] + (drivers.length[0] + drivers.gapMin[0]) / Math.max(1, turns.speedMax[turn])
  return turnKind[turn] === TurnKind.free ? own : Math.max(HEADWAY_MIN, own)
}
