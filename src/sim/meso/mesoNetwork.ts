import { Direction, Yield, type Network } from '../network/networkTables'
import { Merge, TurnKind, type NetworkIndex } from '../network/networkIndex'
import { drivers } from '../traffic/driverTypes'

/** Least time between two vehicles that start from a standing queue, s: 1,900 veh/h and lane, as measured of the micro engine. */
export const SATURATION_HEADWAY = 3600 / 1900
/** Room that one unit of storage takes, m: a standing car and the gap before it. */
export const SPACE = drivers.length[0] + drivers.gapMin[0]
/** Speed at which room that became free moves up a queue, m/s: one space a reaction time (Newell 2002). */
/** Classes that take the room of two cars: buses and lorries. */
export const isLong = (type: number): boolean => drivers.length[type] > 7
export const WAVE_SPEED = SPACE / drivers.timeGap[0]

/**
 * What the meso engine derives from a network once. Lanes are its queues: a vehicle chooses, on entering a link, the
 * emptiest lane with a turn to the next link of its route. Compressed rows: the entries of row r are first[r] .. first[r + 1] - 1.
 */
export interface MesoNetwork {
  /** Units of storage of each lane, and the first of each in the ring of exit times. */
  readonly storage: Int32Array
  readonly ringFirst: Int32Array
  /** Time that freed room takes to reach the start of the lane, s. */
  readonly waveTime: Float64Array
  /** Turns by hop (link and the one after it, as in NetworkIndex.nextLink), one a lane. */
  readonly hopFirst: Int32Array
  readonly hopTurn: Int32Array
  /** Time over the junction, with what braking and accelerating for its curve costs, s. */
  readonly crossingTime: Float64Array
  /** Least time between two vehicles on the turn, s. */
  readonly turnHeadway: Float64Array
  /** Turns that give way, and those that they give way to. */
  readonly yielding: Int32Array
  readonly majorFirst: Int32Array
  readonly major: Int32Array
  /** Share of the major flow that counts: half of one that is first come, first served. */
  readonly majorWeight: Float64Array
  /** Critical gap and follow-up time by yielding turn, s. */
  readonly criticalGap: Float64Array
  readonly followUp: Float64Array
  /** Lanes of each signal group. */
  readonly groupFirst: Int32Array
  readonly groupLane: Int32Array
}

export function indexMeso(network: Network, index: NetworkIndex): MesoNetwork {
  const { lanes, links, turns } = network
  const storage = new Int32Array(lanes.rows)
  const ringFirst = new Int32Array(lanes.rows + 1)
  const waveTime = new Float64Array(lanes.rows)
  for (let lane = 0; lane < lanes.rows; lane++) {
    // Vehicles also stand on turns that nothing crosses.
    let before = 0
    for (let at = index.inFirst[lane]; at < index.inFirst[lane + 1]; at++)
      if (index.turnKind[index.inTurn[at]] !== TurnKind.controlled && turns.length[index.inTurn[at]] > before) before = turns.length[index.inTurn[at]]
    const room = lanes.length[lane] + before
    storage[lane] = Math.max(1, Math.round(room / SPACE))
    waveTime[lane] = room / WAVE_SPEED
    ringFirst[lane + 1] = ringFirst[lane] + storage[lane]
  }
  const crossingTime = new Float64Array(turns.rows)
  const turnHeadway = new Float64Array(turns.rows)
  for (let turn = 0; turn < turns.rows; turn++) {
    const limit = links.speedLimit[lanes.link[turns.fromLane[turn]]]
    const speed = Math.max(1, Math.min(turns.speedMax[turn], limit))
    crossingTime[turn] = turns.length[turn] / speed + curveLoss(limit, speed)
    const moving = drivers.timeGap[0] + SPACE / speed
    turnHeadway[turn] = index.turnKind[turn] === TurnKind.controlled ? Math.max(SATURATION_HEADWAY, moving) : moving
  }
  return { storage, ringFirst, waveTime, crossingTime, turnHeadway, ...indexHops(network, index), ...indexYields(network, index), ...indexGroups(network) }
}

/** Time lost by slowing down from one speed to another and coming back to it, s. */
function curveLoss(speed: number, slow: number): number {
  if (slow >= speed) return 0
  const change = speed - slow
  return (change * change * (1 / drivers.acceleration[0] + 1 / 2.5)) / (2 * speed)
}

function indexHops({ links, lanes }: Network, { nextFirst, nextLink, turnLink }: NetworkIndex): Pick<MesoNetwork, 'hopFirst' | 'hopTurn'> {
  const hopFirst = new Int32Array(nextLink.length + 1)
  const hopTurn: number[] = []
  for (let link = 0; link < links.rows; link++)
    for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++) {
      for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link]; lane++)
        for (let turn = lanes.turnFirst[lane]; turn < lanes.turnFirst[lane] + lanes.turnCount[lane]; turn++)
          if (turnLink[turn] === nextLink[hop]) { hopTurn.push(turn); break }
      hopFirst[hop + 1] = hopTurn.length
    }
  return { hopFirst, hopTurn: Int32Array.from(hopTurn) }
}

/**
 * Critical gaps and follow-up times, s: Highway Capacity Manual 6th ed., exhibits 20-11 to 20-13; right turns as the micro engine has them.
 */
function gapsOf(direction: number, minor: boolean): [critical: number, followUp: number] {
  if (direction === Direction.right) return [4.5, 2.9]
  if (!minor) return [4.1, 2.2]
  return direction === Direction.straight ? [6, 3.3] : [6.5, 3.5]
}

function indexYields(network: Network, index: NetworkIndex): Pick<MesoNetwork, 'yielding' | 'majorFirst' | 'major' | 'majorWeight' | 'criticalGap' | 'followUp'> {
  const { turns } = network
  const yielding: number[] = []
  const first = [0]
  const major: number[] = []
  const weight: number[] = []
  const criticalGap: number[] = []
  const followUp: number[] = []
  for (let turn = 0; turn < turns.rows; turn++) {
    const from = major.length
    const giveWay = (other: number, byRule: number): void => {
      const share = turns.group[turn] >= 0 ? greenShare(network, turns.group[turn], turns.group[other]) : byRule
      if (share > 0) { major.push(other); weight.push(share) }
    }
    for (let at = index.crossFirst[turn]; at < index.crossFirst[turn + 1]; at++)
      giveWay(index.crossOther[at], index.crossYields[at] === Yield.owner ? 1 : index.crossYields[at] === Yield.byArrival ? 0.5 : 0)
    for (let at = index.mergeFirst[turn]; at < index.mergeFirst[turn + 1]; at++)
      giveWay(index.mergeOther[at], index.mergeYields[at] === Merge.yields ? 1 : 0)
    if (major.length === from) continue
    const [critical, follow] = gapsOf(turns.direction[turn], turns.rank[turn] > 1)
    yielding.push(turn)
    criticalGap.push(critical)
    followUp.push(follow)
    first.push(major.length)
  }
  return {
    yielding: Int32Array.from(yielding), majorFirst: Int32Array.from(first), major: Int32Array.from(major), majorWeight: Float64Array.from(weight),
    criticalGap: Float64Array.from(criticalGap), followUp: Float64Array.from(followUp),
  }
}

/**
 * Flow of one signal group while another is permitted to go through its gaps, per mean flow: 0 where their greens never
 * meet, above 1 because all of its flow comes in its green.
 */
function greenShare({ groups, programs, stages }: Network, permitted: number, other: number): number {
  if (other < 0) return 1
  const program = groups.program[permitted]
  if (groups.program[other] !== program) return 1
  const own = 1 << (permitted - programs.groupFirst[program])
  const theirs = 1 << (other - programs.groupFirst[program])
  let cycle = 0, gaps = 0, green = 0, both = 0
  for (let stage = programs.stageFirst[program]; stage < programs.stageFirst[program] + programs.stageCount[program]; stage++) {
    cycle += stages.green[stage] + stages.yellow[stage] + stages.allRed[stage]
    const isGreen = (stages.protectedMask[stage] & theirs) !== 0
    if (isGreen) green += stages.green[stage]
    if (!(stages.permittedMask[stage] & own)) continue
    gaps += stages.green[stage]
    if (isGreen) both += stages.green[stage]
  }
  return both > 0 ? (both / gaps) * (cycle / green) : 0
}

function indexGroups({ groups, turns }: Network): Pick<MesoNetwork, 'groupFirst' | 'groupLane'> {
  const lanesOf: Set<number>[] = Array.from({ length: groups.rows }, () => new Set())
  for (let turn = 0; turn < turns.rows; turn++) if (turns.group[turn] >= 0) lanesOf[turns.group[turn]].add(turns.fromLane[turn])
  const groupFirst = new Int32Array(groups.rows + 1)
  lanesOf.forEach((set, group) => { groupFirst[group + 1] = groupFirst[group] + set.size })
  return { groupFirst, groupLane: Int32Array.from(lanesOf.flatMap(set => [...set])) }
}
