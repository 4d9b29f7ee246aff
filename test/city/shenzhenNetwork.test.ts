import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { networkLayer, toPlane, type Layer } from '../../src/city'
import { openPackFolder, type NetworkMeta, type QualityReport } from '../../src/city/node'
import { ConflictKind, Control, LinkFlag, NodeKind } from '../../src/sim'

/** The road network of the default city as it is committed. */
const root = join(import.meta.dirname, '../..')
let network: Layer<typeof networkLayer.tables>
let quality: QualityReport

beforeAll(async () => {
  network = await (await openPackFolder(join(root, 'assets/shenzhen'))).layer(networkLayer)
  quality = (network.meta as unknown as NetworkMeta).quality
})

/** Rows of the table in docs/named-crossings.md: two roads, longitude, latitude. */
const crossings = [...readFileSync(join(root, 'docs/named-crossings.md'), 'utf8').matchAll(/^\| \d+ \| (\S+) \/ (\S+) \| ([\d.]+), ([\d.]+) \|/gm)]
  .map(([, one, other, lon, lat]) => ({ one: one!, other: other!, lon: Number(lon), lat: Number(lat) }))

describe('quality of the compiled core', () => {
  test('at least 99 % of lane-km are one strongly connected component', () => expect(quality.largestComponentLaneShare).toBeGreaterThanOrEqual(0.99))
  test('no lane is without an exit', () => expect(quality.lanesWithoutExit).toBe(0))
  test('every movement that meets another is controlled or prioritised', () => expect(quality.uncontrolledTurns).toBeLessThanOrEqual(2))
  test('links under 10 m are at most 0.5 %', () => expect(quality.linksUnder10m).toBeLessThanOrEqual(quality.links * 0.005))
  test('the core is all there', () => {
    expect(quality.laneKm).toBeGreaterThan(3000)
    expect(quality.signals).toBeGreaterThan(300)
    expect(quality.gateways).toBeGreaterThan(50)
    expect(quality.overlaps.km).toBeGreaterThan(1)
  })
  test('what was guessed, dropped and corrected is counted', () => {
    expect(Object.keys(quality.guessed).sort()).toEqual(['lanesOfLinks', 'signalPrograms', 'signalsOfJunctions', 'speedOfLinks', 'turnsOfLinks'])
    expect(quality.corrections.length).toBeGreaterThan(25)
    for (const { reason, author, date } of quality.corrections) {
      expect(author).toBe('Pengcheng maintainers')
      expect(reason.length).toBeGreaterThan(10)
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })
})

describe('signals', () => {
  test.each(crossings)('$one / $other is one signalised node', ({ one, other, lon, lat }) => {
    const [x, y] = toPlane(lon, lat)
    const { nodes, strings } = network
    const near = Array.from(nodes.x.keys()).filter(node => nodes.program[node]! >= 0 && Math.hypot(nodes.x[node]! - x, nodes.y[node]! - y) < 100)
    expect(near.map(node => strings[nodes.name[node]!])).toHaveLength(1)
    const roads = new Set<string | undefined>()
    for (let link = 0; link < network.links.rows; link++) {
      if (network.links.fromNode[link] === near[0] || network.links.toNode[link] === near[0]) roads.add(strings[network.links.name[link]!])
    }
    expect([...roads]).toEqual(expect.arrayContaining([one, other]))
  })

  test('the sample holds twenty crossings', () => expect(crossings).toHaveLength(20))

  test('no signal stands on a motorway', () => {
    for (let link = 0; link < network.links.rows; link++) {
      if (network.links.class[link] === 0) expect(network.nodes.program[network.links.toNode[link]!]).toBe(-1)
    }
  })
})

describe('shape', () => {
  test('links that meet at a node end at its height, and bridges keep clear of what they cross', () => {
    const { links, points } = network
    let steep = 0
    for (let link = 0; link < links.rows; link++) {
      const first = links.pointFirst[link]!
      for (let point = first + 1; point < first + links.pointCount[link]!; point++) {
        const run = Math.hypot(points.x[point]! - points.x[point - 1]!, points.y[point]! - points.y[point - 1]!)
        if (Math.abs(points.z[point]! - points.z[point - 1]!) > 0.15 * run + 0.5) steep += 1
      }
    }
    expect(steep / points.rows).toBeLessThan(0.001)
    expect(quality.suspicious.filter(({ kind }) => kind === 'lowBridge')).toEqual([])
  })

  test('every gateway lets traffic in or out, and bears the flag', () => {
    const { links, nodes } = network
    for (let link = 0; link < links.rows; link++) {
      expect(Boolean(links.flags[link]! & LinkFlag.gatewayOut)).toBe(nodes.kind[links.toNode[link]!] === NodeKind.gateway)
      expect(Boolean(links.flags[link]! & LinkFlag.gatewayIn)).toBe(nodes.kind[links.fromNode[link]!] === NodeKind.gateway)
    }
  })

  test('the carriageways of 滨海大道 run through the seam of the extracts', () => {
    const [west] = toPlane(113.945, 22.524)
    const [east, south] = toPlane(113.97, 22.522)
    const through = Array.from(network.links.length.keys()).filter(link => network.strings[network.links.name[link]!]?.startsWith('滨海大道'))
      .filter(link => network.links.flags[link]! & LinkFlag.corrected)
    const box = through.flatMap(link => [network.links.pointFirst[link]!, network.links.pointFirst[link]! + network.links.pointCount[link]! - 1])
    expect(box.some(point => network.points.x[point]! < west + 800)).toBe(true)
    expect(box.some(point => network.points.x[point]! > east - 800 && network.points.y[point]! > south - 200)).toBe(true)
    expect(through.length).toBeGreaterThanOrEqual(4)
  })

  test('crossing turns of one node conflict with a yield on one side', () => {
    const { conflicts, nodes, turns } = network
    let without = 0
    for (let row = 0; row < conflicts.rows; row++) {
      const node = turns.node[conflicts.turn[row]!]!
      if (conflicts.kind[row] === ConflictKind.crossing && nodes.control[node] === Control.none) without += 1
    }
    expect(without).toBeLessThanOrEqual(8)
  })
})
