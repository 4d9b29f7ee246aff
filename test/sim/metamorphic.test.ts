import { describe, expect, test } from 'vitest'
import { assembleNetwork, Control, createWorld, Draw, gridSpec, NodeKind, randomTrips, straightSpec, uniform, type Network, type NetworkSpec, type TripTable } from '../../src/sim'
import { actuated, inputOf, mean, run, travelTimes, tripTable } from './support'

/** The same trips on a network whose links have the same ids in another order. */
function sameTrips(from: Network, trips: TripTable, to: Network): TripTable {
  const rowOf = new Map(Array.from(to.links.id, (id, row) => [to.strings[id]!, row]))
  const link = (row: number): number => rowOf.get(from.strings[from.links.id[row]!]!)!
  return tripTable(to, Array.from({ length: trips.rows }, (_, row) => ({
    id: trips.id[row]!, depart: trips.departTick[row]!, from: link(trips.originLink[row]!), to: link(trips.destinationLink[row]!),
    class: trips.class[row]!, fromOffset: trips.originOffset[row]!, toOffset: trips.destinationOffset[row]!,
  })))
}

const meanTime = (network: Network, trips: TripTable): number => {
  const times = travelTimes(run(createWorld(inputOf(network, trips, { rerouteShare: 0 })), 3600))
  expect(times.every(Number.isFinite)).toBe(true)
  return mean(times)
}

function turned(spec: NetworkSpec): NetworkSpec {
  return {
    ...spec,
    nodes: spec.nodes.map(node => ({ ...node, x: -node.y, y: node.x })),
    links: spec.links.map(link => ({ ...link, points: link.points.map((value, k) => k % 3 === 0 ? -link.points[k + 1]! : k % 3 === 1 ? link.points[k - 1]! : value) })),
  }
}

/** Nodes and links in another order; links keep their ids. */
function shuffled(spec: NetworkSpec, seed: number): NetworkSpec {
  const order = (count: number, what: number): number[] => Array.from({ length: count }, (_, k) => k)
    .sort((a, b) => uniform(seed, what, a, 0) - uniform(seed, what, b, 0))
  const nodeOrder = order(spec.nodes.length, 1)
  const linkOrder = order(spec.links.length, 2)
  return {
    bans: spec.bans.map(({ from, to }) => ({ from: linkOrder.indexOf(from), to: linkOrder.indexOf(to) })),
    nodes: nodeOrder.map(row => spec.nodes[row]!),
    links: linkOrder.map(row => ({ ...spec.links[row]!, from: nodeOrder.indexOf(spec.links[row]!.from), to: nodeOrder.indexOf(spec.links[row]!.to) })),
  }
}

/** Every street between two crossings in two halves, the first of which keeps its id. */
function halved(spec: NetworkSpec): NetworkSpec {
  const nodes = [...spec.nodes]
  const links = []
  const middles = new Map<string, number>()
  for (const link of spec.links) {
    const [a, b] = [spec.nodes[link.from]!, spec.nodes[link.to]!]
    if (a.kind !== NodeKind.junction || b.kind !== NodeKind.junction) { links.push(link); continue }
    const key = [link.from, link.to].sort((x, y) => x - y).join()
    const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2]
    let middle = middles.get(key)
    if (middle === undefined) {
      middle = nodes.push({ id: `half ${key}`, x, y, z: 0, kind: NodeKind.junction, control: Control.none }) - 1
      middles.set(key, middle)
    }
    links.push({ ...link, to: middle, points: [a.x, a.y, 0, x, y, 0] }, { ...link, id: `${link.id} second half`, from: middle, points: [x, y, 0, b.x, b.y, 0] })
  }
  return { ...spec, nodes, links }
}

describe.each([['signals', gridSpec(3)], ['actuated signals', actuated(gridSpec(3))], ['priority', gridSpec(3, { control: Control.priority })]])('a grid with %s', (_, spec) => {
  const network = assembleNetwork(spec)
  const trips = randomTrips(network, 500, 1800, 21)
  const time = meanTime(network, trips)
  const ratio = (changed: NetworkSpec): number => {
    const other = assembleNetwork(changed)
    return meanTime(other, sameTrips(network, trips, other)) / time
  }
  test('turned by 90 degrees takes the same time within 4 %', () => expect(Math.abs(ratio(turned(spec)) - 1)).toBeLessThan(0.04))
  test.each([1, 2])('with its rows in another order takes the same time within 4 %% (order %d)', seed => expect(Math.abs(ratio(shuffled(spec, seed)) - 1)).toBeLessThan(0.04))
  test('with its streets cut in two takes the same time within 6 %', () => expect(Math.abs(ratio(halved(spec)) - 1)).toBeLessThan(0.06))
})

test.each([2, 3, 8])('a straight road in one link or in %d takes the same time within 1 %%', parts => {
  const rows = Array.from({ length: 300 }, (_, k) => k * 6 + Math.floor(3 * uniform(1, Draw.departure, k, 0)))
  const time = (count: number): number => {
    const network = assembleNetwork(straightSpec(2000, { parts: count }))
    return meanTime(network, tripTable(network, rows.map(depart => ({ depart, from: 0, to: count - 1, toOffset: (2000 / count) - 100 }))))
  }
  expect(Math.abs(time(parts) / time(1) - 1)).toBeLessThan(0.01)
})
