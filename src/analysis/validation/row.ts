/** One line of a validation suite: a figure that theory or measurement gives, and what the model makes of it. */
export interface ValidationRow {
  readonly suite: string
  /** Stable name, theme and case: `signals/webster-0.3`. */
  readonly case: string
  readonly expected: number
  /** null: the case broke off and measured nothing; `source` then ends with the reason. */
  readonly measured: number | null
  readonly unit: string
  /** Greatest distance of `measured` from `expected` that passes, in `unit`. */
  readonly tolerance: number
  readonly pass: boolean
  /** Paper and equation, or section of the guideline, that gives the expected value. */
  readonly source: string
}

/** What a case says of one of its figures. */
export interface Finding {
  /** Added to the name of the case where it has several figures. */
  readonly name?: string
  readonly expected: number
  readonly measured: number
  readonly unit: string
  readonly tolerance: number
}

/** A situation whose outcome is known. Seeded: the same rows wherever and whenever it runs. */
export interface ValidationCase {
  readonly name: string
  readonly source: string
  /** Takes more than some seconds: left out by tests and by the page unless it is asked for. */
  readonly long?: boolean
  run(): readonly Finding[]
}

export const relative = (expected: number, share: number): { expected: number; tolerance: number } => ({ expected, tolerance: Math.abs(expected) * share })
/** Expected in the middle of an interval. */
export const between = (low: number, high: number): { expected: number; tolerance: number } => ({ expected: (low + high) / 2, tolerance: (high - low) / 2 })

/** Runs one case. An error in it is a row that fails and says why. */
export function runCase(suite: string, { name, source, run }: ValidationCase): ValidationRow[] {
  try {
    return run().map(({ name: figure, expected, measured, unit, tolerance }) => ({
      suite, case: figure === undefined ? name : `${name}/${figure}`, expected, measured: Number.isFinite(measured) ? measured : null, unit, tolerance,
      pass: Math.abs(measured - expected) <= tolerance * (1 + 1e-12), source,
    }))
  } catch (error) {
    return [{ suite, case: name, expected: 0, measured: null, unit: '', tolerance: 0, pass: false, source: `${source} (stopped: ${error instanceof Error ? error.message : String(error)})` }]
  }
}
