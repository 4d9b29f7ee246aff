import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'
import { pointColumns2, polygonColumns, ringColumns } from './polygons'

/** `land` polygons are the city's outline at the quay: what is not in one is sea or another city. */
export const RegionKind = { district: 0, subDistrict: 1, land: 2 } as const

export const regionColumns = {
  ...polygonColumns,
  name: { type: 'i32', unit: 'string', doc: 'Chinese name; -1 = none' },
  nameEn: { type: 'i32', unit: 'string', doc: 'English name; -1 = none' },
  district: { type: 'i32', unit: 'string', doc: 'Chinese name of the district that it belongs to; -1 = none' },
  x: { type: 'f32', unit: 'm', doc: 'place of its label' },
  y: { type: 'f32', unit: 'm', doc: 'place of its label' },
  kind: { type: 'u8', unit: 'RegionKind', doc: 'what it is' },
} as const satisfies Columns

/** A region of several pieces has several rows with the same name; the first is the largest. */
export const districtsLayer = {
  kind: 'districts',
  version: 1,
  tables: { polygons: regionColumns, rings: ringColumns, points: pointColumns2 },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type DistrictsLayer = Layer<(typeof districtsLayer)['tables']>
