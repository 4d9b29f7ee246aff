import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'
import { pointColumns2 } from './polygons'

/** Bits of `stations.flags` and `tracks.flags`. */
export const MetroFlag = { approximate: 1 } as const

export const metroLineColumns = {
  code: { type: 'i32', unit: 'string', doc: 'code, "01" .. "20", "6B"' },
  name: { type: 'i32', unit: 'string', doc: 'Chinese name' },
  nameEn: { type: 'i32', unit: 'string', doc: 'English name' },
  stopFirst: { type: 'i32', unit: 'row', doc: 'first of its stops' },
  stopCount: { type: 'i32', unit: '1', doc: 'stops, from one end to the other' },
  color: { type: 'u32', unit: 'rgb', doc: '0xrrggbb' },
} as const satisfies Columns

export const metroStationColumns = {
  name: { type: 'i32', unit: 'string', doc: 'Chinese name' },
  nameEn: { type: 'i32', unit: 'string', doc: 'English name' },
  x: { type: 'f32', unit: 'm', doc: 'middle of the station' },
  y: { type: 'f32', unit: 'm', doc: 'middle of the station' },
  lines: { type: 'u8', unit: '1', doc: 'lines that stop here' },
  flags: { type: 'u8', unit: 'MetroFlag', doc: 'approximate: placed by a bus stop of its name or by rail distance' },
} as const satisfies Columns

/** Stops of the lines, in order. The last stop of a line leads nowhere: its distance and times are 0. */
export const metroStopColumns = {
  station: { type: 'i32', unit: 'row', doc: 'station' },
  track: { type: 'i32', unit: 'row', doc: 'track to the next stop; -1 = last' },
  distance: { type: 'f32', unit: 'm', doc: 'rail distance to the next stop' },
  forward: { type: 'u16', unit: 's', doc: 'from this stop to the next, by timetable' },
  reverse: { type: 'u16', unit: 's', doc: 'from the next stop to this one' },
} as const satisfies Columns

export const metroTransferColumns = {
  station: { type: 'i32', unit: 'row', doc: 'station' },
  from: { type: 'i32', unit: 'row', doc: 'line' },
  to: { type: 'i32', unit: 'row', doc: 'line' },
  time: { type: 'u16', unit: 's', doc: 'walk from platform to platform' },
} as const satisfies Columns

/** One piece of track between two stops; forward and reverse share it. */
export const metroTrackColumns = {
  line: { type: 'i32', unit: 'row', doc: 'line' },
  pointFirst: { type: 'i32', unit: 'row', doc: 'first point' },
  pointCount: { type: 'i32', unit: '1', doc: 'points' },
  flags: { type: 'u8', unit: 'MetroFlag', doc: 'approximate: no map shows it, drawn from stop to stop' },
} as const satisfies Columns

export const metroLayer = {
  kind: 'metro',
  version: 1,
  tables: {
    lines: metroLineColumns, stations: metroStationColumns, stops: metroStopColumns, transfers: metroTransferColumns,
    tracks: metroTrackColumns, points: pointColumns2,
  },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type MetroLayer = Layer<(typeof metroLayer)['tables']>
