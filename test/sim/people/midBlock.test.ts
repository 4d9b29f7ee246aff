import { expect, test } from 'vitest'
import {
  assembleNetwork, createSidewalks, createTable, createWorld, crossSpec, enterSidewalk, PathFlag, PathKind, randomTrips, sidewalkTables, step, stepSidewalks,
  type SidewalkGraph,
} from '../../../src/sim'
import { findMidBlock, updateMidBlock } from '../../../src/sim/people/midBlock'
import { inputOf } from '../support'

const network = assembleNetwork(crossSpec())
const junction = network.programs.node[0]!
const { links, points } = network
const arm = Array.from({ length: links.rows }, (_, link) => link).find(link => links.toNode[link] === junction)!
const back = Array.from({ length: links.rows }, (_, link) => link).find(link => links.fromNode[link] === junction && links.toNode[link] === links.fromNode[arm])!

/** A pavement, a crossing over both directions of an arm, 60 % of the way to the junction, and a pavement. */
function overRoad(): SidewalkGraph {
  const graph = {
    nodes: createTable(sidewalkTables.nodes, 4), edges: createTable(sidewalkTables.edges, 3), places: createTable(sidewalkTables.places, 0),
    nodeEdges: createTable(sidewalkTables.nodeEdges, 6), points: createTable(sidewalkTables.points, 6), strings: [],
  }
  graph.nodeEdges.edge.set([0, 0, 1, 1, 2, 2])
  const first = links.pointFirst[arm]!
  const last = first + links.pointCount[arm]! - 1
  const [dx, dy] = [points.x[last]! - points.x[first]!, points.y[last]! - points.y[first]!]
  const length = Math.hypot(dx, dy)
  const at = (along: number, aside: number): [number, number] => [points.x[first]! + along * dx - (aside * dy) / length, points.y[first]! + along * dy + (aside * dx) / length]
  const places = [at(0.6, -60), at(0.6, -20), at(0.6, 20), at(0.6, 60)]
  for (let node = 0; node < 4; node++) {
    graph.nodes.x[node] = places[node]![0]
    graph.nodes.y[node] = places[node]![1]
    graph.nodes.edgeFirst[node] = node === 0 ? 0 : 2 * node - 1
    graph.nodes.edgeCount[node] = node === 0 || node === 3 ? 1 : 2
  }
  for (let edge = 0; edge < 3; edge++) {
    for (let end = 0; end < 2; end++) {
      graph.points.x[2 * edge + end] = places[edge + end]![0]
      graph.points.y[2 * edge + end] = places[edge + end]![1]
    }
    graph.edges.pointFirst[edge] = 2 * edge
    graph.edges.pointCount[edge] = 2
    graph.edges.length[edge] = edge === 1 ? 14 : 40
    graph.edges.from[edge] = edge
    graph.edges.to[edge] = edge + 1
    graph.edges.width[edge] = 4
    graph.edges.kind[edge] = edge === 1 ? PathKind.crossing : PathKind.sidewalk
    graph.edges.flags[edge] = edge === 1 ? PathFlag.midBlock : 0
    graph.edges.link[edge] = edge === 1 ? arm : -1
    graph.edges.junction[edge] = -1
  }
  return graph
}

test('a crossing between junctions lies over both carriageways', () => {
  const midBlock = findMidBlock(network, overRoad())
  expect(new Set(midBlock.link)).toEqual(new Set([arm, back]))
  for (const [at, link] of midBlock.link.entries()) expect(midBlock.share[at]).toBeCloseTo(link === arm ? 0.6 : 0.4, 1)
})

test('there people go first: they get over a busy road within seconds, vehicles that can stop do, and nobody drives through them', () => {
  const sidewalks = createSidewalks(overRoad(), 50)
  const midBlock = findMidBlock(network, sidewalks.graph)
  const world = createWorld(inputOf(network, randomTrips(network, 900, 3600, 1)))
  const { paths, cells, index } = world
  const share = new Map([...midBlock.link].map((link, at) => [link, midBlock.share[at]!]))
  let [stood, through, person] = [0, 0, 0]
  const sinceOf = new Map<number, number>()
  const waits: number[] = []
  for (let tick = 0; tick < 1600; tick++) {
    // Rows of vehicles before the step, to see who passes the crossing in it.
    const before = new Map<number, number>()
    const each = (see: (slot: number, left: number, speed: number) => void): void => {
      for (const [link, at] of share) for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++)
        for (let cell = paths.first[lane]!; cell < paths.first[lane]! + paths.count[lane]!; cell++) see(cells.slot[cell]!, at * index.pathLength[lane]! - cells.position[cell]!, cells.speed[cell]!)
    }
    each((slot, left) => { before.set(slot, left) })
    const walked = sidewalks.edges.forward[1]! > 0
    step(world)
    each((slot, left, speed) => {
      if (walked && (before.get(slot) ?? -1) > 0 && left <= 0) through++
      if (left > 0 && left < 12 && speed === 0) stood++
    })
    if (tick > 200 && tick % 60 === 0) { enterSidewalk(sidewalks, person, 0, 3, 1.34); sinceOf.set(person++, tick) }
    updateMidBlock(world, midBlock, sidewalks)
    stepSidewalks(sidewalks, 0.5)
    for (let row = 0; row < sidewalks.counts[2]!; row++) waits.push((tick - sinceOf.get(sidewalks.arrivals.person[row]!)!) / 2)
  }
  expect(waits.length).toBeGreaterThanOrEqual(20)
  // 94 m take 70 s at 1.34 m/s.
  expect(Math.max(...waits)).toBeLessThan(70 + 25)
  expect(stood).toBeGreaterThan(20)
  expect(through).toBe(0)
})
