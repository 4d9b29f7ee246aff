import type { PeopleInput, Problem, TrainOrder } from '../../sim'
import { problem } from '../checks'
import type { ScenarioCity } from '../city'
import type { HeadwayAction, ResponseRule, Scenario } from '../document'
import { rulesOf } from '../editKinds'
import { metroRow } from '../metroPlaces'
import { secondsOfDay } from '../timeOfDay'

/** A headway that a rule may order: the line by row, when, and who orders it. */
interface Ordered { readonly rule: ResponseRule; readonly line: number; readonly seconds: number; readonly from: number; readonly to: number }

const orderedBy = (scenario: Pick<Scenario, 'rules'>, city: ScenarioCity): Ordered[] => rulesOf(scenario).flatMap(rule => rule.actions.flatMap(action =>
  (action.kind === 'metro' ? [{ rule, line: metroRow(action.change, city), seconds: 60 * action.change.minutes, from: secondsOfDay(rule.window.start)!, to: secondsOfDay(rule.window.end)! }] : [])))

/** By line, how many departures from each end rules may order at most that its timetable does not have: one for each of the shortest headway while any may act, one at once, and the one after it. */
export function spareTrains(scenario: Pick<Scenario, 'rules'>, city: ScenarioCity): ReadonlyMap<number, number> {
  const spans = new Map<number, Omit<Ordered, 'rule'>>()
  for (const { line, seconds, from, to } of orderedBy(scenario, city)) {
    const other = spans.get(line) ?? { seconds, from, to }
    spans.set(line, { line, seconds: Math.min(seconds, other.seconds), from: Math.min(from, other.from), to: Math.max(to, other.to) })
  }
  return new Map([...spans].map(([line, { seconds, from, to }]) => [line, Math.ceil((to - from) / seconds) + 2]))
}

/** What an action orders of the trains of a run: both directions of its line; nothing where nobody rides. */
export function trainOrders({ change }: HeadwayAction, city: ScenarioCity, people: PeopleInput | undefined): TrainOrder[] {
  if (!people?.transit) return []
  const { routes } = people.transit
  const line = metroRow(change, city)
  return Array.from({ length: routes.rows }, (_, route) => route).filter(route => routes.line[route] === line).map(route => ({ route, seconds: 60 * change.minutes }))
}

/** Rules that order trains of a line on which an edit has none, or others, at a time when both may hold. */
export const trainFights = (scenario: Pick<Scenario, 'rules' | 'edits'>, city: ScenarioCity): Problem[] => orderedBy(scenario, city).flatMap(({ rule: { id }, line, from, to }) => scenario.edits.flatMap(edit => {
  if (edit.kind !== 'metro' || !edit.enabled || edit.change.what === 'closeStation' || metroRow(edit.change, city) !== line) return []
  if (secondsOfDay(edit.window.start)! >= to || secondsOfDay(edit.window.end)! <= from) return []
  const otherwise = edit.change.what === 'suspendLine' ? 'on which edit "' + edit.id + '" has none' : 'for which edit "' + edit.id + '" sets another headway'
  return [problem('scenario/rule-fights', 'rule', id, `rule "${id}" orders trains of a line ${otherwise} at the same time; while the rule acts, its headway holds.`, 'Take it out of one of the two, or part their windows.')]
}))
