import { LinkFlag, RoadClass, type Network } from '../../sim'
import { heightAt, type HeightField } from './heightField'
import { GrowingArray, growingIndex, sphereOf, type MeshData } from './meshData'
import type { PolygonTables } from './polygonSource'
import { readLine, tangentAt } from './polyline'
import { addRing, coverageOf, newSums, type Raster } from './rasterise'
import { indexRoads, linkWidths } from './roadIndex'
import { tileCentre } from './tiles'

export interface TreeTile { readonly key: string; readonly mesh: MeshData }

export interface TreeSources {
  readonly green: readonly PolygonTables[]
  readonly water: readonly PolygonTables[]
  readonly network: Network | null
  readonly ground: HeightField
  readonly bounds: readonly [number, number, number, number]
}

const TREE_TILE = 2400 // m
const SCALE = 1 / 16
const PARK_SPACING = 15, STREET_SPACING = 15 // m
const PARK_TREES_MAX = 55000

/**
 * Low-poly trees in parks and along streets of the core: a crown of ten or twenty faces each.
 *   position i16 x 4 (w: height above the foot, 1/16 m)   shade u8 x 4 (normal up, hue, 0, 0)
 */
export function buildTrees({ green, water, network, ground, bounds }: TreeSources): TreeTile[] {
  const tiles = new Map<string, Grove>()
  const plant = (x: number, y: number, z: number, size: number, palm: boolean, fine: boolean): void => {
    const key = `${Math.floor(x / TREE_TILE)},${Math.floor(y / TREE_TILE)}`
    let grove = tiles.get(key)
    if (!grove) tiles.set(key, grove = new Grove(centreOf(key)))
    grove.add(x, y, z, size, palm, fine)
  }
  if (network) plantStreets(network, plant)
  const roads = network ? indexRoads(network) : null
  const raster: Raster = { x0: bounds[0], y0: bounds[1], cell: PARK_SPACING, columns: Math.ceil((bounds[2] - bounds[0]) / PARK_SPACING), rows: Math.ceil((bounds[3] - bounds[1]) / PARK_SPACING) }
  const inside = cover(raster, green), wet = cover(raster, water)
  let places = 0
  for (let at = 0; at < inside.length; at++) if (inside[at]! >= 0.9 && wet[at]! <= 0.02) places += 0.5
  const share = Math.min(1, PARK_TREES_MAX / Math.max(1, places))
  for (let j = 0; j < raster.rows; j++) {
    for (let i = 0; i < raster.columns; i++) {
      const at = j * raster.columns + i
      if (inside[at]! < 0.9 || wet[at]! > 0.02) continue
      const r = random(i, j, 1)
      if (r > density(i, j) * share) continue
      const x = raster.x0 + (i + 0.15 + 0.7 * random(i, j, 2)) * raster.cell, y = raster.y0 + (j + 0.15 + 0.7 * random(i, j, 3)) * raster.cell
      let onRoad = false
      roads?.covers(x, y, 4, () => { onRoad = true })
      if (onRoad) continue
      plant(x, y, heightAt(ground, x, y), 5 + 4.5 * random(i, j, 4), false, false)
    }
  }
  return [...tiles].map(([key, grove]) => ({ key, mesh: grove.take() }))
}

/** Parks are clearings and groves: a smooth field decides. */
function density(i: number, j: number): number {
  const wave = Math.sin(i * 0.19 + 1.3 * Math.sin(j * 0.13)) * Math.sin(j * 0.17 + 0.9 * Math.sin(i * 0.11))
  return 0.5 + 0.45 * wave
}

function plantStreets(network: Network, plant: (x: number, y: number, z: number, size: number, palm: boolean, fine: boolean) => void): void {
  const { links, points } = network
  const widths = linkWidths(network)
  const roads = indexRoads(network)
  for (let link = 0; link < links.rows; link++) {
    const kind = links.class[link]!
    if (links.flags[link]! & (LinkFlag.tunnel | LinkFlag.bridge) || kind > RoadClass.tertiary || kind <= RoadClass.motorwayLink) continue
    if (links.pointCount[link]! < 2) continue
    const line = readLine(points, links.pointFirst[link]!, links.pointCount[link]!, STREET_SPACING)
    const palm = kind <= RoadClass.trunkLink
    for (let i = 1; i < line.x.length - 1; i++) {
      if (line.along[i]! < 22 || line.along.at(-1)! - line.along[i]! < 24) continue
      const [tx, ty] = tangentAt(line, i)
      const off = widths[link]! / 2 + 2
      const x = line.x[i]! + ty * off, y = line.y[i]! - tx * off
      let onRoad = false
      roads.covers(x, y, 1.2, (other, z) => { if (other !== link || Math.abs(z - line.z[i]!) > 3) onRoad = true })
      if (!onRoad) plant(x, y, line.z[i]!, palm ? 7.5 : 5 + 2.4 * random(link, i, 5), palm && (link & 1) === 0, true)
    }
  }
}

/** Rings of a crown: height and width as shares, shade. Trees along streets are seen from closer by. */
const ROUND = [[0.30, 1, 105], [0.72, 0.72, 190]] as const
const PLAIN = [[0.42, 1, 130]] as const

class Grove {
  readonly position = new GrowingArray(length => new Int16Array(length), 16384)
  readonly shade = new GrowingArray(length => new Uint8Array(length), 16384)
  readonly index = growingIndex()
  constructor(readonly centre: readonly [number, number]) {}

  add(x: number, y: number, z: number, size: number, palm: boolean, fine: boolean): void {
    const hue = Math.floor(random(Math.round(x * 7), Math.round(y * 7), 6) * 255)
    const turn = hue * 0.31
    const base = this.shade.length / 4
    const radius = palm ? size * 0.36 : size * 0.52, trunk = palm ? size * 0.72 : size * 0.22
    const put = (dx: number, dy: number, up: number, normal: number): void => {
      this.position.push(Math.round((x + dx - this.centre[0]) / SCALE), Math.round((y + dy - this.centre[1]) / SCALE), Math.round((z + up) / SCALE), Math.round(up / SCALE))
      this.shade.push(normal, hue, palm ? 255 : 0, 0)
    }
    const rim = 5
    put(0, 0, trunk, 20)
    const rings = fine ? ROUND : PLAIN
    for (const [level, wide, normal] of rings) {
      for (let k = 0; k < rim; k++) {
        const a = turn + ((k + level) * 2 * Math.PI) / rim, r = radius * wide * (0.84 + 0.32 * random(hue, k, 7 + level))
        put(Math.cos(a) * r, Math.sin(a) * r, trunk + (size - trunk) * level, normal)
      }
    }
    put(0, 0, size, 255)
    for (let k = 0; k < rim; k++) {
      const a = base + 1 + k, b = base + 1 + ((k + 1) % rim), top = base + 1 + rings.length * rim
      if (fine) this.index.push(base, b, a, a, b, b + rim, a, b + rim, a + rim, a + rim, b + rim, top)
      else this.index.push(base, b, a, a, b, top)
    }
    // A thin trunk, one blade seen from any side.
    const foot = this.shade.length / 4
    put(-0.16, -0.16, -0.4, 1); put(0.16, 0.16, -0.4, 1); put(0, 0, trunk + 0.3, 1)
    this.index.push(foot, foot + 1, foot + 2)
  }

  take(): MeshData {
    const position = this.position.take()
    return {
      attributes: { position: { array: position, itemSize: 4 }, shade: { array: this.shade.take(), itemSize: 4 } },
      index: this.index.take(), origin: [this.centre[0], this.centre[1], 0], scale: SCALE,
      sphere: sphereOf(position, 4, position.length / 4, SCALE), triangles: this.index.length / 3,
    }
  }
}

function centreOf(key: string): [number, number] {
  const [x, y] = tileCentre(key)
  return [(x * TREE_TILE) / 3200, (y * TREE_TILE) / 3200]
}

function cover(raster: Raster, tables: readonly PolygonTables[]): Float32Array {
  const sums = newSums(raster)
  for (const { polygons, rings, points } of tables) {
    for (let row = 0; row < polygons.rows; row++) {
      const first = polygons.ringFirst[row]!
      for (let ring = first; ring < first + polygons.ringCount[row]!; ring++) addRing(raster, sums, points.x, points.y, rings.pointFirst[ring]!, rings.pointCount[ring]!)
    }
  }
  return coverageOf(raster, sums)
}

/** 0..1, the same for the same numbers. */
function random(a: number, b: number, c: number): number {
  let h = Math.imul(a, 374761393) ^ Math.imul(b, 668265263) ^ Math.imul(c, 1442695041)
  h = Math.imul(h ^ (h >>> 13), 1274126177)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}
