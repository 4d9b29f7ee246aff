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

/** Two halls of 30 x 20 m with a wide door between, an upper floor over a stair, two exits; people who walk both ways, some in groups. */
export function hallInput(people: number, seed: number): CrowdInput {
  const west = [[0, 0], [30, 0], [30, 8], [30, 12], [30, 20], [0, 20]] as const
  const space = spaceOf({
    floors: [
      floorOf('west', west), floorOf('east', [[30, 0], [60, 0], [60, 20], [30, 20], [30, 12], [30, 8]]),
      { ...floorOf('stair', rectangle(60, 8, 68, 12)), surface: 'stairs', ascent: { from: [60, 10], to: [68, 10], rise: 4 } },
      { ...floorOf('upper', rectangle(68, 0, 88, 20)), height: 4 },
    ],
    joins: [
      { id: 'door', floors: ['west', 'east'], line: [[30, 8], [30, 12]] },
      { id: 'foot', floors: ['east', 'stair'], line: [[60, 8], [60, 12]] }, { id: 'head', floors: ['stair', 'upper'], line: [[68, 8], [68, 12]] },
    ],
    goals: [
      exitOf('left', 'west', [0.4, 5], [0.4, 15]), exitOf('right', 'upper', [87.6, 5], [87.6, 15]),
      { id: 'in west', floor: 'west', shape: rectangle(1, 1, 29, 19), kind: 'area', open: true }, { id: 'in east', floor: 'east', shape: rectangle(31, 1, 59, 19), kind: 'area', open: true },
    ],
  })
  const walkers = walkersAt(Array.from({ length: people }, () => [Number.NaN, Number.NaN] as const), (table, row) => {
    table.floor[row] = -1
    table.from[row] = 2 + (row % 2)
    table.journey[row] = (row >> 1) % 2
    table.appearTick[row] = row >> 3
    table.group[row] = row % 10 < 4 ? row - (row % 10) + (row % 2) : -1
  })
  return inputOf(space, walkers, [['left'], ['right']], seed)
}
