/** How the model last fared on this machine's page of the validation suites. */
export interface ValidationStatus {
  /** ms of the epoch. */
  readonly at: number
  readonly rows: number
  /** Names of the rows that failed. */
  readonly failing: readonly string[]
}

const KEY = 'pengcheng.validation'

export function keepValidation(status: ValidationStatus): void {
  localStorage.setItem(KEY, JSON.stringify(status))
}

/** null = it never ran to its end here, or what was kept cannot be read. */
export function lastValidation(): ValidationStatus | null {
  try {
    const { at, rows, failing } = JSON.parse(localStorage.getItem(KEY) ?? 'null') as ValidationStatus
    return Number.isFinite(at) && Number.isFinite(rows) && Array.isArray(failing) ? { at, rows, failing } : null
  } catch {
    return null
  }
}
