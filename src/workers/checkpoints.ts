/** Saved states of one run, oldest first. */
export interface Checkpoint { readonly tick: number; readonly saved: ArrayBuffer }

/**
 * Keeps a bounded number of saved states. Those taken just before an edit stay longest, because that is where an undo
 * goes back to; of the regular ones, the list thins out with age.
 */
export class Checkpoints {
  #regular: Checkpoint[] = []
  #pinned: Checkpoint[] = []

  constructor(readonly bytesMax = 400e6) {}

  add(checkpoint: Checkpoint, pinned: boolean): void {
    const list = pinned ? this.#pinned : this.#regular
    if (list.at(-1)?.tick !== checkpoint.tick) list.push(checkpoint)
    while (this.#bytes() > this.bytesMax && this.#regular.length > 1) this.#thin()
    while (this.#bytes() > this.bytesMax && this.#pinned.length > 1) this.#pinned.shift()
  }

  /** The last state at or before `tick`; undefined = the run has to begin again. */
  before(tick: number): Checkpoint | undefined {
    return [...this.#regular, ...this.#pinned].filter(checkpoint => checkpoint.tick <= tick)
      .reduce<Checkpoint | undefined>((best, next) => (best && best.tick >= next.tick ? best : next), undefined)
  }

  /** Forgets everything after `tick`: that history is no longer this run's. */
  dropAfter(tick: number): void {
    this.#regular = this.#regular.filter(checkpoint => checkpoint.tick <= tick)
    this.#pinned = this.#pinned.filter(checkpoint => checkpoint.tick <= tick)
  }

  /** Drops the regular state whose neighbours lie closest together, never the newest. */
  #thin(): void {
    let best = 0
    let spanBest = Infinity
    for (let index = 0; index < this.#regular.length - 1; index++) {
      const span = this.#regular[index + 1]!.tick - (this.#regular[index - 1]?.tick ?? 0)
      if (span < spanBest) { best = index; spanBest = span }
    }
    this.#regular.splice(best, 1)
  }

  #bytes(): number {
    return [...this.#regular, ...this.#pinned].reduce((sum, { saved }) => sum + saved.byteLength, 0)
  }
}
