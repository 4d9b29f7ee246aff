import { createTable, walkerColumns, type CrowdInput, type Floor, type Goal, type Point, type WalkerTable, type WalkSpace } from '../../../src/sim'

export const rectangle = (west: number, south: number, east: number, north: number): Point[] => [[west, south], [east, south], [east, north], [west, north]]

export const floorOf = (id: string, ...outlines: (readonly Point[])[]): Floor => ({ id, height: 0, outlines, surface: 'level', cell: 0.25 })

export const exitOf = (id: string, floor: string, a: Point, b: Point): Goal => ({ id, floor, shape: [a, b], kind: 'exit', open: true })

export const spaceOf = (parts: Partial<WalkSpace>): WalkSpace => ({ floors: [], joins: [], barriers: [], gates: [], queues: [], lifts: [], goals: [], ...parts })

/** Walkers at given places, all from tick 0. */
export function walkersAt(places: readonly Point[], set: (walkers: WalkerTable, row: number) => void = () => {}): WalkerTable {
  const walkers = createTable(walkerColumns, places.length)
  walkers.from.fill(-1)
  walkers.group.fill(-1)
  for (const [row, [x, y]] of places.entries()) {
    walkers.id[row] = row + 1
    walkers.x[row] = x
    walkers.y[row] = y
    set(walkers, row)
  }
  return walkers
}

export const inputOf = (space: WalkSpace, walkers: WalkerTable, goals: readonly (readonly string[])[], seed = 1, dt = 0.05): CrowdInput => ({
  space, walkers, seed, dt, startTime: 0, changes: [],
  journeys: goals.map((each, at) => ({ id: `journey ${at}`, stages: [{ kind: 'walk', goals: each }] })),
})
