import {
  createCrowd, createTable, CrowdCount, crowdTotals, stepCrowd, uniform, walkerColumns, WalkerState,
  type Crowd, type CrowdChange, type CrowdInput, type Floor, type Goal, type Journey, type Join, type Stage, type WalkSpace,
} from '../../../sim'
import type { Point } from '../../crowd/point'
import { unionOf, type Rectangle } from './plan'

/** s; the model's own. */
export const STEP = 0.05

/** A person of a case; what is left out is the engine's. */
export interface Walker {
  readonly x: number
  readonly y: number
  /** Row of the floors; the first. */
  readonly floor?: number
  /** m/s on the level; drawn by the engine. */
  readonly speed?: number
  readonly age?: number
  /** Row of the journeys; the first. */
  readonly journey?: number
  /** s from the start. */
  readonly appears?: number
  /** s from appearing to the first step. */
  readonly reaction?: number
  readonly group?: number
}

/** Who walks where; journeys are lists of goals to walk to, or stages. */
export interface Scene {
  readonly space: WalkSpace
  readonly walkers: readonly Walker[]
  readonly journeys: readonly (readonly (string | readonly string[] | Stage)[])[]
  readonly changes?: readonly CrowdChange[]
  readonly seed?: number
  readonly step?: number
}

export const floorOf = (id: string, ...rectangles: readonly Rectangle[]): Floor => ({ id, height: 0, outlines: unionOf(...rectangles), surface: 'level', cell: 0.25 })
export const exitOf = (id: string, floor: string, a: Point, b: Point, service = 0): Goal => ({ id, floor, shape: [a, b], kind: 'exit', open: true, ...(service > 0 && { service }) })
export const areaOf = (id: string, floor: string, [west, south, east, north]: Rectangle): Goal =>
  ({ id, floor, shape: [[west, south], [east, south], [east, north], [west, north]], kind: 'area', open: true })
export const joinOf = (id: string, a: string, b: string, from: Point, to: Point): Join => ({ id, floors: [a, b], line: [from, to] })
export const spaceOf = (parts: Partial<WalkSpace>): WalkSpace => ({ floors: [], joins: [], barriers: [], gates: [], queues: [], lifts: [], goals: [], ...parts })

export function crowdInput({ space, walkers, journeys, changes = [], seed = 1, step = STEP }: Scene): CrowdInput {
  const rows = walkers.map((walker, at) => ({ ...walker, id: at + 1 })).sort((a, b) => (a.appears ?? 0) - (b.appears ?? 0) || a.id - b.id)
  const table = createTable(walkerColumns, rows.length)
  table.from.fill(-1)
  table.group.fill(-1)
  for (const [row, { x, y, id, floor = 0, speed = 0, age = 0, journey = 0, appears = 0, reaction = 0, group = -1 }] of rows.entries()) {
    table.x[row] = x
    table.y[row] = y
    table.id[row] = id
    table.floor[row] = floor
    table.speed[row] = speed
    table.age[row] = age
    table.journey[row] = journey
    table.appearTick[row] = Math.round(appears / step)
    table.reaction[row] = reaction
    table.group[row] = group
  }
  if ('leaveTick' in table) (table.leaveTick as Int32Array).fill(-1)
  return {
    space, walkers: table, seed, dt: step, startTime: 0, changes,
    journeys: journeys.map((stages, at): Journey => ({
      id: `journey ${at}`, stages: stages.map(stage => (typeof stage === 'object' && 'kind' in stage ? stage : { kind: 'walk', goals: typeof stage === 'string' ? [stage] : stage })),
    })),
  }
}

/** One person as it is now. */
export interface Body { readonly walker: number; readonly id: number; readonly x: number; readonly y: number; readonly speed: number; readonly floor: number; readonly radius: number }

/** A run of a scene. */
export class CrowdRun {
  readonly crowd: Crowd
  readonly #step: number

  constructor(scene: Scene) {
    const input = crowdInput(scene)
    this.#step = input.dt
    this.crowd = createCrowd(input)
  }

  get time(): number { return this.crowd.counts[CrowdCount.tick]! * this.#step }
  get totals(): ReturnType<typeof crowdTotals> { return crowdTotals(this.crowd) }

  /** s more, or until all have left; `each` after every tick. */
  advance(seconds: number, each?: (time: number) => void): this {
    const ticks = Math.round(seconds / this.#step)
    for (let at = 0; at < ticks; at++) {
      if (this.crowd.counts[CrowdCount.left] === this.crowd.input.walkers.rows) break
      stepCrowd(this.crowd)
      each?.(this.time)
    }
    return this
  }

  *bodies(): Generator<Body> {
    const { now, input } = this.crowd
    const inside = this.crowd.counts[CrowdCount.inside]!
    for (let row = 0; row < inside; row++) {
      const walker = now.walker[row]!
      yield { walker, id: input.walkers.id[walker]!, x: now.x[row]!, y: now.y[row]!, speed: now.speed[row]!, floor: now.floor[row]!, radius: now.radius[row]! }
    }
  }

  /** Whoever left, by time: id, goal, and s from the start. */
  leavings(): { readonly id: number; readonly exit: string; readonly time: number }[] {
    const { left, counts, input } = this.crowd
    return Array.from({ length: counts[CrowdCount.left]! }, (_, row) => ({
      id: input.walkers.id[left.walker[row]!]!, exit: input.space.goals[left.goal[row]!]!.id, time: (left.tick[row]! + 1) * this.#step,
    }))
  }

  /** s at which the last of all left; throws if somebody is still there. */
  cleared(): number {
    const { walkers, left } = this.totals
    if (left < walkers) throw new Error(`${walkers - left} of ${walkers} persons have not left after ${this.time.toFixed(0)} s`)
    return this.leavings().at(-1)!.time
  }

  /** Persons who are inside or wait to appear. */
  get remaining(): number {
    const { persons, input } = this.crowd
    let count = 0
    for (let walker = 0; walker < input.walkers.rows; walker++) if (persons.state[walker] !== WalkerState.left) count++
    return count
  }
}

/** Places of `count` persons spread evenly over a rectangle: a lattice of triangles, shifted a little at random, `margin` from its edges. */
export function spread(count: number, [west, south, east, north]: Rectangle, seed = 1, margin = 0.2): Point[] {
  const [width, height] = [east - west - 2 * margin, north - south - 2 * margin]
  // Rows of a lattice of triangles lie sqrt(3) / 2 of the spacing apart.
  let spacing = Math.sqrt((width * height) / count / (Math.sqrt(3) / 2))
  const lattice = (s: number): Point[] => {
    const rows = Math.max(1, Math.floor(height / (s * (Math.sqrt(3) / 2)) + 1e-9) + 1)
    const columns = Math.max(1, Math.floor(width / s + 0.5 + 1e-9))
    const [dx, dy] = [width / (columns - 0.5 || 1), rows > 1 ? height / (rows - 1) : 0]
    return Array.from({ length: rows * columns }, (_, at): Point => [west + margin + dx * ((at % columns) + (Math.floor(at / columns) % 2) / 2), south + margin + dy * Math.floor(at / columns)])
  }
  while (lattice(spacing).length < count) spacing *= 0.995
  const places = lattice(spacing)
  const loose = Math.max(0, Math.min(0.1, (spacing - 0.36) / 3))
  // Those too many are left out at random, everywhere alike.
  return places.map((place, at) => ({ place, draw: uniform(seed, 901, at, 0), at })).sort((a, b) => a.draw - b.draw).slice(0, count).map(({ place: [x, y], at }): Point => [
    Math.min(east - margin, Math.max(west + margin, x + (uniform(seed, 902, at, 0) - 0.5) * 2 * loose)),
    Math.min(north - margin, Math.max(south + margin, y + (uniform(seed, 903, at, 0) - 0.5) * 2 * loose)),
  ])
}

/** Walkers at places, all alike but for what `each` says. */
export const walkersAt = (places: readonly Point[], each: (at: number) => Partial<Walker> = () => ({})): Walker[] => places.map(([x, y], at) => ({ x, y, ...each(at) }))

/** Of cases that two guidelines share: worked out once. Cases are functions without input. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** A number of an interval, fixed by seed and row. */
export const drawn = (low: number, high: number, seed: number, at: number): number => low + (high - low) * uniform(seed, 904, at, 0)
