/** One line on stderr that is rewritten on a terminal, and written every tenth of the way elsewhere. */
export function progressLine(label: string): { report(share: number, note: string): void; done(): void } {
  let shown = -1
  const terminal = process.stderr.isTTY === true
  return {
    report(share, note) {
      const step = Math.floor(share * (terminal ? 100 : 10))
      if (step === shown) return
      shown = step
      process.stderr.write(`${terminal ? '\r' : ''}${label} ${String(Math.floor(share * 100)).padStart(3)} % ${note}${terminal ? '\u001b[K' : '\n'}`)
    },
    done() {
      if (terminal && shown >= 0) process.stderr.write('\n')
    },
  }
}
