import type { StateCreator } from 'zustand'
import { applyEdit, invert, type DocumentEdit, type Scenario } from '../../scenario'
import type { Outcome } from '../../sim'
import type { AppState } from './store'

/** The document that the planner edits: saved, undoable, changed only through edits. */
export interface DocumentSlice {
  scenario: Scenario | null
  /** Edits that take the last changes back, newest last. */
  undoStack: readonly DocumentEdit[]
  /** Edits that make again what was taken back, newest last. */
  redoStack: readonly DocumentEdit[]
  open(scenario: Scenario): void
  apply(edit: DocumentEdit): Outcome<Scenario>
  undo(): void
  redo(): void
}

export const createDocumentSlice: StateCreator<AppState, [], [], DocumentSlice> = (set, get) => {
  function step(from: 'undoStack' | 'redoStack', to: 'undoStack' | 'redoStack'): void {
    const { scenario, [from]: stack, [to]: other } = get()
    const edit = stack.at(-1)
    if (!scenario || !edit) return
    const outcome = applyEdit(scenario, edit)
    if (!outcome.ok) return
    set({ scenario: outcome.value, [from]: stack.slice(0, -1), [to]: [...other, invert(edit, scenario)] })
  }
  return {
    scenario: null,
    undoStack: [],
    redoStack: [],
    open(scenario) { set({ scenario, undoStack: [], redoStack: [] }) },
    apply(edit) {
      const { scenario, undoStack } = get()
      if (!scenario) throw new Error('no document is open')
      const outcome = applyEdit(scenario, edit)
      if (outcome.ok) set({ scenario: outcome.value, undoStack: [...undoStack, invert(edit, scenario)], redoStack: [] })
      return outcome
    },
    undo() { step('undoStack', 'redoStack') },
    redo() { step('redoStack', 'undoStack') },
  }
}
