import { sidewalkTables } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'

/** What people walk on between the areas: one-dimensional, along roads, paths and over crossings. */
export const sidewalksLayer = { kind: 'sidewalks', version: 1, tables: sidewalkTables } as const satisfies LayerKind<typeof sidewalkTables>
export type SidewalksLayer = Layer<typeof sidewalkTables>

/** `meta` of the layer: what it is made of, km, and how well it hangs together. */
export interface SidewalkQuality {
  readonly kilometres: Readonly<Record<string, number>>
  /** Share of the length that a map shows, and that lies in the largest connected part. */
  readonly mapped: number
  readonly largestComponent: number
  readonly components: number
  /** Pieces laid to reach parts that would be alone. */
  readonly joined: number
}
