/**
 * Steps that bring an older document to the present version: entry n turns version n into n + 1. A change of format
 * adds one step here and a file of the old version to `test/fixtures/scenarios` that must still open.
 */
const steps: Readonly<Record<number, (document: Record<string, unknown>) => Record<string, unknown>>> = {}

export const SCENARIO_VERSION = 1

/** The document in the present version; unchanged where its version is present, unknown or unreadable. */
export function migrate(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document
  let current = document as Record<string, unknown>
  while (typeof current['version'] === 'number' && current['version'] < SCENARIO_VERSION) {
    const step = steps[current['version']]
    if (!step) return current
    current = step(current)
  }
  return current
}
