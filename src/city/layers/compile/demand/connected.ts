import { LinkFlag, type Network } from '../../../../sim'

/**
 * Links of the largest strongly connected part of the network, ascending, with the gateways joined outside: whoever
 * leaves by one gateway may come back by any other. Tarjan's algorithm (1972) without recursion.
 */
export function connectedLinks(network: Network): Int32Array {
  const { links, lanes, turns } = network
  const outside = links.rows
  const onward: number[][] = Array.from({ length: outside + 1 }, () => [])
  for (let link = 0; link < links.rows; link++) {
    const exits = new Set<number>()
    for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++) {
      for (let turn = lanes.turnFirst[lane]!; turn < lanes.turnFirst[lane]! + lanes.turnCount[lane]!; turn++) exits.add(lanes.link[turns.toLane[turn]!]!)
    }
    onward[link] = [...exits].sort((a, b) => a - b)
    if (links.flags[link]! & LinkFlag.gatewayOut) onward[link]!.push(outside)
    if (links.flags[link]! & LinkFlag.gatewayIn) onward[outside]!.push(link)
  }
  const index = new Int32Array(outside + 1).fill(-1)
  const low = new Int32Array(outside + 1)
  const onStack = new Uint8Array(outside + 1)
  const stack: number[] = []
  let counter = 0
  let best: number[] = []
  for (let start = 0; start <= outside; start++) {
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
        if (member !== outside) part.push(member)
        if (member === at) break
      }
      if (part.length > best.length) best = part
    }
  }
  return Int32Array.from(best).sort()
}
