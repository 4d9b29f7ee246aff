import { expect, test } from 'vitest'
import {
  ALL_CLASSES, assembleNetwork, ConflictKind, Control, LinkFlag, Mark, NodeKind, RoadClass, totals, type LinkSpec, type Network, type NetworkSpec, type World,
} from '../../src/sim'
import { inputOf, runChecked, tripTable } from './support'

/** A road of two lanes, of which the kerb lane leads on and the other one to the left, out of the city. */
function fork(left: Partial<LinkSpec> = {}): Network {
  const node = (id: string, x: number, y: number, kind: number) => ({ id, x, y, z: 0, kind, control: Control.none })
  const nodes = [node('start', 0, 0, NodeKind.gateway), node('fork', 400, 0, NodeKind.junction), node('on', 800, 0, NodeKind.end), node('away', 400, 300, NodeKind.gateway)]
  const link = (id: string, from: number, to: number, marks: readonly number[], more: Partial<LinkSpec> = {}): LinkSpec => ({
    id, from, to, class: RoadClass.secondary, speedLimit: 50 / 3.6, layer: 0, zone: -1, flags: LinkFlag.oneway, placement: 'centre',
    points: [nodes[from]!.x, nodes[from]!.y, 0, nodes[to]!.x, nodes[to]!.y, 0], lanes: marks.map(mark => ({ width: 3.25, allowed: ALL_CLASSES, marks: mark })), ...more,
  })
  const spec: NetworkSpec = {
    nodes, bans: [],
    links: [
      link('road', 0, 1, [Mark.straight, Mark.left], { flags: LinkFlag.oneway | LinkFlag.gatewayIn }),
      link('on', 1, 2, [0]),
      link('away', 1, 3, [0], { flags: LinkFlag.oneway | LinkFlag.gatewayOut, ...left }),
    ],
  }
  return assembleNetwork(spec)
}

/** Trips that come in over the cordon at both lanes, `on` and `away` an hour. */
const trips = (network: Network, on: number, away: number, minutes: number) => tripTable(network, [
  ...Array.from({ length: (on * minutes) / 60 }, (_, k) => ({ id: k, depart: Math.round((k * 7200) / on), from: 0, to: 1 })),
  ...Array.from({ length: (away * minutes) / 60 }, (_, k) => ({ id: 100000 + k, depart: Math.round((k * 7200) / away), from: 0, to: 2 })),
])

test.each([1, 2])('a driver whose wrong lane leads only out of the city waits for his own and is let in: everybody arrives (seed %d)', seed => {
  const network = fork()
  const world = runChecked(inputOf(network, trips(network, 1200, 500, 20), { seed }), 4800)
  expect(totals(world)).toMatchObject({ arrived: 400 + 166, running: 0, waiting: 0, unreachable: 0, missedTurns: 0, interventions: 0 })
})

/** s of the hops over the fork: straight on, and to the left. */
function hopTimes({ index, measures }: World): { on: number; away: number } {
  const time = (to: number): number => measures.hops.time[Array.from(index.nextLink).findIndex((link, hop) => link === to && hop < index.nextFirst[1]!)]!
  return { on: time(1), away: time(2) }
}

test('who waits to turn left into a slow street makes that turn longer, not the way straight on', () => {
  const free = hopTimes(runChecked(inputOf(fork(), trips(fork(), 300, 600, 10)), 1200))
  const slow = fork({ speedLimit: 1 })
  const queued = hopTimes(runChecked(inputOf(slow, trips(slow, 300, 600, 10)), 1200))
  expect(queued.away - free.away).toBeGreaterThan(40)
  expect(queued.on - free.on).toBeLessThan(0.35 * (queued.away - free.away))
})

test('a slip road drawn to the middle of the carriageway that it leaves crosses no lane of it', () => {
  const spec: NetworkSpec = {
    nodes: [0, 300, 600].map((x, k) => ({ id: `n${k}`, x, y: 0, z: 0, kind: k === 1 ? NodeKind.junction : NodeKind.gateway, control: Control.none }))
      .concat({ id: 'exit', x: 500, y: -60, z: 0, kind: NodeKind.gateway, control: Control.none }),
    bans: [],
    links: ([[0, 1, 3, [0, 0, 0, 300, 0, 0]], [1, 2, 3, [300, 0, 0, 600, 0, 0]], [1, 3, 1, [300, 0, 0, 500, -60, 0]]] as const).map(([from, to, lanes, points], k): LinkSpec => ({
      id: `l${k}`, from, to, class: RoadClass.trunk, speedLimit: 80 / 3.6, layer: 0, zone: -1, flags: LinkFlag.oneway, placement: 'centre', points,
      lanes: Array.from({ length: lanes }, () => ({ width: 3.5, allowed: ALL_CLASSES, marks: 0 })),
    })),
  }
  const { conflicts } = assembleNetwork(spec)
  expect(Array.from(conflicts.kind).filter(kind => kind === ConflictKind.crossing)).toEqual([])
})
