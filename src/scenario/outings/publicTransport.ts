import { busService, joinServices, metroService, otherPassengers, shuttleService, workdayHeadway, type CityArea, type ServicePart } from '../../city'
import type { LocalName, PeopleInput, TransitPlace, TransitService } from '../../sim'
import type { ScenarioCity, WalkingCity } from '../city'
import type { EventEdit, Scenario } from '../document'
import type { MetroDay } from '../metroChanges'
import { spareTrains } from '../rules/ruleTrains'
import { secondsOfDay } from '../timeOfDay'
import { portalsOf, type Way } from './area'

/** Bus stops serve an area from so far, m in the air line. */
export const BUS_NEAR = 500
/** s for which the buses of an event go on after its end. */
const SHUTTLE_FOR = 4 * 3600

/** Everything that runs by timetable in a run: metro, the buses that call near its areas, and those that events order. */
export interface PublicTransport {
  readonly transit: TransitService
  readonly names: NonNullable<PeopleInput['transitNames']>
  /** Routes of buses: the first, and the one after the last. */
  readonly busRoutes: readonly [number, number]
  /** Where the ordered bus of an event starts, by the event's id. */
  readonly shuttleStop: ReadonlyMap<string, number>
}

export function publicTransportFor(events: readonly { readonly edit: EventEdit; readonly area: CityArea }[], city: ScenarioCity, { metro, bus }: WalkingCity, day: MetroDay, rules: Scenario['rules']): PublicTransport {
  const lineOf = (code: string): number => city.lines.findIndex(line => line.code === code)
  const headway = (code: string, time: number): number => day.headway(lineOf(code), time) ?? workdayHeadway(code, time)
  const runs = (code: string, time: number): boolean => day.runs(lineOf(code), time)
  const spares = spareTrains(rules ? { rules } : {}, city)
  const transit = metroService(metro, headway, runs, code => spares.get(lineOf(code)) ?? 0)
  const portals = events.flatMap(({ area }) => portalsOf(area))
  const served = new Set<number>()
  for (let stop = 0; stop < (bus?.stops.rows ?? 0); stop++) if (offOf(portals, bus!.stops.x[stop]!, bus!.stops.y[stop]!) < BUS_NEAR) served.add(stop)
  const text = ({ strings }: { readonly strings: readonly string[] }, row: number): string => strings[row] ?? ''
  const both = (name: string): LocalName => ({ zh: name, en: name })
  const stations = Array.from({ length: metro.stations.rows }, (_, row): TransitPlace => ({ zh: text(metro, metro.stations.name[row]!), en: text(metro, metro.stations.nameEn[row]!), x: metro.stations.x[row]!, y: metro.stations.y[row]! }))
  const lines = Array.from({ length: metro.lines.rows }, (_, row): LocalName => ({ zh: text(metro, metro.lines.name[row]!), en: text(metro, metro.lines.nameEn[row]!) }))
  const parts: ServicePart[] = [{ service: { ...transit, others: otherPassengers(metro, transit, headway, runs) }, places: 0, lines: 0 }]
  const busFirst = transit.routes.rows
  let routes = busFirst
  if (bus && served.size > 0) {
    const service = busService(bus, served)
    parts.push({ service, places: stations.length, lines: lines.length })
    routes += service.routes.rows
    stations.push(...Array.from({ length: bus.stops.rows }, (_, row) => ({ ...both(text(bus, bus.stops.name[row]!)), x: bus.stops.x[row]!, y: bus.stops.y[row]! })))
    lines.push(...Array.from({ length: bus.lines.rows }, (_, row) => both(text(bus, bus.lines.name[row]!))))
  }
  const busEnd = routes
  const shuttleStop = new Map<string, number>()
  for (const { edit, area } of events) {
    const { shuttle } = edit.onFoot!
    const place = shuttle && shuttlePlace(shuttle.to, city)
    if (!place) continue
    const end = secondsOfDay(edit.window.end)!
    const service = shuttleService(end, end + SHUTTLE_FOR, 60 * shuttle.headwayMinutes, shuttle.seats, offOf(portalsOf(area), place.x, place.y))
    shuttleStop.set(edit.id, parts.reduce((sum, part) => sum + part.service.stops.rows, 0))
    parts.push({ service, places: stations.length, lines: lines.length })
    const [x, y] = middleOfWays(portalsOf(area))
    stations.push({ ...both(area.name), x, y }, { ...place.name, x: place.x, y: place.y })
    lines.push({ zh: '接驳巴士', en: 'Shuttle bus' })
  }
  return { transit: joinServices(parts), names: { stations, lines }, busRoutes: [busFirst, busEnd], shuttleStop }
}

/** The place to which an event orders buses: a metro station by name, or a venue by id; undefined = there is none. */
export function shuttlePlace(to: string, { walking, venues }: ScenarioCity): { readonly name: LocalName; readonly x: number; readonly y: number } | undefined {
  const venue = venues.find(({ id }) => id === to)
  if (venue) return { name: { zh: venue.name, en: venue.name }, x: venue.x, y: venue.y }
  if (!walking) return undefined
  const { metro: { stations, strings } } = walking
  for (let row = 0; row < stations.rows; row++) {
    const name = { zh: strings[stations.name[row]!]!, en: strings[stations.nameEn[row]!]! }
    if (name.zh === to || name.en === to) return { name, x: stations.x[row]!, y: stations.y[row]! }
  }
  return undefined
}

const middleOfWays = (ways: readonly Way[]): [number, number] => [ways.reduce((sum, { x }) => sum + x, 0) / ways.length, ways.reduce((sum, { y }) => sum + y, 0) / ways.length]

/** m in the air line to the nearest of some ways. */
export const offOf = (ways: readonly Way[], x: number, y: number): number => Math.min(...ways.map(way => Math.hypot(way.x - x, way.y - y)))
