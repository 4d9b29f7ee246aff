import type { Point } from '../crowd/walkSpace'
import { FootCount, type Sidewalks } from '../sidewalks'
import { crossing } from './lineCrossings'

/** A place of the walking graph where a counted line crosses an edge. */
interface Cut {
  readonly line: number
  /** m from the edge's first node. */
  readonly at: number
  /** 1 = who walks the edge from its first node crosses the line to its left, -1 = to its right. */
  readonly side: number
}

/** Counted lines on the footways of the city, where people walk along edges. */
export interface FootLines {
  readonly cuts: ReadonlyMap<number, readonly Cut[]>
  /** By line: m of footway that it crosses. */
  readonly width: Float64Array
  readonly toLeft: Int32Array
  readonly toRight: Int32Array
  /** By walker of the graph: who it was in the last step, on which edge, how far from its first node. They follow from the walkers. */
  readonly person: Int32Array
  readonly edge: Int32Array
  readonly along: Float64Array
  readonly backward: Uint8Array
}

/** Null where no line without a level crosses a footway. */
export function createFootLines({ graph: { edges, points }, walkers }: Sidewalks, lines: readonly { readonly line: readonly [Point, Point]; readonly level?: string }[]): FootLines | null {
  const cuts = new Map<number, Cut[]>()
  const width = new Float64Array(lines.length)
  for (const [line, { line: [a, b], level }] of lines.entries()) {
    if (level !== undefined) continue
    const [west, east] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])]
    const [south, north] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])]
    for (let edge = 0; edge < edges.rows; edge++) {
      let before = 0
      for (let at = edges.pointFirst[edge]; at < edges.pointFirst[edge] + edges.pointCount[edge] - 1; at++) {
        const [px, py, qx, qy] = [points.x[at], points.y[at], points.x[at + 1], points.y[at + 1]]
        const piece = Math.sqrt((qx - px) * (qx - px) + (qy - py) * (qy - py))
        const near = (px >= west || qx >= west) && (px <= east || qx <= east) && (py >= south || qy >= south) && (py <= north || qy <= north)
        const side = near ? crossing(a[0], a[1], b[0], b[1], px, py, qx, qy) : 0
        if (side !== 0) {
          const p = (b[0] - a[0]) * (py - a[1]) - (b[1] - a[1]) * (px - a[0])
          const q = (b[0] - a[0]) * (qy - a[1]) - (b[1] - a[1]) * (qx - a[0])
          const list = cuts.get(edge) ?? []
          list.push({ line, at: before + (piece * p) / (p - q), side })
          cuts.set(edge, list)
          width[line] += edges.width[edge]
        }
        before += piece
      }
    }
  }
  if (cuts.size === 0) return null
  return { cuts, width, toLeft: new Int32Array(lines.length), toRight: new Int32Array(lines.length), person: new Int32Array(walkers.rows).fill(-1), edge: new Int32Array(walkers.rows).fill(-1), along: new Float64Array(walkers.rows), backward: new Uint8Array(walkers.rows) }
}

/** Looks where walkers of the graph are after a step, and counts who passed a line in it. Who has left an edge walked to its end, and who is new on one came from its begin. */
export function countFootLines({ cuts, toLeft, toRight, person, edge, along, backward }: FootLines, { walkers, counts, graph: { edges } }: Sidewalks): void {
  toLeft.fill(0)
  toRight.fill(0)
  const pass = (on: number, from: number, to: number): void => {
    for (const { line, at, side } of cuts.get(on) ?? []) {
      const [before, after] = [from >= at, to >= at]
      if (before === after) continue
      if ((side > 0) === after) toLeft[line]++
      else toRight[line]++
    }
  }
  for (let slot = 0; slot < counts[FootCount.slotsUsed]; slot++) {
    const now = walkers.edge[slot]
    const stays = now >= 0 && edge[slot] === now && person[slot] === walkers.person[slot] && backward[slot] === walkers.backward[slot]
    if (!stays && edge[slot] >= 0) pass(edge[slot], along[slot], backward[slot] === 1 ? 0 : edges.length[edge[slot]])
    edge[slot] = now
    if (now < 0) continue
    const begin = walkers.backward[slot] === 1 ? edges.length[now] : 0
    const place = walkers.backward[slot] === 1 ? begin - walkers.along[slot] : walkers.along[slot]
    pass(now, stays ? along[slot] : begin, place)
    person[slot] = walkers.person[slot]
    backward[slot] = walkers.backward[slot]
    along[slot] = place
  }
}
