import type { AssignmentProblem } from './assignmentTables'

/** Links ordered by the node that they leave: those of node n are first[n] .. first[n + 1] - 1. */
export interface ForwardStar {
  readonly first: Int32Array
  readonly head: Int32Array
  readonly tail: Int32Array
  /** Row of each in the table of links. */
  readonly order: Int32Array
}

export function forwardStar({ nodes, links }: AssignmentProblem): ForwardStar {
  const first = new Int32Array(nodes + 1)
  for (let link = 0; link < links.rows; link++) first[links.fromNode[link] + 1]++
  for (let node = 0; node < nodes; node++) first[node + 1] += first[node]
  const order = new Int32Array(links.rows)
  const fill = first.slice()
  for (let link = 0; link < links.rows; link++) order[fill[links.fromNode[link]]++] = link
  return { first, order, head: order.map(link => links.toNode[link]), tail: order.map(link => links.fromNode[link]) }
}

/** Cheapest routes from one node to all others. */
export interface ShortestTree {
  /** By node; Infinity = out of reach. */
  readonly cost: Float64Array
  /** Place in the forward star of the last link of the route there; -1 = none. */
  readonly last: Int32Array
  readonly heap: Int32Array
  readonly place: Int32Array
}

export const createShortestTree = (nodes: number): ShortestTree => ({
  cost: new Float64Array(nodes), last: new Int32Array(nodes), heap: new Int32Array(nodes), place: new Int32Array(nodes),
})

/**
 * Dijkstra's algorithm with a heap of four children a node and keys that sink in place. Routes lead through no node
 * before `firstThroughNode` other than their origin.
 */
export function growTree(tree: ShortestTree, star: ForwardStar, linkCost: Float64Array, firstThroughNode: number, origin: number): void {
  const { cost, last, heap, place } = tree
  const { first, head } = star
  cost.fill(Infinity)
  last.fill(-1)
  place.fill(-1)
  cost[origin] = 0
  heap[0] = origin
  place[origin] = 0
  let size = 1
  while (size > 0) {
    const node = heap[0]
    const moved = heap[--size]
    if (size > 0) sinkDown(tree, moved, size)
    if (node < firstThroughNode && node !== origin) continue
    const base = cost[node]
    for (let at = first[node]; at < first[node + 1]; at++) {
      const next = head[at]
      const sum = base + linkCost[at]
      if (sum >= cost[next]) continue
      cost[next] = sum
      last[next] = at
      let hole = place[next] < 0 ? size++ : place[next]
      while (hole > 0) {
        const parent = (hole - 1) >> 2
        const above = heap[parent]
        if (cost[above] <= sum) break
        heap[hole] = above
        place[above] = hole
        hole = parent
      }
      heap[hole] = next
      place[next] = hole
    }
  }
}

function sinkDown({ cost, heap, place }: ShortestTree, node: number, size: number): void {
  const key = cost[node]
  let hole = 0
  for (;;) {
    let child = 4 * hole + 1
    if (child >= size) break
    const end = child + 4 < size ? child + 4 : size
    let least = child
    for (child++; child < end; child++) if (cost[heap[child]] < cost[heap[least]]) least = child
    const below = heap[least]
    if (cost[below] >= key) break
    heap[hole] = below
    place[below] = hole
    hole = least
  }
  heap[hole] = node
  place[node] = hole
}
