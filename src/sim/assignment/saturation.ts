import { exponential } from '../core/power'
import { Merge, type NetworkIndex } from '../network/networkIndex'
import { Direction, Yield, type Network } from '../network/networkTables'
import { approachLoads, queueHeadway } from './approachLoads'

/** Share of a permitted green, and of the red of right turns, in which gaps come; assumed. */
const GAP_SHARE = 0.5
/** Most vehicles an hour that a lane takes in or lets out, as measured of the engines. */
export const LANE_CAPACITY = 1900
/** Critical gap and follow-up time, s, of those who merge and of those who cross. HCM 6th ed., exhibits 20-11 and 20-12: right and through from a minor road. */
const MERGING = [6.2, 3.3] as const
const CROSSING = [6.5, 4] as const
/** Share left to those who give way to an endless stream: who waits long is let in; assumed, as in the engines after two minutes. */
const LET_IN = 0.08

/**
 * Saturation of each hop, flow over capacity: that of the least busy lane which leads there, by the greens of the network
 * or the gaps between those who go first, or that of the entry of the next link, whichever is more.
 *
 * @param flow  veh/h by hop
 */
export function hopSaturation(network: Network, index: NetworkIndex, flow: Float64Array): Float64Array {
  const { links, lanes } = network
  const { nextLink, turnHop } = index
  const saturation = new Float64Array(flow.length).fill(Infinity)
  const inflow = new Float64Array(links.rows)
  for (let hop = 0; hop < flow.length; hop++) inflow[nextLink[hop]] += flow[hop]
  for (let link = 0; link < links.rows; link++)
    for (const { lane, busy, turn } of approachLoads(network, index, link, flow)) {
      const own = busy / (network.turns.group[turn] >= 0 ? greenShare(network, turn) : gapShare(network, index, turn, flow))
      for (let each = lanes.turnFirst[lane]; each < lanes.turnFirst[lane] + lanes.turnCount[lane]; each++)
        saturation[turnHop[each]] = Math.min(saturation[turnHop[each]], own)
    }
  for (let hop = 0; hop < flow.length; hop++) {
    const entry = inflow[nextLink[hop]] / (LANE_CAPACITY * links.laneCount[nextLink[hop]])
    saturation[hop] = saturation[hop] === Infinity ? entry : Math.max(entry, saturation[hop])
  }
  return saturation
}

/** Share of the hour in which a turn at a signal may go. */
function greenShare({ turns, groups, programs, stages }: Network, turn: number): number {
  const program = groups.program[turns.group[turn]]
  const bit = 1 << (turns.group[turn] - programs.groupFirst[program])
  let cycle = 0, own = 0, gaps = 0
  for (let stage = programs.stageFirst[program]; stage < programs.stageFirst[program] + programs.stageCount[program]; stage++) {
    cycle += stages.green[stage] + stages.yellow[stage] + stages.allRed[stage]
    if (stages.protectedMask[stage] & bit) own += stages.green[stage]
    else if (stages.permittedMask[stage] & bit || turns.direction[turn] === Direction.right) gaps += stages.green[stage]
  }
  return (own + GAP_SHARE * gaps) / cycle
}

/**
 * What is left to those who give way to a stream q, of a turn that nobody holds up: h / tf exp(-q (tc - tf / 2)), with
 * critical gap tc, follow-up time tf and the headway h of the turn's own queue.
 *
 * Source: Siegloch (1973), Strassenbau und Strassenverkehrstechnik 154; HCM 6th ed., ch. 20.
 */
function gapShare(network: Network, index: NetworkIndex, turn: number, flow: Float64Array): number {
  const { lanes, turns } = network
  const before: number[] = []
  for (let at = index.crossFirst[turn]; at < index.crossFirst[turn + 1]; at++) if (index.crossYields[at] === Yield.owner) before.push(index.crossOther[at])
  const crosses = before.length > 0
  for (let at = index.mergeFirst[turn]; at < index.mergeFirst[turn + 1]; at++) if (index.mergeYields[at] === Merge.yields) before.push(index.mergeOther[at])
  if (before.length === 0) return 1
  // One lane of another approach counts once, however many of its turns are in the way.
  const stream = new Map<number, number>()
  for (const other of before) {
    const hop = index.turnHop[other]
    let ways = 0
    for (let at = index.reachFirst[hop]; at < index.reachFirst[hop + 1]; at++) if (index.reach[at] !== 0) ways++
    stream.set(hop * 16 + lanes.index[turns.fromLane[other]], flow[hop] / Math.max(1, ways))
  }
  const [gap, follow] = crosses ? CROSSING : MERGING
  const perHour = [...stream.values()].reduce((a, b) => a + b, 0)
  return Math.max(LET_IN, Math.min(1, queueHeadway(network, index, turn) / follow) * exponential((-perHour * (gap - follow / 2)) / 3600))
}
