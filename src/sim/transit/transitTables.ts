import type { Columns, TableOf } from '../core/table'

/** One direction of a line. Its vehicles keep their order; each is a row of departures. */
export const routeColumns = {
  fixed: { type: 'f64', unit: 's', doc: 'of a stop besides its exchange of persons: opening and closing of doors, dispatch' },
  dwell: { type: 'f64', unit: 's', doc: 'stop in the timetable' },
  service: { type: 'f64', unit: 's', doc: 'that one person takes in a stream through a door' },
  clearance: { type: 'f64', unit: 's', doc: 'from the departure of one vehicle to the arrival of the next at the same stop' },
  line: { type: 'i32', unit: 'row', doc: 'line in its layer' },
  stopFirst: { type: 'i32', unit: 'row', doc: 'first stop' },
  stopCount: { type: 'i32', unit: '1', doc: 'stops, in order' },
  tripFirst: { type: 'i32', unit: 'row', doc: 'first departure; those of a route follow each other by time' },
  tripCount: { type: 'i32', unit: '1', doc: 'departures' },
  spare: { type: 'i32', unit: '1', doc: 'of the departures, those at the end that leave only while a headway is ordered; their time is Infinity' },
  room: { type: 'i32', unit: 'persons', doc: 'in a car' },
  cars: { type: 'u8', unit: '1', doc: 'cars of a vehicle; a bus is one' },
  doors: { type: 'u8', unit: '1', doc: 'doors of a car on the side of the platform' },
  streams: { type: 'u8', unit: '1', doc: 'persons side by side in a door' },
  alightDoor: { type: 'i8', unit: '1', doc: 'door of the car where people get off; -1 = the one where they got on' },
  reverse: { type: 'u8', unit: '1', doc: '1 = against the order of the stops in the layer' },
} as const satisfies Columns

export const routeStopColumns = {
  run: { type: 'f64', unit: 's', doc: 'to the next stop' },
  route: { type: 'i32', unit: 'row', doc: 'its route' },
  place: { type: 'i32', unit: 'row', doc: 'metro station or bus stop in its layer' },
} as const satisfies Columns

export const transitTripColumns = { departure: { type: 'f64', unit: 's', doc: 'from the first stop, time of the day' } } as const satisfies Columns

/** Passengers who are not simulated one by one, as numbers: row of the stop * 24 + hour of the day. */
export interface OtherPassengers {
  /** Aboard a vehicle that leaves the stop. */
  readonly aboard: Float32Array
  /** Who get off it there and on it, in all. */
  readonly exchange: Float32Array
}

/** Lines, stops and timetable of one service. */
export interface TransitService {
  readonly routes: TableOf<typeof routeColumns>
  readonly stops: TableOf<typeof routeStopColumns>
  readonly trips: TableOf<typeof transitTripColumns>
  /** Absent = nobody else rides. */
  readonly others?: OtherPassengers
}

/** Where a vehicle of the timetable is. */
export const TripStage = { before: 0, running: 1, standing: 2, closing: 3, done: 4 } as const
/** Where a passenger is. Everybody who was put in is in exactly one of these places. */
export const RideState = { none: 0, waiting: 1, aboard: 2, alighted: 3 } as const
export const RideEvent = { boarded: 0, alighted: 1, leftBehind: 2 } as const

export const tripStateColumns = {
  time: { type: 'f64', unit: 's', doc: 'running: earliest arrival; standing: when it arrived; closing: when it leaves' },
  delay: { type: 'f64', unit: 's', doc: 'behind the timetable at its last departure' },
  last: { type: 'f64', unit: 's', doc: 'when the last person will have passed a door at this stop' },
  stop: { type: 'i32', unit: 'row', doc: 'stop where it stands or to which it runs' },
  slot: { type: 'i32', unit: 'row', doc: 'its doors; -1 = not under way' },
  aboard: { type: 'i32', unit: 'persons', doc: 'in it' },
  leaving: { type: 'i32', unit: 'persons', doc: 'of them about to get off here' },
  stage: { type: 'u8', unit: 'TripStage', doc: 'where it is' },
} as const satisfies Columns

/** What is ordered during a run, where a service has departures to spare. */
export const routeOrderColumns = { headway: { type: 'f64', unit: 's', doc: 'between departures from the first stop; 0 = by timetable' } } as const satisfies Columns
export const tripOrderColumns = {
  departure: { type: 'f64', unit: 's', doc: 'from the first stop as it stands now, time of the day; Infinity = does not leave' },
  others: { type: 'f64', unit: '1', doc: 'passengers who are not simulated one by one, by those of a train of the timetable: as many, on more or fewer trains' },
} as const satisfies Columns

export const stopStateColumns = {
  lastDeparture: { type: 'f64', unit: 's', doc: 'when the last vehicle left; -1e9 = none yet' },
  trip: { type: 'i32', unit: 'row', doc: 'vehicle that stands there; -1 = none' },
  waiting: { type: 'i32', unit: 'persons', doc: 'for it, at all doors' },
  boarded: { type: 'i32', unit: 'persons', doc: 'so far' },
  alighted: { type: 'i32', unit: 'persons', doc: 'so far' },
  leftBehind: { type: 'i32', unit: 'persons', doc: 'so far: each time that somebody stays behind, because the car is full or for want of time; `leaveBehind` counts those outside its lines' },
} as const satisfies Columns

/** Per stop and door: those who wait, first come first. */
export const queueColumns = {
  head: { type: 'i32', unit: 'person', doc: 'first; -1 = nobody' },
  tail: { type: 'i32', unit: 'person', doc: 'last' },
} as const satisfies Columns

/** Per door of a vehicle under way. */
export const doorColumns = {
  free: { type: 'f64', unit: 's', doc: 'when the next person can pass' },
  aboard: { type: 'i32', unit: 'person', doc: 'first of those who ride near this door; -1 = nobody' },
  leaving: { type: 'i32', unit: 'person', doc: 'first of those who get off here' },
} as const satisfies Columns

export const passengerColumns = {
  next: { type: 'i32', unit: 'person', doc: 'behind this one in the same list' },
  from: { type: 'i32', unit: 'row', doc: 'stop where the person waits or got on' },
  to: { type: 'i32', unit: 'row', doc: 'stop where the person gets off' },
  trip: { type: 'i32', unit: 'row', doc: 'vehicle; -1 = none' },
  since: { type: 'f32', unit: 's', doc: 'since when waiting, time of the day' },
  passed: { type: 'u16', unit: '1', doc: 'full vehicles that left this person behind so far' },
  door: { type: 'u8', unit: '1', doc: 'door of the vehicle, from its front' },
  state: { type: 'u8', unit: 'RideState', doc: 'where' },
} as const satisfies Columns

/** What happened in the last step, in order. */
export const rideEventColumns = {
  person: { type: 'i32', unit: 'person', doc: 'who' },
  stop: { type: 'i32', unit: 'row', doc: 'where' },
  trip: { type: 'i32', unit: 'row', doc: 'vehicle' },
  door: { type: 'u8', unit: '1', doc: 'door, from the front' },
  kind: { type: 'u8', unit: 'RideEvent', doc: 'what' },
} as const satisfies Columns
