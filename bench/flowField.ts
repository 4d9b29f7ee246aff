import { compileSpace } from '../src/sim/crowd/compileSpace'
import { beginField, changedCells, createFlowField, finishField, keptUntil, look, seen } from '../src/sim/crowd/navigation/flowField'
import { createArrival, createMarchQueue, march } from '../src/sim/crowd/navigation/march'
import { createOpenings, openSteps } from '../src/sim/crowd/navigation/openSteps'
import { createTargets } from '../src/sim/crowd/navigation/targets'
import { createWalkGrid } from '../src/sim/crowd/navigation/walkGrid'
import { Lets } from '../src/sim/crowd/spaceIndex'
import { StateHash } from '../src/sim/core/stateHash'
import { uniform, type Point, type WalkSpace } from '../src/sim'

/** One line of the bench of flow fields. */
export interface FlowFieldBenchRow {
  readonly case: string
  readonly cells: number
  readonly what: 'whole' | 'closure' | 'agents'
  /** How often it was done; `agents`: re-aimed each time. */
  readonly times: number
  readonly agents: number
  /** ms: least and median of all times, and the distance of their quartiles. */
  readonly min: number
  readonly median: number
  readonly spread: number
  /** Of what came out: equal wherever and whenever this runs. */
  readonly checksum: string
}

/** A square of `side` m in cells of 0.25 m, columns of 2 m every 12 m, and two exits. */
export interface FlowFieldBenchCase { readonly name: string; readonly side: number; readonly times: number; readonly agents: number }

export const flowFieldCases: readonly FlowFieldBenchCase[] = [{ name: 'square of 1 M cells', side: 250, times: 15, agents: 100_000 }]
export const tinyFlowField: readonly FlowFieldBenchCase[] = [{ name: 'tiny', side: 20, times: 3, agents: 100 }]

/** Times fields made from the start, made anew behind a closure of half the way, and the directions of many people. */
export function runFlowFieldBench(cases: readonly FlowFieldBenchCase[], clock: () => number = () => performance.now()): FlowFieldBenchRow[] {
  return cases.flatMap(({ name, side, times, agents }) => {
    const space = squareOf(side)
    const index = compileSpace(space, 1.6)
    const grid = createWalkGrid(space, index)
    const targets = createTargets(space, index, grid)
    const openings = createOpenings(grid)
    const before = createOpenings(grid)
    const queue = createMarchQueue(grid.cells, 1)
    const arrival = createArrival(grid.cells)
    const field = createFlowField(grid, [0, 1], false)
    const lets = index.walls.lets.slice()
    const build = (keep: number): void => {
      beginField(queue, grid, index, openings, targets, field, arrival, keep)
      march(queue, grid, index, openings, arrival, Infinity)
      finishField(grid, openings, targets, arrival, field, keep)
    }
    const rows: FlowFieldBenchRow[] = []
    const time = (what: FlowFieldBenchRow['what'], count: number, run: () => void, sum: () => string): void => {
      const each = Array.from({ length: times }, () => {
        const start = clock()
        run()
        return clock() - start
      }).sort((a, b) => a - b)
      const [low, middle, high] = [0.25, 0.5, 0.75].map(share => each[Math.floor(each.length * share)]!)
      rows.push({ case: name, cells: grid.cells, what, times, agents: count, min: each[0]!, median: middle!, spread: high! - low!, checksum: sum() })
    }
    const hash = (): string => {
      const state = new StateHash()
      state.add(field.time)
      state.add(field.heading)
      return state.text()
    }
    openSteps(grid, index, lets, index.floors.belt, new Int32Array(), openings)
    build(0)
    time('whole', 0, () => build(0), hash)
    time('closure', 0, () => {
      before.passes.set(openings.passes)
      before.links.set(openings.links)
      for (let wall = 0; wall < lets.length; wall++) if (index.walls.barrier[wall]! >= 0) lets[wall] = lets[wall] === Lets.all ? Lets.none : Lets.all
      openSteps(grid, index, lets, index.floors.belt, new Int32Array(), openings)
      build(keptUntil(field, changedCells(grid, before, openings), targets, targets.open))
    }, hash)
    let aimed = 0
    time('agents', agents, () => {
      for (let agent = 0; agent < agents; agent++) {
        look(grid, openings, field, 0, uniform(1, 1, agent, 0) * side, uniform(1, 1, agent, 1) * side)
        aimed = (Math.imul(aimed, 31) + Math.round(1000 * seen.x) + Math.round(1000 * seen.y)) | 0
      }
    }, () => (aimed >>> 0).toString(16).padStart(8, '0'))
    return rows
  })
}

function squareOf(side: number): WalkSpace {
  const ring = (west: number, south: number, east: number, north: number): Point[] => [[west, south], [east, south], [east, north], [west, north]]
  const columns: Point[][] = []
  for (let x = 10; x + 4 < side; x += 12) for (let y = 10; y + 4 < side; y += 12) columns.push(ring(x, y, x + 2, y + 2))
  const middle = side / 2 + 0.1
  return {
    floors: [{ id: 'square', height: 0, outlines: [ring(0, 0, side, side), ...columns], surface: 'level', cell: 0.25 }],
    joins: [], gates: [], queues: [], lifts: [],
    barriers: [{ id: 'fence', floor: 'square', line: [[middle, side * 0.4], [middle, side * 0.6]], lets: 'none', closed: false }],
    goals: [
      { id: 'west', floor: 'square', shape: [[0, side * 0.4], [0, side * 0.4 + 4]], kind: 'exit', open: true },
      { id: 'east', floor: 'square', shape: [[side, 2], [side, 6]], kind: 'exit', open: true },
    ],
  }
}
