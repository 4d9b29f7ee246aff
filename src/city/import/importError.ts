import type { Problem } from '../../sim'

/** The user's file cannot be used; the message names every place, what is wrong there, and what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError'

  constructor(readonly problems: readonly Problem[]) {
    super(problems.length === 1 ? problems[0]!.message : [`${problems.length} problems:`, ...problems.map(({ message }) => `  ${message}`)].join('\n'))
  }
}

/** A place in a file: its name, and the line (or, of GeoJSON, the feature) where the thing begins. */
export interface Place {
  readonly file: string
  /** Counted from 1; 0 = the file as a whole. */
  readonly line: number
}

const PROBLEMS_MAX = 20

/** Collects what is wrong, so that a file is refused once for all its faults rather than once for each. */
export class Complaints {
  readonly #problems: Problem[] = []
  #more = 0

  /** Notes a problem; `what` is a sentence without its full stop, `remedy` the sentence that says what to do. */
  add(place: Place, code: string, what: string, remedy: string): void {
    if (this.#problems.length === PROBLEMS_MAX) { this.#more++; return }
    this.#problems.push(problemAt(place, code, what, remedy))
  }

  /** Throws if anything was noted. */
  stop(): void {
    if (this.#problems.length === 0) return
    const last = this.#problems.at(-1)!
    throw new ImportError(this.#more === 0 ? this.#problems
      : [...this.#problems, { ...last, code: 'import/more', message: `and ${this.#more} more of this file. Mend these first.` }])
  }
}

export function problemAt({ file, line }: Place, code: string, what: string, remedy: string): Problem {
  return { code: `import/${code}`, subject: { kind: 'file', id: line > 0 ? `${file}:${line}` : file }, message: `${line > 0 ? `${file}:${line}` : file}: ${what}. ${remedy}`, remedy }
}

export function refuse(place: Place, code: string, what: string, remedy: string): never {
  throw new ImportError([problemAt(place, code, what, remedy)])
}
