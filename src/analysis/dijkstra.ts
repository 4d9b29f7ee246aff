import type { HopGraph } from '../sim'

/** Plain Dijkstra over hops with a binary heap, to hold the router against: nothing of the hierarchy is used. */
export interface Dijkstra {
  /** Quickest time between two links, ms; -1 if there is no way. */
  readonly time: (from: number, to: number) => number
}

/** Source: Dijkstra (1959), A note on two problems in connexion with graphs, Numerische Mathematik 1, 269. */
export function createDijkstra({ first, link, time }: HopGraph): Dijkstra {
  const links = first.length - 1
  const best = new Int32Array(links)
  // Links in the heap, and the place of each in it; -1 = not in it.
  const heap = new Int32Array(links)
  const place = new Int32Array(links)

  const rise = (at: number, moved: number): void => {
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (best[heap[parent]!]! <= best[moved]!) break
      heap[at] = heap[parent]!
      place[heap[at]!] = at
      at = parent
    }
    heap[at] = moved
    place[moved] = at
  }

  const sink = (size: number, moved: number): void => {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && best[heap[child + 1]!]! < best[heap[child]!]!) child++
      if (best[heap[child]!]! >= best[moved]!) break
      heap[at] = heap[child]!
      place[heap[at]!] = at
      at = child
    }
    heap[at] = moved
    place[moved] = at
  }

  return {
    time(from, to) {
      best.fill(-1)
      place.fill(-1)
      best[from] = 0
      heap[0] = from
      place[from] = 0
      let size = 1
      while (size > 0) {
        const next: number = heap[0]!
        if (next === to) return best[next]!
        size--
        if (size > 0) sink(size, heap[size]!)
        for (let hop: number = first[next]!; hop < first[next + 1]!; hop++) {
          if (time[hop]! < 0) continue
          const other = link[hop]!
          const reached: number = best[next]! + time[hop]!
          if (best[other]! >= 0 && best[other]! <= reached) continue
          const isNew = best[other]! < 0
          best[other] = reached
          rise(isNew ? size++ : place[other]!, other)
        }
      }
      return -1
    },
  }
}
