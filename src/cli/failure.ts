import type { Problem } from '../sim'

/** An expected failure: its message is for the user, without a stack. */
export class Failure extends Error {}

export function failWith(head: string, problems: readonly Problem[]): never {
  throw new Failure([head, ...problems.map(({ message }) => `  ${message}`)].join('\n'))
}
