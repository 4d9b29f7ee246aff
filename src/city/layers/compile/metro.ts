import { createTable } from '../../../sim'
import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerBuild } from '../../pack/writePack'
import { toPlane } from '../../projection'
import { MetroFlag, metroLayer, metroLineColumns, metroStationColumns, metroStopColumns, metroTrackColumns, metroTransferColumns } from '../metro'
import { pointColumns2 } from '../polygons'
import { distance, simplifyLine, type Point } from './geometry'
import { readRawJson } from './rawFile'
import { sources } from './sources'

interface RawEdge { readonly m: number; readonly fwd_s: number; readonly rev_s: number }
interface RawLine { readonly code: string; readonly name: string; readonly color: string; readonly stations: readonly string[]; readonly edges: readonly RawEdge[] }
interface RawNetwork {
  readonly lines: readonly RawLine[]
  readonly stations: Readonly<Record<string, { readonly en: string; readonly lon: number; readonly lat: number; readonly coord: string }>>
  readonly transfers: readonly { readonly station: string; readonly fromLineCode: string; readonly toLineCode: string; readonly seconds: number }[]
}

interface Station { readonly name: string; readonly nameEn: string; readonly place: Point; readonly approximate: boolean }

export interface Track { readonly line: number; readonly points: readonly Point[]; readonly approximate: boolean }

export function metroBuild(rawFolder: string): LayerBuild {
  const network = readRawJson<RawNetwork>(rawFolder, 'metro-merged/metro_network_wgs84.json.gz')
  const routes = readRawJson<Record<string, [number, number][]>>(rawFolder, 'metro-geometry-osm/routes.json.gz')
  const routesByLine = network.lines.map(line => routesOf(line.code).flatMap(key => (routes[key] ? cleanRoute(routes[key]!) : [])))
  const stations = placeStations(network, routesByLine)
  const rowOf = new Map(stations.map((station, row) => [station.name, row]))
  const strings = new StringList()
  const tables = {
    lines: createTable(metroLineColumns, network.lines.length),
    stations: createTable(metroStationColumns, stations.length),
    stops: createTable(metroStopColumns, network.lines.reduce((sum, line) => sum + line.stations.length, 0)),
    transfers: createTable(metroTransferColumns, network.transfers.length),
  }
  for (const [row, station] of stations.entries()) {
    tables.stations.name[row] = strings.row(station.name)
    tables.stations.nameEn[row] = strings.row(station.nameEn)
    tables.stations.x[row] = Math.round(station.place[0] * 8) / 8
    tables.stations.y[row] = Math.round(station.place[1] * 8) / 8
    tables.stations.flags[row] = station.approximate ? MetroFlag.approximate : 0
  }
  const tracks: Track[] = []
  let stop = 0
  for (const [row, line] of network.lines.entries()) {
    tables.lines.code[row] = strings.row(line.code)
    tables.lines.name[row] = strings.row(line.name)
    tables.lines.nameEn[row] = strings.row(englishLine(line.code))
    tables.lines.color[row] = Number.parseInt(line.color.slice(1), 16)
    tables.lines.stopFirst[row] = stop
    tables.lines.stopCount[row] = line.stations.length
    for (const [i, name] of line.stations.entries()) {
      const station = rowOf.get(name)!
      const edge = line.edges[i]
      tables.stations.lines[station]! += 1
      tables.stops.station[stop] = station
      tables.stops.track[stop] = edge ? tracks.length : -1
      tables.stops.distance[stop] = edge?.m ?? 0
      tables.stops.forward[stop] = edge?.fwd_s ?? 0
      tables.stops.reverse[stop] = edge?.rev_s ?? 0
      if (edge) tracks.push({ line: row, ...trackBetween(stations, line, i, rowOf, routesByLine[row]!) })
      stop += 1
    }
  }
  const lineOf = new Map(network.lines.map((line, row) => [line.code, row]))
  for (const [row, transfer] of network.transfers.entries()) {
    tables.transfers.station[row] = rowOf.get(transfer.station)!
    tables.transfers.from[row] = lineOf.get(transfer.fromLineCode)!
    tables.transfers.to[row] = lineOf.get(transfer.toLineCode)!
    tables.transfers.time[row] = transfer.seconds
  }
  return { layer: layerFile(metroLayer, { ...tables, ...trackTables(tracks) }, strings.strings), sources: [sources.metro, sources.osmMetro] }
}

function trackTables(tracks: readonly Track[]) {
  const table = createTable(metroTrackColumns, tracks.length)
  const points = createTable(pointColumns2, tracks.reduce((sum, track) => sum + track.points.length, 0))
  let point = 0
  for (const [row, track] of tracks.entries()) {
    table.line[row] = track.line
    table.pointFirst[row] = point
    table.pointCount[row] = track.points.length
    table.flags[row] = track.approximate ? MetroFlag.approximate : 0
    for (const [x, y] of track.points) {
      points.x[point] = Math.round(x * 8) / 8
      points.y[point] = Math.round(y * 8) / 8
      point += 1
    }
  }
  return { tracks: table, points }
}

/** Lines 2 and 8 run through as one; the track file holds them apart. */
const routesOf = (code: string): string[] => (code === '02' ? ['2', '8'] : [code.replace(/^0/, '')])

const englishLine = (code: string): string => (code === '02' ? 'Line 2/8' : code === '6B' ? 'Line 6 branch' : `Line ${code.replace(/^0/, '')}`)

/**
 * Stations in the plane. Those without a mapped place are pulled until no crow-fly distance is longer than the rail
 * between two stops, then put on the mapped track of their line if it passes within a kilometre: a bus stop of the same
 * name may be that far from the station.
 */
function placeStations({ lines, stations }: RawNetwork, routesByLine: readonly (readonly Point[][])[]): Station[] {
  const names = Object.keys(stations)
  const places = new Map(names.map(name => [name, toPlane(stations[name]!.lon, stations[name]!.lat)]))
  const approximate = new Set(names.filter(name => stations[name]!.coord !== 'osm'))
  for (let pass = 0; pass < 200; pass++) {
    for (const line of lines) {
      for (const [i, edge] of line.edges.entries()) {
        const [from, to] = [line.stations[i]!, line.stations[i + 1]!]
        if (!approximate.has(from) && !approximate.has(to)) continue
        const [a, b] = [places.get(from)!, places.get(to)!]
        const length = distance(a, b)
        const excess = length - 0.97 * edge.m
        if (excess <= 0) continue
        const share = (excess / length) * (approximate.has(from) && approximate.has(to) ? 0.5 : 1)
        const [dx, dy] = [(b[0] - a[0]) * share, (b[1] - a[1]) * share]
        if (approximate.has(from)) places.set(from, [a[0] + dx, a[1] + dy])
        if (approximate.has(to)) places.set(to, [b[0] - dx, b[1] - dy])
      }
    }
  }
  for (const [row, line] of lines.entries()) {
    for (const name of line.stations.filter(station => approximate.has(station))) {
      const place = places.get(name)!
      const onTrack = routesByLine[row]!.flatMap(route => route.slice(1).map((to, i) => nearestOn(place, route[i]!, to)))
        .sort((a, b) => distance(a, place) - distance(b, place))[0]
      if (onTrack && distance(onTrack, place) < 1000) places.set(name, onTrack)
    }
  }
  return names.map(name => ({ name, nameEn: stations[name]!.en.slice(0, 1).toUpperCase() + stations[name]!.en.slice(1), place: places.get(name)!, approximate: approximate.has(name) }))
}

/** A route in the plane, broken where it jumps: a leg of more than 1.7 km is a gap of the map, not a straight. */
function cleanRoute(route: readonly [number, number][]): Point[][] {
  const pieces: Point[][] = [[]]
  for (const [longitude, latitude] of route) {
    const point = toPlane(longitude, latitude)
    const last = pieces.at(-1)!.at(-1)
    if (last && distance(last, point) > 1700) pieces.push([])
    pieces.at(-1)!.push(point)
  }
  return pieces.filter(piece => piece.length > 1)
}

/**
 * The track between two stops: the stretch of a mapped route that passes both and whose length fits the rail distance
 * best; where none fits within a quarter, a curve from stop to stop, marked as approximate.
 */
function trackBetween(stations: readonly Station[], line: RawLine, edge: number, rowOf: ReadonlyMap<string, number>, routes: readonly Point[][]): { points: Point[]; approximate: boolean } {
  const place = (i: number): Point => stations[rowOf.get(line.stations[Math.max(0, Math.min(line.stations.length - 1, i))]!)!]!.place
  const [a, b] = [place(edge), place(edge + 1)]
  const crow = distance(a, b)
  const wanted = Math.max(line.edges[edge]!.m, crow)
  let best: Point[] = []
  let bestError = Infinity
  for (const route of routes) {
    const along = chainage(route)
    for (const from of passes(route, along, a)) {
      for (const to of passes(route, along, b)) {
        const error = Math.abs(Math.abs(to.at - from.at) - wanted) + 0.4 * (from.off + to.off)
        if (error < bestError) [best, bestError] = [cut(route, along, from.at, to.at), error]
      }
    }
  }
  if (best.length >= 2 && bestError < Math.max(450, 0.25 * wanted)) return { points: simplifyLine(best, 1), approximate: false }
  return { points: curve(place(edge - 1), a, b, place(edge + 2)), approximate: true }
}

/** The point of a segment nearest to a place. */
function nearestOn([x, y]: Point, a: Point, b: Point): Point {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const lengthSquared = dx * dx + dy * dy
  const t = lengthSquared === 0 ? 0 : Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / lengthSquared))
  return [a[0] + t * dx, a[1] + t * dy]
}

function chainage(route: readonly Point[]): number[] {
  const along = [0]
  for (let i = 1; i < route.length; i++) along.push(along[i - 1]! + distance(route[i - 1]!, route[i]!))
  return along
}

/** Where a route passes a place within 450 m: each local best, as chainage and distance. */
function passes(route: readonly Point[], along: readonly number[], place: Point): { at: number; off: number }[] {
  const found: { at: number; off: number }[] = []
  for (let i = 1; i < route.length; i++) {
    const near = nearestOn(place, route[i - 1]!, route[i]!)
    const off = distance(place, near)
    if (off > 450) continue
    const at = along[i - 1]! + distance(route[i - 1]!, near)
    const last = found.at(-1)
    if (last && at - last.at < 900) {
      if (off < last.off) found[found.length - 1] = { at, off }
    } else found.push({ at, off })
  }
  return found
}

/** The route from chainage `from` to `to`, turned round if need be. */
function cut(route: readonly Point[], along: readonly number[], from: number, to: number): Point[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)]
  const pointAt = (at: number): Point => {
    let i = 1
    while (i < along.length - 1 && along[i]! < at) i += 1
    const t = (at - along[i - 1]!) / Math.max(1e-9, along[i]! - along[i - 1]!)
    return [route[i - 1]![0] + t * (route[i]![0] - route[i - 1]![0]), route[i - 1]![1] + t * (route[i]![1] - route[i - 1]![1])]
  }
  const inner = route.filter((_, i) => along[i]! > low + 0.5 && along[i]! < high - 0.5)
  const points = [pointAt(low), ...inner, pointAt(high)]
  return from <= to ? points : points.reverse()
}

/** A smooth line from b to c that heads for the stops before and after (Catmull-Rom). */
function curve(a: Point, b: Point, c: Point, d: Point): Point[] {
  const steps = 8
  return Array.from({ length: steps + 1 }, (_, i): Point => {
    const t = i / steps
    const blend = (k: 0 | 1): number => 0.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t)
    return [blend(0), blend(1)]
  })
}
