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

export function createControl(): Control {
  return {
    words: new Int32Array(new SharedArrayBuffer(4 * (Word.shares + THREADS_MAX + 1))),
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

/** Looks at a word so often before the thread sleeps: about 30 us, longer than most waits, which sleeping would stretch. */
const LOOKS = 3000

/** Waits until a word is no longer `value`; answers what it is. */
export function awaitChange(words: Int32Array, word: number, value: number): number {
  for (let look = 0; look < LOOKS; look++) {
    const now = Atomics.load(words, word)
    if (now !== value) return now
  }
  for (;;) {
    Atomics.wait(words, word, value)
    const now = Atomics.load(words, word)
    if (now !== value) return now
  }
}
