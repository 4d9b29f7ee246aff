import { formatTimeOfDay, secondsOfDay, type DocumentEdit, type Rain, type ScenarioEdit, type SignalPlanEdit } from '../../scenario'
import type { Network, NetworkChange } from '../../sim'

export type EditState = 'off' | 'upcoming' | 'active' | 'over'

/** How an edit stands at a second of the day. */
export function stateOf(edit: ScenarioEdit, now: number): EditState {
  if (!edit.enabled) return 'off'
  if (now < (secondsOfDay(edit.window.start) ?? 0)) return 'upcoming'
  return now < (secondsOfDay(edit.window.end) ?? 0) ? 'active' : 'over'
}

/** Edits of the document that the run follows on a link and at its end: those in force first, closures before limits, over ones left out. */
export function editsOnLink(link: number, { lanes, turns }: Network, changes: readonly NetworkChange[], edits: readonly ScenarioEdit[], now: number): ScenarioEdit[] {
  const linkOf = ({ kind, row }: NetworkChange): number => {
    switch (kind) {
      case 'closeLane': case 'openLane': return lanes.link[row]!
      case 'closeTurn': case 'openTurn': return lanes.link[turns.fromLane[row]!]!
      case 'speedLimit': case 'capacity': case 'message': return row
      case 'weather': case 'signalPlan': return -1
    }
  }
  const sources = new Set(changes.filter(change => linkOf(change) === link).map(({ source }) => source))
  const order = (edit: ScenarioEdit): number => (stateOf(edit, now) === 'active' ? 0 : 2) + (edit.kind === 'closure' || edit.kind === 'turnClosure' ? 0 : 1)
  return edits.filter(edit => sources.has(edit.id) && stateOf(edit, now) !== 'over').sort((a, b) => order(a) - order(b))
}

/** Signal plans of the document for a junction that are not over: the one in force first, then that which begins first. */
export function editsOnNode(node: number, { nodes, strings }: Network, edits: readonly ScenarioEdit[], now: number): SignalPlanEdit[] {
  const begin = ({ window }: ScenarioEdit): number => secondsOfDay(window.start) ?? 0
  const plans = edits.filter((edit): edit is SignalPlanEdit => edit.kind === 'signalPlan' && edit.enabled && edit.node === strings[nodes.id[node]!] && stateOf(edit, now) !== 'over')
  // Of those that have begun the latest holds, and of two at one time the later in the list.
  const begun = plans.filter(edit => begin(edit) <= now).reverse().sort((a, b) => begin(b) - begin(a))
  return [...begun, ...plans.filter(edit => begin(edit) > now).sort((a, b) => begin(a) - begin(b))]
}

/** What a run follows, by its edits and by what its rules have changed, in order of tick. */
export const changesInOrder = (changes: readonly NetworkChange[], ruled: readonly NetworkChange[] = []): readonly NetworkChange[] =>
  (ruled.length > 0 ? [...changes, ...ruled].sort((a, b) => a.tick - b.tick) : changes)

/** The rain that falls at a second of the day: that of the edit that began last; null = none. */
export function rainAt(edits: readonly ScenarioEdit[], now: number): Rain | null {
  const falling = edits.flatMap(edit => (edit.kind === 'weather' && stateOf(edit, now) === 'active' ? [edit] : []))
  return falling.sort((a, b) => secondsOfDay(b.window.start)! - secondsOfDay(a.window.start)!)[0]?.rain ?? null
}

/** Ends an edit at this moment, its past kept; one that has not begun is taken away. */
export function endNow(edit: ScenarioEdit, now: number): DocumentEdit {
  const end = Math.ceil(now)
  if (end <= (secondsOfDay(edit.window.start) ?? 0)) return { kind: 'remove', id: edit.id }
  return { kind: 'replace', id: edit.id, edit: { ...edit, window: { ...edit.window, end: formatTimeOfDay(end) } } }
}

/** An id that no other edit of the document has. */
export const newEditId = (kind: string): string => `${kind}-${Date.now().toString(36)}`
