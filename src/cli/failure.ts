import type { Problem } from '../sim'

/** An expected failure: its message is for the user, without a stack; its problems are for programs. Exit code 1. */
export class Failure extends Error {
  readonly problems: readonly Problem[]
  readonly exitCode: number = 1
  /** What was found all the same; joins the problems in the JSON document. */
  readonly report: object

  constructor(message: string, problems: readonly Problem[] = [{ code: 'cli/failed', subject: { kind: 'command', id: '' }, message }], report: object = {}) {
    super(message)
    this.problems = problems
    this.report = report
  }
}

/** The command line itself is wrong: an option that is none, or a value that it cannot have. Exit code 2. */
export class UsageError extends Failure {
  override readonly exitCode = 2

  /** @param option  as the user types it, such as "--seeds" */
  constructor(option: string, what: string, remedy: string) {
    const message = `${what} ${remedy}`
    super(message, [{ code: 'usage/option', subject: { kind: 'option', id: option }, message, remedy }])
  }
}

export function failWith(head: string, problems: readonly Problem[]): never {
  throw new Failure([head, ...problems.map(({ message }) => `  ${message}`)].join('\n'), problems)
}

/** A file or folder that cannot be used; `subject` is its path. */
export function failFile(code: string, path: string, what: string, remedy: string): never {
  const message = `${path}: ${what}. ${remedy}`
  throw new Failure(message, [{ code, subject: { kind: 'file', id: path }, message, remedy }])
}
