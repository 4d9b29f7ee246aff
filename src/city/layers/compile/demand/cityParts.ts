import type { Network } from '../../../../sim'
import { inPolygon } from '../geometry'
import { PolygonIndex, type BuildingUse, type CityZone, type District } from './landUse'
import { scaled } from './gravity'
import { toPlane } from '../../../projection'

/** A zone, or the piece of it on one side of the cordon, with what draws trips there. */
export interface CityPart {
  /** TAZ id; other cities have ids below zero. */
  readonly zone: number
  readonly inside: boolean
  readonly x: number
  readonly y: number
  readonly home: number
  readonly job: number
  readonly other: number
  readonly freight: number
}

/** m from a road of the network within which a place belongs to the modelled core. */
const INSIDE_REACH = 350
const SAMPLE = 200 // m
/** Weight of main road length beside floor area when a district is split over its zones: buildings are mapped patchily; assumed. */
const ROAD_SHARE = 0.2
/** Where roads to other cities leave: place and share of the intercity trips; assumed. */
const otherCities = [
  { name: 'Dongguan, Guangzhou', at: toPlane(113.79, 22.87), share: 0.5 },
  { name: 'Dongguan east', at: toPlane(114.06, 22.87), share: 0.15 },
  { name: 'Huizhou', at: toPlane(114.43, 22.83), share: 0.2 },
  { name: 'Zhongshan', at: toPlane(113.75, 22.6), share: 0.15 },
] as const
export const OTHER_CITY_FIRST = -10

/** Whether a place belongs to the core: a link of the network is near. */
export function insideTest(network: Network, connected: Int32Array): (x: number, y: number) => boolean {
  const near = new Set<number>()
  const cell = 100
  const key = (x: number, y: number): number => (Math.floor(x / cell) + 4096) * 8192 + Math.floor(y / cell) + 4096
  const reach = INSIDE_REACH
  const { links, points } = network
  for (const link of connected) {
    const first = links.pointFirst[link]!
    for (let p = first; p < first + links.pointCount[link]! - 1; p++) {
      const dx = points.x[p + 1]! - points.x[p]!
      const dy = points.y[p + 1]! - points.y[p]!
      const steps = Math.max(1, Math.ceil(Math.sqrt(dx * dx + dy * dy) / cell))
      for (let s = 0; s <= steps; s++) {
        const x = points.x[p]! + (dx * s) / steps
        const y = points.y[p]! + (dy * s) / steps
        for (let ox = -reach; ox <= reach; ox += cell) for (let oy = -reach; oy <= reach; oy += cell) if (ox * ox + oy * oy <= reach * reach) near.add(key(x + ox, y + oy))
      }
    }
  }
  return (x, y) => near.has(key(x, y))
}

/** Splits the zones at the cordon and lays workers, jobs, visits and goods of the districts over the parts. */
export function cityParts(
  zones: readonly CityZone[], districts: readonly District[], buildings: readonly BuildingUse[], inside: (x: number, y: number) => boolean,
  intercityShare: number,
): { parts: CityPart[]; partOf: (x: number, y: number) => number } {
  const index = new PolygonIndex(zones.map(({ polygons }) => polygons))
  const districtIndex = new PolygonIndex(districts.map(({ polygons }) => polygons))
  const nearestZone = (x: number, y: number): number => {
    const found = index.find(x, y)
    return found >= 0 ? found : nearest(zones, x, y)
  }
  // Row 2 z is the inside of zone z, row 2 z + 1 its outside.
  const rowOf = (x: number, y: number): number => nearestZone(x, y) * 2 + (inside(x, y) ? 0 : 1)
  const samples = Array.from({ length: zones.length * 2 }, () => ({ count: 0, x: 0, y: 0 }))
  for (const [row, { polygons }] of zones.entries()) {
    const points = polygons.flatMap(polygon => polygon[0]!)
    const [west, east] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))]
    const [south, north] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))]
    for (let x = Math.ceil(west / SAMPLE) * SAMPLE; x <= east; x += SAMPLE) {
      for (let y = Math.ceil(south / SAMPLE) * SAMPLE; y <= north; y += SAMPLE) {
        if (!polygons.some(polygon => inPolygon(x, y, polygon))) continue
        const sample = samples[row * 2 + (inside(x, y) ? 0 : 1)]!
        sample.count += 1
        sample.x += x
        sample.y += y
      }
    }
  }
  const floors = Array.from({ length: zones.length * 2 }, () => ({ home: 0, job: 0, other: 0, freight: 0, weight: 0, x: 0, y: 0 }))
  for (const { x, y, home, job, other, freight } of buildings) {
    if (districtIndex.find(x, y) < 0) continue // the far shore
    const floor = floors[rowOf(x, y)]!
    floor.home += home
    floor.job += job
    floor.other += other
    floor.freight += freight
    const weight = home + job
    floor.weight += weight
    floor.x += x * weight
    floor.y += y * weight
  }
  const zoneDistrict = zones.map(({ x, y }) => {
    const found = districtIndex.find(x, y)
    return found >= 0 ? found : nearestDistrict(districts, x, y)
  })
  const road = (row: number): number => {
    const zone = zones[row >> 1]!
    const both = samples[row & ~1]!.count + samples[row | 1]!.count
    return both > 0 ? (zone.roadKm * samples[row]!.count) / both : 0
  }
  const spread = (kind: 'home' | 'job' | 'other' | 'freight', total: (district: District) => number): Float64Array => {
    const result = new Float64Array(floors.length)
    for (const [district, figures] of districts.entries()) {
      const mine = (row: number): boolean => zoneDistrict[row >> 1] === district
      const byFloor = scaled(Float64Array.from(floors, (floor, row) => (mine(row) ? floor[kind] : 0)), 1)
      const byRoad = scaled(Float64Array.from(floors, (_, row) => (mine(row) ? road(row) : 0)), 1)
      const anyFloor = byFloor.some(value => value > 0)
      for (let row = 0; row < result.length; row++) {
        result[row]! += total(figures) * (anyFloor ? (1 - ROAD_SHARE) * byFloor[row]! + ROAD_SHARE * byRoad[row]! : byRoad[row]!)
      }
    }
    return result
  }
  const home = spread('home', ({ workers }) => workers)
  const job = spread('job', ({ jobs }) => jobs)
  // Visits follow people as well as jobs; goods follow jobs. assumed
  const other = spread('other', ({ workers, jobs }) => (workers + jobs) / 2)
  const freight = spread('freight', ({ jobs }) => jobs)
  const rows: number[] = []
  for (let row = 0; row < floors.length; row++) if (home[row]! + job[row]! > 0) rows.push(row)
  const parts: CityPart[] = rows.map(row => {
    const floor = floors[row]!
    const sample = samples[row]!
    const middle = floor.weight > 0 ? [floor.x / floor.weight, floor.y / floor.weight]
      : sample.count > 0 ? [sample.x / sample.count, sample.y / sample.count] : [zones[row >> 1]!.x, zones[row >> 1]!.y]
    return {
      zone: zones[row >> 1]!.id, inside: row % 2 === 0, x: middle[0]!, y: middle[1]!,
      home: home[row]!, job: job[row]!, other: other[row]!, freight: freight[row]!,
    }
  })
  const total = (kind: 'home' | 'job' | 'other' | 'freight'): number => parts.reduce((sum, part) => sum + part[kind], 0)
  const totals = { home: total('home'), job: total('job'), other: total('other'), freight: total('freight') }
  for (const [i, { at, share }] of otherCities.entries()) {
    const weight = share * (intercityShare / (1 - intercityShare)) // of both directions, hence the half per end drops out
    parts.push({
      zone: OTHER_CITY_FIRST - i, inside: false, x: at[0], y: at[1],
      home: 0, job: 0, other: totals.other * weight, freight: totals.freight * weight,
    })
  }
  const partRow = new Int32Array(floors.length).fill(-1)
  for (const [part, row] of rows.entries()) partRow[row] = part
  return { parts, partOf: (x, y) => partRow[rowOf(x, y)]! }
}

function nearest(zones: readonly CityZone[], x: number, y: number): number {
  let best = 0
  let least = Infinity
  for (const [row, zone] of zones.entries()) {
    const distance = (zone.x - x) * (zone.x - x) + (zone.y - y) * (zone.y - y)
    if (distance < least) { least = distance; best = row }
  }
  return best
}

function nearestDistrict(districts: readonly District[], x: number, y: number): number {
  let best = 0
  let least = Infinity
  for (const [row, { polygons }] of districts.entries()) {
    for (const polygon of polygons) {
      for (const [px, py] of polygon[0]!) {
        const distance = (px - x) * (px - x) + (py - y) * (py - y)
        if (distance < least) { least = distance; best = row }
      }
    }
  }
  return best
}
