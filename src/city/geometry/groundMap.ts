import { LinkFlag, RoadClass, type Network } from '../../sim'
import type { PolygonTables } from './polygonSource'
import { addRing, blur, coverageOf, newSums, type Raster } from './rasterise'

/** What covers the ground, as a texture: red water, green parks and woods, blue built-up, alpha lamp light. */
export interface GroundMap {
  readonly raster: Raster
  readonly data: Uint8Array<ArrayBuffer>
}

export interface GroundSources {
  readonly water: readonly PolygonTables[]
  readonly green: readonly PolygonTables[]
  readonly buildings: PolygonTables | null
  readonly network: Network | null
}

const BUILT_REACH = 45 // m around a building that count as built-up
const LAMP_REACH = 28 // m

/** Rasterises the sources over a box; the texture has at most `texels` columns. */
export function buildGroundMap(sources: GroundSources, [x0, y0, x1, y1]: readonly [number, number, number, number], texels: number): GroundMap {
  const cell = (x1 - x0) / texels
  const raster: Raster = { x0, y0, cell, columns: texels, rows: Math.ceil((y1 - y0) / cell) }
  const cells = raster.columns * raster.rows
  const water = polygonsOver(raster, sources.water), green = polygonsOver(raster, sources.green)
  const built = new Float32Array(cells), lamps = new Float32Array(cells)
  if (sources.buildings) splatBuildings(raster, sources.buildings, built)
  if (sources.network) splatRoads(raster, sources.network, lamps, built)
  if (sources.buildings || sources.network) {
    blur(raster, built, Math.max(1, Math.round(BUILT_REACH / cell)))
    for (let i = 0; i < cells; i++) lamps[i]! += 0.35 * Math.min(1, built[i]! * (sources.network ? 0.5 : 2))
    blur(raster, lamps, Math.max(1, Math.round(LAMP_REACH / cell)))
  }
  const data = new Uint8Array(cells * 4)
  for (let i = 0; i < cells; i++) {
    data[i * 4] = water[i]! * 255
    data[i * 4 + 1] = green[i]! * 255
    data[i * 4 + 2] = Math.min(1, built[i]! * 2.2) * 255
    data[i * 4 + 3] = Math.min(1, lamps[i]!) * 255
  }
  return { raster, data }
}

function polygonsOver(raster: Raster, tables: readonly PolygonTables[]): Float32Array {
  const total = new Float32Array(raster.columns * raster.rows)
  for (const { polygons, rings, points } of tables) {
    const sums = newSums(raster)
    for (let row = 0; row < polygons.rows; row++) {
      const first = polygons.ringFirst[row]!
      for (let ring = first; ring < first + polygons.ringCount[row]!; ring++) {
        addRing(raster, sums, points.x, points.y, rings.pointFirst[ring]!, rings.pointCount[ring]!)
      }
    }
    const coverage = coverageOf(raster, sums)
    for (let i = 0; i < total.length; i++) total[i] = Math.max(total[i]!, coverage[i]!)
  }
  return total
}

function splatBuildings({ x0, y0, cell, columns, rows }: Raster, { polygons, rings, points }: PolygonTables, out: Float32Array): void {
  for (let row = 0; row < polygons.rows; row++) {
    const ring = polygons.ringFirst[row]!
    const first = rings.pointFirst[ring]!, count = rings.pointCount[ring]!
    let x = 0, y = 0, area = 0
    for (let k = 0; k < count; k++) {
      const a = first + k, b = first + ((k + 1) % count)
      x += points.x[a]!; y += points.y[a]!
      area += (points.x[a]! - points.x[first]!) * (points.y[b]! - points.y[first]!) - (points.x[b]! - points.x[first]!) * (points.y[a]! - points.y[first]!)
    }
    const i = Math.floor((x / count - x0) / cell), j = Math.floor((y / count - y0) / cell)
    if (i >= 0 && j >= 0 && i < columns && j < rows) out[j * columns + i]! += Math.min(40, Math.abs(area / 2) / (cell * cell))
  }
}

function splatRoads({ x0, y0, cell, columns, rows }: Raster, { links, points }: Network, lamps: Float32Array, built: Float32Array): void {
  for (let link = 0; link < links.rows; link++) {
    if (links.flags[link]! & LinkFlag.tunnel) continue
    const kind = links.class[link]!
    const light = kind >= RoadClass.service ? 2 : kind >= RoadClass.residential ? 4 : kind >= RoadClass.tertiary ? 7 : 11 // m of bright width, assumed
    const first = links.pointFirst[link]!
    for (let p = first; p < first + links.pointCount[link]! - 1; p++) {
      const ax = points.x[p]!, ay = points.y[p]!, dx = points.x[p + 1]! - ax, dy = points.y[p + 1]! - ay
      const length = Math.hypot(dx, dy)
      const steps = Math.max(1, Math.ceil(length / (cell * 0.7)))
      for (let k = 0; k < steps; k++) {
        const t = (k + 0.5) / steps
        const i = Math.floor((ax + dx * t - x0) / cell), j = Math.floor((ay + dy * t - y0) / cell)
        if (i < 0 || j < 0 || i >= columns || j >= rows) continue
        lamps[j * columns + i]! += ((length / steps) * light) / (cell * cell)
        built[j * columns + i]! += ((length / steps) * 1.2) / (cell * cell)
      }
    }
  }
}
