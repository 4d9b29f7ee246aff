import type { Floor } from '../../../sim'
import { measureTrajectories, type MeasurePlan, type MeasureResult } from '../../crowd/measure'
import type { Point } from '../../crowd/point'
import { inPolygon, type Polygon } from '../../crowd/polygon'
import { TrajectoryRecorder, type Trajectories } from '../../crowd/trajectories'
import type { ValidationRow } from '../row'
import { CrowdRun, exitOf, spaceOf, STEP, type Walker } from './bed'

/** m: people whose ways end closer together than this have left by one exit. */
const ONE_EXIT = 1
/** m that who appears keeps from walls: radius and a little. */
const CLEAR = 0.17
/** Of the experiment's duration: how long our agents may take. */
const PATIENCE = 3

/** An exit of an experiment: where several ways end. */
export interface FoundExit { readonly id: string; readonly line: readonly [Point, Point]; readonly persons: number }

export interface ExperimentResult {
  readonly exits: readonly FoundExit[]
  readonly simulated: Trajectories
  readonly experiment: MeasureResult
  readonly ours: MeasureResult
  readonly rows: readonly ValidationRow[]
}

/** The experiment as a scene of ours: the same geometry, the same persons at the same places and times, each to the exit where its way ended. */
export function experimentScene(trajectories: Trajectories, geometry: Polygon): { readonly run: CrowdRun; readonly exits: readonly FoundExit[]; readonly ticksPerFrame: number } {
  const { table, personFirst, framesPerSecond, frameFirst } = trajectories
  const { exits, exitOfPerson } = findExits(trajectories, geometry)
  // The whole steps of a frame that come nearest to the model's own from below.
  const ticksPerFrame = Math.max(1, Math.ceil(1 / framesPerSecond / STEP - 1e-9))
  const walkers = exitOfPerson.map((journey, person): Walker => {
    const row = personFirst[person]!
    const [x, y] = clearPlace(geometry, [table.x[row]!, table.y[row]!])
    return { x, y, journey, appears: (table.frame[row]! - frameFirst) / framesPerSecond }
  })
  const floor: Floor = { id: 'experiment', height: 0, outlines: geometry, surface: 'level', cell: 0.25 }
  const space = spaceOf({ floors: [floor], goals: exits.map(({ id, line: [a, b] }) => exitOf(id, 'experiment', a, b)) })
  return { run: new CrowdRun({ space, walkers, journeys: exits.map(({ id }) => [id]), step: 1 / framesPerSecond / ticksPerFrame }), exits, ticksPerFrame }
}

/** Runs our agents through an experiment and measures both alike. Persons and times of both begin at the first frame. */
export function compareExperiment(file: string, recorded: Trajectories, geometry: Polygon, plan: MeasurePlan): ExperimentResult {
  const { run, exits, ticksPerFrame } = experimentScene(recorded, geometry)
  const { framesPerSecond, frameFirst, frameLast } = recorded
  const recorder = new TrajectoryRecorder()
  let tick = 0
  run.advance((PATIENCE * (frameLast - frameFirst + 1)) / framesPerSecond, () => {
    if (++tick % ticksPerFrame !== 0) return
    for (const { id, x, y } of run.bodies()) recorder.add(id, frameFirst + tick / ticksPerFrame, x, y)
  })
  if (recorder.rows === 0) throw new Error('none of the persons found room to appear')
  const simulated = recorder.finish(framesPerSecond)
  const experiment = measureTrajectories(recorded, plan)
  const ours = measureTrajectories(simulated, plan)
  return { exits, simulated, experiment, ours, rows: rowsOf(file, run, recorded, experiment, ours) }
}

/** Relative distance that passes, by figure: what repetitions of one experiment differ by (assumed). */
const SHARE = { flow: 0.2, density: 0.25, speed: 0.25 } as const

function rowsOf(file: string, run: CrowdRun, recorded: Trajectories, experiment: MeasureResult, ours: MeasureResult): ValidationRow[] {
  const source = `${file}: the experiment's own trajectories, measured alike; tolerance 20 % of flows, 25 % of densities and speeds (assumed)`
  const row = (name: string, expected: number, measured: number, unit: string, tolerance: number): ValidationRow =>
    ({ suite: 'crowd', case: `experiment/${name}`, expected, measured: Number.isFinite(measured) ? measured : null, unit, tolerance, pass: Math.abs(measured - expected) <= tolerance, source })
  const rows: ValidationRow[] = []
  const figure = (name: string, expected: number, measured: number, unit: string, kind: keyof typeof SHARE): void => {
    // What the experiment does not show cannot be compared.
    if (Number.isFinite(expected) && expected > 0) rows.push(row(name, expected, measured, unit, SHARE[kind] * expected))
  }
  for (const [at, { method, density, speed, specificFlow }] of experiment.methods.entries()) {
    const own = ours.methods[at]!
    figure(`${method}/density`, density, own.density, 'p/m2', 'density')
    figure(`${method}/speed`, speed, own.speed, 'm/s', 'speed')
    figure(`${method}/specific-flow`, specificFlow, own.specificFlow, 'p/m/s', 'flow')
  }
  if (experiment.lineFlow && ours.lineFlow) {
    figure('line/flow', experiment.lineFlow.flow, ours.lineFlow.flow, 'p/s', 'flow')
    rows.push(row('line/passed', experiment.lineFlow.passed, ours.lineFlow.passed, 'p', 0.02 * experiment.lineFlow.passed))
  }
  const { walkers } = run.totals
  return [...rows, row('appeared', walkers, walkers - run.totals.waiting - run.totals.notYet, 'p', 0), row('persons', recorded.personFirst.length - 1, walkers, 'p', 0)]
}

/** Exits where ways end: ends closer than ONE_EXIT to each other, and a line across them from wall to wall. */
export function findExits({ table, personFirst }: Trajectories, geometry: Polygon): { readonly exits: readonly FoundExit[]; readonly exitOfPerson: readonly number[] } {
  const { x, y } = table
  const persons = personFirst.length - 1
  const ends = Array.from({ length: persons }, (_, person): Point => [x[personFirst[person + 1]! - 1]!, y[personFirst[person + 1]! - 1]!])
  const group = new Int32Array(persons).fill(-1)
  let groups = 0
  for (let seed = 0; seed < persons; seed++) {
    if (group[seed]! >= 0) continue
    const queue = [seed]
    group[seed] = groups
    for (const at of queue) {
      for (let other = 0; other < persons; other++) {
        if (group[other]! >= 0 || Math.hypot(ends[other]![0] - ends[at]![0], ends[other]![1] - ends[at]![1]) > ONE_EXIT) continue
        group[other] = groups
        queue.push(other)
      }
    }
    groups++
  }
  const exits = Array.from({ length: groups }, (_, at): FoundExit => {
    const members = Array.from(group.keys()).filter(person => group[person] === at)
    // The way that they went, over their last five seconds at most: from there to the end.
    let [dx, dy] = [0, 0]
    for (const person of members) {
      const last = personFirst[person + 1]! - 1
      const before = Math.max(personFirst[person]!, last - 50)
      dx += x[last]! - x[before]!
      dy += y[last]! - y[before]!
    }
    const length = Math.hypot(dx, dy)
    const [ux, uy] = length > 1e-9 ? [dx / length, dy / length] : [1, 0]
    const middle: Point = [members.reduce((sum, person) => sum + ends[person]![0], 0) / members.length, members.reduce((sum, person) => sum + ends[person]![1], 0) / members.length]
    const reach = Math.max(...members.map(person => Math.abs((ends[person]![0] - middle[0]) * -uy + (ends[person]![1] - middle[1]) * ux)), 0.3)
    return { id: `exit ${at + 1}`, persons: members.length, line: [wallFrom(geometry, middle, [-uy, ux], reach), wallFrom(geometry, middle, [uy, -ux], reach)] }
  })
  return { exits, exitOfPerson: [...group] }
}

/** From a point along a direction of length 1 to the first wall; where there is none within the room, as far as ends were seen and half a metre. */
function wallFrom(geometry: Polygon, [px, py]: Point, [ux, uy]: Point, reach: number): Point {
  let nearest = Infinity
  for (const ring of geometry) {
    for (const [at, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(at + 1) % ring.length]!
      const [ex, ey] = [bx - ax, by - ay]
      const cross = ux * ey - uy * ex
      if (Math.abs(cross) < 1e-12) continue
      const along = ((ax - px) * ey - (ay - py) * ex) / cross
      const share = ((ax - px) * uy - (ay - py) * ux) / cross
      if (along > 1e-9 && share >= 0 && share <= 1) nearest = Math.min(nearest, along)
    }
  }
  const far = Math.min(nearest, reach + 3)
  return [px + far * ux, py + far * uy]
}

/** The place itself, or the nearest one that keeps clear of walls: heads are seen over walls, bodies are not. */
function clearPlace(geometry: Polygon, [x, y]: Point): Point {
  const clear = (px: number, py: number): boolean => inPolygon(geometry, px, py) && geometry.every(ring => ring.every((a, at) => distance(a, ring[(at + 1) % ring.length]!, px, py) >= CLEAR))
  for (let radius = 0; radius <= 1.5; radius += 0.05) {
    for (let k = 0; k < (radius === 0 ? 1 : 16); k++) {
      const [px, py] = [x + radius * Math.cos((k * Math.PI) / 8), y + radius * Math.sin((k * Math.PI) / 8)]
      if (clear(px, py)) return [px, py]
    }
  }
  return [x, y]
}

function distance([ax, ay]: Point, [bx, by]: Point, x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square))
  return Math.hypot(x - ax - share * dx, y - ay - share * dy)
}

