import type { Outcome } from '../sim'
import type { CrowdLimitSettings, DemandSettings, ResponseRule, Scenario, ScenarioEdit } from './document'
import { checkDocument, problem } from './checks'

/**
 * Changes of the document, as data. Each has an inverse that is again such a change, so an undo stack is a list of
 * them, and applying a change and its inverse gives back an equal document.
 */
export type DocumentEdit = SingleEdit
  /** One step of the planner's that changes several things, in this order. */
  | { readonly kind: 'several'; readonly edits: readonly SingleEdit[] }

/** A change of one thing. */
export type SingleEdit =
  | { readonly kind: 'add'; readonly edit: ScenarioEdit; /** Place in the list; absent = at the end. */ readonly index?: number }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'replace'; readonly id: string; readonly edit: ScenarioEdit }
  | { readonly kind: 'addRule'; readonly rule: ResponseRule; /** Place in the list; absent = at the end. */ readonly index?: number }
  | { readonly kind: 'removeRule'; readonly id: string }
  | { readonly kind: 'replaceRule'; readonly id: string; readonly rule: ResponseRule }
  | { readonly kind: 'setWindow'; readonly window: Scenario['window'] }
  | { readonly kind: 'setSeed'; readonly seed: number }
  | { readonly kind: 'setDemand'; readonly demand: DemandSettings }
  | { readonly kind: 'setCrowdLimits'; /** null = those of the simulation. */ readonly crowdLimits: CrowdLimitSettings | null }
  | { readonly kind: 'setText'; readonly name: Scenario['name']; readonly description: Scenario['description'] | null }

/** The document after one change, or why it cannot be made; the given document stays as it is. */
export function applyEdit(scenario: Scenario, edit: DocumentEdit): Outcome<Scenario> {
  if (edit.kind === 'several') return edit.edits.reduce<Outcome<Scenario>>((outcome, each) => (outcome.ok ? applyEdit(outcome.value, each) : outcome), { ok: true, value: scenario })
  if ((edit.kind === 'remove' || edit.kind === 'replace') && !scenario.edits.some(({ id }) => id === edit.id)) {
    return { ok: false, problems: [problem('scenario/unknown-edit', 'edit', edit.id, `There is no edit "${edit.id}" in this scenario; it has ${listIds(scenario.edits)}.`)] }
  }
  if ((edit.kind === 'removeRule' || edit.kind === 'replaceRule') && !scenario.rules?.some(({ id }) => id === edit.id)) {
    return { ok: false, problems: [problem('scenario/unknown-rule', 'rule', edit.id, `There is no rule "${edit.id}" in this scenario; it has ${listIds(scenario.rules ?? [])}.`)] }
  }
  const changed = change(scenario, edit)
  const problems = checkDocument(changed)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: changed }
}

/** The change that takes `edit` back, where `scenario` is the document before it. */
export function invert(edit: DocumentEdit, scenario: Scenario): DocumentEdit {
  if (edit.kind !== 'several') return invertSingle(edit, scenario)
  const undone: SingleEdit[] = []
  let before = scenario
  for (const each of edit.edits) {
    undone.unshift(invertSingle(each, before))
    before = change(before, each)
  }
  return { kind: 'several', edits: undone }
}

function invertSingle(edit: SingleEdit, scenario: Scenario): SingleEdit {
  switch (edit.kind) {
    case 'add': return { kind: 'remove', id: edit.edit.id }
    case 'remove': return { kind: 'add', edit: find(scenario.edits, edit.id), index: scenario.edits.findIndex(({ id }) => id === edit.id) }
    case 'replace': return { kind: 'replace', id: edit.edit.id, edit: find(scenario.edits, edit.id) }
    case 'addRule': return { kind: 'removeRule', id: edit.rule.id }
    case 'removeRule': return { kind: 'addRule', rule: find(scenario.rules ?? [], edit.id), index: (scenario.rules ?? []).findIndex(({ id }) => id === edit.id) }
    case 'replaceRule': return { kind: 'replaceRule', id: edit.rule.id, rule: find(scenario.rules ?? [], edit.id) }
    case 'setWindow': return { kind: 'setWindow', window: scenario.window }
    case 'setSeed': return { kind: 'setSeed', seed: scenario.seed }
    case 'setDemand': return { kind: 'setDemand', demand: scenario.demand }
    case 'setCrowdLimits': return { kind: 'setCrowdLimits', crowdLimits: scenario.crowdLimits ?? null }
    case 'setText': return { kind: 'setText', name: scenario.name, description: scenario.description ?? null }
  }
}

function change(scenario: Scenario, edit: SingleEdit): Scenario {
  switch (edit.kind) {
    case 'add': return { ...scenario, edits: scenario.edits.toSpliced(edit.index ?? scenario.edits.length, 0, edit.edit) }
    case 'remove': return { ...scenario, edits: scenario.edits.filter(({ id }) => id !== edit.id) }
    case 'replace': return { ...scenario, edits: scenario.edits.map(old => old.id === edit.id ? edit.edit : old) }
    case 'addRule': return withRules(scenario, (scenario.rules ?? []).toSpliced(edit.index ?? scenario.rules?.length ?? 0, 0, edit.rule))
    case 'removeRule': return withRules(scenario, (scenario.rules ?? []).filter(({ id }) => id !== edit.id))
    case 'replaceRule': return withRules(scenario, (scenario.rules ?? []).map(old => old.id === edit.id ? edit.rule : old))
    case 'setWindow': return { ...scenario, window: edit.window }
    case 'setSeed': return { ...scenario, seed: edit.seed }
    case 'setDemand': return { ...scenario, demand: edit.demand }
    case 'setCrowdLimits': {
      const { crowdLimits: _, ...rest } = scenario
      return edit.crowdLimits === null ? rest : { ...rest, crowdLimits: edit.crowdLimits }
    }
    case 'setText': {
      const { description: _, ...rest } = scenario
      return edit.description === null || edit.description === undefined
        ? { ...rest, name: edit.name }
        : { ...rest, name: edit.name, description: edit.description }
    }
  }
}

/** A document without rules has no list of them. */
function withRules(scenario: Scenario, rules: readonly ResponseRule[]): Scenario {
  const { rules: _, ...rest } = scenario
  return rules.length > 0 ? { ...rest, rules } : rest
}

function find<Part extends { readonly id: string }>(list: readonly Part[], id: string): Part {
  const part = list.find(each => each.id === id)
  if (!part) throw new Error(`"${id}" is not in the document that it is taken from`)
  return part
}

const listIds = (list: readonly { readonly id: string }[]): string => list.map(({ id }) => `"${id}"`).join(', ') || 'none'
