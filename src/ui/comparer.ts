import { baselineOf, type Baseline } from '../analysis'
import type { Scenario } from '../scenario'
import { CompareClient, type Side } from '../workers'
import { i18n } from './i18n'
import { session } from './session'
import { noComparison, type ComparisonState } from './stores/comparison'
import { store } from './stores/store'

/** What to compare: with so many seeds from the document's own on, against which baseline. */
export interface ComparisonPlan { readonly variant: Scenario; readonly seeds: number; readonly keeps: Baseline }

/** Side-by-side runs of the document without and with its edits, and what came of the last one. */
class Comparer {
  #client: CompareClient | null = null

  /** Compares the variant with its baseline, over the window of the variant. */
  async start({ variant, seeds: count, keeps }: ComparisonPlan): Promise<void> {
    this.cancel()
    const client = new CompareClient()
    this.#client = client
    const began = performance.now()
    const seeds = Array.from({ length: count }, (_, at) => variant.seed + at)
    const shares: Record<Side, number> = { baseline: 0, variant: 0 }
    show({ phase: 'running' })
    // The city has to itself what the run would take: both would only slow each other down.
    const wasPlaying = store.getState().playing
    store.setState({ playing: false })
    const outcome = await client.run(baselineOf(variant, keeps), variant, seeds, session.packUrl(variant), (side, share) => {
      if (this.#client !== client) return
      shares[side] = share
      const slowest = Math.min(shares.baseline, shares.variant)
      const elapsed = (performance.now() - began) / 1000
      // Traffic builds up, so the first tenth tells too little.
      show({ ...shares, secondsLeft: slowest < 0.05 ? null : (elapsed * (1 - slowest)) / slowest })
    })
    if (wasPlaying) store.setState({ playing: true })
    if (this.#client !== client) return
    this.#client = null
    if (outcome.ok) {
      show({ phase: 'done', result: { ...outcome.value, seeds, keeps, variant } })
      store.getState().setRoadColours('difference')
      store.getState().say('good', i18n.t('compare.done'))
    } else show({ phase: 'failed', problems: outcome.problems })
  }

  cancel(): void {
    const client = this.#client
    this.#client = null
    if (!client) return
    client.cancel()
    show({ phase: 'cancelled' })
  }
}

function show(part: Partial<ComparisonState>): void {
  const before = store.getState().comparison
  store.setState({ comparison: part.phase === 'running' ? { ...noComparison, result: before.result, phase: 'running' } : { ...before, ...part } })
}

export const comparer = new Comparer()
