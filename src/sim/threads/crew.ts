import { invariant } from '../core/invariant'
import { isShared } from '../core/table'
import { finish, phases } from '../step'
import { clearMotion } from '../traffic/motion'
import type { World } from '../world'
import { awaitChange, createControl, LEAVE, readFailure, THREADS_MAX, Word } from './control'
import type { CrewMessage } from './helper'

/** A thread that serves `serveCrew`, as its owner sees it. */
export interface HelperPort {
  send(message: CrewMessage): void
  close(): void
}

/** Several threads that advance one world together. What comes out is what one thread would have made of it. */
export interface Crew {
  readonly threads: number
  /** Advances the world by one tick. The world must have been made to be shared. */
  step(world: World): void
  close(): void
}

/** Vehicles that a domain costs beyond those in it, for its lists of paths and its share of waiting. */
const DOMAIN_COST = 40

/** A crew of this thread and `helpers`, on a machine of `cores` logical processors. */
export function createCrew(helpers: readonly HelperPort[], cores: number): Crew {
  const threads = helpers.length + 1
  invariant(threads <= THREADS_MAX, () => `a crew of ${threads} threads; at most ${THREADS_MAX} work together`)
  const control = createControl(threads <= cores)
  const { words } = control
  let world: World | null = null
  let bins = 0
  let hops: Uint8Array | null = null
  let listening = true

  /** Sends the helpers what they cannot find in shared memory: another world, or arrays that grew. */
  function tell(now: World): void {
    if (now === world && now.measures.bins.length === bins && now.routes.hops === hops) return
    dismiss()
    for (const [at, helper] of helpers.entries())
      helper.send(now === world
        ? { kind: 'arrays', bins: now.measures.bins.slice(bins), hops: now.routes.hops, next: now.routes.next }
        : { kind: 'world', world: forHelpers(now), control, thread: at + 1, seen: words[Word.call] })
    world = now
    bins = now.measures.bins.length
    hops = now.routes.hops
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

  function together(now: World, phase: number, round: number): void {
    tell(now)
    listening = false
    call(phase, round)
    const work = phases[phase] as { together: (world: World, domain: number, round: number) => void }
    for (let domain = words[Word.shares]; domain < words[Word.shares + 1]; domain++) work.together(now, domain, round)
    rest()
    if (Atomics.load(words, Word.failed) !== 0) throw new Error(readFailure(control))
  }

  return {
    threads,
    step(now) {
      invariant(isShared(now.counts), () => 'a crew was given a world that is not shared; make it by createWorld(input, true)')
      share(now, words, threads)
      words[Word.tick] = now.tick
      clearMotion(now)
      for (const [at, phase] of phases.entries()) {
        if ('alone' in phase) { phase.alone(now); continue }
        if (!phase.again) together(now, at, 0)
        else for (let round = 1; phase.again(now, round); round++) together(now, at, round)
      }
      finish(now)
    },
    close() {
      dismiss()
      for (const helper of helpers) helper.close()
    },
  }
}

/** What helpers never read stays at home. */
const forHelpers = (world: World): World => ({ ...world, people: null, changes: [], interventions: [], unreachableLog: [], router: { ...world.router, weights: [] } })

/** Deals the domains out, in order, so that all threads have about as many vehicles. */
function share(world: World, words: Int32Array, threads: number): void {
  const { updates } = world.domains.tally
  let total = 0
  for (let domain = 0; domain < updates.length; domain++) total += updates[domain] + DOMAIN_COST
  let sum = 0
  let thread = 1
  words[Word.shares] = 0
  for (let domain = 0; domain < updates.length; domain++) {
    const half = (updates[domain] + DOMAIN_COST) / 2
    while (thread < threads && sum + half > (total * thread) / threads) words[Word.shares + thread++] = domain
    sum += 2 * half
  }
  while (thread <= threads) words[Word.shares + thread++] = updates.length
}
