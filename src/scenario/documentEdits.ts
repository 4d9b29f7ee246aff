import type { Outcome } from '../sim'
import type { CrowdLimitSettings, DemandSettings, Scenario, ScenarioEdit } from './document'
import { checkDocument, problem } from './checks'

/**
 * Changes of the document, as data. Each has an inverse that is again such a change, so an undo stack is a list of
 * them, and applying a change and its inverse gives back an equal document.
 */
export type DocumentEdit =
  | { readonly kind: 'add'; readonly edit: ScenarioEdit; /** Place in the list; absent = at the end. */ readonly index?: number }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'replace'; readonly id: string; readonly edit: ScenarioEdit }
  | { readonly kind: 'setWindow'; readonly window: Scenario['window'] }
  | { readonly kind: 'setSeed'; readonly seed: number }
  | { readonly kind: 'setDemand'; readonly demand: DemandSettings }
  | { readonly kind: 'setCrowdLimits'; /** null = those of the simulation. */ readonly crowdLimits: CrowdLimitSettings | null }
  | { readonly kind: 'setText'; readonly name: Scenario['name']; readonly description: Scenario['description'] | null }

/** The document after one change, or why it cannot be made; the given document stays as it is. */
export function applyEdit(scenario: Scenario, edit: DocumentEdit): Outcome<Scenario> {
  if ((edit.kind === 'remove' || edit.kind === 'replace') && !scenario.edits.some(({ id }) => id === edit.id)) {
    return { ok: false, problems: [problem('scenario/unknown-edit', 'edit', edit.id, `There is no edit "${edit.id}" in this scenario; it has ${listIds(scenario)}.`)] }
  }
  const changed = change(scenario, edit)
  const problems = checkDocument(changed)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: changed }
}

/** The change that takes `edit` back, where `scenario` is the document before it. */
export function invert(edit: DocumentEdit, scenario: Scenario): DocumentEdit {
  switch (edit.kind) {
    case 'add': return { kind: 'remove', id: edit.edit.id }
    case 'remove': return { kind: 'add', edit: find(scenario, edit.id), index: scenario.edits.findIndex(({ id }) => id === edit.id) }
    case 'replace': return { kind: 'replace', id: edit.edit.id, edit: find(scenario, edit.id) }
    case 'setWindow': return { kind: 'setWindow', window: scenario.window }
    case 'setSeed': return { kind: 'setSeed', seed: scenario.seed }
    case 'setDemand': return { kind: 'setDemand', demand: scenario.demand }
    case 'setCrowdLimits': return { kind: 'setCrowdLimits', crowdLimits: scenario.crowdLimits ?? null }
    case 'setText': return { kind: 'setText', name: scenario.name, description: scenario.description ?? null }
  }
}

function change(scenario: Scenario, edit: DocumentEdit): Scenario {
  switch (edit.kind) {
    case 'add': return { ...scenario, edits: scenario.edits.toSpliced(edit.index ?? scenario.edits.length, 0, edit.edit) }
    case 'remove': return { ...scenario, edits: scenario.edits.filter(({ id }) => id !== edit.id) }
    case 'replace': return { ...scenario, edits: scenario.edits.map(old => old.id === edit.id ? edit.edit : old) }
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

function find(scenario: Scenario, id: string): ScenarioEdit {
  const edit = scenario.edits.find(each => each.id === id)
  if (!edit) throw new Error(`edit "${id}" is not in the document that it is taken from`)
  return edit
}

const listIds = (scenario: Scenario): string => scenario.edits.map(({ id }) => `"${id}"`).join(', ') || 'none'
