/**
 * A problem in somebody's data, as a value: all of them at once, each saying where, what, and what to do.
 * `subject` names the thing: a file and element, a link, a node, a field of the scenario.
 */
export interface Problem {
  readonly code: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly message: string
  /** What to do, where the end of the message says it: for programs that show the two apart. */
  readonly remedy?: string
}

/** The answer of anything that can be refused for reasons the user can mend. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] }
