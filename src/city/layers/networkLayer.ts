import { networkTables, type Columns } from '../../sim'
import type { LayerKind } from '../pack/layerKind'

/** The road network as a layer of the pack: exactly the tables and strings of `Network`. */
export const networkLayer = {
  kind: 'network',
  version: 2,
  tables: networkTables,
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
