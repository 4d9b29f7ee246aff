/** How the model fared when its suites last ran to their end; pages of one browser hand it on under `VALIDATION_KEY`. */
export interface ValidationStatus {
  /** ms of the epoch. */
  readonly at: number
  readonly rows: number
  /** Names of the rows that failed. */
  readonly failing: readonly string[]
}

export const VALIDATION_KEY = 'pengcheng.validation'

/** null = nothing was kept, or it cannot be read. */
export function readValidationStatus(text: string | null): ValidationStatus | null {
  try {
    const { at, rows, failing } = JSON.parse(text ?? 'null') as ValidationStatus
    return Number.isFinite(at) && Number.isFinite(rows) && Array.isArray(failing) ? { at, rows, failing } : null
  } catch {
    return null
  }
}
