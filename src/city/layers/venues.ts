import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'

/** `certainty`: 1 = read in a source or measured, 2 = from general knowledge, 3 = estimated. */
export const venueColumns = {
  id: { type: 'i32', unit: 'string', doc: 'stable id, as scenarios use it' },
  name: { type: 'i32', unit: 'string', doc: 'Chinese name' },
  nameEn: { type: 'i32', unit: 'string', doc: 'English name' },
  kind: { type: 'i32', unit: 'string', doc: 'stadium, arena, exhibition, port, railway, mall ...' },
  capacity: { type: 'i32', unit: 'persons', doc: 'seats or persons at a time; -1 = unknown' },
  stationFirst: { type: 'i32', unit: 'row', doc: 'first of its entries in venueStations' },
  stationCount: { type: 'i32', unit: '1', doc: 'metro stations that serve it' },
  x: { type: 'f32', unit: 'm', doc: 'middle' },
  y: { type: 'f32', unit: 'm', doc: 'middle' },
  certainty: { type: 'u8', unit: '1', doc: 'of place and capacity' },
} as const satisfies Columns

export const venueStationColumns = { name: { type: 'i32', unit: 'string', doc: 'Chinese name of the metro station' } } as const satisfies Columns

export const venuesLayer = {
  kind: 'venues',
  version: 1,
  tables: { venues: venueColumns, venueStations: venueStationColumns },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type VenuesLayer = Layer<(typeof venuesLayer)['tables']>
