import type { Problem } from '../sim'

/** An unexpected error as a Problem, so that it can be shown like any other. */
export function problemOf(error: unknown, code: string): Problem {
  const message = error instanceof Error ? error.message : String(error)
  return { code, subject: { kind: 'worker', id: code.split('/')[0]! }, message }
}
