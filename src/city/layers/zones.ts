import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'
import { pointColumns2, polygonColumns, ringColumns } from './polygons'

export const zoneColumns = {
  ...polygonColumns,
  id: { type: 'i32', unit: 'TAZ id', doc: 'number of the zone; a zone of several pieces has several rows' },
  district: { type: 'i32', unit: 'string', doc: 'Chinese name of its district; -1 = none' },
  subDistrict: { type: 'i32', unit: 'string', doc: 'Chinese name of its sub-district; -1 = none' },
  x: { type: 'f32', unit: 'm', doc: 'middle' },
  y: { type: 'f32', unit: 'm', doc: 'middle' },
  area: { type: 'f32', unit: 'm²', doc: 'of this piece' },
  mainRoad: { type: 'f32', unit: 'm', doc: 'length of main roads, of the whole zone' },
  floorResidential: { type: 'f32', unit: 'm²', doc: 'floors of homes, houses included' },
  floorOffice: { type: 'f32', unit: 'm²', doc: 'floors of offices and hotels' },
  floorCommercial: { type: 'f32', unit: 'm²', doc: 'floors of shops' },
  floorIndustrial: { type: 'f32', unit: 'm²', doc: 'floors of works and stores' },
  floorPublic: { type: 'f32', unit: 'm²', doc: 'floors of schools, hospitals, public and transport buildings' },
  footprint: { type: 'f32', unit: 'm²', doc: 'ground covered by buildings' },
} as const satisfies Columns

export const zonesLayer = {
  kind: 'zones',
  version: 1,
  tables: { polygons: zoneColumns, rings: ringColumns, points: pointColumns2 },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type ZonesLayer = Layer<(typeof zonesLayer)['tables']>
