import { phases } from '../step'
import { clearMotion } from '../traffic/motion'
import type { Bin } from '../measures/measures'
import { setPool } from '../traffic/routePool'
import type { World } from '../world'
import { shareArrays } from './share'
import { awaitChange, LEAVE, Word, writeFailure, type Control } from './control'

/** What a crew sends its helpers. */
export type CrewMessage =
  | { readonly kind: 'world'; readonly world: World; readonly control: Control; readonly thread: number; readonly seen: number }
  | { readonly kind: 'arrays'; readonly bins: readonly Bin[]; readonly hops: Uint8Array; readonly next: Int32Array }

/** Makes this thread a helper: answers what to do with each message that comes from the crew. */
export function serveCrew(): (message: CrewMessage) => void {
  let world: World | null = null
  let control: Control | null = null
  let thread = 0
  let seen = 0
  return message => {
    if (message.kind === 'world') {
      ({ control, thread, seen } = message)
      world = shareArrays(message.world) // copies nothing: it gives the objects their shape
    }
    else if (world) {
      world.measures.bins.push(...message.bins)
      setPool(world.routes, message.hops, message.next)
    }
    if (world && control) seen = work(world, control, thread, seen)
  }
}

/** Works with the others until all are to listen again; answers the last call seen. */
function work(world: World, control: Control, thread: number, from: number): number {
  const { words } = control
  let seen = from
  for (;;) {
    seen = awaitChange(words, Word.call, seen)
    const at = words[Word.phase]
    if (at === FIRST) {
      world.tick = words[Word.tick]
      clearMotion(world)
    }
    const phase = phases[at]
    try {
      if (at !== LEAVE && 'together' in phase)
        for (let domain = words[Word.shares + thread]; domain < words[Word.shares + thread + 1]; domain++) phase.together(world, domain, words[Word.round])
    } catch (error) {
      writeFailure(control, error)
    }
    Atomics.add(words, Word.done, 1)
    Atomics.notify(words, Word.done)
    if (at === LEAVE) return seen
  }
}

/** The first phase of a tick that is worked on together. */
const FIRST = phases.findIndex(phase => 'together' in phase)
