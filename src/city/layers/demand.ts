import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'

/**
 * The demand of a weekday in the modelled core, as compiled by `compileDemand` and drawn from by `src/scenario`.
 * Everything that needs exponentials or logarithms happened at compile time: what is left are whole-number weights, so
 * that trips can be drawn with additions and comparisons alone and come out bit-equal on every engine.
 *
 * An *end* is where trips start and end: a zone, or a gateway where roads cross the cordon.
 */
export const EndKind = { zone: 0, gateway: 1 } as const
/** What a trip does at a zone; chooses the places. Gateways use `in` as an origin and `out` as a destination. */
export const Activity = { home: 0, job: 1, other: 2 } as const
export const GatewayUse = { in: 0, out: 1 } as const
export const ACTIVITIES = 3
/** Slots of a day in a profile: quarters of an hour. */
export const PROFILE_SLOTS = 96

export const endColumns = {
  x: { type: 'f64', unit: 'm', doc: 'middle, east of the false origin' },
  y: { type: 'f64', unit: 'm', doc: 'middle, north of the false origin' },
  id: { type: 'i32', unit: 'id', doc: 'TAZ id, or -(gateway node row) - 2' },
  name: { type: 'i32', unit: 'string', doc: 'road of a gateway; -1 = none' },
  kind: { type: 'u8', unit: 'EndKind', doc: 'zone or gateway' },
} as const satisfies Columns

/** Rows: end * ACTIVITIES + activity (or gateway use). */
export const endUseColumns = {
  placeFirst: { type: 'i32', unit: 'row', doc: 'first place of this end and use' },
  placeCount: { type: 'i32', unit: '1', doc: 'places; 0 = no trip has this use here' },
} as const satisfies Columns

export const placeColumns = {
  link: { type: 'i32', unit: 'row', doc: 'link in the network layer' },
  weight: { type: 'u16', unit: '1', doc: 'relative number of trips, at least 1' },
} as const satisfies Columns

export const matrixColumns = {
  tripsPerDay: { type: 'f64', unit: '1/day', doc: 'vehicle trips of the matrix at scale 1' },
  cellFirst: { type: 'i32', unit: 'row', doc: 'first cell' },
  cellCount: { type: 'i32', unit: '1', doc: 'cells' },
  profile: { type: 'i32', unit: 'row', doc: 'profile: its slots are rows profile * PROFILE_SLOTS + slot' },
  carShare: { type: 'u16', unit: '1/10000', doc: 'of the vehicles' },
  taxiShare: { type: 'u16', unit: '1/10000', doc: 'of the vehicles' },
  busShare: { type: 'u16', unit: '1/10000', doc: 'of the vehicles; the rest are lorries' },
  purpose: { type: 'u8', unit: 'Purpose', doc: 'what the trips are for' },
  originUse: { type: 'u8', unit: 'Activity', doc: 'at zones where they start' },
  destinationUse: { type: 'u8', unit: 'Activity', doc: 'at zones where they end' },
} as const satisfies Columns

export const cellColumns = {
  origin: { type: 'u16', unit: 'row', doc: 'end where trips start' },
  destination: { type: 'u16', unit: 'row', doc: 'end where trips end' },
  weight: { type: 'u16', unit: '1', doc: 'relative number of trips, at least 1' },
} as const satisfies Columns

export const profileColumns = {
  weight: { type: 'u16', unit: '1', doc: 'relative number of departures in the quarter of an hour' },
} as const satisfies Columns

export const connectedColumns = {
  link: { type: 'i32', unit: 'row', doc: 'link from which, and to which, all others of this table can be driven' },
} as const satisfies Columns

export const demandLayer = {
  kind: 'demand',
  version: 1,
  tables: {
    ends: endColumns, endUses: endUseColumns, places: placeColumns, matrices: matrixColumns, cells: cellColumns,
    profiles: profileColumns, connected: connectedColumns,
  },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type DemandLayer = Layer<(typeof demandLayer)['tables']>
