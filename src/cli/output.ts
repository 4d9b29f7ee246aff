import type { Problem } from '../sim'

/** The one JSON document of a command that did what it was asked. */
export function printJson(report: object): void {
  process.stdout.write(`${JSON.stringify({ ok: true, ...report }, null, 2)}\n`)
}

/** The one JSON document of a command that failed, with what it found all the same. */
export function printProblems(problems: readonly Problem[], report: object): void {
  process.stdout.write(`${JSON.stringify({ ok: false, problems, ...report }, null, 2)}\n`)
}
