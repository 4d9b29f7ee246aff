import type { Outcome } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { MetroChange, MetroEdit, Scenario, ScenarioEdit } from './document'
import { metroRow } from './metroPlaces'
import { secondsOfDay } from './timeOfDay'

/** How the metro runs on the day of a scenario: as its edits have it. Lines and stations by row of the city's metro. */
export interface MetroDay {
  /** Whether trains leave the ends of a line at a second of the day. */
  runs(line: number, time: number): boolean
  /** s between them that an edit sets; null = as on any workday. */
  headway(line: number, time: number): number | null
  /** Whether one can get on, off and change at a station. */
  open(station: number, time: number): boolean
  /** Whether an edit of the day is about a line, or a station. */
  concernsLine(line: number): boolean
  concernsStation(station: number): boolean
}

const isMetro = (edit: ScenarioEdit): edit is MetroEdit => edit.kind === 'metro'

/** Of several edits that set one line's headway at one time, the one that begins last holds. */
export function metroDay({ edits }: Pick<Scenario, 'edits'>, city: ScenarioCity): MetroDay {
  const held = edits.filter(isMetro).filter(({ enabled }) => enabled).flatMap(({ change, window }) => {
    const row = metroRow(change, city)
    return row < 0 ? [] : [{ change, row, from: secondsOfDay(window.start)!, to: secondsOfDay(window.end)! }]
  }).sort((a, b) => a.from - b.from)
  const at = (what: MetroChange['what'], row: number, time: number): readonly MetroChange[] =>
    held.flatMap(each => (each.change.what === what && each.row === row && time >= each.from && time < each.to ? [each.change] : []))
  return {
    runs: (line, time) => at('suspendLine', line, time).length === 0,
    headway: (line, time) => {
      const last = at('setHeadway', line, time).at(-1)
      return last?.what === 'setHeadway' ? 60 * last.minutes : null
    },
    open: (station, time) => at('closeStation', station, time).length === 0,
    concernsLine: line => held.some(({ change: { what }, row }) => what !== 'closeStation' && row === line),
    concernsStation: station => held.some(({ change: { what }, row }) => what === 'closeStation' && row === station),
  }
}

/** What the city lacks for a change of its metro. */
export function checkMetro(change: MetroChange, city: ScenarioCity, id: string, where: string, kind: 'edit' | 'rule' = 'edit'): Outcome<null> {
  if (metroRow(change, city) >= 0) return { ok: true, value: null }
  if (change.what === 'closeStation') return { ok: false, problems: [problem('scenario/unknown-station', kind, id, `${where}: the city has no metro station "${change.station}".`, 'Name it as the metro map does, such as "后海" or "Houhai".')] }
  return { ok: false, problems: [problem('scenario/unknown-line', kind, id, `${where}: the city has no metro line "${change.line}".`, `It has ${city.lines.map(({ zh }) => zh).join(', ') || 'none'}.`)] }
}
