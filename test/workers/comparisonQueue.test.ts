import { describe, expect, test } from 'vitest'
import type { RunSummary } from '../../src/analysis'
import type { Scenario } from '../../src/scenario'
import type { Outcome } from '../../src/sim'
import { ComparisonQueue, RunPool, runsAtOnce, type ComparisonResult, type QueuedComparison } from '../../src/workers'
import type { PoolWorker } from '../../src/workers/runPool'
import { thinMorning } from './support'

const closing = (road: string): Scenario => ({
  ...thinMorning, edits: [{ kind: 'closure', id: road, enabled: true, window: { start: '07:00', end: '07:10' }, target: { road }, lanes: 'all' }],
})

/** Runs that end when the test says so. */
function stage(size = 2) {
  const asked: { readonly what: string; end(outcome: Outcome<RunSummary>): void; readonly report: (share: number) => void; readonly crash: (error: Error) => void }[] = []
  const workers = { open: 0, most: 0, ever: 0 }
  let clock = 0
  let entries: readonly QueuedComparison[] = []
  const open = (crash: (error: Error) => void): PoolWorker => {
    workers.ever++
    workers.most = Math.max(workers.most, ++workers.open)
    const host = {
      run: ({ scenario: { seed, edits } }: { scenario: Scenario }, report: (share: number) => void) => new Promise<Outcome<RunSummary>>(end => {
        asked.push({ what: `${seed} ${edits.filter(({ enabled }) => enabled).map(({ id }) => id).join() || 'baseline'}`, end, report, crash })
      }),
      compare: async (_: string, before: readonly unknown[], after: readonly unknown[]) => ({ before, after }) as unknown as ComparisonResult,
    }
    return { host: host as unknown as PoolWorker['host'], close: () => { workers.open-- } }
  }
  const queue = new ComparisonQueue(new RunPool(size, open), () => clock, all => { entries = all })
  const settle = async (): Promise<void> => { for (let turn = 0; turn < 3; turn++) await new Promise(done => setTimeout(done)) }
  const end = async (what: string): Promise<void> => {
    const run = asked.find(each => each.what === what)!
    run.report(1)
    run.end({ ok: true, value: what as unknown as RunSummary })
    await settle()
  }
  return { queue, asked, workers, end, settle, wait: (seconds: number) => { clock += seconds }, now: () => entries.map(({ state }) => state), entries: () => entries }
}
const add = ({ queue }: ReturnType<typeof stage>, road: string, seeds = 1): number => queue.add({ variant: closing(road), seeds, keeps: 'nothing', cityUrl: '' })

describe('a queue of comparisons', () => {
  test('runs a baseline in common once, as many at a time as there may be, first come first served', async () => {
    const all = stage()
    add(all, 'a'); add(all, 'b'); add(all, 'c')
    expect(all.asked.map(({ what }) => what)).toEqual(['7 baseline', '7 a'])
    expect(all.now()).toEqual(['running', 'running', 'running'])
    for (const what of ['7 baseline', '7 a', '7 b', '7 c']) await all.end(what)
    expect(all.asked.map(({ what }) => what)).toEqual(['7 baseline', '7 a', '7 b', '7 c'])
    expect(all.now()).toEqual(['done', 'done', 'done'])
    expect(all.entries().map(({ result }) => (result as unknown as { before: string[]; after: string[] })).map(({ before, after }) => [before, after])).toEqual([[['7 baseline'], ['7 a']], [['7 baseline'], ['7 b']], [['7 baseline'], ['7 c']]])
    expect(new Set(all.entries().map(({ result }) => result!.against)).size).toBe(1)
    expect(all.workers).toEqual({ open: 0, most: 2, ever: 2 })
  })

  test('seeds are paired, from that of the document on', async () => {
    const all = stage(4)
    add(all, 'a', 2)
    for (const what of ['8 a', '7 baseline', '8 baseline', '7 a']) await all.end(what)
    expect(all.entries()[0]!.result).toMatchObject({ seeds: [7, 8], before: ['7 baseline', '8 baseline'], after: ['7 a', '8 a'] })
  })

  test('one that fails says why; the others do not notice', async () => {
    const all = stage()
    add(all, 'a'); add(all, 'b')
    all.asked[1]!.end({ ok: false, problems: [{ code: 'x', subject: { kind: 'file', id: '' }, message: 'no such road' }] })
    await all.settle()
    await all.end('7 baseline'); await all.end('7 b')
    expect(all.now()).toEqual(['failed', 'done'])
    expect(all.entries()[0]!.problems[0]!.message).toBe('no such road')
  })

  test('a worker that crashes takes only what wanted its run', async () => {
    const all = stage()
    add(all, 'a'); add(all, 'b')
    all.asked[1]!.crash(new Error('out of memory'))
    await all.settle()
    await all.end('7 baseline'); await all.end('7 b')
    expect(all.now()).toEqual(['failed', 'done'])
    expect(all.entries()[0]!.problems[0]!.message).toBe('out of memory')
    expect(all.workers.open).toBe(0)
  })

  test('cancelling ends what nobody else wants, and makes room', async () => {
    const all = stage()
    const first = add(all, 'a')
    add(all, 'b')
    all.queue.cancel(first)
    await all.settle()
    // The baseline goes on, for the other.
    expect(all.asked.map(({ what }) => what)).toEqual(['7 baseline', '7 a', '7 b'])
    await all.end('7 baseline'); await all.end('7 b')
    expect(all.now()).toEqual(['cancelled', 'done'])
    all.queue.remove(first)
    expect(all.now()).toEqual(['done'])
    expect(all.workers.open).toBe(0)
  })

  test('tells how long is left: of runs under way by their pace, of those that wait by theirs', async () => {
    const all = stage()
    add(all, 'a'); add(all, 'b')
    expect(all.entries()[0]!.secondsLeft).toBeNull()
    all.wait(10)
    all.asked[0]!.report(0.5)
    all.asked[1]!.report(0.25)
    // 10 s and 30 s on two workers; then one more of (20 + 40) / 2 s.
    expect(all.entries().map(({ secondsLeft }) => secondsLeft)).toEqual([20, 30])
    expect(all.entries()[0]!.share).toBeCloseTo(0.375, 9)
    await all.end('7 baseline')
    expect(all.entries()[0]!.secondsLeft).toBeCloseTo(15, 9)
  })

  test('a later variant of the same day finds its baseline done', async () => {
    const all = stage()
    const first = add(all, 'a')
    await all.end('7 baseline'); await all.end('7 a')
    add(all, 'b')
    expect(all.asked.map(({ what }) => what)).toEqual(['7 baseline', '7 a', '7 b'])
    await all.end('7 b')
    all.queue.remove(first)
    expect(all.now()).toEqual(['done'])
  })
})

test.each([[1, 2], [2, 2], [4, 2], [8, 6], [64, 8]])('%d processors run %d at a time', (cores, runs) => expect(runsAtOnce(cores)).toBe(runs))
