import { cutDomains, type Domains } from './domains'
import { drivers, LENGTH_MAX } from '../traffic/driverTypes'
import { ConflictKind, Direction, RoadClass, VehicleClass, Yield, type Network } from './networkTables'

/** `free`: nothing crosses or joins it; `merge`: others join the same exit lane; `controlled`: crossed, or signalled. */
export const TurnKind = { free: 0, merge: 1, controlled: 2 } as const
/** Who goes first where two turns enter one lane, seen from the owner of the entry. */
export const Merge = { first: 0, yields: 1, zipper: 2 } as const

/** Compressed rows: the entries of row r are first[r] .. first[r + 1] - 1. */
export interface NetworkIndex {
  readonly laneRows: number
  readonly pathRows: number
  readonly pathLength: Float64Array
  /** Link of a lane; for a turn the link that it leaves. */
  readonly pathLink: Int32Array
  /** Most cells that the vehicles of each path can need, by path: as many as can stand on it, and some to spare. */
  readonly cellsMost: Int32Array
  readonly domains: Domains
  /** Link that a turn enters. */
  readonly turnLink: Int32Array
  readonly turnKind: Uint8Array
  /** 1: nothing crosses the turn, and all who join it take turns with it. */
  readonly turnZips: Uint8Array
  /** 1: every turn of the lane is free, so its stop line never holds anybody. */
  readonly laneFree: Uint8Array
  /** Hops: links that can follow a link, with the mean extra time of the turn, s. */
  readonly nextFirst: Int32Array
  readonly nextLink: Int32Array
  readonly nextTime: Float64Array
  /** Time from the start of a link to the start of the next one on an empty road, s, by hop. */
  readonly hopTime: Float64Array
  /** Metres of that way, by hop. */
  readonly hopLength: Float64Array
  /** Hop of a turn. */
  readonly turnHop: Int32Array
  /** Lanes of the next link that lane k of a link has turns to, as bits: reach[reachFirst[hop] + k]. */
  readonly reachFirst: Int32Array
  readonly reach: Uint16Array
  /** Turns that enter a lane. */
  readonly inFirst: Int32Array
  readonly inTurn: Int32Array
  /** Crossing conflicts by turn. */
  readonly crossFirst: Int32Array
  readonly crossOther: Int32Array
  readonly crossStart: Float64Array
  readonly crossEnd: Float64Array
  readonly crossOtherStart: Float64Array
  readonly crossOtherEnd: Float64Array
  readonly crossYields: Uint8Array
  /** Merging conflicts by turn. */
  readonly mergeFirst: Int32Array
  readonly mergeOther: Int32Array
  readonly mergeStart: Float64Array
  readonly mergeYields: Uint8Array
  /** Diverging conflicts by turn. */
  readonly partFirst: Int32Array
  readonly partOther: Int32Array
  readonly partEnd: Float64Array
  readonly partOtherEnd: Float64Array
  /** Free-flow time of a link, s, without the junction at its end. */
  readonly linkTime: Float64Array
  /** Mean delay of the signal or sign at the end of a link, s. */
  readonly linkDelay: Float64Array
}

/** @param shortest  length of the shortest vehicle that will drive here, m: how many can ever stand on a path */
export function indexNetwork(network: Network, shortest: number = drivers.length[VehicleClass.car]): NetworkIndex {
  const { lanes, turns, links, conflicts } = network
  const laneRows = lanes.rows
  const pathRows = laneRows + turns.rows
  const pathLength = new Float64Array(pathRows)
  const pathLink = new Int32Array(pathRows)
  const turnLink = new Int32Array(turns.rows)
  pathLength.set(lanes.length)
  pathLength.set(turns.length, laneRows)
  pathLink.set(lanes.link)
  for (let turn = 0; turn < turns.rows; turn++) {
    pathLink[laneRows + turn] = lanes.link[turns.fromLane[turn]]
    turnLink[turn] = lanes.link[turns.toLane[turn]]
  }
  const cellsMost = Int32Array.from(pathLength, metres => {
    const most = Math.ceil(metres / shortest) + 3
    return most + Math.max(4, most >> 1)
  })

  const ofKind = (kind: number): { first: Int32Array; rows: Int32Array } => {
    const first = new Int32Array(turns.rows + 1)
    const rows: number[] = []
    for (let turn = 0; turn < turns.rows; turn++) {
      const start = turns.conflictFirst[turn]
      for (let row = start; row < start + turns.conflictCount[turn]; row++) if (conflicts.kind[row] === kind) rows.push(row)
      first[turn + 1] = rows.length
    }
    return { first, rows: Int32Array.from(rows) }
  }
  const pick = (rows: Int32Array, column: ArrayLike<number>): Float64Array => Float64Array.from(rows, row => column[row])
  const cross = ofKind(ConflictKind.crossing)
  const merge = ofKind(ConflictKind.merging)
  const part = ofKind(ConflictKind.diverging)

  const fast = (link: number): boolean => links.class[link] <= RoadClass.trunkLink
  const mergeYields = new Uint8Array(merge.rows.length)
  merge.rows.forEach((row, at) => {
    const { [row]: owner } = conflicts.turn
    const other = conflicts.other[row]
    const zipper = conflicts.yields[row] === Yield.byArrival || turns.node[owner] !== turns.node[other]
      || (fast(pathLink[laneRows + owner]) && fast(pathLink[laneRows + other]))
      || pathLink[laneRows + owner] === pathLink[laneRows + other]
    mergeYields[at] = zipper ? Merge.zipper : conflicts.yields[row] === Yield.owner ? Merge.yields : Merge.first
  })

  const turnKind = new Uint8Array(turns.rows)
  const turnZips = new Uint8Array(turns.rows)
  for (let turn = 0; turn < turns.rows; turn++) {
    const crossed = cross.first[turn + 1] > cross.first[turn]
    const merged = merge.first[turn + 1] > merge.first[turn]
    turnKind[turn] = crossed || turns.group[turn] >= 0 ? TurnKind.controlled : merged ? TurnKind.merge : TurnKind.free
    turnZips[turn] = 1
    if (turnKind[turn] !== TurnKind.merge) turnZips[turn] = 0
    for (let at = merge.first[turn]; at < merge.first[turn + 1]; at++) if (mergeYields[at] !== Merge.zipper) turnZips[turn] = 0
  }
  const laneFree = new Uint8Array(laneRows)
  for (let lane = 0; lane < laneRows; lane++) {
    laneFree[lane] = 1
    for (let turn = lanes.turnFirst[lane]; turn < lanes.turnFirst[lane] + lanes.turnCount[lane]; turn++)
      if (turnKind[turn] !== TurnKind.free) laneFree[lane] = 0
  }

  const inFirst = new Int32Array(laneRows + 1)
  for (let turn = 0; turn < turns.rows; turn++) inFirst[turns.toLane[turn] + 1]++
  for (let lane = 0; lane < laneRows; lane++) inFirst[lane + 1] += inFirst[lane]
  const inTurn = new Int32Array(turns.rows)
  const fill = inFirst.slice()
  for (let turn = 0; turn < turns.rows; turn++) inTurn[fill[turns.toLane[turn]]++] = turn

  const linkTime = new Float64Array(links.rows)
  for (let link = 0; link < links.rows; link++) linkTime[link] = links.length[link] / links.speedLimit[link]
  const { linkDelay, nextFirst, nextLink, nextTime } = indexFollowers(network, turnLink, cross.first)
  const hops = indexHops(network, turnLink, nextFirst, nextLink)
  const hopTime = Float64Array.from(nextTime)
  for (let link = 0; link < links.rows; link++)
    for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++) hopTime[hop] += linkTime[link] + linkDelay[link]

  const crossOther = Int32Array.from(pick(cross.rows, conflicts.other))
  const mergeOther = Int32Array.from(pick(merge.rows, conflicts.other))
  const domains = cutDomains(network, { crossFirst: cross.first, crossOther, mergeFirst: merge.first, mergeOther, pathRows, laneRows })
  return {
    domains, laneRows, pathRows, pathLength, pathLink, cellsMost, turnLink, turnKind, turnZips, laneFree, nextFirst, nextLink, nextTime,
    hopTime, ...hops, inFirst, inTurn,
    crossFirst: cross.first, crossOther,
    crossStart: pick(cross.rows, conflicts.start), crossEnd: pick(cross.rows, conflicts.end),
    crossOtherStart: pick(cross.rows, conflicts.otherStart), crossOtherEnd: pick(cross.rows, conflicts.otherEnd),
    crossYields: Uint8Array.from(pick(cross.rows, conflicts.yields)),
    mergeFirst: merge.first, mergeOther,
    mergeStart: pick(merge.rows, conflicts.start), mergeYields,
    partFirst: part.first, partOther: Int32Array.from(pick(part.rows, conflicts.other)),
    partEnd: pick(part.rows, conflicts.end), partOtherEnd: pick(part.rows, conflicts.otherEnd),
    linkTime, linkDelay,
  }
}

/** Which lane leads to which over each hop, and how long the way is. */
function indexHops(
  network: Network, turnLink: Int32Array, nextFirst: Int32Array, nextLink: Int32Array,
): Pick<NetworkIndex, 'hopLength' | 'turnHop' | 'reachFirst' | 'reach'> {
  const { links, lanes, turns } = network
  const reachFirst = new Int32Array(nextLink.length + 1)
  for (let link = 0; link < links.rows; link++)
    for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++) reachFirst[hop + 1] = reachFirst[hop] + links.laneCount[link]
  const reach = new Uint16Array(reachFirst[nextLink.length])
  const hopLength = new Float64Array(nextLink.length)
  const turnHop = new Int32Array(turns.rows)
  for (let turn = 0; turn < turns.rows; turn++) {
    const link = lanes.link[turns.fromLane[turn]]
    let hop = nextFirst[link]
    while (nextLink[hop] !== turnLink[turn]) hop++
    turnHop[turn] = hop
    hopLength[hop] = links.length[link] + turns.length[turn]
    const to = lanes.index[turns.toLane[turn]]
    if (to < 16) reach[reachFirst[hop] + lanes.index[turns.fromLane[turn]]] |= 1 << to
  }
  return { hopLength, turnHop, reachFirst, reach }
}

/** Distinct links after each link, and what the junction between them costs on average. */
function indexFollowers(
  network: Network, turnLink: Int32Array, crossFirst: Int32Array,
): Pick<NetworkIndex, 'linkDelay' | 'nextFirst' | 'nextLink' | 'nextTime'> {
  const { links, lanes, turns } = network
  const delay = turnDelays(network, crossFirst)
  const nextFirst = new Int32Array(links.rows + 1)
  const nextLink: number[] = []
  const nextTime: number[] = []
  const linkDelay = new Float64Array(links.rows)
  const times = new Map<number, number>()
  for (let link = 0; link < links.rows; link++) {
    times.clear()
    let least = Infinity
    for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link]; lane++) {
      for (let turn = lanes.turnFirst[lane]; turn < lanes.turnFirst[lane] + lanes.turnCount[lane]; turn++) {
        const time = turns.length[turn] / Math.max(1, turns.speedMax[turn]) + delay[turn]
        const to = turnLink[turn]
        times.set(to, Math.min(times.get(to) ?? Infinity, time))
        least = Math.min(least, delay[turn])
      }
    }
    linkDelay[link] = least === Infinity ? 0 : least
    for (const to of [...times.keys()].sort((a, b) => a - b)) {
      nextLink.push(to)
      nextTime.push(times.get(to)! - linkDelay[link])
    }
    nextFirst[link + 1] = nextLink.length
  }
  return { linkDelay, nextFirst, nextLink: Int32Array.from(nextLink), nextTime: Float64Array.from(nextTime) }
}

/**
 * Mean delay of each turn with little traffic, s: uniform arrivals at a fixed signal wait red^2 / (2 cycle); signs and
 * U-turns by fixed amounts (assumed, no source yet).
 */
function turnDelays(network: Network, crossFirst: Int32Array): Float64Array {
  const { turns, groups, programs, stages } = network
  return Float64Array.from({ length: turns.rows }, (_, turn) => {
    let delay = turns.direction[turn] === Direction.uTurn ? 12 : turns.direction[turn] === Direction.left ? 3 : 0
    const group = turns.group[turn]
    if (group >= 0) {
      const program = groups.program[group]
      const bit = 1 << (group - programs.groupFirst[program])
      let cycle = 0
      let green = 0
      for (let stage = programs.stageFirst[program]; stage < programs.stageFirst[program] + programs.stageCount[program]; stage++) {
        cycle += stages.green[stage] + stages.yellow[stage] + stages.allRed[stage]
        if (stages.protectedMask[stage] & bit) green += stages.green[stage]
        else if (stages.permittedMask[stage] & bit) green += 0.6 * stages.green[stage]
      }
      if (cycle > 0) delay += ((cycle - green) * (cycle - green)) / (2 * cycle)
    } else if (crossFirst[turn + 1] > crossFirst[turn] && turns.rank[turn] > 0) delay += 4
    return delay
  })
}

/** Most vehicles that the tables hold at once, none shorter than `shortest` m. */
export const slotCapacity = (network: Network, trips: number, shortest: number): number => {
  let metres = 0
  for (let lane = 0; lane < network.lanes.rows; lane++) metres += network.lanes.length[lane]
  return Math.max(16, Math.min(trips + 16, Math.ceil(metres / (shortest + drivers.gapMin[0])), 262144 - LENGTH_MAX))
}
