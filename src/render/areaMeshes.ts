import earcut from 'earcut'
import { GrowingArray, type CityArea, type MeshData } from '../city'
import type { Floor, Point, WalkSpace } from '../sim'

/** What a face of an area is made of; shaders/areas.ts paints it. */
export const AreaPart = {
  paving: 0, hall: 1, platform: 2, wall: 3, stair: 4, escalator: 5, ramp: 6, fence: 7, closed: 8, oneWay: 9, gate: 10, gateShut: 11,
  exit: 12, waiting: 13, screenDoor: 14, column: 15, seats: 16, pitch: 17, lift: 18, edge: 19,
} as const
type AreaPart = (typeof AreaPart)[keyof typeof AreaPart]
export type Ring = readonly Point[]

const EDGE_MAX = 12 // m, of triangles that follow the ground
const ON_GROUND = 6 // m that the ground may lie off a floor which is open to the sky
const STEP = 0.16, SEAT_STEP = 0.4 // m of rise
const WALL = 1.15 // m: low enough to look in from above
const FENCE = 1.1, CABINET = 1.0, SCREEN_DOOR = 2.2, COLUMN = 2.8
/** Where the terrain has to give way: holes of open floors through which stairs lead down. */
export interface Pit { readonly ring: Ring; readonly bottom: number }

export interface AreaPlan {
  /** Floors under the open sky, whose difference from the ground is evened out. */
  readonly open: readonly Floor[]
  readonly pits: readonly Pit[]
  /** Lowest and highest floor, m above the sea. */
  readonly low: number
  readonly high: number
}

/** What is open to the sky and where the terrain gives way. */
export function planArea({ floors }: WalkSpace, groundAt: (x: number, y: number) => number): AreaPlan {
  const open = floors.filter(({ surface, height, outlines }) => surface === 'level' && Math.abs(height - meanGround(outlines[0]!, groundAt)) < ON_GROUND / 2)
  const slopes = floors.filter(floor => floor.surface !== 'level' && open.some(({ height }) => Math.abs(floor.height + (floor.ascent?.rise ?? 0) - height) < 0.6))
  const pits = open.flatMap(floor => floor.outlines.slice(1).flatMap(ring => {
    const inside = slopes.filter(slope => contains(ring, middle(slope.outlines[0]!)))
    return inside.length > 0 ? [{ ring, bottom: Math.min(...inside.map(slope => slope.height)) }] : []
  }))
  const heights = floors.flatMap(({ height, ascent }) => [height, height + (ascent?.rise ?? 0)])
  return { open, pits, low: Math.min(...heights), high: Math.max(...heights) }
}

/** The height of a slope at a place, m above the sea. */
export function heightOn({ height, ascent }: Floor, x: number, y: number): number {
  if (!ascent) return height
  const [ax, ay] = ascent.from, dx = ascent.to[0] - ax, dy = ascent.to[1] - ay
  const share = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
  return height + ascent.rise * Math.min(1, Math.max(0, share))
}

/** One mesh of everything that a walk space consists of. `liftAt` says how far a place is drawn above its height. */
export function buildArea({ space }: CityArea, plan: AreaPlan, liftAt: (x: number, y: number, z: number) => number): MeshData {
  const origin = middle(space.floors[0]!.outlines[0]!)
  const b = new Builder(origin, liftAt)
  const isOpen = new Set(plan.open)
  const joins = new Set(space.joins.flatMap(({ line: [p, q] }) => [edgeKey(p, q), edgeKey(q, p)]))
  const floorOf = new Map(space.floors.map(floor => [floor.id, floor]))
  const pitRings = new Set(plan.pits.map(({ ring }) => ring))
  const bowl = space.floors.filter(({ surface }) => surface === 'stairs').length > 12 && plan.pits.some(({ ring }) => Math.abs(area(ring)) > 2000)
  for (const floor of space.floors) {
    const { outlines, surface, height } = floor
    b.begin(height, !isOpen.has(floor) && plan.open.every(({ height: street }) => height < street - 1.5) && !(bowl && surface === 'stairs'))
    if (surface === 'level') {
      b.floor(outlines, height, isOpen.has(floor) ? AreaPart.paving : /platform/.test(floor.id) ? AreaPart.platform : AreaPart.hall, isOpen.has(floor))
      for (const [index, ring] of outlines.entries()) {
        const small = index > 0 && ring.length >= 8 && Math.abs(area(ring)) < 4
        if (small) b.fence([...ring, ring[0]!], height, COLUMN, AreaPart.column)
        else if (!isOpen.has(floor)) eachEdge(ring, (p, q) => { if (!joins.has(edgeKey(p, q))) b.quad(p, q, height, height + WALL, AreaPart.wall) })
        else if (pitRings.has(ring)) {
          const { bottom } = plan.pits.find(pit => pit.ring === ring)!
          eachEdge(ring, (p, q) => { if (!joins.has(edgeKey(p, q))) { b.quad(p, q, bottom, height, AreaPart.wall); b.slab(p, q, height, height + WALL, AreaPart.edge) } })
        }
      }
    } else {
      const part = bowl && surface === 'stairs' ? AreaPart.seats : AreaPart[surface === 'stairs' ? 'stair' : surface]
      b.slope(floor, surface === 'ramp' ? 0 : part === AreaPart.seats ? SEAT_STEP : STEP, part)
      if (part !== AreaPart.seats) {
        eachEdge(outlines[0]!, (p, q) => { if (!joins.has(edgeKey(p, q))) b.slopedQuad(p, q, heightOn(floor, ...p), heightOn(floor, ...q), 1.0, part === AreaPart.escalator ? AreaPart.lift : AreaPart.edge) })
      }
    }
  }
  for (const { ring, bottom } of plan.pits) if (bowl && Math.abs(area(ring)) > 2000) { b.begin(bottom, false); b.floor([ring], bottom - 0.06, AreaPart.pitch, false) }
  for (const { line, floor: id, lets, closed } of space.barriers) {
    const floor = floorOf.get(id)!
    b.begin(floor.height, !isOpen.has(floor))
    const part = !closed ? AreaPart.edge : lets === 'none' ? (isOpen.has(floor) ? AreaPart.closed : AreaPart.fence) : AreaPart.oneWay
    if (closed) b.fence(line, floor.height, FENCE, part)
  }
  for (const { line: [p, q], floor: id, lanes, open } of space.gates) {
    const floor = floorOf.get(id)!
    b.begin(floor.height, !isOpen.has(floor))
    const dx = q[0] - p[0], dy = q[1] - p[1], length = Math.hypot(dx, dy)
    for (let lane = 0; lane <= lanes; lane++) {
      const t = lane / lanes
      b.block([p[0] + dx * t, p[1] + dy * t], [dx / length, dy / length], 0.10, 0.7, floor.height, CABINET, open ? AreaPart.gate : AreaPart.gateShut)
    }
    if (!open) b.fence([p, q], floor.height, CABINET, AreaPart.closed)
  }
  for (const { shape, floor: id, kind, id: name } of space.goals) {
    const floor = floorOf.get(id)
    if (!floor || floor.surface !== 'level') continue
    b.begin(floor.height, !isOpen.has(floor))
    if (kind === 'exit' && name.startsWith('door:')) b.slab(shape[0]!, shape[1]!, floor.height, floor.height + SCREEN_DOOR, AreaPart.screenDoor)
    else if (kind === 'exit' && shape.length === 2) b.strip(shape[0]!, shape[1]!, floor.height, 0.5, AreaPart.exit)
    else if (name.startsWith('wait:')) b.floor([shape], floor.height + 0.015, AreaPart.waiting, false)
  }
  for (const { landings } of space.lifts) {
    for (const { floor: id, area: ring } of landings) {
      const floor = floorOf.get(id)!
      b.begin(floor.height, !isOpen.has(floor))
      b.fence([...ring, ring[0]!], floor.height, 2.4, AreaPart.lift)
    }
  }
  return b.take()
}

/** Positions are m from the origin of the mesh; `local` are m along, across or up, and the belt or the share of the way. */
class Builder {
  readonly #position = new GrowingArray(length => new Float32Array(length))
  readonly #normal = new GrowingArray(length => new Float32Array(length))
  readonly #local = new GrowingArray(length => new Float32Array(length))
  readonly #part = new GrowingArray(length => new Float32Array(length))
  #base = 0
  #inside = 0
  #farthest = 0

  constructor(private readonly origin: Point, private readonly liftAt: (x: number, y: number, z: number) => number) {}

  /** Height of the floor that what follows belongs to, and whether it is lit from inside. */
  begin(base: number, inside: boolean): void {
    this.#base = base
    this.#inside = inside ? 1 : 0
  }

  #vertex(x: number, y: number, z: number, nx: number, ny: number, nz: number, u: number, v: number, w: number, part: AreaPart): void {
    const dx = x - this.origin[0], dy = y - this.origin[1]
    this.#farthest = Math.max(this.#farthest, Math.sqrt(dx * dx + dy * dy + z * z))
    this.#position.push(dx, dy, z + this.liftAt(x, y, z))
    this.#normal.push(nx, ny, nz)
    this.#local.push(u, v, w)
    this.#part.push(part, this.#base, this.#inside)
  }

  /** A level polygon. If it `follows` the ground its triangles are small enough to bend with it. */
  floor(rings: readonly Ring[], z: number, part: AreaPart, follows: boolean): void {
    const flat: number[] = [], holes: number[] = []
    for (const [index, ring] of rings.entries()) {
      if (index > 0) holes.push(flat.length / 2)
      for (const [x, y] of ring) flat.push(x, y)
    }
    const triangles = earcut(flat, holes)
    const put = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): void => {
      this.#vertex(ax, ay, z, 0, 0, 1, ax, ay, 0, part)
      this.#vertex(bx, by, z, 0, 0, 1, bx, by, 0, part)
      this.#vertex(cx, cy, z, 0, 0, 1, cx, cy, 0, part)
    }
    for (let i = 0; i < triangles.length; i += 3) {
      const [a, b, c] = [triangles[i]! * 2, triangles[i + 1]! * 2, triangles[i + 2]! * 2]
      split(flat[a]!, flat[a + 1]!, flat[b]!, flat[b + 1]!, flat[c]!, flat[c + 1]!, follows ? EDGE_MAX : Infinity, put)
    }
  }

  quad(p: Point, q: Point, low: number, high: number, part: AreaPart): void { this.#upright(p, q, low, low, high, high, part) }
  slopedQuad(p: Point, q: Point, atP: number, atQ: number, high: number, part: AreaPart): void { this.#upright(p, q, atP, atQ, atP + high, atQ + high, part) }

  #upright(p: Point, q: Point, lowP: number, lowQ: number, highP: number, highQ: number, part: AreaPart): void {
    const dx = q[0] - p[0], dy = q[1] - p[1], length = Math.hypot(dx, dy)
    if (length < 1e-6) return
    const pieces = Math.max(1, Math.ceil(length / EDGE_MAX)), nx = dy / length, ny = -dx / length
    for (let k = 0; k < pieces; k++) {
      const s = k / pieces, t = (k + 1) / pieces
      const at = (share: number, up: 0 | 1): void => {
        const low = lowP + (lowQ - lowP) * share, high = highP + (highQ - highP) * share
        this.#vertex(p[0] + dx * share, p[1] + dy * share, up ? high : low, nx, ny, 0, length * share, up ? high - low : 0, length, part)
      }
      at(s, 0); at(t, 0); at(t, 1); at(s, 0); at(t, 1); at(s, 1)
    }
  }

  /** An upright with a little thickness, so that its top shows. */
  slab(p: Point, q: Point, low: number, high: number, part: AreaPart): void {
    const length = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1, nx = ((q[1] - p[1]) / length) * 0.06, ny = (-(q[0] - p[0]) / length) * 0.06
    this.quad([p[0] + nx, p[1] + ny], [q[0] + nx, q[1] + ny], low, high, part)
    this.quad([q[0] - nx, q[1] - ny], [p[0] - nx, p[1] - ny], low, high, part)
    this.strip(p, q, high, 0.12, part)
  }

  fence(line: Ring, z: number, height: number, part: AreaPart): void {
    for (let k = 0; k + 1 < line.length; k++) this.slab(line[k]!, line[k + 1]!, z, z + height, part)
  }

  /** A band on the floor along a line. */
  strip(p: Point, q: Point, z: number, width: number, part: AreaPart): void {
    const dx = q[0] - p[0], dy = q[1] - p[1], length = Math.hypot(dx, dy)
    if (length < 1e-6) return
    const nx = ((dy / length) * width) / 2, ny = ((-dx / length) * width) / 2
    const corner = (at: Point, side: number, u: number): void => this.#vertex(at[0] + nx * side, at[1] + ny * side, z + 0.02, 0, 0, 1, u, (side * width) / 2, length, part)
    corner(p, 1, 0); corner(q, 1, length); corner(q, -1, length); corner(p, 1, 0); corner(q, -1, length); corner(p, -1, 0)
  }

  /** An upright box: `along` is a unit vector across its thickness. */
  block([x, y]: Point, [ax, ay]: Point, thick: number, deep: number, z: number, height: number, part: AreaPart): void {
    const corner = (s: number, t: number): Point => [x + ax * thick * s - ay * deep * t, y + ay * thick * s + ax * deep * t]
    const [a, b, c, d] = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]
    for (const [p, q] of [[a, b], [b, c], [c, d], [d, a]] as const) this.quad(p, q, z, z + height, part)
    this.strip(corner(0, -1), corner(0, 1), z + height, thick * 2, part)
  }

  /** Treads and risers of stairs; a plane where `step` is 0. */
  slope(floor: Floor, step: number, part: AreaPart): void {
    const { ascent, outlines, height, belt = 0 } = floor
    if (!ascent) return this.floor(outlines, height, part, false)
    const dx = ascent.to[0] - ascent.from[0], dy = ascent.to[1] - ascent.from[1], length = Math.hypot(dx, dy)
    const ux = dx / length, uy = dy / length
    const along = ([x, y]: Point): number => (x - ascent.from[0]) * ux + (y - ascent.from[1]) * uy
    const steps = step > 0 ? Math.max(1, Math.round(ascent.rise / step)) : 12
    const from = Math.min(0, ...outlines[0]!.map(along)), to = Math.max(length, ...outlines[0]!.map(along))
    for (let k = 0; k < steps; k++) {
      const a = k === 0 ? from : (length * k) / steps, b = k === steps - 1 ? to : (length * (k + 1)) / steps
      const piece = clip(clip(outlines[0]!, p => along(p) - a), p => b - along(p))
      if (piece.length < 3) continue
      const z = height + (ascent.rise * (k + 0.5)) / steps
      for (let i = 1; i + 1 < piece.length; i++) {
        for (const p of [piece[0]!, piece[i]!, piece[i + 1]!]) {
          const tread = step > 0 ? z : heightOn(floor, ...p)
          this.#vertex(p[0], p[1], tread, 0, 0, 1, (p[0] - ascent.from[0]) * -uy + (p[1] - ascent.from[1]) * ux, along(p) - a, belt, part)
        }
      }
      if (step === 0) continue
      const front = piece.filter(p => Math.abs(along(p) - a) < 1e-3)
      if (front.length >= 2) this.#riser(front[0]!, front.at(-1)!, z - ascent.rise / steps, z, -ux, -uy, part)
    }
  }

  #riser(p: Point, q: Point, low: number, high: number, nx: number, ny: number, part: AreaPart): void {
    const corner = ([x, y]: Point, z: number): void => this.#vertex(x, y, z, nx, ny, 0, 0, -1, 0, part)
    corner(p, low); corner(q, low); corner(q, high); corner(p, low); corner(q, high); corner(p, high)
  }

  take(): MeshData {
    const position = this.#position.take()
    return {
      attributes: {
        position: { array: position, itemSize: 3 }, normal: { array: this.#normal.take(), itemSize: 3 },
        local: { array: this.#local.take(), itemSize: 3 }, part: { array: this.#part.take(), itemSize: 3 },
      },
      index: null, origin: [this.origin[0], this.origin[1], 0], scale: 1, sphere: [0, 0, 0, this.#farthest + 10], triangles: position.length / 9,
    }
  }
}

/** Halves the longest edge until none is longer than `most`; triangles that share an edge cut it alike. */
function split(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, most: number, put: (ax: number, ay: number, bx: number, by: number, cx: number, cy: number) => void): void {
  const ab = (bx - ax) ** 2 + (by - ay) ** 2, bc = (cx - bx) ** 2 + (cy - by) ** 2, ca = (ax - cx) ** 2 + (ay - cy) ** 2
  const longest = Math.max(ab, bc, ca)
  if (longest <= most * most) return put(ax, ay, bx, by, cx, cy)
  if (longest === ab) { const mx = (ax + bx) / 2, my = (ay + by) / 2; split(ax, ay, mx, my, cx, cy, most, put); return split(mx, my, bx, by, cx, cy, most, put) }
  if (longest === bc) { const mx = (bx + cx) / 2, my = (by + cy) / 2; split(ax, ay, bx, by, mx, my, most, put); return split(ax, ay, mx, my, cx, cy, most, put) }
  const mx = (cx + ax) / 2, my = (cy + ay) / 2
  split(ax, ay, bx, by, mx, my, most, put)
  split(mx, my, bx, by, cx, cy, most, put)
}

/** What of a polygon lies where `side` is not negative. */
function clip(ring: Ring, side: (p: Point) => number): Point[] {
  const out: Point[] = []
  for (let k = 0; k < ring.length; k++) {
    const p = ring[k]!, q = ring[(k + 1) % ring.length]!, a = side(p), b = side(q)
    if (a >= 0) out.push(p)
    if ((a > 0 && b < 0) || (a < 0 && b > 0)) { const t = a / (a - b); out.push([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t]) }
  }
  return out
}

function eachEdge(ring: Ring, visit: (p: Point, q: Point) => void): void {
  for (let k = 0; k < ring.length; k++) visit(ring[k]!, ring[(k + 1) % ring.length]!)
}
function contains(ring: Ring, [x, y]: Point): boolean {
  let inside = false
  eachEdge(ring, ([px, py], [qx, qy]) => { if (py > y !== qy > y && x < ((qx - px) * (y - py)) / (qy - py) + px) inside = !inside })
  return inside
}

const edgeKey = (p: Point, q: Point): string => `${Math.round(p[0] * 100)},${Math.round(p[1] * 100)},${Math.round(q[0] * 100)},${Math.round(q[1] * 100)}`

function area(ring: Ring): number {
  let sum = 0
  eachEdge(ring, (p, q) => { sum += p[0] * q[1] - q[0] * p[1] })
  return sum / 2
}

function middle(ring: Ring): Point {
  const [x, y] = ring.reduce(([sx, sy], [px, py]) => [sx + px, sy + py] as const, [0, 0] as Point)
  return [x / ring.length, y / ring.length]
}

function meanGround(ring: Ring, groundAt: (x: number, y: number) => number): number {
  return ring.reduce((sum, [x, y]) => sum + groundAt(x, y), 0) / ring.length
}
