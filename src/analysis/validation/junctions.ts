import { Control, LinkFlag, RoadClass } from '../../sim'
import { advance, bed, Detector, mean, steady, type Trip } from './bed'
import { shuffled } from './gaps'
import { Draft } from './networks'
import { relative, type Finding, type ValidationCase } from './row'

const SECONDS = 3600

/** veh/h that enter a single-lane roundabout from the south, always queueing, against `flow` veh/h that circulate past. */
function entryCapacity(flow: number): number {
  const draft = new Draft()
  const R = 18
  // Drives anticlockwise: west, south, east, north.
  const ring = [[-R, 0], [0, -R], [R, 0], [0, R]].map(([x, y]) => draft.node(x!, y!, Control.roundabout))
  const leg = { placement: 'left', class: RoadClass.secondary } as const
  const arms = [[-400, 0], [0, -400], [400, 0], [0, 400]].map(([x, y], at) => {
    const end = draft.gateway(x!, y!)
    return { in: draft.link(end, ring[at]!, 1, leg), out: draft.link(ring[at]!, end, 1, leg) }
  })
  for (let at = 0; at < 4; at++) {
    const angle = (k: number): number => Math.PI * (1 + at / 2 + k / 16)
    const points = Array.from({ length: 9 }, (_, k) => [R * Math.cos(angle(k)), R * Math.sin(angle(k)), 0]).flat()
    draft.link(ring[at]!, ring[(at + 1) % 4]!, 1, { flags: LinkFlag.oneway | LinkFlag.roundabout, class: RoadClass.secondary, speedLimit: 30 / 3.6, points })
  }
  const [west, south, east] = arms as [typeof arms[0], typeof arms[0], typeof arms[0]]
  const capacity = (order: number): number => {
    const world = bed(draft.network(), [...shuffled(west.in, east.out, flow, SECONDS, order), ...steady(south.in, east.out, 1500, SECONDS)])
    const line = new Detector(world, south.in)
    advance(world, SECONDS, () => line.look())
    return line.flow(300, SECONDS)
  }
  return mean([1, 2].map(capacity))
}

/** veh/h of the southern approach of an all-way stop, single lanes, straight on, of which `queues` always queue. */
function allWayFlow(queues: readonly number[]): number {
  const draft = new Draft()
  const middle = draft.node(0, 0, Control.allWay)
  const leg = { placement: 'left', class: RoadClass.secondary } as const
  const arms = [[0, -300], [0, 300], [-300, 0], [300, 0]].map(([x, y]) => {
    const end = draft.gateway(x!, y!)
    return { in: draft.link(end, middle, 1, leg), out: draft.link(middle, end, 1, leg) }
  })
  const rows: Trip[] = queues.flatMap(at => steady(arms[at]!.in, arms[at ^ 1]!.out, 1500, SECONDS))
  const world = bed(draft.network(), rows)
  const line = new Detector(world, arms[0]!.in)
  advance(world, SECONDS, () => line.look())
  return line.flow(300, SECONDS)
}

export const junctionCases: readonly ValidationCase[] = [
  {
    name: 'roundabout/entry',
    source: 'HCM 6th ed., ch. 22, eq. 22-1: one-lane entry against one circulating lane, c = 1,380 exp(-1.02e-3 v)',
    run: () => [300, 600, 900].map((flow): Finding => ({ name: `${flow}-veh-h`, measured: entryCapacity(flow), unit: 'veh/h', ...relative(1380 * Math.exp(-1.02e-3 * flow), 0.15) })),
  },
  {
    name: 'all-way-stop/approach',
    source: 'HCM 6th ed., ch. 21, exhibit 21-14: saturation headway of single-lane approaches, 3.9 s with nobody on the others, 4.7 s with one opposite, 9.6 s with all of them',
    run: () => ([['alone', [0], 3.9], ['opposed', [0, 1], 4.7], ['all-queue', [0, 1, 2, 3], 9.6]] as const).map(([name, queues, headway]): Finding =>
      ({ name, measured: allWayFlow(queues), unit: 'veh/h', ...relative(3600 / headway, 0.15) })),
  },
]
