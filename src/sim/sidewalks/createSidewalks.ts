import { createTable, type Columns, type TableOf } from '../core/table'
import { PathFlag, PathKind, type SidewalkGraph } from './sidewalkTables'

/** One person on the walking graph; a row is a slot, free where `edge` is -1. */
export const pedestrianColumns = {
  along: { type: 'f64', unit: 'm', doc: 'from where the person entered the edge' },
  free: { type: 'f64', unit: 'm/s', doc: 'free speed on the level' },
  speed: { type: 'f64', unit: 'm/s', doc: 'in the last step; 0 = stands' },
  held: { type: 'f64', unit: 's', doc: 'so far at the end of this edge' },
  person: { type: 'i32', unit: 'person', doc: 'who' },
  edge: { type: 'i32', unit: 'row', doc: 'edge; -1 = the slot is free' },
  goal: { type: 'i32', unit: 'row', doc: 'node where the person goes' },
  enterTick: { type: 'i32', unit: '1', doc: 'step in which the person entered the edge' },
  backward: { type: 'u8', unit: '1', doc: '1 = from `to` to `from`' },
} as const satisfies Columns

/** Per edge. */
export const edgeStateColumns = {
  leaves: { type: 'f64', unit: 'persons', doc: 'that its width lets out now, at either end' },
  admits: { type: 'f64', unit: 'persons', doc: 'that its width lets in now' },
  still: { type: 'f64', unit: 's', doc: 'since somebody last left it' },
  forward: { type: 'i32', unit: 'persons', doc: 'on it, walking forward' },
  backward: { type: 'i32', unit: 'persons', doc: 'on it, walking backward' },
  passed: { type: 'i32', unit: 'persons', doc: 'that left it so far, both directions' },
  shut: { type: 'u8', unit: '1', doc: '1 = nobody steps on to it now: red for those on foot, or closed' },
  asked: { type: 'u8', unit: '1', doc: '1 = somebody wanted to step on while it was shut' },
} as const satisfies Columns

/** Who reached the goal in the last step. */
export const arrivalColumns = {
  person: { type: 'i32', unit: 'person', doc: 'who' },
  node: { type: 'i32', unit: 'row', doc: 'where' },
} as const satisfies Columns

/** Entries of `counts`. `squeezed`: persons let on to a full edge which nobody had left for long. */
export const FootCount = { walking: 0, freeSlots: 1, arrivals: 2, entered: 3, arrived: 4, squeezed: 5, steps: 6, slotsUsed: 7 } as const

/** Persons on the walking graph of a city while they walk. */
export interface Sidewalks {
  readonly graph: SidewalkGraph
  readonly walkers: TableOf<typeof pedestrianColumns>
  readonly edges: TableOf<typeof edgeStateColumns>
  readonly arrivals: TableOf<typeof arrivalColumns>
  readonly freeSlots: Int32Array
  readonly counts: Int32Array
  /** Persons that an edge has room for. Follows from the graph. */
  readonly room: Float64Array
  /** Next edge on the shortest way to a goal, by node; filled when first asked for, no part of the state. */
  readonly ways: Map<number, Int32Array>
}

/** Nobody moves at this density, persons per m² (Weidmann 1993). */
export const JAM_DENSITY = 5.4
/** Fullest that an edge gets, persons per m²: at 4.5 Weidmann's walkers still move at 0.1 m/s. */
const FULL = 4.5

/** @param capacity  most persons on the graph at a time */
export function createSidewalks(graph: SidewalkGraph, capacity: number): Sidewalks {
  const walkers = createTable(pedestrianColumns, capacity)
  walkers.edge.fill(-1)
  const sidewalks: Sidewalks = {
    graph, walkers,
    edges: createTable(edgeStateColumns, graph.edges.rows),
    arrivals: createTable(arrivalColumns, capacity),
    freeSlots: Int32Array.from({ length: capacity }, (_, i) => capacity - 1 - i),
    counts: new Int32Array(8),
    room: Float64Array.from({ length: graph.edges.rows }, (_, edge) => Math.max(2, Math.floor(FULL * graph.edges.length[edge] * graph.edges.width[edge]))),
    ways: new Map(),
  }
  sidewalks.counts[FootCount.freeSlots] = capacity
  sidewalks.edges.leaves.fill(1)
  sidewalks.edges.admits.fill(1)
  return sidewalks
}

/**
 * Whether an edge takes one more in a direction now: its width lets one in, and it has room, all of it, but for two fifths that are kept for those who come
 * the other way, so that two full streams cannot lock each other out.
 */
export function hasRoom({ edges, room }: Sidewalks, edge: number, backward: number): boolean {
  const own = backward ? edges.backward[edge] : edges.forward[edge]
  const other = backward ? edges.forward[edge] : edges.backward[edge]
  return edges.admits[edge] >= 1 && own + Math.max(other, 0.4 * room[edge]) < room[edge]
}

/**
 * Puts a person on the graph at node `from`, to walk to node `goal`. False where there is no room now: the person stays
 * where he or she comes from, and the caller asks again (spillback).
 */
export function enterSidewalk(sidewalks: Sidewalks, person: number, from: number, goal: number, freeSpeed: number): boolean {
  const { walkers, freeSlots, counts, graph, edges } = sidewalks
  if (counts[FootCount.freeSlots] === 0) return false
  if (from === goal) {
    arrive(sidewalks, person, goal)
    counts[FootCount.entered] += 1
    return true
  }
  const edge = wayTo(sidewalks, goal)[from]
  const backward = graph.edges.from[edge] === from ? 0 : 1
  if (edges.shut[edge] === 1) edges.asked[edge] = 1
  if (edges.shut[edge] === 1 || !hasRoom(sidewalks, edge, backward)) return false
  const slot = freeSlots[--counts[FootCount.freeSlots]]
  walkers.person[slot] = person
  walkers.goal[slot] = goal
  walkers.free[slot] = freeSpeed
  walkers.along[slot] = 0
  walkers.speed[slot] = 0
  stepOn(sidewalks, slot, edge, backward)
  counts[FootCount.walking] += 1
  counts[FootCount.entered] += 1
  counts[FootCount.slotsUsed] = Math.max(counts[FootCount.slotsUsed], slot + 1)
  return true
}

/** Whether node `goal` can be reached on foot from node `from`. */
export const reachesNode = (sidewalks: Sidewalks, from: number, goal: number): boolean => from === goal || wayTo(sidewalks, goal)[from] >= 0

/** A walker begins an edge. */
export function stepOn({ walkers, edges, counts }: Sidewalks, slot: number, edge: number, backward: number): void {
  walkers.edge[slot] = edge
  walkers.backward[slot] = backward
  walkers.held[slot] = 0
  walkers.enterTick[slot] = counts[FootCount.steps]
  edges.admits[edge] -= 1
  if (backward) edges.backward[edge] += 1
  else edges.forward[edge] += 1
}

export function arrive({ arrivals, counts }: Sidewalks, person: number, node: number): void {
  const row = counts[FootCount.arrivals]++
  arrivals.person[row] = person
  arrivals.node[row] = node
  counts[FootCount.arrived] += 1
}

/** A crossing costs this much waiting on the way, m of walking; a light more. */
const CROSSING = 15
const LIGHT = 40

/**
 * Next edge from every node on the shortest way to `goal`, -1 where there is none. Dijkstra over lengths, crossings
 * made longer by the wait that they cost; ties go to the lower row.
 */
export function wayTo({ graph, ways }: Sidewalks, goal: number): Int32Array {
  const known = ways.get(goal)
  if (known) return known
  const { nodes, edges, nodeEdges } = graph
  const next = new Int32Array(nodes.rows).fill(-1)
  const cost = new Float64Array(nodes.rows).fill(Infinity)
  const heap = [goal]
  cost[goal] = 0
  const before = (a: number, b: number): boolean => cost[a] < cost[b] || (cost[a] === cost[b] && a < b)
  const position = new Int32Array(nodes.rows).fill(-1)
  position[goal] = 0
  const set = (at: number, node: number): void => {
    heap[at] = node
    position[node] = at
  }
  const up = (from: number): void => {
    const node = heap[from]
    let at = from
    while (at > 0 && before(node, heap[(at - 1) >> 1])) {
      set(at, heap[(at - 1) >> 1])
      at = (at - 1) >> 1
    }
    set(at, node)
  }
  while (heap.length > 0) {
    const node = heap[0]
    position[node] = -2
    const last = heap.pop()!
    if (heap.length > 0) {
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        if (child >= heap.length) break
        if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child += 1
        if (!before(heap[child], last)) break
        set(at, heap[child])
        at = child
      }
      set(at, last)
    }
    for (let i = nodes.edgeFirst[node]; i < nodes.edgeFirst[node] + nodes.edgeCount[node]; i++) {
      const edge = nodeEdges.edge[i]
      const other = edges.from[edge] === node ? edges.to[edge] : edges.from[edge]
      if (position[other] === -2) continue
      const through = cost[node] + edges.length[edge] + (edges.kind[edge] === PathKind.crossing ? (edges.flags[edge] & PathFlag.signal ? LIGHT : CROSSING) : 0)
      if (through >= cost[other]) continue
      cost[other] = through
      next[other] = edge
      if (position[other] < 0) {
        heap.push(other)
        position[other] = heap.length - 1
      }
      up(position[other])
    }
  }
  ways.set(goal, next)
  return next
}
