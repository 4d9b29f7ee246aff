import type { Outcome, Problem } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { MetroChange, MetroEdit, Scenario, ScenarioEdit } from './document'
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
    const row = rowOf(change, city)
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

/** Row of the line or station that a change names; -1 = the city has none of that name. */
function rowOf(change: MetroChange, { stations, lines }: ScenarioCity): number {
  if (change.what === 'closeStation') return stations.findIndex(({ zh, en }) => zh === change.station || en === change.station)
  const { line } = change
  const named = lines.findIndex(({ code, zh, en }) => zh === line || en === line || code === line)
  // "2", "Line 2", "2号线": the line of that number; of one that has two, such as "2/8号线", either.
  const number = /^(?:Line )?0?(\d+)(?:号线)?$/.exec(line)?.[1]
  return named >= 0 || number === undefined ? named : lines.findIndex(({ zh }) => /^[\d/]+号线$/.test(zh) && zh.split(/[/号]/).includes(number))
}

/** Edits of the metro that nobody of a run heeds. */
export const idleMetro = ({ edits }: Pick<Scenario, 'edits'>): Problem[] => edits.filter(isMetro).filter(({ enabled }) => enabled).map(({ id }) =>
  problem('scenario/metro-idle', 'edit', id, `edit "${id}": nobody of this scenario rides the metro, so it does nothing.`, 'Add an event with its people on foot ("onFoot").'))

/** What the city lacks for a change of its metro. */
export function checkMetro(change: MetroChange, city: ScenarioCity, id: string, where: string): Outcome<null> {
  if (rowOf(change, city) >= 0) return { ok: true, value: null }
  if (change.what === 'closeStation') return { ok: false, problems: [problem('scenario/unknown-station', 'edit', id, `${where}: the city has no metro station "${change.station}".`, 'Name it as the metro map does, such as "后海" or "Houhai".')] }
  return { ok: false, problems: [problem('scenario/unknown-line', 'edit', id, `${where}: the city has no metro line "${change.line}".`, `It has ${city.lines.map(({ zh }) => zh).join(', ') || 'none'}.`)] }
}
