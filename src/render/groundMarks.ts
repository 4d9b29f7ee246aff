import earcut from 'earcut'
import { GrowingArray, type MeshData } from '../city'
import { markColours } from './colours'

type Point = readonly [number, number]

/** Something that a planner put on the ground where people walk, as it is drawn. */
export interface GroundMark {
  readonly id: string
  readonly kind: 'fence' | 'oneWay' | 'gate' | 'count' | 'ground' | 'exit' | 'stage'
  /** Metres from the false origin; of a ground its ring, of a stage its middle. */
  readonly points: readonly Point[]
  /** m above the sea of the floor that it stands on; null = the ground under the open sky. */
  readonly height: number | null
  /** Whom it lets through, seen along the line from its first point. */
  readonly passage?: 'both' | 'toLeft' | 'toRight'
  /** Lanes of a gate, side by side. */
  readonly lanes?: number
  /** A gate that lets nobody through. */
  readonly shut?: boolean
  /** Stands now; is planned for another hour; is being drawn. */
  readonly state: 'standing' | 'planned' | 'drawn'
}

/** What a face is; shaders/marks.ts paints it. Everything but a fill grows with the distance, so that it is never too thin to see. */
export const MarkPart = { ribbon: 0, dashes: 1, fill: 2, fence: 3, post: 4, arrow: 5, board: 6 } as const
type MarkPart = (typeof MarkPart)[keyof typeof MarkPart]
type Colour = readonly [number, number, number]

const EDGE = 6 // m of a line between two looks at the ground
const FENCE = 1.1, POST = 1.25, CABINET = 1.05, FRAME = 2.5 // m high
const POST_SPACING = 2.5, ARROW_SPACING = 3.2 // m
const STAGE = { half: [7, 4], high: 1.4, roof: 7 } as const // m, assumed: a mid-size open-air stage

const parsed = (text: string): Colour => [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16) / 255) as unknown as Colour
const colours = Object.fromEntries(Object.entries(markColours).map(([name, text]) => [name, parsed(text)])) as Record<keyof typeof markColours, Colour>

/** Meshes of a set of marks: what stands, and what covers the ground. Null where there is nothing of it. Rows are those of the list, from `rowFirst` on. */
export function buildMarks(marks: readonly GroundMark[], groundAt: (x: number, y: number) => number, rowFirst = 0): { readonly upright: MeshData | null; readonly fills: MeshData | null } {
  const first = marks.find(({ points }) => points.length > 0)?.points[0]
  if (!first) return { upright: null, fills: null }
  const upright = new Builder(first, groundAt), fills = new Builder(first, groundAt)
  for (const [row, mark] of marks.entries()) {
    upright.begin(rowFirst + row, mark)
    fills.begin(rowFirst + row, mark)
    putMark(mark, upright, fills)
  }
  return { upright: upright.take(), fills: fills.take() }
}

function putMark(mark: GroundMark, b: Builder, fills: Builder): void {
  const { kind, points, passage = 'both', shut = false, lanes = 1 } = mark
  switch (kind) {
    case 'fence':
      b.ribbon(points, 0.14, MarkPart.ribbon, colours.barrier)
      b.curtain(points, FENCE, MarkPart.fence, colours.barrier)
      return b.posts(points, POST_SPACING, POST, 0.06, colours.steel)
    case 'oneWay':
      b.ribbon(points, 0.30, MarkPart.ribbon, colours.oneWay)
      b.posts(points, POST_SPACING * 2, POST, 0.07, colours.oneWay)
      return b.arrows(points, passage, colours.oneWay)
    case 'gate': {
      const colour = shut ? colours.barrier : colours.gate
      b.ribbon(points, 0.22, MarkPart.ribbon, colour)
      b.posts(points, distance(points) / lanes, CABINET, 0.11, colours.steel)
      b.frame(points, FRAME, colour)
      if (shut) b.curtain(points, FENCE, MarkPart.fence, colours.barrier)
      else b.arrows(points, passage, colour)
      return
    }
    case 'count':
      b.ribbon(points, 0.20, MarkPart.dashes, colours.count)
      return b.posts(points, Infinity, POST, 0.06, colours.count)
    case 'ground':
      if (points.length > 2) fills.fill(points, colours.ground)
      return fills.ribbon(mark.state === 'drawn' ? points : [...points, points[0]!], 0.22, mark.state === 'drawn' ? MarkPart.ribbon : MarkPart.dashes, colours.ground)
    case 'exit':
      b.ribbon(points, 0.45, MarkPart.ribbon, colours.gate)
      return b.posts(points, Infinity, FRAME, 0.07, colours.gate)
    case 'stage': return b.stage(points[0]!, colours.ground)
  }
}

/**
 * Positions are those of anchors, m from the origin of the mesh; `offset` is what grows with the distance, m; `local`
 * holds m along, m across or up, the place in a row of equal things counted from its middle, and the part.
 */
class Builder {
  readonly #position = new GrowingArray(length => new Float32Array(length))
  readonly #offset = new GrowingArray(length => new Float32Array(length))
  readonly #local = new GrowingArray(length => new Float32Array(length))
  readonly #tint = new GrowingArray(length => new Float32Array(length))
  readonly #mark = new GrowingArray(length => new Float32Array(length))
  #row = 0
  #height: number | null = null
  #pale = 0
  #farthest = 0

  constructor(private readonly origin: Point, private readonly groundAt: (x: number, y: number) => number) {}

  begin(row: number, { height, state }: GroundMark): void {
    this.#row = row
    this.#height = height
    this.#pale = state === 'planned' ? 1 : 0
  }

  #vertex([x, y]: Point, [ox, oy, oz]: readonly [number, number, number], u: number, v: number, place: number, part: MarkPart, [r, g, b]: Colour): void {
    const dx = x - this.origin[0], dy = y - this.origin[1], z = this.#height ?? this.groundAt(x, y)
    this.#farthest = Math.max(this.#farthest, Math.hypot(dx, dy, z))
    this.#position.push(dx, dy, z)
    this.#offset.push(ox, oy, oz)
    this.#local.push(u, v, place, part)
    this.#tint.push(r, g, b, this.#pale)
    this.#mark.push(this.#row, this.#height ?? -1e5)
  }

  /** A band on the ground along a line. */
  ribbon(line: readonly Point[], half: number, part: MarkPart, colour: Colour): void {
    this.#along(line, (p, q, nx, ny, from, to) => {
      const corner = (at: Point, side: number, u: number): void => this.#vertex(at, [nx * half * side, ny * half * side, 0.03], u, side, 0, part, colour)
      corner(p, 1, from); corner(q, 1, to); corner(q, -1, to); corner(p, 1, from); corner(q, -1, to); corner(p, -1, from)
    })
  }

  /** An upright band along a line. */
  curtain(line: readonly Point[], high: number, part: MarkPart, colour: Colour): void {
    this.#along(line, (p, q, _nx, _ny, from, to) => {
      const corner = (at: Point, up: number, u: number): void => this.#vertex(at, [0, 0, high * up], u, up, 0, part, colour)
      corner(p, 0, from); corner(q, 0, to); corner(q, 1, to); corner(p, 0, from); corner(q, 1, to); corner(p, 1, from)
    })
  }

  /** Posts at both ends of a line and, about `spacing` apart, between. */
  posts(line: readonly Point[], spacing: number, high: number, half: number, colour: Colour): void {
    each(line, spacing, (at, place) => this.#box(at, [0, 0], half, half, 0, high, place, colour))
  }

  /** A beam over a line on two posts: a gate that is seen from afar. */
  frame(line: readonly Point[], high: number, colour: Colour): void {
    each(line, Infinity, at => this.#box(at, [0, 0], 0.09, 0.09, 0, high, 0, colour))
    this.#along(line, (p, q, nx, ny, from, to) => {
      const corner = (at: Point, up: number, side: number, u: number): void => this.#vertex(at, [nx * 0.12 * side, ny * 0.12 * side, high - 0.5 + up * 0.5], u, up, 0, MarkPart.board, colour)
      for (const side of [-1, 1]) { corner(p, 0, side, from); corner(q, 0, side, to); corner(q, 1, side, to); corner(p, 0, side, from); corner(q, 1, side, to); corner(p, 1, side, from) }
      corner(p, 1, 1, from); corner(q, 1, 1, to); corner(q, 1, -1, to); corner(p, 1, 1, from); corner(q, 1, -1, to); corner(p, 1, -1, from)
    })
  }

  /** Arrows on the ground across a line, the way that people may go. */
  arrows(line: readonly Point[], passage: 'both' | 'toLeft' | 'toRight', colour: Colour): void {
    const ways = passage === 'both' ? [1, -1] : [passage === 'toLeft' ? 1 : -1]
    each(line, ARROW_SPACING, (at, place, ux, uy) => {
      for (const way of ways) {
        const [lx, ly] = [-uy * way, ux * way]
        const corner = (ahead: number, beside: number): void => this.#vertex(at, [lx * ahead + ux * beside, ly * ahead + uy * beside, 0.05], ahead, beside, place, MarkPart.arrow, colour)
        corner(0.45, -0.16); corner(0.45, 0.16); corner(1.35, 0.16); corner(0.45, -0.16); corner(1.35, 0.16); corner(1.35, -0.16)
        corner(1.30, -0.58); corner(1.30, 0.58); corner(2.25, 0)
      }
    }, true)
  }

  stage(at: Point, colour: Colour): void {
    const [half, deep] = STAGE.half
    this.#box(at, [0, 0], half, deep, 0, STAGE.high, 0, colours.steel, MarkPart.board)
    for (const [dx, dy] of [[-half, -deep], [half, -deep], [half, deep], [-half, deep]] as const) this.#box(at, [dx, dy], 0.3, 0.3, 0, STAGE.roof, 0, colours.steel, MarkPart.board)
    this.#box(at, [0, 0], half + 0.3, deep + 0.3, STAGE.roof, STAGE.roof + 0.7, 0, colour, MarkPart.board)
  }

  /** An upright box around a place, without its floor. */
  #box(at: Point, [x, y]: Point, half: number, deep: number, low: number, high: number, place: number, colour: Colour, part: MarkPart = MarkPart.post): void {
    const corners = [[x - half, y - deep], [x + half, y - deep], [x + half, y + deep], [x - half, y + deep]] as const
    const put = ([cx, cy]: Point, z: number): void => this.#vertex(at, [cx, cy, z], 0, z === high ? 1 : 0, place, part, colour)
    for (let k = 0; k < 4; k++) {
      const p = corners[k]!, q = corners[(k + 1) % 4]!
      put(p, low); put(q, low); put(q, high); put(p, low); put(q, high); put(p, high)
    }
    const [a, b, c, d] = corners
    put(a, high); put(b, high); put(c, high); put(a, high); put(c, high); put(d, high)
  }

  /** A polygon that lies on the ground. */
  fill(ring: readonly Point[], colour: Colour): void {
    const triangles = earcut(ring.flat())
    for (let i = 0; i < triangles.length; i += 3) this.#split(ring[triangles[i]!]!, ring[triangles[i + 1]!]!, ring[triangles[i + 2]!]!, colour)
  }

  /** Small triangles bend with the ground. */
  #split(a: Point, b: Point, c: Point, colour: Colour): void {
    const [ab, bc, ca] = [apart(a, b), apart(b, c), apart(c, a)], longest = Math.max(ab, bc, ca)
    if (longest <= EDGE * 3) {
      for (const at of [a, b, c]) this.#vertex(at, [0, 0, 0.04], at[0], at[1], 0, MarkPart.fill, colour)
    } else if (longest === ab) { const m = between(a, b, 0.5); this.#split(a, m, c, colour); this.#split(m, b, c, colour) }
    else if (longest === bc) { const m = between(b, c, 0.5); this.#split(a, b, m, colour); this.#split(a, m, c, colour) }
    else { const m = between(c, a, 0.5); this.#split(m, a, b, colour); this.#split(m, b, c, colour) }
  }

  /** Visits the short pieces of a line, each with its left normal and the m from the line's beginning to its two ends. */
  #along(line: readonly Point[], visit: (p: Point, q: Point, nx: number, ny: number, from: number, to: number) => void): void {
    let done = 0
    for (let k = 0; k + 1 < line.length; k++) {
      const p = line[k]!, q = line[k + 1]!, length = apart(p, q)
      if (length < 1e-6) continue
      const nx = -(q[1] - p[1]) / length, ny = (q[0] - p[0]) / length, pieces = Math.ceil(length / EDGE)
      for (let i = 0; i < pieces; i++) visit(between(p, q, i / pieces), between(p, q, (i + 1) / pieces), nx, ny, done + (length * i) / pieces, done + (length * (i + 1)) / pieces)
      done += length
    }
  }

  take(): MeshData | null {
    const position = this.#position.take()
    if (position.length === 0) return null
    return {
      attributes: {
        position: { array: position, itemSize: 3 }, offset: { array: this.#offset.take(), itemSize: 3 }, local: { array: this.#local.take(), itemSize: 4 },
        tint: { array: this.#tint.take(), itemSize: 4 }, mark: { array: this.#mark.take(), itemSize: 2 },
      },
      index: null, origin: [this.origin[0], this.origin[1], 0], scale: 1, sphere: [0, 0, 0, this.#farthest + 60], triangles: position.length / 9,
    }
  }
}

/**
 * Visits places about `spacing` apart along a line with its direction there: its ends and corners and what is between,
 * or, `inside`, the middles of as many stretches. `place` counts from the middle of the line, so that of every other
 * place the same ones stay when half of them are left out from afar.
 */
function each(line: readonly Point[], spacing: number, visit: (at: Point, place: number, ux: number, uy: number) => void, inside = false): void {
  const whole = distance(line), count = Math.max(1, Math.round(whole / spacing))
  const middle = Math.floor(count / 2)
  let done = 0, next = 0
  for (let k = 0; k + 1 < line.length; k++) {
    const p = line[k]!, q = line[k + 1]!, length = apart(p, q)
    if (length < 1e-6) continue
    const ux = (q[0] - p[0]) / length, uy = (q[1] - p[1]) / length
    for (; next < (inside ? count : count + 1); next++) {
      const at = ((next + (inside ? 0.5 : 0)) / count) * whole
      if (at > done + length + 1e-6) break
      visit(between(p, q, Math.min(1, (at - done) / length)), next - middle, ux, uy)
    }
    done += length
  }
}

const apart = (p: Point, q: Point): number => Math.hypot(q[0] - p[0], q[1] - p[1])
const between = (p: Point, q: Point, share: number): Point => [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share]
const distance = (line: readonly Point[]): number => line.slice(1).reduce((sum, q, k) => sum + apart(line[k]!, q), 0)
