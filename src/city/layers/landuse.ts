import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'
import { pointColumns2, polygonColumns, ringColumns } from './polygons'

export const LandUse = {
  residential: 0, commercial: 1, retail: 2, industrial: 3, construction: 4, grass: 5, wood: 6, farm: 7, sand: 8, scrub: 9,
  education: 10, health: 11, parking: 12, transport: 13, military: 14, other: 15,
} as const

export const landUseColumns = {
  ...polygonColumns,
  name: { type: 'i32', unit: 'string', doc: 'name; -1 = none' },
  kind: { type: 'u8', unit: 'LandUse', doc: 'what covers it' },
} as const satisfies Columns

/** Land use of the core; the rest of the city has none. */
export const landUseLayer = {
  kind: 'landuse',
  version: 1,
  tables: { polygons: landUseColumns, rings: ringColumns, points: pointColumns2 },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type LandUseLayer = Layer<(typeof landUseLayer)['tables']>
