import { assignTraffic, createAssignmentDemand, createAssignmentLinks, uniform, type AssignmentProblem } from '../src/sim'

/** One line of the assignment bench. */
export interface AssignmentBenchRow {
  readonly case: string
  readonly zones: number
  readonly nodes: number
  readonly links: number
  readonly pairs: number
  /** Flow-weighted mean of flow / capacity: how congested the case is. */
  readonly saturationMean: number
  readonly gap: number
  readonly iterations: number
  readonly routes: number
  readonly seconds: number
  /** Objective at the end: equal wherever this runs. */
  readonly checksum: string
}

export interface CityShape {
  readonly seed: number
  /** Crossings of the road grid. */
  readonly columns: number
  readonly rows: number
  /** Zones with connectors to the grid, through which no route leads; without, every crossing is a zone. */
  readonly zones?: number
  /** Two-way roads across blocks. */
  readonly diagonals?: number
  /** Share of pairs of zones with demand. */
  readonly pairShare: number
  /** Trips of the mean pair; sets the congestion. */
  readonly tripsMean: number
}

/** Made-up city: a grid with faster and slower roads, usual BPR costs, and demand that falls with distance. */
export function madeUpCity({ seed, columns, rows, zones: connected = 0, diagonals = 0, pairShare, tripsMean }: CityShape): AssignmentProblem {
  const draw = (purpose: number, id: number): number => uniform(seed, 100 + purpose, id, 0)
  const crossings = columns * rows
  const zones = connected || crossings
  const nodes = connected + crossings
  const at = (column: number, row: number): number => connected + row * columns + column
  const roads: [from: number, to: number, rank: number][] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (column + 1 < columns) roads.push([at(column, row), at(column + 1, row), row % 4 === 0 ? 2 : 1])
      if (row + 1 < rows) roads.push([at(column, row), at(column, row + 1), column % 4 === 0 ? 2 : 1])
    }
  for (let k = 0; k < diagonals; k++) {
    const column = Math.floor(draw(1, k) * (columns - 1))
    const row = Math.floor(draw(2, k) * (rows - 1))
    roads.push([at(column, row), at(column + 1, row + 1), 2])
  }
  const home = Array.from({ length: zones }, (_, zone) => (connected ? connected + Math.floor(draw(3, zone) * crossings) : zone))
  if (connected) home.forEach((node, zone) => roads.push([zone, node, 0]))
  const links = createAssignmentLinks(2 * roads.length)
  roads.forEach(([from, to, rank], road) => {
    for (const way of [0, 1]) {
      const link = 2 * road + way
      links.fromNode[link] = way ? to : from
      links.toNode[link] = way ? from : to
      links.capacity[link] = rank === 0 ? 50000 : 1500 * rank * (0.7 + 0.6 * draw(4, link))
      links.freeFlowTime[link] = rank === 0 ? 0 : (2 / rank) * (0.6 + 0.8 * draw(5, road))
      links.b[link] = rank === 0 ? 0 : 0.15
      links.power[link] = rank === 0 ? 0 : 4
      links.fixedCost[link] = rank === 0 ? 0.1 : 0.05
    }
  })
  const pairs: [origin: number, destination: number, trips: number][] = []
  for (let origin = 0; origin < zones; origin++)
    for (let destination = 0; destination < zones; destination++) {
      const id = origin * zones + destination
      if (origin === destination || draw(6, id) >= pairShare) continue
      const apart = distance(home[origin]! - connected, home[destination]! - connected, columns)
      pairs.push([origin, destination, (draw(7, id) * draw(8, destination)) / (4 + apart)])
    }
  const weight = pairs.reduce((sum, [, , trips]) => sum + trips, 0)
  const demand = createAssignmentDemand(pairs.length)
  pairs.forEach(([origin, destination, trips], row) => {
    demand.origin[row] = origin
    demand.destination[row] = destination
    demand.trips[row] = (trips * pairs.length * tripsMean) / weight
  })
  return { nodes, firstThroughNode: connected, links, demand }
}

const distance = (a: number, b: number, columns: number): number =>
  Math.abs((a % columns) - (b % columns)) + Math.abs(Math.floor(a / columns) - Math.floor(b / columns))

export interface AssignmentBenchCase { readonly name: string; readonly shape: CityShape; readonly gap: number }

/** The sizes of Sioux Falls (24 zones, 76 links) and Chicago Sketch (387 zones, 2,950 links). */
export const siouxFallsSize: CityShape = { seed: 1, columns: 6, rows: 4, pairShare: 0.96, tripsMean: 200 }
export const chicagoSketchSize: CityShape = { seed: 1, columns: 26, rows: 21, zones: 387, diagonals: 43, pairShare: 0.63, tripsMean: 4 }
const cases: readonly AssignmentBenchCase[] = [
  { name: '24 zones', shape: siouxFallsSize, gap: 1e-6 },
  { name: '387 zones', shape: chicagoSketchSize, gap: 1e-4 },
  { name: '387 zones, twice the trips', shape: { ...chicagoSketchSize, tripsMean: 2 * chicagoSketchSize.tripsMean }, gap: 1e-4 },
]

export function runAssignmentBench(chosen: readonly AssignmentBenchCase[] = cases, clock: () => number = () => performance.now()): AssignmentBenchRow[] {
  return chosen.map(({ name, shape, gap }) => {
    const problem = madeUpCity(shape)
    const start = clock()
    const { flow, relativeGap, iterations, objective, routes } = assignTraffic(problem, { gap })
    const seconds = (clock() - start) / 1000
    const { links, demand } = problem
    let saturation = 0
    let whole = 0
    for (let link = 0; link < links.rows; link++) if (links.b[link]! > 0) {
      saturation += (flow[link]! * flow[link]!) / links.capacity[link]!
      whole += flow[link]!
    }
    return {
      case: name, zones: shape.zones ?? problem.nodes, nodes: problem.nodes, links: links.rows, pairs: demand.rows,
      saturationMean: saturation / whole, gap: relativeGap, iterations, routes: routes().length, seconds, checksum: String(objective),
    }
  })
}
if (import.meta.filename === process.argv[1]) for (const row of runAssignmentBench()) process.stdout.write(`${JSON.stringify(row)}\n`)
