import type { Network } from '../../../../sim'

/** What can be driven to what. */
export interface Connected {
  /** Links of the largest part of the network in which each leads to each, ascending. */
  readonly links: Int32Array
  /** Per link: 1 where it leads into that part, and where it is reached from it. */
  readonly leadsIn: Uint8Array
  readonly isReached: Uint8Array
}

/**
 * The largest strongly connected part of the network, by Tarjan's algorithm (1972) without recursion. What is connected
 * only by leaving through one gateway and coming back through another is no part of it: no trip can drive that way.
 * Links in `closed` are left out, and ways from one link into the next of which `banned` says so.
 */
export function connectedLinks(network: Network, closed?: ReadonlySet<number>, banned?: (from: number, to: number) => boolean): Connected {
  const { links, lanes, turns } = network
  const count = links.rows
  const onward: number[][] = Array.from({ length: count }, () => [])
  const before: number[][] = Array.from({ length: count }, () => [])
  for (let link = 0; link < count; link++) {
    if (closed?.has(link)) continue
    const exits = new Set<number>()
    for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++) {
      for (let turn = lanes.turnFirst[lane]!; turn < lanes.turnFirst[lane]! + lanes.turnCount[lane]!; turn++) exits.add(lanes.link[turns.toLane[turn]!]!)
    }
    onward[link] = [...exits].filter(exit => !closed?.has(exit) && !banned?.(link, exit)).sort((a, b) => a - b)
    for (const exit of onward[link]!) before[exit]!.push(link)
  }
  const best = largestComponent(onward)
  return { links: Int32Array.from(best).sort(), leadsIn: spread(best, before), isReached: spread(best, onward) }
}

/** Marks what is reached from `from` along `next`, those themselves included. */
function spread(from: readonly number[], next: readonly (readonly number[])[]): Uint8Array {
  const marks = new Uint8Array(next.length)
  const queue = [...from]
  for (const link of queue) marks[link] = 1
  for (let i = 0; i < queue.length; i++) {
    for (const link of next[queue[i]!]!) {
      if (marks[link]) continue
      marks[link] = 1
      queue.push(link)
    }
  }
  return marks
}

function largestComponent(onward: readonly (readonly number[])[]): number[] {
  const index = new Int32Array(onward.length).fill(-1)
  const low = new Int32Array(onward.length)
  const onStack = new Uint8Array(onward.length)
  const stack: number[] = []
  let counter = 0
  let best: number[] = []
  for (let start = 0; start < onward.length; start++) {
    if (index[start] !== -1) continue
    const work = [{ at: start, next: 0 }]
    while (work.length > 0) {
      const frame = work.at(-1)!
      const { at } = frame
      if (frame.next === 0) {
        index[at] = low[at] = counter++
        stack.push(at)
        onStack[at] = 1
      }
      const to = onward[at]![frame.next++]
      if (to !== undefined) {
        if (index[to] === -1) work.push({ at: to, next: 0 })
        else if (onStack[to]) low[at] = Math.min(low[at]!, index[to]!)
        continue
      }
      work.pop()
      const parent = work.at(-1)
      if (parent) low[parent.at] = Math.min(low[parent.at]!, low[at]!)
      if (low[at] !== index[at]) continue
      const part: number[] = []
      for (;;) {
        const member = stack.pop()!
        onStack[member] = 0
        part.push(member)
        if (member === at) break
      }
      if (part.length > best.length) best = part
    }
  }
  return best
}
