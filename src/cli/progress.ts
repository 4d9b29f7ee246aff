/** Share of the way after which what is left can be told: traffic builds up at first. */
const TELLING = 0.04

/** s after which a long run is heard of again though it has not come a tenth further. */
const SILENCE = 60

/** One line on stderr with the time left, rewritten on a terminal, and written every tenth of the way or minute elsewhere. */
export function progressLine(label: string): { report(share: number, note: string): void; done(): void } {
  let shown = -1
  const terminal = process.stderr.isTTY === true
  const began = process.hrtime.bigint()
  let toldAt = 0
  return {
    report(share, note) {
      const step = Math.floor(share * (terminal ? 100 : 10))
      const elapsed = Number(process.hrtime.bigint() - began) / 1e9
      if (step === shown && elapsed - toldAt < SILENCE) return
      shown = step
      toldAt = elapsed
      const parts = [note, timeLeft(share, elapsed)].filter(Boolean).join(', ')
      process.stderr.write(`${terminal ? '\r' : ''}${label} ${String(Math.floor(share * 100)).padStart(3)} %${parts && ` ${parts}`}${terminal ? '\u001b[K' : '\n'}`)
    },
    done() {
      if (terminal && shown >= 0) process.stderr.write('\n')
    },
  }
}

/** In words, from the share done and the seconds it took; empty where nothing can be said yet, or is left. */
export function timeLeft(share: number, elapsed: number): string {
  if (share < TELLING || share >= 1) return ''
  const seconds = Math.ceil((elapsed * (1 - share)) / share)
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`
}
