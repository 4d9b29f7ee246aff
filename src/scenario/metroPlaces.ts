import type { MetroLayer } from '../city'
import type { ScenarioCity } from './city'
import type { MetroChange } from './document'

/** Stations and lines of a city's metro, by row of its layer. */
export type MetroPlaces = Pick<ScenarioCity, 'stations' | 'lines'>

export function metroPlaces({ stations, lines, strings }: MetroLayer): MetroPlaces {
  const names = (table: { readonly name: Int32Array; readonly nameEn: Int32Array }, row: number): { zh: string; en: string } => ({ zh: strings[table.name[row]!] ?? '', en: strings[table.nameEn[row]!] ?? '' })
  return {
    stations: Array.from({ length: stations.rows }, (_, row) => ({ x: stations.x[row]!, y: stations.y[row]!, ...names(stations, row) })),
    lines: Array.from({ length: lines.rows }, (_, row) => ({ code: strings[lines.code[row]!] ?? '', ...names(lines, row) })),
  }
}

/** Row of the line or station that a change names; -1 = the city has none of that name. */
export function metroRow(change: MetroChange, { stations, lines }: MetroPlaces): number {
  if (change.what === 'closeStation') return stations.findIndex(({ zh, en }) => zh === change.station || en === change.station)
  const { line } = change
  const named = lines.findIndex(({ code, zh, en }) => zh === line || en === line || code === line)
  // "2", "Line 2", "2号线": the line of that number; of one that has two, such as "2/8号线", either.
  const number = /^(?:Line )?0?(\d+)(?:号线)?$/.exec(line)?.[1]
  return named >= 0 || number === undefined ? named : lines.findIndex(({ zh }) => /^[\d/]+号线$/.test(zh) && zh.split(/[/号]/).includes(number))
}
