import { crowdLimits as defaults, LINES_MAX, type Problem } from '../sim'
import type { ResponseRule } from './document'
import type { SoundEdit, SoundScenario } from './sound'
import { secondsOfDay } from './timeOfDay'

/** What a document can say wrong without knowing the city: order of times, windows outside the run, ids twice, shares. */
export function checkDocument({ window, crowdLimits, edits, rules = [] }: SoundScenario): Problem[] {
  const problems: Problem[] = []
  const start = window ? secondsOfDay(window.start)! : -Infinity
  const end = window ? secondsOfDay(window.end)! : Infinity
  if (window && end <= start) {
    problems.push(problem('scenario/window', 'field', 'window', `window: the run ends at ${window.end}, before or when it starts (${window.start}).`, 'Set a later end.'))
  }
  const { unstable, dangerous } = { ...defaults, ...crowdLimits }
  if (dangerous < unstable) {
    problems.push(problem('scenario/crowd-limits', 'field', 'crowdLimits', `crowdLimits: a crowd is dangerous from ${dangerous} persons a square metre on, but unstable only from ${unstable}.`, 'Set "dangerous" to "unstable" or more.'))
  }
  const lines = edits.filter(edit => edit?.kind === 'countLine' && edit.enabled !== false)
  if (lines.length > LINES_MAX) {
    problems.push(problem('scenario/count-lines', 'field', 'edits', `edits: ${lines.length} lines to count at are switched on, ${LINES_MAX} at most.`, 'Switch some off.'))
  }
  const seen = new Set<string>()
  for (const [index, edit] of edits.entries()) {
    if (!edit) continue
    const where = `edits[${index}]${edit.id === undefined ? '' : ` "${edit.id}"`}`
    const id = edit.id ?? `edits[${index}]`
    if (seen.has(id)) problems.push(problem('scenario/duplicate-id', 'edit', id, `${where}: another edit has the same id.`, 'Give each edit an id of its own.'))
    seen.add(id)
    problems.push(...checkWindow(edit, where, id, start, end, window))
    if (edit.kind === 'weather' && edit.rain === undefined && edit.windBeaufort === undefined) problems.push(problem('scenario/no-weather', 'edit', id, `${where}: has neither rain nor wind.`, 'Give "rain", "windBeaufort" or both.'))
    const { carShare = 0, taxiShare = 0, arrivalMinutesBefore: arrival, leavingMinutesAfter: leaving } = edit
    const metroShare = edit.onFoot?.metroShare ?? 0
    if (carShare + taxiShare + metroShare > 1 + 1e-9) {
      const shares = `carShare ${carShare}${edit.onFoot ? `, taxiShare ${taxiShare} and metroShare ${metroShare}` : ` and taxiShare ${taxiShare}`}`
      problems.push(problem('scenario/shares', 'edit', id, `${where}: ${shares} add up to more than 1.`, 'Lower one of them.'))
    }
    if (arrival && !(arrival[0] > arrival[2] && arrival[0] >= arrival[1] && arrival[1] >= arrival[2])) {
      problems.push(problem('scenario/profile', 'edit', id, `${where}: arrivalMinutesBefore [${arrival.join(', ')}] does not fall.`, 'Give minutes before the start as [first, most, last], such as [120, 40, 0].'))
    }
    if (leaving && !(leaving[0] < leaving[2] && leaving[0] <= leaving[1] && leaving[1] <= leaving[2])) {
      problems.push(problem('scenario/profile', 'edit', id, `${where}: leavingMinutesAfter [${leaving.join(', ')}] does not rise.`, 'Give minutes after the end as [first, most, last], such as [0, 15, 60].'))
    }
  }
  const ruleIds = new Set<string>()
  for (const [index, rule] of rules.entries()) {
    const where = `rules[${index}] "${rule.id}"`
    if (ruleIds.has(rule.id)) problems.push(problem('scenario/duplicate-id', 'rule', rule.id, `${where}: another rule has the same id.`, 'Give each rule an id of its own.'))
    ruleIds.add(rule.id)
    problems.push(...checkWindow(rule, where, rule.id, start, end, window), ...checkThresholds(rule, where))
  }
  return problems
}

/** One threshold, and one to come back to that does not lie beyond it. */
function checkThresholds({ id, when: { above, below }, release }: ResponseRule, where: string): Problem[] {
  if ((above === undefined) === (below === undefined)) {
    return [problem('scenario/rule-threshold', 'rule', id, `${where}: "when" has ${above === undefined ? 'neither "above" nor "below"' : 'both "above" and "below"'}.`, 'Give one of the two.')]
  }
  if (!release) return []
  const { threshold } = release
  if (above !== undefined && threshold > above) return [problem('scenario/rule-release', 'rule', id, `${where}: it begins above ${above} and would end below ${threshold}, at once.`, `Let it end at ${above} or less.`)]
  if (below !== undefined && threshold < below) return [problem('scenario/rule-release', 'rule', id, `${where}: it begins below ${below} and would end above ${threshold}, at once.`, `Let it end at ${below} or more.`)]
  return []
}

function checkWindow({ kind, window: own }: Partial<Pick<SoundEdit, 'kind' | 'window'>>, where: string, id: string, start: number, end: number, run: SoundScenario['window']): Problem[] {
  if (!own) return []
  const from = secondsOfDay(own.start)!
  const to = secondsOfDay(own.end)!
  if (to <= from) {
    return [problem('scenario/edit-window', 'edit', id, `${where}: its window ends at ${own.end}, before or when it starts (${own.start}).`, 'Set a later end.')]
  }
  if (kind === 'event' || !run || end <= start || (to > start && from < end)) return []
  return [problem('scenario/edit-outside-run', 'edit', id, `${where}: ${own.start}-${own.end} lies outside the run (${run.start}-${run.end}), so it would do nothing.`, 'Move one of the two.')]
}

/** A problem whose message ends with the remedy; programs find the remedy by itself as well. */
export function problem(code: string, kind: string, id: string, what: string, remedy?: string): Problem {
  return { code, subject: { kind, id }, message: remedy === undefined ? what : `${what} ${remedy}`, ...(remedy === undefined ? {} : { remedy }) }
}
