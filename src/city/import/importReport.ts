import type { Network } from '../../sim'

/** What an import made of the files, for the user and for `import-report.json`. */
export interface ImportReport {
  readonly files: readonly string[]
  readonly placed: string
  readonly network: NetworkCounts
  /** Trips of the scenario; absent where demand is assumed from the roads. */
  readonly trips?: TripCounts
  /** What is carried over otherwise than the source has it: a sentence each, with how often. */
  readonly approximated: readonly Noted[]
  /** What is not carried over at all. */
  readonly leftOut: readonly Noted[]
  /** Mends of the geometry. */
  readonly repaired: readonly Noted[]
}

export interface Noted {
  readonly what: string
  readonly count: number
  /** Ids of the first few. */
  readonly examples?: readonly string[]
}

export interface NetworkCounts {
  readonly nodes: number
  readonly links: number
  readonly km: number
  readonly laneKm: number
  readonly turns: number
  readonly signals: number
  readonly gateways: number
}

export interface TripCounts {
  readonly trips: number
  readonly withRoute: number
  readonly first: string
  readonly last: string
}

/** Counts notes by their text, and keeps the first few ids of each. */
export class Notes {
  readonly #notes = new Map<string, { count: number; examples: string[] }>()

  add(what: string, example?: string, count = 1): void {
    const note = this.#notes.get(what) ?? { count: 0, examples: [] }
    this.#notes.set(what, note)
    note.count += count
    if (example !== undefined && note.examples.length < 5) note.examples.push(example)
  }

  list(): Noted[] {
    return [...this.#notes].map(([what, { count, examples }]) => ({ what, count, ...(examples.length > 0 ? { examples } : {}) }))
  }
}

export function countNetwork(network: Network): NetworkCounts {
  const { links, nodes, turns, programs } = network
  let metres = 0, laneMetres = 0
  for (let link = 0; link < links.rows; link++) {
    metres += links.length[link]!
    laneMetres += links.length[link]! * links.laneCount[link]!
  }
  return {
    nodes: nodes.rows, links: links.rows, km: round(metres / 1000), laneKm: round(laneMetres / 1000), turns: turns.rows,
    signals: programs.rows, gateways: nodes.kind.reduce((sum, kind) => sum + Number(kind === 2), 0),
  }
}

const round = (value: number): number => Math.round(value * 10) / 10
