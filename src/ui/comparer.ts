import { ComparisonQueue, RunPool, runsAtOnce, type ComparisonPlan, type FinishedComparison, type QueuedComparison } from '../workers'
import { i18n, language } from './i18n'
import { session } from './session'
import { store } from './stores/store'

/** The queue of comparisons of this sitting, kept in the store as it moves on. The run of the page goes on beside it. */
class Comparer {
  #queue = new ComparisonQueue(new RunPool(runsAtOnce(navigator.hardwareConcurrency)), () => performance.now() / 1000, queue => this.#follow(queue))
  /** Those that nobody waits before: their results open by themselves. */
  #opening = new Set<number>()

  add(plan: Omit<ComparisonPlan, 'cityUrl'>): void {
    const idle = store.getState().comparison.queue.every(({ state }) => state !== 'waiting' && state !== 'running')
    const id = this.#queue.add({ ...plan, cityUrl: session.packUrl(plan.variant) })
    if (idle) this.#opening.add(id)
  }

  /** The same once more, at the end of the queue. */
  again({ id, plan }: QueuedComparison): void {
    this.#queue.remove(id)
    this.add(plan)
  }

  cancel(id: number): void { this.#queue.cancel(id) }

  remove(id: number): void {
    this.#queue.remove(id)
    if (store.getState().comparison.result?.id === id) this.open(null)
  }

  /** Shows a result, and on the map where it differs. */
  open(result: FinishedComparison | null): void {
    store.setState({ comparison: { ...store.getState().comparison, result } })
    const { beside, showDifference } = store.getState()
    if (!result || beside.phase === 'off') showDifference(result !== null)
  }

  /** One journey of a finished comparison, in both runs of its first seed. */
  trace(result: FinishedComparison, id: number, onProgress: (share: number) => void): ReturnType<ComparisonQueue['trace']> {
    return this.#queue.trace(result, session.packUrl(result.variant), id, onProgress)
  }

  #follow(queue: readonly QueuedComparison[]): void {
    const before = store.getState().comparison
    store.setState({ comparison: { ...before, queue } })
    for (const { id, state, result, plan, problems } of queue) {
      const earlier = before.queue.find(each => each.id === id)?.state
      if (earlier === state) continue
      const name = plan.variant.name[language()]
      if (state === 'failed') store.getState().say('bad', i18n.t('compare.failedNamed', { name }), problems[0]?.message)
      if (state !== 'done' || !result) continue
      if (before.result === null || this.#opening.has(id)) {
        this.open(result)
        store.getState().say('good', i18n.t('compare.doneNamed', { name }))
      } else store.getState().say('good', i18n.t('compare.doneNamed', { name }), undefined, { text: i18n.t('compare.open'), act: () => { this.open(result); store.setState({ panel: 'compare' }) } })
    }
  }
}

export const comparer = new Comparer()
