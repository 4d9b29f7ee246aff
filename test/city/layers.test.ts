import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  BuildingFlag, BuildingKind, buildingsLayer, busLayer, busLinesAt, districtsLayer, landUseLayer, metroLayer, openBuildings, openTerrain,
  parksLayer, polygonContains, readPolygon, RegionKind, sampleSurface, sampleTerrain, terrainLayer, toPlane, venuesLayer, WaterKind, waterLayer,
  zonesLayer, type Buildings, type BusLayer, type CityPack, type DistrictsLayer, type MetroLayer, type PolygonTables, type Terrain, type WaterLayer,
} from '../../src/city'
import { damagedLayers, openPackFolder } from '../../src/city/node'

/** Invariants of the default city as it is committed. */
const folder = join(import.meta.dirname, '../../assets/shenzhen')
let pack: CityPack
let terrain: Terrain
let buildings: Buildings
let water: WaterLayer
let districts: DistrictsLayer
let metro: MetroLayer
let bus: BusLayer

beforeAll(async () => {
  pack = await openPackFolder(folder)
  terrain = openTerrain(await pack.layer(terrainLayer))
  buildings = openBuildings(await pack.layer(buildingsLayer))
  water = await pack.layer(waterLayer)
  districts = await pack.layer(districtsLayer)
  metro = await pack.layer(metroLayer)
  bus = await pack.layer(busLayer)
})

const rows = (count: number): number[] => Array.from({ length: count }, (_, row) => row)
const inAny = (layer: PolygonTables, among: readonly number[], x: number, y: number): boolean => among.some(row => polygonContains(layer, row, x, y))
const highest = (longitude: number, latitude: number, reach: number): number => {
  const [x, y] = toPlane(longitude, latitude)
  let top = 0
  for (let dx = -reach; dx <= reach; dx += 40) for (let dy = -reach; dy <= reach; dy += 40) top = Math.max(top, sampleTerrain(terrain, x + dx, y + dy))
  return top
}

describe('manifest', () => {
  test('has every layer, sound on disk, below 10 MB in all', async () => {
    expect(pack.manifest.layers.map(layer => layer.name)).toEqual(expect.arrayContaining(
      ['buildings', 'bus', 'demand', 'districts', 'landuse', 'metro', 'network', 'parks', 'search', 'terrain', 'venues', 'water', 'zones']))
    expect(await damagedLayers(folder)).toEqual([])
    const bytes = pack.manifest.layers.reduce((sum, layer) => sum + layer.bytes, 0)
    console.log(pack.manifest.layers.map(layer => `${layer.name} ${layer.bytes}`).join(', '), `= ${bytes} bytes`)
    expect(bytes).toBeLessThan(10e6)
    for (const layer of pack.manifest.layers) expect(statSync(join(folder, layer.file)).size).toBe(layer.bytes)
  })

  test('every source has an attribution, a licence that allows shipping, and a date', () => {
    for (const layer of pack.manifest.layers) {
      expect(layer.sources.length).toBeGreaterThan(0)
      for (const source of layer.sources) {
        expect(source.attribution).not.toBe('')
        expect(source.licence).toMatch(/ODbL|MIT|BSD|LGPL|CC0|public domain|facts/)
        expect(source.date).toMatch(/\d{4}/)
      }
    }
  })

  test('holds no wall clock and no path of the machine that wrote it', () => {
    const text = readFileSync(join(folder, 'manifest.json'), 'utf8')
    expect(text).not.toMatch(/\/(home|tmp|work|Users)\b/)
    expect(existsSync(join(folder, '.pack'))).toBe(false)
  })
})

describe('terrain', () => {
  // Published heights less what a 60 m grid takes off a summit.
  test.each([
    ['Wutong Mountain', 114.2115, 22.5835, 943], ['Nanshan', 113.9035, 22.4985, 336], ['Lianhua Hill', 114.0537, 22.5565, 106],
    ['Yangtai Mountain', 113.967, 22.658, 587], ['Qiniang Mountain', 114.5423, 22.5299, 869],
  ])('%s stands out', (_, longitude, latitude, summit) => {
    expect(highest(longitude, latitude, 800)).toBeGreaterThan(0.8 * summit)
    expect(highest(longitude, latitude, 800)).toBeLessThan(1.02 * summit)
  })

  test.each([
    ['Futian CBD', 114.04, 22.525, 114.07, 22.548], ['Houhai', 113.93, 22.51, 113.945, 22.525], ['Qianhai', 113.885, 22.525, 113.9, 22.54],
    ['airport', 113.8, 22.625, 113.82, 22.65],
  ])('%s is flat: no towers left in the ground', (_, west, south, east, north) => {
    const slopes: number[] = []
    const [x0, y0] = toPlane(west, south)
    const [x1, y1] = toPlane(east, north)
    for (let x = x0; x < x1; x += 40) {
      for (let y = y0; y < y1; y += 40) slopes.push(Math.hypot(sampleTerrain(terrain, x + 30, y) - sampleTerrain(terrain, x - 30, y), sampleTerrain(terrain, x, y + 30) - sampleTerrain(terrain, x, y - 30)) / 60)
    }
    slopes.sort((a, b) => a - b)
    expect(slopes[Math.floor(slopes.length * 0.95)]).toBeLessThan(0.04)
  })

  test.each([['Shenzhen Bay', 113.97, 22.49], ['off Shekou', 113.86, 22.45], ['Dapeng Bay', 114.35, 22.56], ['Mirs Bay', 114.42, 22.5]])('%s is under water', (_, longitude, latitude) => {
    expect(sampleSurface(terrain, ...toPlane(longitude, latitude))).toBeLessThan(0)
  })

  test('where something stands is never below the water', () => {
    for (let x = -30000; x < 60000; x += 700) for (let y = -15000; y < 35000; y += 700) expect(sampleTerrain(terrain, x, y)).toBeGreaterThanOrEqual(1.5)
  })
})

describe('water and land', () => {
  const kindRows = (kind: number): number[] => rows(water.polygons.rows).filter(row => water.polygons.kind[row] === kind)

  test.each([
    ['Shenzhen Bay', 113.97, 22.495], ['Qianhai Bay', 113.878, 22.54], ['Pearl River', 113.76, 22.6], ['Dapeng Bay', 114.35, 22.56],
    ['Shenzhen River at Lok Ma Chau', 114.0657, 22.5172], ['Deep Bay off Mai Po', 114.0, 22.49],
  ])('%s is sea', (_, longitude, latitude) => {
    expect(inAny(water, kindRows(WaterKind.sea), ...toPlane(longitude, latitude))).toBe(true)
  })

  // Reclaimed land that older coast lines show as sea, and places in Hong Kong.
  test.each([
    ['Qianhai', 113.893, 22.525], ['Houhai', 113.945, 22.515], ['Shenzhen Bay Port', 113.9455, 22.503], ['Shekou', 113.918, 22.492], ['airport', 113.81, 22.64],
    ['Dachan Bay port', 113.862, 22.545], ['Civic Centre', 114.0546, 22.5468], ['Lok Ma Chau loop', 114.082, 22.5135], ['Yuen Long', 114.03, 22.445], ['Dapeng', 114.478, 22.597],
  ])('%s is land', (_, longitude, latitude) => {
    expect(inAny(water, kindRows(WaterKind.sea), ...toPlane(longitude, latitude))).toBe(false)
  })

  test.each([['深圳水库', 114.153, 22.584], ['西丽水库', 113.95, 22.604], ['铁岗水库', 113.8897, 22.6155], ['石岩水库', 113.903, 22.7], ['梅林水库', 114.0269, 22.5743]])('%s is there and level', (name, longitude, latitude) => {
    const [x, y] = toPlane(longitude, latitude)
    const row = kindRows(WaterKind.lake).find(lake => polygonContains(water, lake, x, y))!
    expect(water.strings[water.polygons.name[row]!]).toBe(name)
    expect(sampleSurface(terrain, x, y)).toBeLessThan(water.polygons.level[row]!)
  })

  test('polygons are rings of at least three points, outer counter-clockwise, holes clockwise', async () => {
    for (const layer of [water, districts, await pack.layer(parksLayer), await pack.layer(landUseLayer), await pack.layer(zonesLayer)] as PolygonTables[]) {
      for (let row = 0; row < layer.polygons.rows; row++) {
        for (const [index, ring] of readPolygon(layer, row).entries()) {
          const area = ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - ring[(i + 1) % ring.length]![0] * y, 0) / 2
          expect(ring.length).toBeGreaterThanOrEqual(3)
          if (Math.abs(area) > 50) expect(area > 0).toBe(index === 0)
        }
      }
    }
  })
})

describe('districts, zones, parks, land use', () => {
  const named = (kind: number): Set<string> => new Set(rows(districts.polygons.rows).filter(row => districts.polygons.kind[row] === kind).map(row => districts.strings[districts.polygons.name[row]!]!))

  test('ten districts and 74 sub-districts', () => {
    expect(named(RegionKind.district)).toEqual(new Set(['罗湖区', '福田区', '南山区', '宝安区', '龙岗区', '盐田区', '龙华区', '坪山区', '光明区', '大鹏新区']))
    expect(named(RegionKind.subDistrict).size).toBe(74)
  })

  test.each([['福田区', 114.055, 22.545], ['南山区', 113.93, 22.53], ['罗湖区', 114.12, 22.55], ['宝安区', 113.88, 22.57], ['龙岗区', 114.25, 22.72]])('%s holds its centre', (name, longitude, latitude) => {
    const [x, y] = toPlane(longitude, latitude)
    const row = rows(districts.polygons.rows).find(at => districts.polygons.kind[at] === RegionKind.district && polygonContains(districts, at, x, y))!
    expect(districts.strings[districts.polygons.name[row]!]).toBe(name)
  })

  test('491 zones; their floors are those of the buildings', async () => {
    const { polygons } = await pack.layer(zonesLayer)
    expect(new Set(polygons.id).size).toBe(491)
    const floors = (['floorResidential', 'floorOffice', 'floorCommercial', 'floorIndustrial', 'floorPublic'] as const).reduce((sum, column) => sum + polygons[column].reduce((a, b) => a + b, 0), 0)
    const built = buildings.floorArea.reduce((sum, area, row) => sum + (buildings.kind[row] === BuildingKind.utility ? 0 : area), 0)
    expect(floors / built).toBeGreaterThan(0.97)
    expect(floors / built).toBeLessThan(1.001)
  })

  test('parks and land use of the sources', async () => {
    const parks = await pack.layer(parksLayer)
    expect(parks.polygons.rows).toBeGreaterThan(1000)
    expect((await pack.layer(landUseLayer)).polygons.rows).toBeGreaterThan(394)
    expect(parks.strings).toEqual(expect.arrayContaining(['莲花山公园', '深圳湾公园', '中山公园']))
  })
})

describe('buildings', () => {
  test('about 70,000, most of them small, none of absurd size', () => {
    expect(buildings.count).toBeGreaterThan(65_000)
    expect(buildings.count).toBeLessThan(75_000)
    for (let row = 0; row < buildings.count; row++) {
      expect(buildings.height[row]).toBeGreaterThanOrEqual(2)
      expect(buildings.rings.pointCount[buildings.polygons.ringFirst[row]!]).toBeGreaterThanOrEqual(3)
    }
  })

  test.each([['平安金融中心', 599.1], ['京基100', 441.8], ['中国华润大厦', 392.5], ['地王大厦', 325], ['汉京中心', 350], ['赛格广场', 291.6], ['招商银行大厦', 249]])('%s is %d m high', (name, height) => {
    const heights = rows(buildings.count).filter(row => buildings.strings[buildings.name[row]!] === name).map(row => buildings.height[row]!)
    expect(Math.max(...heights)).toBeCloseTo(height, 0)
  })

  test('the highest of all is the Ping An Finance Centre; no estimate comes near the known towers', () => {
    expect(Math.max(...buildings.height)).toBeCloseTo(599.1, 0)
    const guesses = rows(buildings.count).filter(row => (buildings.flags[row]! & BuildingFlag.estimatedHeight) !== 0 && (buildings.flags[row]! & BuildingFlag.landmark) === 0)
    expect(Math.max(...guesses.map(row => buildings.height[row]!))).toBeLessThanOrEqual(130)
    expect(guesses.length / buildings.count).toBeLessThan(0.82)
  })

  test('the skyline has its peaks: Futian, Houhai and Qianhai have towers, the villages do not', () => {
    const towers = (longitude: number, latitude: number, reach: number, above: number): number => {
      const [x, y] = toPlane(longitude, latitude)
      return rows(buildings.count).filter(row => {
        const point = buildings.rings.pointFirst[buildings.polygons.ringFirst[row]!]!
        return Math.abs(buildings.points.x[point]! - x) < reach && Math.abs(buildings.points.y[point]! - y) < reach && buildings.height[row]! >= above
      }).length
    }
    expect(towers(114.0545, 22.538, 1200, 150)).toBeGreaterThan(25)
    expect(towers(113.938, 22.52, 1000, 150)).toBeGreaterThan(20)
    expect(towers(113.893, 22.533, 1200, 120)).toBeGreaterThan(15)
    expect(towers(114.0475, 22.5245, 250, 60)).toBeLessThan(20) // an urban village
  })

  test('none stands in the sea or outside the city', () => {
    const sea = rows(water.polygons.rows).filter(row => water.polygons.kind[row] === WaterKind.sea)
    const land = rows(districts.polygons.rows).filter(row => districts.polygons.kind[row] === RegionKind.land)
    const lost: string[] = []
    for (let row = 0; row < buildings.count; row += 17) {
      const ring = readPolygon(buildings, row)[0]!
      const [x, y] = [ring.reduce((sum, point) => sum + point[0], 0) / ring.length, ring.reduce((sum, point) => sum + point[1], 0) / ring.length]
      // A quay is drawn to 2 m, and the mean of the corners is not quite the middle.
      const near = (dx: number, dy: number): boolean => inAny(districts, land, x + dx, y + dy) && !inAny(water, sea, x + dx, y + dy)
      if (!near(0, 0) && !near(15, 0) && !near(-15, 0) && !near(0, 15) && !near(0, -15)) lost.push(`${row} at ${x}, ${y}`)
    }
    expect(lost).toEqual([])
  })

  test('walls reach the ground all round', () => {
    for (let row = 0; row < buildings.count; row += 5) {
      for (const [x, y] of readPolygon(buildings, row)[0]!) expect(buildings.base[row]).toBeLessThanOrEqual(sampleTerrain(terrain, x, y) + 0.15)
    }
  })

  test('tiles hold each building once and bound what stands on them', () => {
    const { tiles } = buildings
    let next = 0
    for (let tile = 0; tile < tiles.rows; tile++) {
      expect(tiles.first[tile]).toBe(next)
      next += tiles.count[tile]!
      for (let row = tiles.first[tile]!; row < next; row++) {
        const first = buildings.rings.pointFirst[buildings.polygons.ringFirst[row]!]!
        expect(buildings.points.x[first]).toBeGreaterThan(tiles.west[tile]! - 0.1)
        expect(buildings.points.y[first]).toBeLessThan(tiles.north[tile]! + 0.1)
      }
    }
    expect(next).toBe(buildings.count)
  })
})

describe('metro', () => {
  test('16 lines, 351 stations, 635 km by timetable', () => {
    expect(metro.lines.rows).toBe(16)
    expect(metro.stations.rows).toBe(351)
    expect(metro.stops.distance.reduce((a, b) => a + b, 0) / 1000).toBeCloseTo(635, 0)
    expect([...metro.lines.stopCount].reduce((a, b) => a + b, 0)).toBe(metro.stops.rows)
  })

  test('tracks lead from stop to stop, about as long as the rail, and never jump', () => {
    for (let stop = 0; stop < metro.stops.rows; stop++) {
      const track = metro.stops.track[stop]!
      if (track < 0) continue
      const name = metro.strings[metro.stations.name[metro.stops.station[stop]!]!]
      const first = metro.tracks.pointFirst[track]!
      const last = first + metro.tracks.pointCount[track]! - 1
      let length = 0
      for (let point = first; point < last; point++) length += Math.hypot(metro.points.x[point + 1]! - metro.points.x[point]!, metro.points.y[point + 1]! - metro.points.y[point]!)
      const excess = Math.abs(length - metro.stops.distance[stop]!)
      expect(excess, `track after ${name}`).toBeLessThan(Math.max(470, 0.32 * metro.stops.distance[stop]!))
      for (const [at, station] of [[first, metro.stops.station[stop]!], [last, metro.stops.station[stop + 1]!]] as const) {
        expect(Math.hypot(metro.points.x[at]! - metro.stations.x[station]!, metro.points.y[at]! - metro.stations.y[station]!), `track at ${name}`).toBeLessThan(460)
      }
      expect(metro.stops.forward[stop]).toBeGreaterThanOrEqual(60)
      expect(metro.stops.distance[stop]! / metro.stops.forward[stop]!).toBeLessThan(34) // m/s; the airport express does 120 km/h
    }
  })

  // Bus stops of the same name, which come from another source.
  test.each(['世界之窗', '后海', '华侨城', '市民中心', '固戍', '坪洲', '清湖', '双龙'])('%s lies where buses call for it', name => {
    const station = rows(metro.stations.rows).find(row => metro.strings[metro.stations.name[row]!] === name)!
    const stops = rows(bus.stops.rows).filter(row => bus.strings[bus.stops.name[row]!]!.startsWith(name))
    const least = Math.min(...stops.map(row => Math.hypot(bus.stops.x[row]! - metro.stations.x[station]!, bus.stops.y[row]! - metro.stations.y[station]!)))
    expect(least).toBeLessThan(400)
  })
})

describe('bus and venues', () => {
  test('ten thousand stops, two thousand line directions, calls in order', () => {
    expect(bus.stops.rows).toBeGreaterThan(9000)
    expect(bus.lines.rows).toBeGreaterThan(2000)
    const jumps = rows(bus.lines.rows).filter(line => {
      const calls = [...bus.calls.stop.subarray(bus.lines.callFirst[line]!, bus.lines.callFirst[line]! + bus.lines.callCount[line]!)]
      expect(calls.length).toBeGreaterThanOrEqual(2)
      return calls.slice(1).some((stop, i) => Math.hypot(bus.stops.x[stop]! - bus.stops.x[calls[i]!]!, bus.stops.y[stop]! - bus.stops.y[calls[i]!]!) > 20_000)
    })
    expect(jumps.length / bus.lines.rows).toBeLessThan(0.06) // expressway lines run 20 km without a stop
  })

  test('places come out of Baidu\'s coordinates where they are', () => {
    const [x, y] = toPlane(113.9442, 22.5065) // Shenzhen Bay Port
    const stop = rows(bus.stops.rows).filter(row => bus.strings[bus.stops.name[row]!] === '深圳湾口岸')
    expect(Math.min(...stop.map(row => Math.hypot(bus.stops.x[row]! - x, bus.stops.y[row]! - y)))).toBeLessThan(60)
    expect(busLinesAt(bus, stop[0]!).length).toBe(bus.stops.lineCount[stop[0]!])
  })

  test('43 venues with unique ids; their stations exist', async () => {
    const { venues, venueStations, strings } = await pack.layer(venuesLayer)
    expect(venues.rows).toBe(43)
    expect(new Set(venues.id).size).toBe(43)
    const stations = new Set(rows(metro.stations.rows).map(row => metro.strings[metro.stations.name[row]!]))
    const unknown = [...venueStations.name].map(row => strings[row]!).filter(name => !stations.has(name))
    expect(unknown.length / venueStations.rows).toBeLessThan(0.1)
  })
})
