import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toLonLat } from '../../src/city'
import { buildExtract } from '../../src/city/node'
import { readOsm, type OsmData } from '../../src/city/osm'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'osm-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** A crossing of two roads, 600 m long, with a signal and a restriction. */
const nodes = ([[1, -300, 0], [2, 0, 0], [3, 300, 0], [4, 0, -300], [5, 0, 300]] as const).map(([id, x, y]) => {
  const [lon, lat] = toLonLat(x, y).map(value => Math.round(value * 1e7) / 1e7) as [number, number]
  return { id, lon, lat, tags: id === 2 ? { highway: 'traffic_signals' } : undefined }
})
const ways: { id: number; nodes: number[]; tags: Record<string, string> }[] = [
  { id: 10, nodes: [1, 2, 3], tags: { highway: 'primary', name: '东西大道 & <路>' } },
  { id: 11, nodes: [4, 2, 5], tags: { highway: 'secondary', name: '南北路', 'name:en': 'North-South Road' } },
]
const restriction = { id: 20, tags: { type: 'restriction', restriction: 'no_left_turn' }, members: [
  { type: 'way' as const, ref: 10, role: 'from' }, { type: 'node' as const, ref: 2, role: 'via' }, { type: 'way' as const, ref: 11, role: 'to' }] }

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const xmlTags = (tags: Readonly<Record<string, string>> = {}): string => Object.entries(tags).map(([k, v]) => `<tag k="${k}" v="${escape(v)}"/>`).join('')
const xml = `<?xml version="1.0"?><osm version="0.6">${nodes.map(({ id, lon, lat, tags }) => `<node id="${id}" lon="${lon}" lat="${lat}">${xmlTags(tags)}</node>`).join('')}`
  + `${ways.map(({ id, nodes: refs, tags }) => `<way id="${id}">${refs.map(ref => `<nd ref="${ref}"/>`).join('')}${xmlTags(tags)}</way>`).join('')}`
  + `<relation id="20">${restriction.members.map(({ type, ref, role }) => `<member type="${type}" ref="${ref}" role="${role}"/>`).join('')}${xmlTags(restriction.tags)}</relation></osm>`
const overpass = JSON.stringify({ version: 0.6, elements: [
  ...nodes.map(node => ({ type: 'node', ...node })), ...ways.map(way => ({ type: 'way', ...way })), { type: 'relation', ...restriction }] })

/** The little of protocol buffers that a PBF extract needs: https://wiki.openstreetmap.org/wiki/PBF_Format */
const varint = (value: number): number[] => {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) + 128)
  }
}
const zigzag = (value: number): number[] => varint(value < 0 ? -2 * value - 1 : 2 * value)
const bytesField = (field: number, bytes: readonly number[]): number[] => [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes]
const numberField = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)]
const text = (value: string): number[] => [...new TextEncoder().encode(value)]
const deltas = (values: readonly number[]): number[] => values.flatMap((value, i) => zigzag(value - (values[i - 1] ?? 0)))

function pbf(): Uint8Array {
  const strings = ['']
  const string = (value: string): number => {
    if (!strings.includes(value)) strings.push(value)
    return strings.indexOf(value)
  }
  const tagFields = (tags: Readonly<Record<string, string>>): number[] => [
    ...bytesField(2, Object.keys(tags).flatMap(key => varint(string(key)))), ...bytesField(3, Object.values(tags).flatMap(value => varint(string(value))))]
  const dense = [
    ...bytesField(1, deltas(nodes.map(({ id }) => id))), ...bytesField(8, deltas(nodes.map(({ lat }) => Math.round(lat * 1e7)))),
    ...bytesField(9, deltas(nodes.map(({ lon }) => Math.round(lon * 1e7)))),
    ...bytesField(10, nodes.flatMap(({ tags }) => [...Object.entries(tags ?? {}).flatMap(([k, v]) => [...varint(string(k)), ...varint(string(v))]), 0])),
  ]
  const wayFields = ways.map(({ id, nodes: refs, tags }) => [...numberField(1, id), ...tagFields(tags), ...bytesField(8, deltas(refs))])
  const relation = [...numberField(1, restriction.id), ...tagFields(restriction.tags), ...bytesField(8, restriction.members.flatMap(({ role }) => varint(string(role)))),
    ...bytesField(9, deltas(restriction.members.map(({ ref }) => ref))), ...bytesField(10, restriction.members.flatMap(({ type }) => varint(type === 'node' ? 0 : 1)))]
  const groups = [bytesField(2, bytesField(2, dense)), bytesField(2, wayFields.flatMap(way => bytesField(3, way))), bytesField(2, bytesField(4, relation))].flat()
  const block = [...bytesField(1, strings.flatMap(value => bytesField(1, text(value)))), ...groups]
  const blob = (type: string, content: readonly number[]): number[] => {
    const data = [...numberField(2, content.length), ...bytesField(3, [...deflateSync(Uint8Array.from(content))])]
    const header = [...bytesField(1, text(type)), ...numberField(3, data.length)]
    return [0, 0, 0, header.length, ...header, ...data]
  }
  return Uint8Array.from([...blob('OSMHeader', bytesField(4, text('OsmSchema-V0.6'))), ...blob('OSMData', block)])
}

const content = ({ nodes: found, ways: roads, relations }: OsmData): unknown => ({ nodes: [...found.values()].sort((a, b) => a.id - b.id), roads, relations })

describe('readers', () => {
  test('PBF, XML and Overpass JSON, packed or not, give the same extract', async () => {
    const expected = content(await readOsm(file('a.json', overpass)))
    expect(content(await readOsm(file('a.osm', xml)))).toEqual(expected)
    expect(content(await readOsm(file('a.osm.pbf', pbf())))).toEqual(expected)
    expect(content(await readOsm(file('a.osm.gz', gzipSync(xml))))).toEqual(expected)
    expect(content(await readOsm(file('a.overpass.json.gz', gzipSync(overpass))))).toEqual(expected)
    expect(expected).toMatchObject({ nodes: [{ id: 1 }, { tags: { highway: 'traffic_signals' } }, {}, {}, {}], roads: [{ tags: { name: '东西大道 & <路>' } }, {}], relations: [restriction] })
  })
})

describe('bad input names file, element and remedy, and leaves no pack', () => {
  const bad: readonly [string, string, string | Uint8Array, RegExp][] = [
    ['a truncated PBF', 'cut.osm.pbf', pbf().slice(0, -40), /cut\.osm\.pbf: the PBF is truncated or damaged.*Download it again/],
    ['an empty PBF', 'none.osm.pbf', new Uint8Array(0), /none\.osm\.pbf: .*(truncated|no way)/],
    ['truncated XML', 'cut.osm', xml.slice(0, -60), /cut\.osm: is not well-formed XML.*Download it again/],
    ['truncated JSON', 'cut.json', overpass.slice(0, -9), /cut\.json: is not complete JSON.*Download it again/],
    ['damaged gzip', 'cut.json.gz', gzipSync(overpass).subarray(0, 90), /cut\.json\.gz: is damaged gzip/],
    ['a way with a missing node', 'hole.json', overpass.replace('[4,2,5]', '[4,2,77]'), /hole\.json: way 11 \(南北路\) refers to node 77.*complete ways/],
    ['coordinates that are none', 'metres.json', overpass.replace(/"lat":[\d.]+/, '"lat":2493000'), /metres\.json: node 1 lies at .*WGS 84/],
    ['an extract without roads', 'empty.osm', '<osm version="0.6"></osm>', /empty\.osm: holds no way with a "highway" tag.*Export an area/],
    ['another kind of file', 'table.csv', 'a,b,c', /table\.csv: is neither OSM PBF/],
    ['XML that is not OSM', 'net.xml', '<net></net>', /net\.xml: the root element is <net>/],
  ]
  test.each(bad)('%s', async (_, name, bytes, message) => {
    const output = join(folder, `${name}-pack`)
    await expect(buildExtract(file(name, bytes), output, {})).rejects.toThrow(message)
    expect(readdirSync(folder).filter(entry => entry.includes('pack'))).toEqual([])
  })

  test('a box that the extract does not touch', async () => {
    await expect(buildExtract(file('far.json', overpass), join(folder, 'far-pack'), { box: [0, 0, 1, 1] })).rejects.toThrow(/far\.json: no node lies inside the box 0,0,1,1; the first, node 1, lies at .*--bbox/)
    expect(readdirSync(folder).filter(entry => entry.includes('pack'))).toEqual([])
  })

  test('a file that is not there', async () => {
    await expect(buildExtract(join(folder, 'nowhere.osm.pbf'), join(folder, 'no-pack'), {})).rejects.toThrow(/nowhere\.osm\.pbf/)
  })
})

test('an extract becomes a pack, the same bytes each time', async () => {
  const extract = file('good.osm.pbf', pbf())
  const first = await buildExtract(extract, join(folder, 'first-pack'), { name: '小城' })
  const second = await buildExtract(extract, join(folder, 'second-pack'), { name: '小城' })
  expect(second.manifest).toEqual(first.manifest)
  expect(first.quality).toMatchObject({ signals: 1, gateways: 4, links: 8, largestComponentLaneShare: 1 })
  expect(first.quality.turnRestrictions).toBeGreaterThan(0)
})
