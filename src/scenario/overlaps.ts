import type { Problem } from '../sim'
import { problem } from './checks'
import type { Scenario, ScenarioEdit } from './document'
import { secondsOfDay } from './timeOfDay'

/** Edits that set one and the same thing at one time: rain, or the signals of a junction. The one that begins last holds. */
export function overlapWarnings({ edits }: Scenario): Problem[] {
  const warnings: Problem[] = []
  const seen: { edit: ScenarioEdit; subject: string }[] = []
  for (const edit of edits) {
    const subject = edit.kind === 'weather' ? 'the weather' : edit.kind === 'signalPlan' ? `the signals of ${edit.node}` : ''
    if (subject === '' || !edit.enabled) continue
    for (const other of seen) {
      if (other.subject !== subject || !overlap(edit, other.edit)) continue
      const last = secondsOfDay(edit.window.start)! >= secondsOfDay(other.edit.window.start)! ? edit : other.edit
      warnings.push(problem('scenario/overlap', 'edit', edit.id, `edit "${edit.id}" and edit "${other.edit.id}" both set ${subject} at one time; while both run, "${last.id}" holds, which begins last.`, 'Change one of the windows if that is not meant.'))
    }
    seen.push({ edit, subject })
  }
  return warnings
}

const overlap = (a: ScenarioEdit, b: ScenarioEdit): boolean =>
  secondsOfDay(a.window.start)! < secondsOfDay(b.window.end)! && secondsOfDay(b.window.start)! < secondsOfDay(a.window.end)!
