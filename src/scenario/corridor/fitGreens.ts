/**
 * Greens in the proportions of given ones that fill so many seconds, none below its least; whole seconds, what is left of
 * one goes to the longest. null = the least ones take more.
 */
export function fitGreens(greens: readonly number[], least: readonly number[], seconds: number): number[] | null {
  if (least.reduce((sum, green) => sum + green, 0) > seconds + 1e-9) return null
  const open = new Set(greens.keys())
  const fitted = greens.map((_, at) => Math.ceil(least[at]!))
  for (;;) {
    const room = seconds - fitted.reduce((sum, green, at) => sum + (open.has(at) ? 0 : green), 0)
    const total = [...open].reduce((sum, at) => sum + greens[at]!, 0)
    const short = [...open].filter(at => (room * greens[at]!) / total < least[at]!)
    if (short.length === 0 || short.length === open.size) {
      for (const at of open) fitted[at] = Math.max(Math.ceil(least[at]!), Math.floor((room * greens[at]!) / total))
      break
    }
    for (const at of short) open.delete(at)
  }
  // Longest first: there a second more is the least of a change.
  const order = [...greens.keys()].sort((a, b) => fitted[b]! - fitted[a]! || a - b)
  let left = seconds - fitted.reduce((sum, green) => sum + green, 0)
  for (let turn = 0; left >= 1; turn = (turn + 1) % order.length, left -= 1) fitted[order[turn]!]! += 1
  for (let turn = 0; left <= -1e-9 && turn < order.length; turn++) {
    const take = Math.min(-left, fitted[order[turn]!]! - least[order[turn]!]!)
    fitted[order[turn]!]! -= take
    left += take
  }
  if (left > 1e-9) fitted[order[0]!] = Number((fitted[order[0]!]! + left).toFixed(3))
  return fitted
}
