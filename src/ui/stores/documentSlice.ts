import type { StateCreator } from 'zustand'
import { applyEdit, invert, type DocumentEdit, type Scenario } from '../../scenario'
import type { Outcome } from '../../sim'
import type { AppState } from './store'

/** Where the open document comes from, and so where its changes are kept. */
export type Origin =
  /** A file of the server: kept as one of the planner's own as soon as it is changed. */
  | { readonly kind: 'shipped'; readonly url: string }
  /** A file or a link: kept at once. */
  | { readonly kind: 'given' }
  /** One of the planner's own, by its key in the library. */
  | { readonly kind: 'own'; readonly key: string }
  /** One of the planner's own that another tab has open: changes become a copy. */
  | { readonly kind: 'elsewhere'; readonly key: string }

/** How the browser keeps the open document; `unkept` = it lies elsewhere unchanged. */
export type Keeping = 'unkept' | 'saving' | 'saved' | 'failed'

/** The document that the planner edits: saved, undoable, changed only through edits. */
export interface DocumentSlice {
  scenario: Scenario | null
  origin: Origin
  keeping: Keeping
  /** Edits that take the last changes back, newest last. */
  undoStack: readonly DocumentEdit[]
  /** Edits that make again what was taken back, newest last. */
  redoStack: readonly DocumentEdit[]
  open(scenario: Scenario, origin: Origin, history?: Pick<DocumentSlice, 'undoStack' | 'redoStack'>): void
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
    origin: { kind: 'given' },
    keeping: 'unkept',
    undoStack: [],
    redoStack: [],
    open(scenario, origin, { undoStack, redoStack } = { undoStack: [], redoStack: [] }) { set({ scenario, origin: { ...origin }, keeping: origin.kind === 'own' ? 'saved' : 'unkept', undoStack, redoStack }) },
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
