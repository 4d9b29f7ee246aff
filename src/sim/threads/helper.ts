import { awaitChange, LEAVE, Word, writeFailure, type Control } from './control'
import { trafficModel, type Model } from './trafficModel'
import { shareArrays } from './share'

/** What a crew sends its helpers: what they are to advance, and arrays of it that grew. `model` is a model's id. */
export type CrewMessage =
  | { readonly kind: 'world'; readonly model: number; readonly world: unknown; readonly control: Control; readonly thread: number; readonly seen: number }
  | { readonly kind: 'arrays'; readonly model: number; readonly news: unknown }

/** What a helper knows, by the model's id: the model, what it is to advance, and the first phase that is worked on together. */
interface Known { readonly model: Model<unknown>; world: unknown; readonly first: number }

/** Makes this thread a helper: answers what to do with each message that comes from the crew. `others`: models that it serves beside traffic. */
export function serveCrew(...others: readonly unknown[]): (message: CrewMessage) => void {
  const known: Known[] = []
  for (const model of [trafficModel, ...others] as Model<unknown>[])
    known[model.id] = { model, world: null, first: model.phases.findIndex(phase => 'together' in phase) }
  let control: Control | null = null
  let thread = 0
  let seen = 0
  return message => {
    if (message.kind === 'world') {
      ({ control, thread, seen } = message)
      known[message.model].world = shareArrays(message.world) // copies nothing: it gives the objects their shape
    }
    else if (known[message.model].world) known[message.model].model.growth?.takeIn(known[message.model].world, message.news)
    if (control) seen = work(known, control, thread, seen)
  }
}

/** Works with the others until all are to listen again; answers the last call seen. */
function work(known: readonly Known[], control: Control, thread: number, from: number): number {
  const { words } = control
  let seen = from
  for (;;) {
    seen = awaitChange(words, Word.call, seen)
    const at = words[Word.phase]
    if (at !== LEAVE) {
      const { model, world, first } = known[words[Word.model]]
      const phase = model.phases[at]
      try {
        if (at === first) model.begin(world, words[Word.tick])
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
