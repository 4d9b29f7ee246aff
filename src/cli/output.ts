import type { Problem } from '../sim'

/** The one JSON document of a command that did what it was asked. */
export function printJson(report: object): void {
  process.stdout.write(`${JSON.stringify({ ok: true, ...report }, null, 2)}\n`)
}

/** The one JSON document of a command that failed. */
export function printProblems(problems: readonly Problem[]): void {
  process.stdout.write(`${JSON.stringify({ ok: false, problems }, null, 2)}\n`)
}
