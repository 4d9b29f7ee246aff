import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'

export const busStopColumns = {
  name: { type: 'i32', unit: 'string', doc: 'Chinese name, without the number of the platform' },
  x: { type: 'f32', unit: 'm', doc: 'east of the false origin' },
  y: { type: 'f32', unit: 'm', doc: 'north of the false origin' },
  lineCount: { type: 'u16', unit: '1', doc: 'line directions that call here' },
} as const satisfies Columns

/** One direction of a line. */
export const busLineColumns = {
  name: { type: 'i32', unit: 'string', doc: 'number or name, without the ends' },
  from: { type: 'i32', unit: 'string', doc: 'where it starts' },
  to: { type: 'i32', unit: 'string', doc: 'where it ends' },
  callFirst: { type: 'i32', unit: 'row', doc: 'first of its calls' },
  callCount: { type: 'u16', unit: '1', doc: 'calls within the city, in order' },
} as const satisfies Columns

export const busCallColumns = { stop: { type: 'u16', unit: 'row', doc: 'stop' } } as const satisfies Columns

export const busLayer = {
  kind: 'bus',
  version: 1,
  tables: { stops: busStopColumns, lines: busLineColumns, calls: busCallColumns },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type BusLayer = Layer<(typeof busLayer)['tables']>

/** Line directions that call at a stop, as rows. */
export function busLinesAt({ lines, calls }: BusLayer, stop: number): number[] {
  const found: number[] = []
  for (let line = 0; line < lines.rows; line++) {
    const first = lines.callFirst[line]!
    if (calls.stop.subarray(first, first + lines.callCount[line]!).includes(stop)) found.push(line)
  }
  return found
}
