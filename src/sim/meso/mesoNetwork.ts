import type { Network } from '../network/networkTables'
import { TurnKind, type NetworkIndex } from '../network/networkIndex'
import { drivers } from '../traffic/driverTypes'
import { LANE_BYTES, Lane, TURN_BYTES, Turn } from './mesoTables'
import { createRecords, type Records } from './records'
import { indexYields, type MesoYields } from './yields'

/** Least time between two vehicles that start from a standing queue, s: 1,900 veh/h and lane, as measured of the micro engine. */
export const SATURATION_HEADWAY = 3600 / 1900
/** Room that one unit of storage takes, m: a standing car and the gap before it. */
export const SPACE = drivers.length[0] + drivers.gapMin[0]
/** Classes that take the room of two cars: buses and lorries. */
export const isLong = (type: number): boolean => drivers.length[type] > SPACE
/** Units of storage that a vehicle takes. */
export const unitsOf = (type: number): number => (isLong(type) ? 2 : 1)
/** Speed at which room that became free moves up a queue, m/s: one space a reaction time (Newell 2002). */
const WAVE_SPEED = SPACE / drivers.timeGap[0]
/** Braking before a curve, m/s2: the comfortable one of the car-following model. */
const BRAKING = 2.5

/**
 * What the meso engine derives from a network once. Lanes are its queues. Compressed rows: the entries of row r are
 * first[r] .. first[r + 1] - 1.
 */
export interface MesoNetwork {
  /** Units of storage of all lanes. */
  readonly units: number
  /** Turn of lane k of a link over each hop, as NetworkIndex.reach; -1 = none. */
  readonly hopLaneTurn: Int32Array
  readonly yields: MesoYields
  /** Lanes of each signal group. */
  readonly groupFirst: Int32Array
  readonly groupLane: Int32Array
}

export const headwayAt = (speed: number): number => drivers.timeGap[0] + SPACE / speed

/** @param regrouped  programs in whose stages plans let other movements go */
export function indexMeso(network: Network, index: NetworkIndex, regrouped: ReadonlySet<number>): { fixed: MesoNetwork; lanes: Records; turns: Records } {
  const yields = indexYields(network, index, regrouped)
  const lanes = layLanes(network, index)
  const last = (network.lanes.rows - 1) * (LANE_BYTES / 4)
  const units = network.lanes.rows > 0 ? lanes.i32[last + Lane.ringFirst] + lanes.i32[last + Lane.storage] : 0
  return { fixed: { units, hopLaneTurn: indexHops(network, index), yields, ...indexGroups(network) }, lanes, turns: layTurns(network, index, yields) }
}

function layLanes({ lanes, turns, links }: Network, index: NetworkIndex): Records {
  const records = createRecords(lanes.rows, LANE_BYTES)
  const { i32, f32, f64 } = records
  let ring = 0
  for (let lane = 0; lane < lanes.rows; lane++) {
    // Vehicles also stand on turns that nothing crosses.
    let before = 0
    for (let at = index.inFirst[lane]; at < index.inFirst[lane + 1]; at++)
      if (index.turnKind[index.inTurn[at]] !== TurnKind.controlled && turns.length[index.inTurn[at]] > before) before = turns.length[index.inTurn[at]]
    const room = lanes.length[lane] + before
    const at = lane * (LANE_BYTES / 4)
    for (const name of ['head', 'tail', 'due', 'waitsFor', 'waiterFirst', 'waiterLast', 'waiterNext', 'promised', 'wanted'] as const) i32[at + Lane[name]] = -1
    i32[at + Lane.link] = lanes.link[lane]
    i32[at + Lane.storage] = Math.max(1, Math.round(room / SPACE))
    i32[at + Lane.ringFirst] = ring
    ring += i32[at + Lane.storage]
    f32[at + Lane.waveTime] = room / WAVE_SPEED
    f32[at + Lane.length] = lanes.length[lane]
    f32[at + Lane.speed] = links.speedLimit[lanes.link[lane]]
    f32[at + Lane.headwayIn] = headwayAt(links.speedLimit[lanes.link[lane]])
    f64[at / 2 + Lane.booked] = f64[at / 2 + Lane.blockedSince] = -1
  }
  return records
}

function layTurns({ lanes, turns, links }: Network, index: NetworkIndex, { first, followUp }: MesoYields): Records {
  const records = createRecords(turns.rows, TURN_BYTES)
  const { i32, f32, f64 } = records
  for (let turn = 0; turn < turns.rows; turn++) {
    const at = turn * (TURN_BYTES / 4)
    const from = lanes.link[turns.fromLane[turn]]
    const speed = Math.max(1, Math.min(turns.speedMax[turn], links.speedLimit[from]))
    const moving = headwayAt(speed)
    i32[at + Turn.group] = turns.group[turn]
    i32[at + Turn.hop] = index.turnHop[turn]
    i32[at + Turn.kind] = index.turnKind[turn]
    i32[at + Turn.lane] = turns.fromLane[turn]
    i32[at + Turn.toFirst] = links.laneFirst[index.turnLink[turn]]
    i32[at + Turn.toCount] = links.laneCount[index.turnLink[turn]]
    i32[at + Turn.yields] = first[turn] < first[turn + 1] ? first[turn] : -1
    f32[at + Turn.braking] = brakingLoss(links.speedLimit[from], speed)
    f32[at + Turn.headway] = Math.max(index.turnKind[turn] === TurnKind.controlled ? Math.max(SATURATION_HEADWAY, moving) : moving, followUp[turn])
    f32[at + Turn.length] = turns.length[turn]
    f32[at + Turn.speed] = speed
    f64[at / 2 + Turn.lastPass] = -Infinity
  }
  return records
}

/** Time lost by slowing down from one speed to another before the stop line, s. */
function brakingLoss(speed: number, slow: number): number {
  if (slow >= speed) return 0
  const change = speed - slow
  return (change * change) / (2 * speed * BRAKING)
}

function indexHops({ links, lanes }: Network, { nextFirst, nextLink, turnLink, reachFirst }: NetworkIndex): Int32Array {
  const hopLaneTurn = new Int32Array(reachFirst[nextLink.length]).fill(-1)
  for (let link = 0; link < links.rows; link++)
    for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++)
      for (let at = 0; at < links.laneCount[link]; at++) {
        const lane = links.laneFirst[link] + at
        for (let turn = lanes.turnFirst[lane]; turn < lanes.turnFirst[lane] + lanes.turnCount[lane]; turn++)
          if (turnLink[turn] === nextLink[hop]) { hopLaneTurn[reachFirst[hop] + at] = turn; break }
      }
  return hopLaneTurn
}

function indexGroups({ groups, turns }: Network): Pick<MesoNetwork, 'groupFirst' | 'groupLane'> {
  const lanesOf: Set<number>[] = Array.from({ length: groups.rows }, () => new Set())
  for (let turn = 0; turn < turns.rows; turn++) if (turns.group[turn] >= 0) lanesOf[turns.group[turn]].add(turns.fromLane[turn])
  const groupFirst = new Int32Array(groups.rows + 1)
  lanesOf.forEach((set, group) => { groupFirst[group + 1] = groupFirst[group] + set.size })
  return { groupFirst, groupLane: Int32Array.from(lanesOf.flatMap(set => [...set])) }
}
