import { Delaunay } from 'd3-delaunay'
import { apart, boxOf, clipByConvex, counterClockwise, ringArea, sharedArea, type Box, type Polygon, type Ring } from './polygon'
import type { Point } from './point'
import { rowsOfFrame, type Trajectories } from './trajectories'
import { reachOf, type Walkable } from './walkable'

/** The room of one person: what is nearer to it than to anyone else, within walls, and no farther than the cut-off. */
export interface VoronoiCell {
  /** Of the trajectories. */
  readonly row: number
  /** Convex and counter-clockwise, side by side. */
  readonly pieces: readonly Ring[]
  /** m2; of persons in one place each has its share. */
  readonly area: number
  /** How many persons share the pieces: 1 but for those in one place. */
  readonly sharedBy: number
}

/** Sides of the polygon that stands for the circle of the cut-off: PedPy takes 12 (3 a quarter), 64 are within 0.2 % of the circle's area. */
const CIRCLE_SIDES = 64

/**
 * Cells of the persons in a frame whose cells may reach into `near`; of all without it. Persons outside the walkable
 * area have none.
 *
 * @param cutoff  m; no cell reaches farther from its person
 *
 * Source: Steffen & Seyfried (2010), Physica A 389, 1902: density by Voronoi diagrams; cut-off and the part that hangs
 * together with the person as in PedPy, method_utils. Triangulation by d3-delaunay.
 */
export function voronoiCells(trajectories: Trajectories, frame: number, walkable: Walkable, cutoff = Infinity, near?: Box): VoronoiCell[] {
  const { x, y } = trajectories.table
  const rows = rowsOfFrame(trajectories, frame)
  // About a corner of the area: distances far from the origin of plan coordinates would lose digits.
  const { minX, minY, maxX, maxY } = walkable.box
  const places = new Map<string, number[]>()
  for (const row of rows) {
    const key = `${x[row]} ${y[row]}`
    const twins = places.get(key)
    if (twins) twins.push(row)
    else places.set(key, [row])
  }
  const groups = [...places.values()]
  const points = groups.map(([row]): Point => [x[row!]! - minX, y[row!]! - minY])
  const around = boxOf([[0, 0], [maxX - minX, maxY - minY], ...points])
  const voronoi = Delaunay.from(points as [number, number][]).voronoi([around.minX - 1, around.minY - 1, around.maxX + 1, around.maxY + 1])
  const cells: VoronoiCell[] = []
  for (const [at, group] of groups.entries()) {
    const raw = voronoi.cellPolygon(at) as Point[] | null
    if (!raw) continue
    let cell: Ring = counterClockwise(raw.slice(0, -1).map(([px, py]): Point => [px + minX, py + minY]))
    const [px, py] = [x[group[0]!]!, y[group[0]!]!]
    if (Number.isFinite(cutoff)) cell = clipByConvex(cell, circle(px, py, cutoff))
    if (cell.length < 3 || (near && apart(boxOf(cell), near))) continue
    const pieces = reachOf(walkable, cell, px, py)
    const area = pieces.reduce((sum, piece) => sum + ringArea(piece), 0) / group.length
    if (area > 0) for (const row of group) cells.push({ row, pieces, area, sharedBy: group.length })
  }
  return cells
}

function circle(x: number, y: number, radius: number): Ring {
  return Array.from({ length: CIRCLE_SIDES }, (_, at) => {
    const angle = (2 * Math.PI * at) / CIRCLE_SIDES
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
}

export interface VoronoiMeasure {
  /** p/m2. */
  readonly density: number
  /** m/s; NaN where nobody's cell reaches into the area. */
  readonly speed: number
  /** p/m/s: density times speed. */
  readonly specificFlow: number
  /** Share of the area that lies in somebody's cell. */
  readonly covered: number
}

/**
 * Voronoi density and speed of an area M in a frame:
 *
 *   rho = sum |A_i n M| / |A_i| / |M|,   v = sum |A_i n M| v_i / sum |A_i n M|
 *
 * Where cells cover M, v is the integral over M divided by |M| of Steffen & Seyfried (2010) and Zhang et al. (2011),
 * J. Stat. Mech. P06004, method D. Where a cut-off leaves parts of M to nobody, PedPy goes on dividing by |M|, as if
 * somebody stood there; here they do not count.
 *
 * @param speed  m/s by row; NaN = unknown, and the person does not count for v
 */
export function voronoiMeasure(cells: readonly VoronoiCell[], area: Polygon, areaSize: number, speed: Float64Array): VoronoiMeasure {
  const box = boxOf(area.flat())
  let persons = 0
  let covered = 0
  let moving = 0
  let metres = 0
  for (const { row, pieces, area: own, sharedBy } of cells) {
    let shared = 0
    for (const piece of pieces) if (!apart(boxOf(piece), box)) shared += sharedArea(area, piece)
    shared /= sharedBy
    persons += shared / own
    covered += shared
    if (Number.isNaN(speed[row]!)) continue
    moving += shared
    metres += shared * speed[row]!
  }
  const density = persons / areaSize
  const mean = moving > 0 ? metres / moving : NaN
  return { density, speed: mean, specificFlow: persons === 0 ? 0 : density * mean, covered: covered / areaSize }
}
