import { Control, RoadClass, uniform } from '../../sim'
import { advance, bed, Detector, mean, steady, type Trip } from './bed'
import { Draft } from './networks'
import { relative, type Finding, type ValidationCase } from './row'

/** Hour and a half: enough gaps that chance moves the result by a few percent only. */
const SECONDS = 5400

/** Headways of a Poisson stream, each quantile once, in shuffled order: chance in the order, none in the distribution. */
export function shuffled(from: number, to: number, flow: number, seconds: number, stream: number): Trip[] {
  const count = Math.floor((flow * seconds) / 3600)
  const headways = Array.from({ length: count }, (_, k) => ({ key: uniform(1, 0, k, stream), headway: (-Math.log(1 - (k + 0.5) / count) * 3600) / flow }))
    .sort((a, b) => a.key - b.key)
  let depart = 0
  return headways.map(({ headway }) => ({ depart: (depart += headway), from, to }))
}

/** Streams that give way, with critical gap and follow-up time of the manual, s. */
const streams = {
  'left-from-major': { critical: 4.1, followUp: 2.2 },
  'right-from-minor': { critical: 6.2, followUp: 3.3 },
  'left-from-minor': { critical: 7.1, followUp: 3.5 },
} as const
type Stream = keyof typeof streams

/** Orders of arrivals over which a capacity is averaged. */
const ORDERS = [0, 10, 20]

/** veh/h of a stream that always queues, against `flow` veh/h of those with priority, who arrive in one of many orders. */
function capacity(stream: Stream, flow: number, order: number): number {
  const draft = new Draft()
  const middle = draft.node(0, 0, Control.priority)
  const major = { placement: 'left', class: RoadClass.primary } as const
  const minor = { placement: 'left', class: RoadClass.residential } as const
  const [west, east, south] = [draft.gateway(-400, 0), draft.gateway(400, 0), draft.gateway(0, -400)]
  const fromWest = draft.link(west, middle, 1, major)
  const toWest = draft.link(middle, west, 1, major)
  const fromEast = draft.link(east, middle, 1, major)
  const toEast = draft.link(middle, east, 1, major)
  const fromSouth = draft.link(south, middle, 1, minor)
  const toSouth = draft.link(middle, south, 1, minor)
  // Right-hand traffic: from the south, right leads east and crosses nobody but the stream from the west.
  const poisson = (from: number, to: number, veh: number, stream: number): Trip[] => shuffled(from, to, veh, SECONDS, stream)
  const [rows, queue]: [Trip[], number] = stream === 'right-from-minor' ? [[...poisson(fromWest, toEast, flow, order + 1), ...steady(fromSouth, toEast, 1500, SECONDS)], fromSouth]
    : stream === 'left-from-minor' ? [[...poisson(fromWest, toEast, flow / 2, order + 1), ...poisson(fromEast, toWest, flow / 2, order + 2), ...steady(fromSouth, toWest, 1500, SECONDS)], fromSouth]
      : [[...poisson(fromWest, toEast, flow, order + 1), ...steady(fromEast, toSouth, 1500, SECONDS)], fromEast]
  const world = bed(draft.network(), rows)
  const line = new Detector(world, queue)
  advance(world, SECONDS, () => line.look())
  return line.flow(300, SECONDS)
}

const HCM = 'HCM 6th ed., ch. 20, potential capacity (Harders 1968): c = v exp(-v tc / 3600) / (1 - exp(-v tf / 3600)) with the base critical and follow-up headways of a two-lane major road'

export const gapCases: readonly ValidationCase[] = (Object.keys(streams) as Stream[]).map((stream): ValidationCase => ({
  name: `two-way-stop/${stream}`,
  source: HCM,
  run: () => [300, 600, 900].map((flow): Finding => {
    const { critical, followUp } = streams[stream]
    const theory = (flow * Math.exp((-flow * critical) / 3600)) / (1 - Math.exp((-flow * followUp) / 3600))
    return { name: `${flow}-veh-h`, measured: mean(ORDERS.map(order => capacity(stream, flow, order))), unit: 'veh/h', ...relative(theory, 0.1) }
  }),
}))
