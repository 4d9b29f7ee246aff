import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ImportError, importGeoJson, type Imported, type Noted } from '../../../src/city/node'
import { Control, findRoute, RoadClass, type Network } from '../../../src/sim'
import { spoil } from './inspect'

const fixture = join(import.meta.dirname, '../../fixtures/import/geojson')
const read = (name: string): string => readFileSync(join(fixture, name), 'utf8')
let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'import-geojson-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const line = (id: string, coordinates: readonly (readonly number[])[], properties: object = {}): object =>
  ({ type: 'Feature', properties: { NR: id, KIND: 2, ...properties }, geometry: { type: 'LineString', coordinates } })
const importLines = (lines: readonly object[], mapping: object = JSON.parse(read('mapping.json')) as object): Imported =>
  importGeoJson(put('made.geojson', JSON.stringify({ type: 'FeatureCollection', features: lines })), put('made.json', JSON.stringify(mapping)))
const ids = ({ links, strings }: Network): string[] => Array.from(links.id, row => strings[row]!)
const joins = (network: Network, from: string, to: string): boolean =>
  findRoute(network, ids(network).indexOf(from), ids(network).indexOf(to)).length > 0
const countOf = (list: readonly Noted[], what: string): number => list.find(each => each.what === what)?.count ?? 0

describe('centrelines', () => {
  const { network, report } = importGeoJson(join(fixture, 'lines.geojson'), join(fixture, 'mapping.json'))

  test('every mend is reported', () => {
    expect(report.repaired).toEqual([
      { what: 'repeated points removed', count: 1, examples: ['main'] },
      { what: 'lines that were there twice dropped', count: 1, examples: ['again'] },
      { what: 'lines no longer than the tolerance dropped', count: 1, examples: ['dot'] },
      { what: 'ends joined to an end within the tolerance', count: 2, examples: ['cross', 'side'] },
      { what: 'ends joined to a line within the tolerance', count: 1, examples: ['side'] },
      { what: 'crossings without a vertex cut', count: 1, examples: ['main'] },
      { what: 'crossings at different levels left apart', count: 3, examples: ['main', 'cross', 'bridge'] },
    ])
  })

  test('main street is cut at the crossing and at the side street, not under the bridge', () => {
    expect(ids(network).filter(id => id.includes('main')).sort()).toEqual(['-main#1', '-main#2', '-main#3', 'main#1', 'main#2', 'main#3'])
    expect(joins(network, 'main#1', 'cross#2')).toBe(true)
    expect(joins(network, 'bridge#1', 'main#1')).toBe(false)
    expect(joins(network, 'main#1', 'fast#1')).toBe(false)
  })

  test('a one-way street against its line leads only that way; lanes of the whole road are halved', () => {
    expect(ids(network)).toContain('-side#1')
    expect(ids(network)).not.toContain('side#1')
    const { links } = network
    expect(links.laneCount[ids(network).indexOf('main#1')]).toBe(2)
    expect(links.laneCount[ids(network).indexOf('fast#1')]).toBe(3)
    expect(links.speedLimit[ids(network).indexOf('main#1')]).toBeCloseTo(50 / 3.6, 6)
    expect(links.class[ids(network).indexOf('fast#1')]).toBe(RoadClass.motorway)
    expect(network.nodes.control.filter(control => control === Control.signal)).toHaveLength(1)
  })

  test('ends that touch within the tolerance meet, beyond it they do not', () => {
    const two = (gap: number): Imported => importLines([line('a', [[0, 0], [100, 0]], { ONEWAY: 'FT' }), line('b', [[100 + gap, 0], [200, 0]], { ONEWAY: 'FT' })])
    expect(two(1.4).network.nodes.rows).toBe(3)
    expect(joins(two(1.4).network, 'a#1', 'b#1')).toBe(true)
    expect(two(1.6).network.nodes.rows).toBe(4)
    expect(joins(two(1.6).network, 'a#1', 'b#1')).toBe(false)
    expect(two(1.4).report.approximated.map(({ what }) => what)).not.toContain('ends left open though another line is within 10 m: a larger snap joins them')
    expect(countOf(two(1.6).report.approximated, 'ends left open though another line is within 10 m: a larger snap joins them')).toBe(2)
  })

  test('lengths add up: cutting moves nothing', () => {
    const cut = importLines([line('a', [[0, 0], [300, 0], [300, 400]]), line('b', [[150, -100], [150, 100]], { Z: 1 }), line('c', [[100, -100], [100, 100]])])
    const km = importLines([line('a', [[0, 0], [300, 0], [300, 400]])])
    const sum = (net: Network, prefix: string): number => Array.from(net.links.length).reduce((total, length, row) => total + (ids(net)[row]!.startsWith(prefix) ? length : 0), 0)
    // The crossing takes room out of the links; nothing else does.
    expect(sum(cut.network, 'a#')).toBeGreaterThan(sum(km.network, 'a#') - 30)
    expect(sum(cut.network, 'a#')).toBeLessThan(sum(km.network, 'a#'))
    expect(countOf(cut.report.repaired, 'crossings at different levels left apart')).toBe(1)
  })

  test('a motorway crosses other roads apart unless they share a vertex', () => {
    const over = importLines([line('m', [[0, 0], [200, 0]], { KIND: 1 }), line('s', [[100, -100], [100, 100]])])
    expect(over.network.nodes.rows).toBe(4)
    const at = importLines([line('m', [[0, 0], [100, 0], [200, 0]], { KIND: 1 }), line('s', [[100, -100], [100, 0], [100, 100]])])
    expect(at.network.nodes.rows).toBe(5)
  })

  test('one-way lines there and back on one centreline are the two halves of a road', () => {
    const { network: halves } = importLines([line('a', [[0, 0], [200, 0]], { ONEWAY: 'FT' }), line('b', [[200, 0], [0, 0]], { ONEWAY: 'FT' })])
    const y = (id: string): number => halves.points.y[halves.links.pointFirst[ids(halves).indexOf(id)]!]!
    expect(y('b#1') - y('a#1')).toBeCloseTo(2 * 3.25, 1) // two lanes each, by the mapping
  })

  test('a loop gets a node half way; turning the file over changes nothing but ids', () => {
    const loop = importLines([line('a', [[0, 0], [100, 0]]), line('loop', [[100, 0], [200, 0], [200, 100], [100, 100], [100, 0]])])
    expect(loop.network.nodes.rows).toBe(3)
    const features = (JSON.parse(read('lines.geojson')) as { features: object[] }).features
    const turned = importLines(features.toReversed())
    expect(turned.report.network).toEqual(report.network)
  })
})

describe('bad centrelines are refused with feature and remedy', () => {
  const refusal = (lines: string, mapping = read('mapping.json')): string => {
    try {
      importGeoJson(put('bad.geojson', lines), put('bad.json', mapping))
    } catch (error) {
      if (error instanceof ImportError) return error.message
      throw error
    }
    return 'was taken'
  }
  const lines = read('lines.geojson')
  test.each([
    ['"KIND": 1', '"KIND": 9', /^bad\.geojson: feature 6 \(fast\): KIND is "9", which the mapping does not know\. Add it to class\.values of the mapping, or a class\.default\.$/],
    ['"ONEWAY": "TF"', '"ONEWAY": "X"', /feature 3 \(side\): ONEWAY is "X"|was taken/],
    ['"LANES": 4', '"LANES": "wide"', /feature 1 \(main\): LANES is "wide", not a number from 0 to 32\. Correct the field\./],
    ['[[0, 0], [400, 0]', '[[0, "a"], [400, 0]', /feature 1 \(main\): point 1 is \[0,"a"\], not \[x, y\]\. Correct the line/],
    ['[[300, -300], [300, 300]]', '[[300, -300]]', /feature 2 \(cross\): its line has 1 point\./],
    ['"FeatureCollection"', '"Topology"', /^bad\.geojson: is no GeoJSON FeatureCollection\. Export the lines as GeoJSON\.$/],
    ['] }\n', '', /^bad\.geojson: is not JSON: .*\. Is the file complete\?/],
  ])('%s -> %s', (from, to, message) => {
    expect(lines).toContain(from)
    expect(refusal(lines.replace(from, to))).toMatch(message)
  })

  const mapping = read('mapping.json')
  test.each([
    ['"motorway" }', '"highway" }', /was taken|values/],
    ['"1": "motorway"', '"1": "rail"', /^bad\.json: class\.values\["1"\] is "rail", which is no class of road\. Use one of motorway, /],
    ['"snap": 1.5', '"snap": 500', /^bad\.json: snap is 500, not a number from 0 to 20\. Correct it\.$/],
    ['"field": "KIND",', '', /^bad\.json: "class" names no field\. Add "class"/],
    ['"count": "both"', '"count": "half"', /lanes\.count is "half"\. Use "direction" or "both"\./],
    ['"NR", "name"', '"NR", "nome"', /"nome" is no part of a mapping\. Use id, name, class/],
    ['{\n', '', /^bad\.json: is not JSON/],
  ])('mapping: %s -> %s', (from, to, message) => expect(refusal(lines, mapping.replace(from, to))).toMatch(message))

  test('spoilt copies are refused with a file name, or make a network', () => {
    let refused = 0
    for (let seed = 0; seed < 240; seed++) {
      const [spoiltLines, spoiltMapping] = seed % 2 === 0 ? [spoil(lines, seed), mapping] : [lines, spoil(mapping, seed)]
      const message = refusal(spoiltLines, spoiltMapping)
      if (message === 'was taken') continue
      expect(message, `seed ${seed}`).toMatch(/bad\.(geojson|json)/)
      refused++
    }
    expect(refused).toBeGreaterThan(60)
  })
})
