import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'
import { pointColumns2, polygonColumns, ringColumns } from './polygons'

export const ParkKind = { park: 0, garden: 1, pitch: 2, golf: 3, playground: 4, sports: 5, pool: 6 } as const

export const parkColumns = {
  ...polygonColumns,
  name: { type: 'i32', unit: 'string', doc: 'Chinese name; -1 = none' },
  nameEn: { type: 'i32', unit: 'string', doc: 'English name; -1 = none' },
  area: { type: 'f32', unit: 'm²', doc: 'ground' },
  kind: { type: 'u8', unit: 'ParkKind', doc: 'what it is' },
} as const satisfies Columns

export const parksLayer = {
  kind: 'parks',
  version: 1,
  tables: { polygons: parkColumns, rings: ringColumns, points: pointColumns2 },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type ParksLayer = Layer<(typeof parksLayer)['tables']>
