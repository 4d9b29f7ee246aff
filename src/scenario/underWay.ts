import { Draw, RoadClass, uniform, type Network } from '../sim'
import type { TripDraft } from './tripList'

/**
 * Trips that departed before the run begins and would still be under way are put on a road between their origin and
 * their destination, so that a run does not begin in an empty city.
 */
export const UNDER_WAY_WINDOW = 2400 // s before the start that are looked at
/** Speed in the air line that tells how far they are: 26 km/h on the road over a detour of 1.35. docs/demand.md */
const AIR_SPEED = 5.35 // m/s
/** s within which they appear */
export const UNDER_WAY_SPREAD = 30
const CELL = 400 // m

export interface RoadGrid {
  readonly columns: number
  readonly rows: number
  readonly west: number
  readonly south: number
  readonly cells: readonly (readonly number[])[]
  readonly middleX: Float64Array
  readonly middleY: Float64Array
  readonly headingX: Float64Array
  readonly headingY: Float64Array
}

/** Buckets the through roads of the network by place. `usable` says which links a trip may be on. */
export function buildRoadGrid(network: Network, usable: (link: number) => boolean): RoadGrid {
  const { links, points } = network
  const n = links.rows
  const grid = { middleX: new Float64Array(n), middleY: new Float64Array(n), headingX: new Float64Array(n), headingY: new Float64Array(n) }
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let link = 0; link < n; link++) {
    const first = links.pointFirst[link]!
    const last = first + links.pointCount[link]! - 1
    const middle = (first + last) >> 1
    const x = (points.x[middle]! + points.x[middle + 1 <= last ? middle + 1 : middle]!) / 2
    const y = (points.y[middle]! + points.y[middle + 1 <= last ? middle + 1 : middle]!) / 2
    const dx = points.x[last]! - points.x[first]!
    const dy = points.y[last]! - points.y[first]!
    const length = Math.sqrt(dx * dx + dy * dy) || 1
    grid.middleX[link] = x
    grid.middleY[link] = y
    grid.headingX[link] = dx / length
    grid.headingY[link] = dy / length
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  const columns = Math.max(1, Math.floor((east - west) / CELL) + 1)
  const rows = Math.max(1, Math.floor((north - south) / CELL) + 1)
  const cells: number[][] = Array.from({ length: columns * rows }, () => [])
  for (let link = 0; link < n; link++) {
    if (links.class[link]! > RoadClass.tertiary || isRamp(links.class[link]!) || links.length[link]! < 30 || !usable(link)) continue
    cells[Math.floor((grid.middleY[link]! - south) / CELL) * columns + Math.floor((grid.middleX[link]! - west) / CELL)]!.push(link)
  }
  return { ...grid, columns, rows, west, south, cells }
}

/**
 * Moves a trip that departed `secondsAgo` to where it may be now; false where it has arrived, or where no road leads
 * its way (it is then left out). From (x0, y0) to (x1, y1) in the air line, m.
 */
export function placeUnderWay(
  network: Network, grid: RoadGrid, trip: TripDraft, secondsAgo: number, seed: number,
  x0: number, y0: number, x1: number, y1: number,
): boolean {
  const dx = x1 - x0
  const dy = y1 - y0
  const distance = Math.sqrt(dx * dx + dy * dy)
  const driven = secondsAgo * AIR_SPEED
  if (driven > distance - 500) return false
  const share = driven / distance
  const column = Math.floor((x0 + dx * share - grid.west) / CELL)
  const row = Math.floor((y0 + dy * share - grid.south) / CELL)
  const fits = (link: number): boolean => link !== trip.destinationLink
    && grid.headingX[link]! * dx + grid.headingY[link]! * dy > 0.5 * distance
  const weight = (link: number): number => network.links.length[link]! * network.links.laneCount[link]!
  let sum = 0
  for (const link of near(grid, column, row)) if (fits(link)) sum += weight(link)
  let left = uniform(seed, Draw.origin, trip.id, 3) * sum
  for (const link of near(grid, column, row)) {
    if (!fits(link)) continue
    left -= weight(link)
    if (left < 0) {
      trip.originLink = link
      trip.originOffset = network.links.length[link]! * (0.05 + 0.9 * uniform(seed, Draw.origin, trip.id, 4))
      return true
    }
  }
  return false
}

function* near(grid: RoadGrid, column: number, row: number): Generator<number> {
  for (let r = Math.max(0, row - 1); r <= Math.min(grid.rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(grid.columns - 1, column + 1); c++) yield* grid.cells[r * grid.columns + c]!
  }
}

function isRamp(roadClass: number): boolean {
  return roadClass === RoadClass.motorwayLink || roadClass === RoadClass.trunkLink || roadClass === RoadClass.primaryLink
    || roadClass === RoadClass.secondaryLink || roadClass === RoadClass.tertiaryLink
}
