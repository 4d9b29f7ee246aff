import type { Drawn } from '../stores/viewSlice'
import { crossesItself } from '../../scenario'
import type { Point } from './walkGround'

/** What is being drawn: points so far, the ground that they lie on, and whether the planner has finished. */
export interface Sketch {
  readonly points: readonly Point[]
  /** Where the pointer is; null = not on ground that will do. */
  readonly cursor: Point | null
  /** Id of the ground that the line keeps to; null = not begun, or anywhere. */
  readonly ground: string | null
  readonly finished: boolean
}

export const emptySketch: Sketch = { points: [], cursor: null, ground: null, finished: false }

/** Least and most points of what is drawn. */
export const pointsOf: Readonly<Record<Drawn, { readonly least: number; readonly most: number }>> = {
  barrier: { least: 2, most: 50 }, gate: { least: 2, most: 2 }, countLine: { least: 2, most: 2 }, ground: { least: 3, most: 60 },
}

const SAME = 0.3 // m within which two points are one, as of a double click

export type SketchStep =
  | { readonly kind: 'move'; readonly at: Point | null }
  | { readonly kind: 'point'; readonly at: Point; readonly ground: string | null; /** m; a ground is closed by a point so near to its first. */ readonly near: number }
  | { readonly kind: 'end' | 'back' | 'clear' }

/** The sketch after a step of the planner's. */
export function stepSketch(what: Drawn, sketch: Sketch, step: SketchStep): Sketch {
  const { points } = sketch, { least, most } = pointsOf[what]
  switch (step.kind) {
    case 'move': return sketch.finished ? sketch : { ...sketch, cursor: step.at }
    case 'clear': return emptySketch
    case 'back': return points.length === 0 ? sketch : { ...sketch, points: points.slice(0, -1), ground: points.length === 1 ? null : sketch.ground, finished: false }
    case 'end': return canEnd(what, sketch) ? { ...sketch, cursor: null, finished: true } : sketch
    case 'point': {
      if (sketch.finished) return sketch
      const last = points.at(-1), first = points[0]
      if (last && apart(last, step.at) < SAME) return sketch
      if (what === 'ground' && first && points.length >= least && apart(first, step.at) < step.near) return stepSketch(what, sketch, { kind: 'end' })
      const next = [...points, step.at]
      return { points: next, cursor: null, ground: points.length === 0 ? step.ground : sketch.ground, finished: next.length === most }
    }
  }
}

/** Whether there are points enough, and a ground is one that does not cross itself. */
export const canEnd = (what: Drawn, { points }: Sketch): boolean => points.length >= pointsOf[what].least && !(what === 'ground' && crossesItself(points))

const apart = (p: Point, q: Point): number => Math.hypot(q[0] - p[0], q[1] - p[1])
