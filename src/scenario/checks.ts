import type { Problem } from '../sim'
import type { Scenario } from './document'
import { secondsOfDay } from './timeOfDay'

/** What a document can say wrong without knowing the city: order of times, windows outside the run, ids twice, shares. */
export function checkDocument(scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  const start = secondsOfDay(scenario.window.start)!
  const end = secondsOfDay(scenario.window.end)!
  if (end <= start) {
    problems.push(problem('scenario/window', 'field', 'window', `window: the run ends at ${scenario.window.end}, before or when it starts (${scenario.window.start}). Set a later end.`))
  }
  const seen = new Set<string>()
  for (const [index, edit] of scenario.edits.entries()) {
    const where = `edits[${index}] "${edit.id}"`
    if (seen.has(edit.id)) {
      problems.push(problem('scenario/duplicate-id', 'edit', edit.id, `${where}: another edit has the same id. Give each edit an id of its own.`))
    }
    seen.add(edit.id)
    const from = secondsOfDay(edit.window.start)!
    const to = secondsOfDay(edit.window.end)!
    if (to <= from) {
      problems.push(problem('scenario/edit-window', 'edit', edit.id, `${where}: its window ends at ${edit.window.end}, before or when it starts (${edit.window.start}). Set a later end.`))
    } else if (edit.kind !== 'event' && end > start && (to <= start || from >= end)) {
      problems.push(problem('scenario/edit-outside-run', 'edit', edit.id, `${where}: ${edit.window.start}-${edit.window.end} lies outside the run (${scenario.window.start}-${scenario.window.end}), so it would do nothing. Move one of the two.`))
    }
    if (edit.kind === 'event' && edit.carShare + edit.taxiShare > 1) {
      problems.push(problem('scenario/shares', 'edit', edit.id, `${where}: carShare ${edit.carShare} and taxiShare ${edit.taxiShare} add up to more than 1. Lower one of them.`))
    }
  }
  return problems
}

export function problem(code: string, kind: string, id: string, message: string): Problem {
  return { code, subject: { kind, id }, message }
}
