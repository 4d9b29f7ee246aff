import { Lets, type SpaceIndex } from '../spaceIndex'
import { isAgainst } from './gridLinks'
import { LINKS_FROM, LINKS_TO, type WalkGrid } from './walkGrid'

/** Belts slower than this, m/s, stand still: one walks up and down them as on a stair. */
const BELT_STANDS = 0.01

/** Instead of the `Lets` of a gate: it does not stand, and its line is open floor. */
export const NO_GATE = -1

/** Whether the one or the other may cross a wall. */
export const mayCross = (lets: number, firstOnLeft: boolean): boolean =>
  lets === Lets.all || lets === (firstOnLeft ? Lets.firstOnLeft : Lets.firstOnRight)

/** Which steps are open: bits by cell as in `walkGrid.ts`, and links by row. */
export interface Openings {
  readonly passes: Uint8Array
  readonly links: Uint8Array
}

export const createOpenings = (grid: WalkGrid): Openings =>
  ({ passes: new Uint8Array(grid.cells), links: new Uint8Array(grid.links.from.length) })

/**
 * Writes which steps are open, from walls and belts as given. With the same walls and belts it
 * writes the same, whatever was before.
 *
 * @param lets      `Lets` of each wall
 * @param belts     of each floor, m/s in plan, positive upwards
 * @param gateLets  `Lets` of each gate: who may be let through; none while it is shut, NO_GATE while it does not stand
 */
export function openSteps(grid: WalkGrid, index: SpaceIndex, lets: Int32Array, belts: Float64Array, gateLets: Int32Array, openings: Openings): void {
  const { rasters, links } = grid
  const { passes } = openings
  passes.set(grid.fixed)
  for (let wall = 0; wall < index.walls.rows; wall++) {
    if (lets[wall] === Lets.all) continue
    const columns = rasters.columns[index.walls.floor[wall]]
    for (let at = grid.edgeFirst[wall]; at < grid.edgeFirst[wall + 1]; at++) {
      const cell = grid.edge[at] >> 1
      const axis = grid.edge[at] & 1
      const left = grid.edgeLeft[at] === 1
      if (!mayCross(lets[wall], left)) passes[cell] &= ~(1 << axis)
      if (!mayCross(lets[wall], !left)) passes[cell + (axis ? columns : 1)] &= ~(4 << axis)
    }
  }
  const { floors } = index
  for (let floor = 0; floor < rasters.rows.length; floor++) {
    const belt = belts[floor]
    if (Math.abs(belt) < BELT_STANDS) continue
    let shut = 0
    for (let side = 0; side < 4; side++)
      if (isAgainst(side, Math.sign(belt) * floors.ascentX[floor], Math.sign(belt) * floors.ascentY[floor])) shut |= 1 << side
    const last = rasters.first[floor] + rasters.columns[floor] * rasters.rows[floor]
    for (let cell = rasters.first[floor]; cell < last; cell++) passes[cell] &= ~shut
  }
  for (let link = 0; link < links.from.length; link++) {
    const side = links.side[link]
    const from = links.from[link]
    const to = links.to[link]
    const gate = links.gate[link]
    let open = gate < 0 || gateLets[gate] === NO_GATE || mayCross(gateLets[gate], links.left[link] === 1)
    if (side < 4)
      for (const cell of [from, to]) {
        const floor = grid.floorOf[cell >> 8]
        const belt = belts[floor]
        if (Math.abs(belt) >= BELT_STANDS && isAgainst(side, Math.sign(belt) * floors.ascentX[floor], Math.sign(belt) * floors.ascentY[floor])) open = false
      }
    passes[from] |= LINKS_FROM
    passes[to] |= LINKS_TO
    if (open && gate >= 0 && gateLets[gate] === NO_GATE && grid.floorOf[from >> 8] === grid.floorOf[to >> 8]) {
      // A step like any other.
      passes[from] |= 1 << side
      open = false
    }
    openings.links[link] = open ? 1 : 0
  }
}
