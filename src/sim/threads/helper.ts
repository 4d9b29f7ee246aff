import { awaitChange, LEAVE, Word, writeFailure, type Control } from './control'
import { models } from './models'
import { shareArrays } from './share'

/** What a crew sends its helpers: what they are to advance, and arrays of it that grew. `model` is a row of `models`. */
export type CrewMessage =
  | { readonly kind: 'world'; readonly model: number; readonly world: unknown; readonly control: Control; readonly thread: number; readonly seen: number }
  | { readonly kind: 'arrays'; readonly model: number; readonly news: unknown }

/** Makes this thread a helper: answers what to do with each message that comes from the crew. */
export function serveCrew(): (message: CrewMessage) => void {
  const worlds: unknown[] = models.map(() => null)
  let control: Control | null = null
  let thread = 0
  let seen = 0
  return message => {
    if (message.kind === 'world') {
      ({ control, thread, seen } = message)
      worlds[message.model] = shareArrays(message.world) // copies nothing: it gives the objects their shape
    }
    else if (worlds[message.model]) models[message.model].growth?.takeIn(worlds[message.model], message.news)
    if (control) seen = work(worlds, control, thread, seen)
  }
}

/** Works with the others until all are to listen again; answers the last call seen. */
function work(worlds: readonly unknown[], control: Control, thread: number, from: number): number {
  const { words } = control
  let seen = from
  for (;;) {
    seen = awaitChange(words, Word.call, seen)
    const at = words[Word.phase]
    if (at !== LEAVE) {
      const model = models[words[Word.model]]
      const world = worlds[words[Word.model]]
      const phase = model.phases[at]
      try {
        if (at === first[words[Word.model]]) model.begin(world, words[Word.tick])
        if ('together' in phase)
          for (let domain = words[Word.shares + thread]; domain < words[Word.shares + thread + 1]; domain++) phase.together(world, domain, words[Word.round])
      } catch (error) {
        writeFailure(control, error)
      }
    }
    Atomics.add(words, Word.done, 1)
    Atomics.notify(words, Word.done)
    if (at === LEAVE) return seen
  }
}

/** The first phase of a tick that is worked on together, by model. */
const first = models.map(({ phases }) => phases.findIndex(phase => 'together' in phase))
