import { isEvent, isGroundEdit, placeOnGround, secondsOfDay } from '../scenario'
import { ruleUnits } from '../sim'
import { openScenario, warningsOf } from './input'
import { printJson } from './output'

/** What an edit is about that concerns people, not roads. */
interface PeopleEdit { readonly id: string; readonly kind: string; readonly seconds: number; readonly people?: number; readonly onFoot?: boolean; readonly on?: string }

/** Checks a scenario against the schema and its city, and says what it would do. */
export async function validateCommand(path: string, options: { json?: boolean; pack?: string }): Promise<void> {
  const opened = await openScenario(path, options)
  const { scenario, city, compiled } = opened
  const roads = compiled.applied.map(({ id, kind, links, fromTick, toTick }) => ({
    id, kind, links: links.length, km: links.reduce((sum, link) => sum + city.network.links.length[link]!, 0) / 1000,
    seconds: (Math.min(toTick, compiled.endTick) - fromTick) * compiled.dt,
  }))
  const people = scenario.edits.flatMap((edit): PeopleEdit[] => {
    if (!edit.enabled) return []
    const { id, kind, window } = edit
    const seconds = Math.max(0, Math.min(secondsOfDay(window.end)!, secondsOfDay(scenario.window.end)!) - Math.max(secondsOfDay(window.start)!, secondsOfDay(scenario.window.start)!))
    if (isEvent(edit)) return [{ id, kind, seconds, people: edit.attendance, onFoot: edit.onFoot !== undefined }]
    if (edit.kind === 'housing') return [{ id, kind, seconds, people: edit.persons }]
    if (edit.kind === 'metro') return [{ id, kind, seconds, on: edit.change.what === 'closeStation' ? edit.change.station : edit.change.line }]
    const placed = isGroundEdit(edit) ? placeOnGround(edit, id, city, '') : null
    return placed ? [{ id, kind, seconds, on: placed.ok && placed.value ? `${placed.value.area.id}/${placed.value.floor}` : 'footways' }] : []
  })
  const edits = [...roads, ...people]
  const rules = (compiled.rules ?? []).map(({ id, measure: { kind }, side, threshold, actions }) => ({ id, measure: kind, unit: ruleUnits[kind], side, threshold, actions }))
  const report = { scenario: scenario.id, city: scenario.city, valid: true, trips: compiled.trips.rows, changes: compiled.changes.length, edits, rules, warnings: (await warningsOf(opened)).map(({ message }) => message) }
  if (options.json) return printJson(report)
  process.stdout.write([`${path}: valid; ${report.trips} trips`, ...people.map(({ id, kind, seconds, people: count, onFoot, on }) => `  ${id}: ${kind}, ${on === undefined ? `${count} people${onFoot ? ' on foot' : ''}` : `on ${on}`}, for ${Math.round(seconds / 60)} min`), ...roads.map(({ id, kind, links, km, seconds }) => `  ${id}: ${kind}, ${kind === 'weather' ? 'the whole city' : `${links} links, ${km.toFixed(1)} km`}, for ${Math.round(seconds / 60)} min`), ...rules.map(({ id, measure, unit, side, threshold, actions }) => `  ${id}: rule, ${actions.join(', ')} when ${measure} is ${side} ${threshold} ${unit}`), ...report.warnings.map(text => `  note: ${text}`), ''].join('\n'))
}
