/** What the threads of a run tell each other, in shared memory: words of an Int32Array. */
export const Word = {
  /** Counts the calls to work; whoever sees it change does its part. */
  call: 0,
  /** Threads that have done their part of the present call. */
  done: 1,
  /** Row of `phases`, or a `Call`. */
  phase: 2,
  round: 3,
  tick: 4,
  /** 1: the words of an error stand in `failure`. */
  failed: 5,
  /** How often a thread looks before it sleeps. */
  looks: 6,
  /** Id of the model that is advanced. */
  model: 7,
  /** First domain of each thread, and the end of the last. */
  shares: 16,
} as const

/** Instead of a phase: go back to listening for messages, as the world has changed or the run is over. */
export const LEAVE = -1
export const THREADS_MAX = 16
const FAILURE_LETTERS = 2000

export interface Control {
  readonly words: Int32Array
  readonly failure: Uint16Array
}

/** Looks that take about 30 us, longer than most waits, which sleeping would stretch. */
const LOOKS = 3000

/** @param patient  threads have a core each, so that looking out for one another keeps none of them from its work */
export function createControl(patient: boolean): Control {
  const words = new Int32Array(new SharedArrayBuffer(4 * (Word.shares + THREADS_MAX + 1)))
  words[Word.looks] = patient ? LOOKS : 0
  return {
    words,
    failure: new Uint16Array(new SharedArrayBuffer(2 * FAILURE_LETTERS)),
  }
}

export function writeFailure({ words, failure }: Control, error: unknown): void {
  if (Atomics.compareExchange(words, Word.failed, 0, 1) !== 0) return
  const text = (error instanceof Error ? error.message : String(error)).slice(0, FAILURE_LETTERS - 1)
  for (let at = 0; at < text.length; at++) failure[at] = text.charCodeAt(at)
  failure[text.length] = 0
}

export function readFailure({ failure }: Control): string {
  let text = ''
  for (let at = 0; failure[at] !== 0; at++) text += String.fromCharCode(failure[at])
  return text
}

/** Waits until a word is no longer `value`; answers what it is. */
export function awaitChange(words: Int32Array, word: number, value: number): number {
  const looks = words[Word.looks]
  for (let look = 0; look < looks; look++) {
    const now = Atomics.load(words, word)
    if (now !== value) return now
  }
  for (;;) {
    Atomics.wait(words, word, value)
    const now = Atomics.load(words, word)
    if (now !== value) return now
  }
}
