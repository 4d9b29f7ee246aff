import { compileSpace } from '../../../../src/sim/crowd/compileSpace'
import { buildField, changedCells, createFlowField, keptUntil, look, seen, type FlowField } from '../../../../src/sim/crowd/navigation/flowField'
import { createArrival, createMarchQueue, type MarchQueue } from '../../../../src/sim/crowd/navigation/march'
import { createOpenings, openSteps, type Openings } from '../../../../src/sim/crowd/navigation/openSteps'
import { createTargets, type Targets } from '../../../../src/sim/crowd/navigation/targets'
import { createWalkGrid, type WalkGrid } from '../../../../src/sim/crowd/navigation/walkGrid'
import { Lets, type SpaceIndex } from '../../../../src/sim/crowd/spaceIndex'
import type { WalkSpace } from '../../../../src/sim'

/** A grid with one field to all goals of a space. */
export interface FieldSetting {
  readonly index: SpaceIndex
  readonly grid: WalkGrid
  readonly targets: Targets
  readonly openings: Openings
  readonly queue: MarchQueue
  readonly field: FlowField
  /** Makes the field anew from walls, belts and waits as they are. */
  build(): void
  /** The same, from where the change concerns it. Says how many seconds of it were kept. */
  rebuild(): number
  /** s from a place to the nearest goal. */
  timeFrom(floor: number, x: number, y: number): number
  /** Direction from a place. */
  directionFrom(floor: number, x: number, y: number): { readonly x: number; readonly y: number }
}

export function fieldOf(space: WalkSpace): FieldSetting {
  const index = compileSpace(space, 1.6)
  const grid = createWalkGrid(space, index)
  const targets = createTargets(space, index, grid)
  const openings = createOpenings(grid)
  const queue = createMarchQueue(grid.cells, space.floors.length)
  const field = createFlowField(grid, space.goals.map((_, goal) => goal), false)
  const arrival = createArrival(grid.cells)
  const opened = targets.open.slice()
  const gateLets = Int32Array.from(space.gates, gate => (!gate.open ? Lets.none : gate.lets === 'both' ? Lets.all : Lets[gate.lets]))
  const setting: FieldSetting = {
    index, grid, targets, openings, queue, field,
    build() {
      openSteps(grid, index, index.walls.lets, index.floors.belt, gateLets, openings)
      buildField(queue, grid, index, openings, targets, arrival, field)
    },
    rebuild() {
      const before = { passes: openings.passes.slice(), links: openings.links.slice() }
      openSteps(grid, index, index.walls.lets, index.floors.belt, gateLets, openings)
      const keep = keptUntil(field, changedCells(grid, before, openings), targets, opened)
      opened.set(targets.open)
      if (keep < Infinity) buildField(queue, grid, index, openings, targets, arrival, field, keep)
      return keep
    },
    timeFrom(floor, x, y) {
      look(grid, openings, field, floor, x, y)
      return seen.time
    },
    directionFrom(floor, x, y) {
      look(grid, openings, field, floor, x, y)
      return { x: seen.x, y: seen.y }
    },
  }
  setting.build()
  return setting
}
