import { describe, expect, test } from 'vitest'
import { BuildingFlag, BuildingKind, buildingsLayer, encodeLayer, LandUse, landUseLayer, openBuildings, openLayer, ParkKind, parksLayer, polygonContains, toLonLat, WaterKind, waterLayer } from '../../src/city'
import { extractLayers } from '../../src/city/layers/compile/extractLayers'
import type { OsmData, OsmNode, OsmRelation, OsmWay } from '../../src/city/osm'

/** Draws an extract in metres. */
class Drawing {
  readonly nodes = new Map<number, OsmNode>()
  readonly ways: OsmWay[] = []
  readonly relations: OsmRelation[] = []

  way(points: readonly (readonly [number, number])[], tags: Record<string, string>, closed = true): number {
    const ids = points.map(([x, y]) => {
      const [lon, lat] = toLonLat(x, y)
      const id = this.nodes.size + 1
      this.nodes.set(id, { id, lon, lat })
      return id
    })
    this.ways.push({ id: this.ways.length + 1, nodes: closed ? [...ids, ids[0]!] : ids, tags })
    return this.ways.length
  }

  box(x: number, y: number, width: number, depth: number, tags: Record<string, string>): number {
    return this.way([[x, y], [x + width, y], [x + width, y + depth], [x, y + depth]], tags)
  }

  get data(): OsmData {
    return { file: 'drawing.osm', nodes: this.nodes, ways: this.ways, relations: this.relations }
  }
}

const source = { name: 'drawing', attribution: 'nobody', licence: 'ODbL 1.0', date: '2026' }
const layersOf = (drawing: Drawing) => new Map(extractLayers(drawing.data, source).map(({ layer }) => [layer.kind, encodeLayer(layer)]))

describe('layers of any extract', () => {
  const drawing = new Drawing()
  drawing.box(0, 0, 20, 15, { building: 'apartments', 'building:levels': '10', name: '甲楼' })
  drawing.box(100, 0, 30, 30, { building: 'office', height: '88 m' })
  drawing.box(200, 0, 20, 15, { building: 'apartments' })
  drawing.box(300, 0, 2, 2, { building: 'shed' }) // too small to matter
  drawing.box(400, 0, 50, 50, { building: 'construction' })
  const outer = drawing.box(500, 0, 60, 60, {})
  const inner = drawing.box(520, 20, 20, 20, {})
  drawing.relations.push({ id: 1, tags: { type: 'multipolygon', building: 'school' }, members: [{ type: 'way', ref: outer, role: 'outer' }, { type: 'way', ref: inner, role: 'inner' }] })
  // An outline in two halves, as large outlines are drawn.
  const south = drawing.way([[700, 0], [800, 0]], {}, false)
  drawing.ways.push({ id: 90, nodes: [drawing.ways.at(-1)!.nodes[1]!, ...northern(drawing), drawing.ways.at(-1)!.nodes[0]!], tags: {} })
  drawing.relations.push({ id: 2, tags: { type: 'multipolygon', natural: 'water', name: '湖' }, members: [{ type: 'way', ref: 90, role: 'outer' }, { type: 'way', ref: south, role: 'outer' }] })
  drawing.box(0, 500, 100, 100, { leisure: 'park', name: '公园甲' })
  drawing.box(200, 500, 100, 100, { landuse: 'industrial' })
  drawing.way([[0, 900], [150, 900], [300, 950]], { waterway: 'river', name: '河' }, false)
  const layers = layersOf(drawing)
  const buildings = openBuildings(openLayer(buildingsLayer, layers.get('buildings')!, 'buildings'))

  test('buildings with tagged heights, storeys of 3.2 m, and estimates marked as such', () => {
    expect(buildings.count).toBe(4)
    const at = (x: number, y: number): number => Array.from({ length: 4 }, (_, row) => row).find(row => polygonContains(buildings, row, x, y))!
    expect(buildings.height[at(10, 5)]).toBeCloseTo(32, 1)
    expect(buildings.strings[buildings.name[at(10, 5)]!]).toBe('甲楼')
    expect(buildings.height[at(110, 5)]).toBeCloseTo(88, 1)
    expect(buildings.kind[at(110, 5)]).toBe(BuildingKind.office)
    expect(buildings.flags[at(210, 5)]! & BuildingFlag.estimatedHeight).toBe(BuildingFlag.estimatedHeight)
    expect(buildings.flags[at(10, 5)]! & BuildingFlag.estimatedHeight).toBe(0)
  })

  test('courtyards stay open', () => {
    const school = Array.from({ length: 4 }, (_, row) => row).find(row => buildings.kind[row] === BuildingKind.school)!
    expect(buildings.polygons.ringCount[school]).toBe(2)
    expect(polygonContains(buildings, school, 510, 10)).toBe(true)
    expect(polygonContains(buildings, school, 530, 30)).toBe(false)
  })

  test('water from relations and from lines', () => {
    const water = openLayer(waterLayer, layers.get('water')!, 'water')
    const kinds = [...water.polygons.kind]
    expect(kinds.filter(kind => kind === WaterKind.pond)).toHaveLength(1)
    expect(kinds.filter(kind => kind === WaterKind.river).length).toBeGreaterThanOrEqual(2)
    expect(polygonContains(water, kinds.indexOf(WaterKind.pond), 750, 40)).toBe(true)
    expect(kinds.some((kind, row) => kind === WaterKind.river && polygonContains(water, row, 75, 910))).toBe(true)
  })

  test('parks and land use', () => {
    const parks = openLayer(parksLayer, layers.get('parks')!, 'parks')
    expect([...parks.polygons.kind]).toEqual([ParkKind.park])
    expect(parks.polygons.area[0]).toBeCloseTo(10_000, -1)
    expect([...openLayer(landUseLayer, layers.get('landuse')!, 'landuse').polygons.kind]).toEqual([LandUse.industrial])
  })

  test('what is drawn twice stands once; a part below its whole goes, a tower on a podium stays', () => {
    const twice = new Drawing()
    twice.box(0, 0, 40, 40, { building: 'office', height: '40' })
    twice.box(0.2, 0.1, 40, 40, { building: 'yes', height: '44' }) // again, a little aside
    twice.box(5, 5, 10, 10, { building: 'yes', height: '12' }) // inside and lower
    twice.box(20, 20, 15, 15, { building: 'office', height: '150' }) // a tower on it
    twice.box(41, 0, 20, 40, { building: 'office', height: '40' }) // a neighbour
    const left = openBuildings(openLayer(buildingsLayer, layersOf(twice).get('buildings')!, 'buildings'))
    expect([...left.height].map(Math.round).sort((a, b) => a - b)).toEqual([40, 44, 150])
  })

  test('an extract of nothing but roads has none of these layers', () => {
    const roads = new Drawing()
    roads.way([[0, 0], [100, 0]], { highway: 'primary' }, false)
    expect([...layersOf(roads).keys()]).toEqual([])
  })

  test('buildings of which none has a height are estimated all the same', () => {
    const plain = new Drawing()
    plain.box(0, 0, 20, 20, { building: 'yes' })
    const only = openBuildings(openLayer(buildingsLayer, layersOf(plain).get('buildings')!, 'buildings'))
    expect(only.count).toBe(1)
    expect(only.height[0]).toBeGreaterThan(3)
  })
})

/** Nodes of the northern half of the lake. */
function northern(drawing: Drawing): number[] {
  return ([[800, 80], [700, 80]] as const).map(([x, y]) => {
    const [lon, lat] = toLonLat(x, y)
    const id = drawing.nodes.size + 1
    drawing.nodes.set(id, { id, lon, lat })
    return id
  })
}
