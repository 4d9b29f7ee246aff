import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadAreas, networkLayer, sidewalksLayer } from '../../src/city'
import { PathGraph } from '../../src/city/sidewalks/pathGraph'
import { addRoadside } from '../../src/city/sidewalks/roadside'
import { openPackFolder } from '../../src/city/node'
import { assembleNetwork, Control, crossSpec, PathFlag, PathKind, PlaceKind } from '../../src/sim'
import type { SidewalkQuality } from '../../src/city/layers/sidewalks'

const pack = await openPackFolder(join(import.meta.dirname, '../../assets/shenzhen'))
const graph = await pack.layer(sidewalksLayer)
const network = await pack.layer(networkLayer)
const { nodes, edges, nodeEdges, points, places } = graph

test('edges and nodes know each other, and lengths are those of the points', () => {
  let [wrong, worst] = [0, 0]
  for (let edge = 0; edge < edges.rows; edge++) {
    for (const node of [edges.from[edge]!, edges.to[edge]!]) {
      const first = nodes.edgeFirst[node]!
      if (!nodeEdges.edge.subarray(first, first + nodes.edgeCount[node]!).includes(edge)) wrong += 1
    }
    let length = 0
    for (let i = edges.pointFirst[edge]! + 1; i < edges.pointFirst[edge]! + edges.pointCount[edge]!; i++) length += Math.hypot(points.x[i]! - points.x[i - 1]!, points.y[i]! - points.y[i - 1]!)
    worst = Math.max(worst, Math.abs(length - edges.length[edge]!) - 0.002 * length - 0.09 * edges.pointCount[edge]!)
  }
  expect(wrong).toBe(0)
  expect(worst).toBeLessThan(0.1)
})

test('at least 95 % of its length hangs together', () => {
  const { quality } = graph.meta as unknown as { quality: SidewalkQuality }
  expect(quality.largestComponent).toBeGreaterThanOrEqual(0.95)
})

test('crossings with a light lie at a junction with a signal program', () => {
  let lights = 0
  for (let edge = 0; edge < edges.rows; edge++) {
    if (edges.kind[edge] !== PathKind.crossing || !(edges.flags[edge]! & PathFlag.signal) || edges.junction[edge]! < 0) continue
    lights += 1
    expect(network.nodes.control[edges.junction[edge]!]).toBe(Control.signal)
    expect([network.links.fromNode[edges.link[edge]!], network.links.toNode[edges.link[edge]!]]).toContain(edges.junction[edge])
  }
  expect(lights).toBeGreaterThan(1000)
})

test('every portal of every area has its node on the largest part', async () => {
  const known = new Map(Array.from({ length: places.rows }, (_, row) => [graph.strings[places.name[row]!]!, row]))
  for (const area of await loadAreas(pack)) {
    const missing = area.portals.filter(({ goal }) => !known.has(`${area.id}/${goal}`))
    expect(missing, area.id).toEqual([])
    for (const { goal } of area.portals) {
      const row = known.get(`${area.id}/${goal}`)!
      expect(places.kind[row]).toBe(PlaceKind.portal)
      expect(nodes.component[places.node[row]!]).toBe(0)
    }
  }
})

test('a crossroads of two-way streets has 8 sidewalks, 4 corners and 4 crossings, all connected', () => {
  const built = new PathGraph()
  const made = assembleNetwork(crossSpec({ control: Control.signal }))
  addRoadside(built, made, () => ({ left: true, right: true }), () => false)
  const count = (kind: number): number => built.live().filter(edge => edge.kind === kind).length
  expect([count(PathKind.sidewalk), count(PathKind.corner), count(PathKind.crossing)]).toEqual([8, 4, 4])
  expect(built.components().lengths).toHaveLength(1)
})
