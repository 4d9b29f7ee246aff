import type { CityArea } from '../../city'
import type { SidewalkGraph, TransitService } from '../../sim'
import type { ScenarioCity, WalkingCity } from '../city'
import type { EventEdit } from '../document'
import type { MetroDay } from '../metroChanges'
import { goalsNamed, portalsOf, standsOf, type Stand, type Way } from './area'
import { BUS_NEAR, offOf, type PublicTransport } from './publicTransport'

/** Ways to parked cars, at most: spread over the edge of the area. */
const WAYS_MAX = 6
/** Stations apart from the area that serve it at a time, at most, and how far off they may be, m in the air line. */
const STATIONS_MAX = 2
const STATION_FAR = 1500
/** Places where those live who come on foot, at most, and how far off, m in the air line. */
const HOMES_MAX = 12
const HOME_NEAR = 300
const HOME_FAR = 1200

/** Trains of one line and direction at one station. */
export interface TrainOffer {
  /** Rows of the line and of the station in the city's metro. */
  readonly line: number
  readonly station: number
  /** Area that has the platform: the venue's own, or a station apart from it. */
  readonly area: CityArea
  readonly doors: readonly string[]
  readonly stop: number
  /** Stops of the route before and after this one. */
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** Where one can change from another train on the way there, and into another on the way back. */
  readonly changesBefore: readonly Change[]
  readonly changesAfter: readonly Change[]
}

/** A change of trains: stop of this route, stop of the other one at the same station, and the walk between, s. */
export interface Change { readonly own: number; readonly other: number; readonly walk: number }

/** Buses of one line and direction at their stop nearest to an area. */
export interface BusOffer {
  readonly stop: number
  readonly node: number
  readonly x: number
  readonly y: number
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** Trains of an offer that one can take at a time of the day, s: of the nearest stations that are open. */
export function servedAt(trains: readonly TrainOffer[], day: MetroDay, time: number): number[] {
  const served = trains.flatMap(({ line, station }, row) => (day.runs(line, time) && day.open(station, time) ? [row] : []))
  const near = [...new Set(served.map(row => trains[row]!.area))].slice(0, STATIONS_MAX)
  return served.filter(row => near.includes(trains[row]!.area))
}

/** What an area has for an event. */
export interface AreaOffer {
  readonly stands: readonly Stand[]
  readonly portals: readonly Way[]
  /** Those that lead to parked cars and to stations apart. */
  readonly ways: readonly Way[]
  /** Of the area's own station, else of those around it, nearest first; with those that are wanted only while nearer ones are closed. */
  readonly trains: readonly TrainOffer[]
  readonly buses: readonly BusOffer[]
  /** Stop of the buses that the event orders, and the node where they stand; null = none. */
  readonly shuttle: { readonly stop: number; readonly node: number; readonly x: number; readonly y: number } | null
  readonly rank: string | null
  /** Nodes of the walking graph where people live who come on foot. */
  readonly homes: readonly number[]
}

export function offerOf(area: CityArea, edit: EventEdit, { areas }: ScenarioCity, walking: WalkingCity, transport: PublicTransport, day: MetroDay): AreaOffer {
  const portals = portalsOf(area)
  const [x, y] = middleOf(portals)
  const far = (other: CityArea): number => Math.hypot(middleOf(portalsOf(other))[0] - x, middleOf(portalsOf(other))[1] - y)
  const isSure = ({ line, station }: TrainOffer): boolean => !day.concernsLine(line) && !day.concernsStation(station)
  const trains = trainsOf(area, walking)
  let sure = trains.some(isSure) ? STATIONS_MAX : 0
  const around = trains.length > 0 && sure > 0 ? [] : areas.filter(other => other !== area && goalsNamed(other, 'door:').length > 0 && far(other) < STATION_FAR).toSorted((a, b) => far(a) - far(b))
  for (const other of around) {
    if (sure >= STATIONS_MAX) break
    const more = trainsOf(other, walking)
    trains.push(...more)
    if (more.some(isSure)) sure++
  }
  return {
    stands: standsOf(area, edit.onFoot!.stage), portals, ways: spread(portals, WAYS_MAX), trains,
    buses: busesAt(portals, walking, transport), shuttle: shuttleAt(area, edit, walking, transport),
    rank: area.space.goals.some(({ id }) => id === 'taxi') ? 'taxi' : null,
    homes: homesAround(x, y, walking),
  }
}

/** Lines and directions that stop at an area's platforms: doors are called `door:<line>:<f or r>:<number>`. */
function trainsOf(area: CityArea, walking: WalkingCity): TrainOffer[] {
  const { transit, metro } = walking
  const doors = new Map<string, CityArea['space']['goals'][number][]>()
  for (const goal of goalsNamed(area, 'door:')) {
    const line = goal.id.replace(/:[^:]*$/, '')
    doors.set(line, [...doors.get(line) ?? [], goal])
  }
  return [...doors].flatMap(([key, goals]): TrainOffer[] => {
    const [, code, way] = key.split(':')
    const line = Array.from({ length: metro.lines.rows }, (_, row) => row).find(row => metro.strings[metro.lines.code[row]!] === code)
    if (line === undefined) return []
    const route = 2 * line + (way === 'r' ? 1 : 0)
    const first = transit.routes.stopFirst[route]!
    const rows = Array.from({ length: transit.routes.stopCount[route]! }, (_, at) => first + at)
    const [x, y] = goals[0]!.shape[0]!
    const off = (stop: number): number => Math.hypot(metro.stations.x[transit.stops.place[stop]!]! - x, metro.stations.y[transit.stops.place[stop]!]! - y)
    const stop = rows.reduce((best, row) => (off(row) < off(best) ? row : best))
    return [{ line, station: transit.stops.place[stop]!, area, doors: goals.map(({ id }) => id), stop, ...aroundStop(rows, stop, walking) }]
  })
}

/** Stops that people ride on one train, at most: about the mean ride of 13 km of the Shenzhen Metro. Assumed even: docs/assumptions.md. */
export const STOPS_MAX = 10
/** Walk between two lines where the data have none, s. Assumed. */
const CHANGE_WALK = 240

/** Stops of a route before and after one of its own, and where one can change trains among the nearest of them. */
function aroundStop(rows: readonly number[], stop: number, { transit, metro: { transfers } }: WalkingCity): Pick<TrainOffer, 'before' | 'after' | 'changesBefore' | 'changesAfter'> {
  const before = rows.filter(row => row < stop)
  const after = rows.filter(row => row > stop)
  const changes = (some: readonly number[], leadsOn: (other: number) => boolean): Change[] => some.flatMap(own =>
    Array.from({ length: transit.stops.rows }, (_, other) => other)
      .filter(other => transit.stops.place[other] === transit.stops.place[own] && lineAt(transit, other) !== lineAt(transit, own) && leadsOn(other))
      .map(other => ({ own, other, walk: walkOf(own, other) })))
  const walkOf = (own: number, other: number): number => {
    for (let row = 0; row < transfers.rows; row++)
      if (transfers.station[row] === transit.stops.place[own] && transfers.from[row] === lineAt(transit, own) && transfers.to[row] === lineAt(transit, other)) return transfers.time[row]!
    return CHANGE_WALK
  }
  const isFirst = (other: number): boolean => other === transit.routes.stopFirst[transit.stops.route[other]!]
  const isLast = (other: number): boolean => other + 1 === transit.routes.stopFirst[transit.stops.route[other]!]! + transit.routes.stopCount[transit.stops.route[other]!]!
  return { before, after, changesBefore: changes(before.slice(-STOPS_MAX), other => !isFirst(other)), changesAfter: changes(after.slice(0, STOPS_MAX), other => !isLast(other)) }
}

const lineAt = ({ stops, routes }: TransitService, stop: number): number => routes.line[stops.route[stop]!]!

/** Rows of the stops of the route of a stop: those from it on, or those up to it. */
export function stopsBeside({ stops, routes }: TransitService, stop: number, after: boolean): number[] {
  const first = routes.stopFirst[stops.route[stop]!]!
  const rows = Array.from({ length: routes.stopCount[stops.route[stop]!]! }, (_, at) => first + at)
  return rows.filter(row => (after ? row > stop : row < stop))
}

/** Lines of buses that serve an area, at most: those with the nearest stops. */
const BUSES_MAX = 24

function busesAt(portals: readonly Way[], { bus, metro, sidewalks }: WalkingCity, { transit, busRoutes }: PublicTransport): BusOffer[] {
  if (!bus) return []
  const nodes = new Map<number, number>()
  const offers: (BusOffer & { readonly off: number })[] = []
  for (let route = busRoutes[0]; route < busRoutes[1]; route++) {
    const first = transit.routes.stopFirst[route]!
    let best = { stop: -1, off: BUS_NEAR }
    for (let stop = first; stop < first + transit.routes.stopCount[route]!; stop++) {
      const place = transit.stops.place[stop]! - metro.stations.rows
      const off = offOf(portals, bus.stops.x[place]!, bus.stops.y[place]!)
      if (off < best.off) best = { stop, off }
    }
    if (best.stop < 0) continue
    const place = transit.stops.place[best.stop]! - metro.stations.rows
    const [x, y] = [bus.stops.x[place]!, bus.stops.y[place]!]
    const node = nodes.get(place) ?? nodeNear(sidewalks, x, y)
    nodes.set(place, node)
    offers.push({ ...best, node, x, y, before: stopsBeside(transit, best.stop, false), after: stopsBeside(transit, best.stop, true) })
  }
  return offers.sort((a, b) => a.off - b.off || a.stop - b.stop).slice(0, BUSES_MAX)
}

/** Ordered buses stand where the taxis do, else at the first way out. */
function shuttleAt(area: CityArea, edit: EventEdit, { sidewalks }: WalkingCity, { shuttleStop }: PublicTransport): AreaOffer['shuttle'] {
  const stop = shuttleStop.get(edit.id)
  if (stop === undefined) return null
  const [x, y] = area.space.goals.find(({ id }) => id === 'taxi')?.shape[0] ?? area.portals[0]!.at
  return { stop, x, y, node: nodeNear(sidewalks, x, y) }
}

/** Bus stops around, as places from which people come on foot. */
function homesAround(x: number, y: number, { sidewalks: { places, nodes } }: WalkingCity): number[] {
  const found = new Set<number>()
  for (let row = 0; row < places.rows; row++) {
    const node = places.node[row]!
    const far = Math.hypot(nodes.x[node]! - x, nodes.y[node]! - y)
    if (far > HOME_NEAR && far < HOME_FAR && nodes.component[node] === 0) found.add(node)
  }
  const all = [...found].sort((a, b) => a - b)
  return all.filter((_, at) => at % Math.ceil(all.length / HOMES_MAX) === 0)
}

/** The node of the largest part of the walking graph nearest to a place. */
export function nodeNear({ nodes }: SidewalkGraph, x: number, y: number): number {
  let best = -1
  let least = Infinity
  for (let node = 0; node < nodes.rows; node++) {
    if (nodes.component[node] !== 0) continue
    const square = (nodes.x[node]! - x) * (nodes.x[node]! - x) + (nodes.y[node]! - y) * (nodes.y[node]! - y)
    if (square < least) { least = square; best = node }
  }
  return best
}

export function nearestWay(ways: readonly Way[], x: number, y: number): Way {
  const off = (way: Way): number => (way.x - x) * (way.x - x) + (way.y - y) * (way.y - y)
  return ways.reduce((best, way) => (off(way) < off(best) ? way : best))
}

/** Ways out that lead towards a place: whoever goes there takes one that is at most so many m farther from it than the nearest. */
const DETOUR = 120

export function waysTowards(ways: readonly Way[], x: number, y: number): string[] {
  const off = (way: Way): number => Math.hypot(way.x - x, way.y - y)
  const least = Math.min(...ways.map(off))
  return ways.filter(way => off(way) <= least + DETOUR).map(({ goal }) => goal)
}

/** The two that are nearest to each other, one of either list. */
export function between(some: readonly Way[], others: readonly Way[]): [Way, Way] {
  const pairs = some.map((way): [Way, Way] => [way, nearestWay(others, way.x, way.y)])
  return pairs.reduce((best, pair) => (Math.hypot(pair[0].x - pair[1].x, pair[0].y - pair[1].y) < Math.hypot(best[0].x - best[1].x, best[0].y - best[1].y) ? pair : best))
}

const middleOf = (ways: readonly Way[]): [number, number] =>
  [ways.reduce((sum, { x }) => sum + x, 0) / ways.length, ways.reduce((sum, { y }) => sum + y, 0) / ways.length]

/** Some of the ways, each as far from those before as can be. */
function spread(ways: readonly Way[], most: number): Way[] {
  const chosen = ways.slice(0, 1)
  while (chosen.length < Math.min(most, ways.length)) {
    const off = ({ x, y }: Way): number => Math.min(...chosen.map(other => (other.x - x) * (other.x - x) + (other.y - y) * (other.y - y)))
    chosen.push(ways.reduce((best, way) => (off(way) > off(best) ? way : best)))
  }
  return chosen
}
