import { invariant } from '../core/invariant'
import { isShared } from '../core/table'
import type { World } from '../world'
import { awaitChange, createControl, LEAVE, readFailure, THREADS_MAX, Word } from './control'
import type { CrewMessage } from './helper'
import { trafficModel, type Advance, type Model } from './trafficModel'

/** A thread that serves `serveCrew`, as its owner sees it. */
export interface HelperPort {
  send(message: CrewMessage): void
  close(): void
}

/** Several threads that advance one world, or one crowd, together. What comes out is what one thread would have made of it. */
export interface Crew {
  readonly threads: number
  /** Advances the world by one tick, its crowd too: helpers must serve `crowdModel` if it has people. The world must have been made to be shared. */
  step(world: World): void
  /** Advances anything else that helpers know the model of, likewise. */
  readonly advance: Advance
  close(): void
}

/** A crew of this thread and `helpers`, on a machine of `cores` logical processors. */
export function createCrew(helpers: readonly HelperPort[], cores: number): Crew {
  const threads = helpers.length + 1
  invariant(threads <= THREADS_MAX, () => `a crew of ${threads} threads; at most ${THREADS_MAX} work together`)
  const control = createControl(threads <= cores)
  const { words } = control
  /** By model: what the helpers know. */
  const known: { world: unknown; sizes: readonly unknown[] }[] = []
  let listening = true

  /** Sends the helpers what they cannot find in shared memory: another world, or arrays that grew. */
  function tell<W>(model: Model<W>, now: W): void {
    const before = known[model.id] ?? { world: null, sizes: [] }
    const sizes = model.growth?.sizes(now) ?? before.sizes
    if (now === before.world && sizes.every((size, at) => size === before.sizes[at])) return
    dismiss()
    for (const [at, helper] of helpers.entries())
      helper.send(now === before.world && model.growth
        ? { kind: 'arrays', model: model.id, news: model.growth.news(now, before.sizes) }
        : { kind: 'world', model: model.id, world: model.forHelpers(now), control, thread: at + 1, seen: words[Word.call] })
    known[model.id] = { world: now, sizes }
  }

  function call(phase: number, round: number): void {
    words[Word.phase] = phase
    words[Word.round] = round
    Atomics.store(words, Word.done, 0)
    Atomics.add(words, Word.call, 1)
    Atomics.notify(words, Word.call)
  }

  /** Has the helpers listen for messages, once they all have heard it. */
  function dismiss(): void {
    if (listening) return
    call(LEAVE, 0)
    rest()
    listening = true
  }

  function rest(): void {
    for (let done = 0; done < helpers.length;) done = awaitChange(words, Word.done, done)
  }

  function together<W>(model: Model<W>, now: W, phase: number, round: number): void {
    tell(model, now)
    listening = false
    words[Word.model] = model.id
    call(phase, round)
    const work = model.phases[phase] as { together: (world: W, domain: number, round: number) => void }
    for (let domain = words[Word.shares]; domain < words[Word.shares + 1]; domain++) work.together(now, domain, round)
    rest()
    if (Atomics.load(words, Word.failed) !== 0) throw new Error(readFailure(control))
  }

  function advance<W>(model: Model<W>, now: W): void {
    invariant(isShared(model.sample(now)), () => 'a crew was given a world that is not shared; make it to be shared: createWorld(input, true), createCrowd(input, true)')
    share(model.load(now), model.domainCost, words, threads)
    words[Word.tick] = model.tick(now)
    model.begin(now, words[Word.tick])
    for (const [at, phase] of model.phases.entries()) {
      if ('alone' in phase) { phase.alone(now); continue }
      if (!phase.again) together(model, now, at, 0)
      else for (let round = 1; phase.again(now, round); round++) together(model, now, at, round)
    }
    model.finish(now, advance)
  }

  return {
    threads,
    step: world => advance(trafficModel, world),
    advance,
    close() {
      dismiss()
      for (const helper of helpers) helper.close()
    },
  }
}

/** Deals the domains out, in order, so that all threads have about as much to do. */
function share(load: Float64Array | Int32Array, domainCost: number, words: Int32Array, threads: number): void {
  let total = 0
  for (let domain = 0; domain < load.length; domain++) total += load[domain] + domainCost
  let sum = 0
  let thread = 1
  words[Word.shares] = 0
  for (let domain = 0; domain < load.length; domain++) {
    const half = (load[domain] + domainCost) / 2
    while (thread < threads && sum + half > (total * thread) / threads) words[Word.shares + thread++] = domain
    sum += 2 * half
  }
  while (thread <= threads) words[Word.shares + thread++] = load.length
}
