import { expect, test } from 'vitest'
import {
  assembleNetwork, createSidewalks, createTable, createWorld, crossSpec, Direction, enterSidewalk, Light, PathKind, randomTrips, sidewalkTables, step,
  type SidewalkGraph, type Sidewalks, type World,
} from '../../../src/sim'
import { findCrossings, updateCrossings, type Crossings } from '../../../src/sim/people/crossings'
import { inputOf } from '../support'

const network = assembleNetwork(crossSpec())
const junction = network.programs.node[0]!
/** Links that enter the junction, one an arm. */
const arms = Array.from({ length: network.links.rows }, (_, link) => link).filter(link => network.links.toNode[link] === junction)

/** A pavement, a crossing over the arm of `link`, and a pavement. */
function overArm(link: number): SidewalkGraph {
  const graph = {
    nodes: createTable(sidewalkTables.nodes, 4), edges: createTable(sidewalkTables.edges, 3), places: createTable(sidewalkTables.places, 0),
    nodeEdges: createTable(sidewalkTables.nodeEdges, 6), points: createTable(sidewalkTables.points, 6), strings: [],
  }
  for (let node = 0; node < 4; node++) {
    graph.nodes.x[node] = 20 * node
    graph.nodes.edgeFirst[node] = node === 0 ? 0 : 2 * node - 1
    graph.nodes.edgeCount[node] = node === 0 || node === 3 ? 1 : 2
  }
  graph.nodeEdges.edge.set([0, 0, 1, 1, 2, 2])
  for (let edge = 0; edge < 3; edge++) {
    graph.edges.length[edge] = 20
    graph.edges.from[edge] = edge
    graph.edges.to[edge] = edge + 1
    graph.edges.width[edge] = 4
    graph.edges.kind[edge] = edge === 1 ? PathKind.crossing : PathKind.sidewalk
    graph.edges.link[edge] = edge === 1 ? link : -1
    graph.edges.junction[edge] = edge === 1 ? junction : -1
  }
  return graph
}

interface Scene { readonly world: World; readonly sidewalks: Sidewalks; readonly crossings: Crossings; readonly green: Int32Array }

function sceneOf(link: number): Scene {
  const sidewalks = createSidewalks(overArm(link), 50)
  const crossings = findCrossings(network, sidewalks.graph)
  return { world: createWorld(inputOf(network, randomTrips(network, 600, 2400, 1))), sidewalks, crossings, green: new Int32Array(crossings.edge.length).fill(-1) }
}

/** The link out of the junction beside one that enters it. */
const back = (link: number): number => Array.from(network.links.fromNode).findIndex((from, row) => from === junction && network.links.toNode[row] === network.links.fromNode[link])

test.each(arms)('people cross the arm of link %d once a cycle, and never while somebody drives over it on a green of his own', link => {
  const { world, sidewalks, crossings, green } = sceneOf(link)
  expect(crossings).toMatchObject({ enters: Int32Array.of(link), leaves: Int32Array.of(back(link)), program: Int32Array.of(0) })
  let [open, opened] = [0, 0]
  for (let tick = 0; tick < 600; tick++) {
    step(world)
    const before = sidewalks.edges.shut[1]
    updateCrossings(world, crossings, green, sidewalks)
    if (sidewalks.edges.shut[1] === 1) continue
    open += 1
    if (before === 1) opened += 1
    for (let turn = 0; turn < network.turns.rows; turn++) {
      const [from, to] = [network.lanes.link[network.turns.fromLane[turn]!], network.lanes.link[network.turns.toLane[turn]!]]
      if (network.turns.direction[turn] === Direction.right || (from !== link && to !== back(link))) continue
      const light = world.signals.state[network.turns.group[turn]!]!
      expect(light === Light.red || (from !== link && light === Light.permitted)).toBe(true)
    }
  }
  expect(opened).toBeGreaterThanOrEqual(2)
  expect(open).toBeLessThan(400)
})

test('vehicles that have not been let in hold before people on a crossing, and go on when it is clear', () => {
  const link = arms[0]!
  const { world, sidewalks, crossings, green } = sceneOf(link)
  const busy = (): number => {
    let vehicles = 0
    for (let turn = 0; turn < network.turns.rows; turn++) {
      const [from, to] = [network.lanes.link[network.turns.fromLane[turn]!], network.lanes.link[network.turns.toLane[turn]!]]
      if (from === link || to === back(link)) vehicles += world.paths.count[world.index.laneRows + turn]!
    }
    return vehicles
  }
  const during = (ticks: number): number => {
    let seen = 0
    for (let tick = 0; tick < ticks; tick++) { step(world); updateCrossings(world, crossings, green, sidewalks); seen += busy() }
    return seen
  }
  expect(during(400)).toBeGreaterThan(0)
  // Somebody stands on the crossing, and goes nowhere.
  sidewalks.edges.shut[1] = 0
  expect(enterSidewalk(sidewalks, 7, 1, 3, 1.34)).toBe(true)
  during(40)
  expect(during(300)).toBe(0)
  sidewalks.edges.forward[1] = 0
  expect(during(300)).toBeGreaterThan(0)
})
