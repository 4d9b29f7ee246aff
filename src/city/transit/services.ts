import { createTable, routeColumns, routeStopColumns, transitTripColumns, type TransitService } from '../../sim'
import type { BusLayer } from '../layers/bus'
import type { MetroLayer } from '../layers/metro'

/** One direction of a line before it becomes rows. */
interface RouteDraft {
  readonly line: number
  readonly reverse: boolean
  readonly cars: number
  readonly stops: readonly { readonly place: number; readonly run: number }[]
  /** Departures from the first stop, s of the day, rising. */
  readonly departures: readonly number[]
  /** Departures beyond them, which leave only while a headway is ordered. */
  readonly spare?: number
}

/** s between vehicles by line and time of the day (s). */
export type Headway = (line: string, time: number) => number

const HOUR = 3600
/** First and last departure from an end of a line: workdays of most lines, 6:30 and 23:00 (operator's pages). */
const FIRST = 6.5 * HOUR
const LAST = 23 * HOUR

/** Shortest headways, s: read for lines 11 and 14 (2025); lines 1, 3, 4 and 5 run every 120 to 150 s. Others assumed. */
const peakHeadways: Readonly<Record<string, number>> = { '11': 130, '14': 170, '01': 135, '03': 135, '04': 135, '05': 135 }
const PEAK = 180
/** Off the peak every 300 to 480 s; early and late assumed. */
const OFF_PEAK = 360
const EARLY_LATE = 480

/** Headways of an ordinary workday: peaks from 7:30 to 9:30 and from 17:30 to 19:30. */
export const workdayHeadway: Headway = (line, time) => {
  const hour = time / HOUR
  if ((hour >= 7.5 && hour < 9.5) || (hour >= 17.5 && hour < 19.5)) return peakHeadways[line] ?? PEAK
  return hour < 7 || hour >= 22 ? EARLY_LATE : OFF_PEAK
}

/** Lines with trains of eight A-cars; the others have six. Line 3 runs six B-cars, taken as A. */
const EIGHT_CARS = new Set(['10', '11', '13', '14', '20'])

/**
 * Trains: doors of an A-car 1.4 m wide take two streams, one person in about a second each; 310 persons a car at 6 per m²
 * (GB 50157). Opening, closing and dispatch 12 s of a stop, 30 s in the timetable; next train in 40 s after the one before (assumed).
 */
const train = { fixed: 12, dwell: 30, service: 1, clearance: 40, room: 310, doors: 5, streams: 2, alightDoor: -1 } as const
/** Buses: on at the front, off at the rear, 2 s a person with a card (TCRP 165, ch. 6); 80 persons. Rest assumed. */
const bus = { fixed: 8, dwell: 20, service: 2, clearance: 5, room: 80, doors: 2, streams: 1, alightDoor: 1 } as const
/** Run times between stops shorter than this are slips of the timetable's whole minutes, s. */
const RUN_MIN = 45
/** A bus covers the crow-fly distance times the detour at this speed, m/s, stops not counted. Assumed. */
const BUS_SPEED = 20 / 3.6
const DETOUR = 1.3
const BUS_HEADWAY = 600

/** Whether trains of a line leave its ends at a time of the day (s). */
export type Runs = (line: string, time: number) => boolean

/** The metro of a pack as a service: two routes a line, run times by timetable less the stop. @param spare  by line, departures from each end beyond the timetable that may be ordered */
export function metroService({ lines, stops, strings }: MetroLayer, headway: Headway = workdayHeadway, runs: Runs = () => true, spare: (line: string) => number = () => 0): TransitService {
  const drafts: RouteDraft[] = []
  for (let line = 0; line < lines.rows; line++) {
    const code = strings[lines.code[line]!]!
    const rows = Array.from({ length: lines.stopCount[line]! }, (_, i) => lines.stopFirst[line]! + i)
    const cars = EIGHT_CARS.has(code) ? 8 : 6
    const run = (seconds: number): number => Math.max(RUN_MIN, seconds - train.dwell)
    const departures = timetable(time => headway(code, time)).filter(time => runs(code, time))
    drafts.push({ line, reverse: false, cars, departures, spare: spare(code), stops: rows.map(row => ({ place: stops.station[row]!, run: run(stops.forward[row]!) })) })
    drafts.push({ line, reverse: true, cars, departures, spare: spare(code), stops: rows.map((_, i) => ({ place: stops.station[rows.at(-1 - i)!]!, run: run(stops.reverse[rows.at(-2 - i) ?? rows[0]!]!) })) })
  }
  return serviceOf(drafts, train)
}

/** Those bus lines of a pack that call at one of the given stops, as a service. */
export function busService({ lines, calls, stops, strings }: BusLayer, served: ReadonlySet<number>, headway: Headway = () => BUS_HEADWAY): TransitService {
  const drafts: RouteDraft[] = []
  for (let line = 0; line < lines.rows; line++) {
    const places = Array.from({ length: lines.callCount[line]! }, (_, i) => calls.stop[lines.callFirst[line]! + i]!)
    if (!places.some(place => served.has(place))) continue
    const run = (i: number): number => {
      const [a, b] = [places[i]!, places[i + 1]!]
      return b === undefined ? 0 : Math.max(20, (Math.hypot(stops.x[b]! - stops.x[a]!, stops.y[b]! - stops.y[a]!) * DETOUR) / BUS_SPEED)
    }
    drafts.push({ line, reverse: false, cars: 1, departures: timetable(time => headway(strings[lines.name[line]!]!, time)), stops: places.map((place, i) => ({ place, run: run(i) })) })
  }
  return serviceOf(drafts, bus)
}

/** A bus that runs between an event and one place: from `start` every `headway` s until `end`, for `distance` m in the air line; place 0 and place 1. */
export function shuttleService(start: number, end: number, headway: number, seats: number, distance: number): TransitService {
  const departures: number[] = []
  for (let time = start; time <= end; time += headway) departures.push(time)
  return serviceOf([{ line: 0, reverse: false, cars: 1, departures, stops: [{ place: 0, run: (distance * DETOUR) / BUS_SPEED }, { place: 1, run: 0 }] }], { ...bus, room: seats })
}

function timetable(headway: (time: number) => number): number[] {
  const departures: number[] = []
  for (let time = FIRST; time <= LAST; time += headway(time)) departures.push(time)
  return departures
}

function serviceOf(drafts: readonly RouteDraft[], vehicle: { readonly [K in keyof typeof train]: number }): TransitService {
  const service = {
    routes: createTable(routeColumns, drafts.length),
    stops: createTable(routeStopColumns, drafts.reduce((sum, draft) => sum + draft.stops.length, 0)),
    trips: createTable(transitTripColumns, drafts.reduce((sum, draft) => sum + draft.departures.length + (draft.spare ?? 0), 0)),
  }
  let [stop, trip] = [0, 0]
  for (const [row, draft] of drafts.entries()) {
    const { routes } = service
    for (const [name, value] of Object.entries(vehicle)) routes[name as keyof typeof vehicle][row] = value
    routes.line[row] = draft.line
    routes.stopFirst[row] = stop
    routes.stopCount[row] = draft.stops.length
    routes.tripFirst[row] = trip
    routes.spare[row] = draft.spare ?? 0
    routes.tripCount[row] = draft.departures.length + routes.spare[row]
    routes.cars[row] = draft.cars
    routes.reverse[row] = draft.reverse ? 1 : 0
    for (const { place, run } of draft.stops) {
      service.stops.run[stop] = run
      service.stops.route[stop] = row
      service.stops.place[stop++] = place
    }
    for (const departure of draft.departures) service.trips.departure[trip++] = departure
    for (let at = 0; at < routes.spare[row]!; at++) service.trips.departure[trip++] = Infinity
  }
  return service
}
