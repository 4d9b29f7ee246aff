import type { CityArea } from '../../city'
import type { SidewalkGraph } from '../../sim'
import type { ScenarioCity, WalkingCity } from '../city'
import { goalsNamed, portalsOf, standsOf, type Stand, type Way } from './area'

/** Ways to parked cars, at most: spread over the edge of the area. */
const WAYS_MAX = 6
/** Stations apart from the area that serve it, at most, and how far off they may be, m in the air line. */
const STATIONS_MAX = 2
const STATION_FAR = 1500
/** Places where those live who come on foot, at most, and how far off, m in the air line. */
const HOMES_MAX = 12
const HOME_NEAR = 300
const HOME_FAR = 1200

/** Trains of one line and direction at one station. */
export interface TrainOffer {
  /** Area that has the platform: the venue's own, or a station apart from it. */
  readonly area: CityArea
  readonly doors: readonly string[]
  readonly stop: number
  /** Stops of the route before and after this one. */
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** What an area has for an event. */
export interface AreaOffer {
  readonly stands: readonly Stand[]
  readonly portals: readonly Way[]
  /** Those that lead to parked cars and to stations apart. */
  readonly ways: readonly Way[]
  readonly trains: readonly TrainOffer[]
  readonly rank: string | null
  /** Nodes of the walking graph where people live who come on foot. */
  readonly homes: readonly number[]
}

export function offerOf(area: CityArea, { areas }: ScenarioCity, walking: WalkingCity): AreaOffer {
  const portals = portalsOf(area)
  const [x, y] = middleOf(portals)
  const far = (other: CityArea): number => Math.hypot(middleOf(portalsOf(other))[0] - x, middleOf(portalsOf(other))[1] - y)
  const own = trainsOf(area, walking)
  const stations = own.length > 0 ? [] : areas.filter(other => other !== area && goalsNamed(other, 'door:').length > 0 && far(other) < STATION_FAR).toSorted((a, b) => far(a) - far(b)).slice(0, STATIONS_MAX)
  return {
    stands: standsOf(area), portals, ways: spread(portals, WAYS_MAX), trains: [...own, ...stations.flatMap(station => trainsOf(station, walking))],
    rank: area.space.goals.some(({ id }) => id === 'taxi') ? 'taxi' : null,
    homes: homesAround(x, y, walking),
  }
}

/** Lines and directions that stop at an area's platforms: doors are called `door:<line>:<f or r>:<number>`. */
function trainsOf(area: CityArea, { transit, metro }: WalkingCity): TrainOffer[] {
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
    return [{ area, doors: goals.map(({ id }) => id), stop, before: rows.filter(row => row < stop), after: rows.filter(row => row > stop) }]
  })
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
