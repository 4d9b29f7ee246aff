import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'
import { pointColumns2, polygonColumns, ringColumns } from './polygons'

export const WaterKind = { sea: 0, river: 1, lake: 2, pond: 3 } as const

export const waterColumns = {
  ...polygonColumns,
  name: { type: 'i32', unit: 'string', doc: 'Chinese name; -1 = none' },
  nameEn: { type: 'i32', unit: 'string', doc: 'English name; -1 = none' },
  level: { type: 'f32', unit: 'm', doc: 'height of the surface; of a river piece its own' },
  kind: { type: 'u8', unit: 'WaterKind', doc: 'sea (with the tidal Shenzhen River), river, lake or reservoir, pond' },
} as const satisfies Columns

export const waterLayer = {
  kind: 'water',
  version: 1,
  tables: { polygons: waterColumns, rings: ringColumns, points: pointColumns2 },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type WaterLayer = Layer<(typeof waterLayer)['tables']>
