import { LinkFlag, type Network } from '../../sim'
import { heightAt, type HeightField } from './heightField'
import { GrowingArray, growingIndex, sphereOf, type MeshData } from './meshData'
import { linkWidths, standOffGround } from './roadIndex'

const BLOCK = 3200, BLOCKS_PER_TILE = 4 // m; a tile is one draw call
const STEPS = [1600, 800, 400, 200, 100, 50] // m between vertices, coarsest first
const SKIRT = 60 // m that the edges of a block hang down, so that blocks of different steps leave no crack
const SCALE = 1 / 4 // m per unit: tiles are 13 km wide

/** A finer copy of the ground inside `bounds`, so that roads can be levelled into it. */
export function refine(field: HeightField, [x0, y0, x1, y1]: readonly [number, number, number, number], cell: number): HeightField {
  const columns = Math.ceil((x1 - x0) / cell) + 1, rows = Math.ceil((y1 - y0) / cell) + 1
  const height = new Float32Array(columns * rows)
  for (let j = 0; j < rows; j++) for (let i = 0; i < columns; i++) height[j * columns + i] = heightAt(field, x0 + i * cell, y0 + j * cell)
  return { x0, y0, cell, columns, rows, height }
}

/** Lowers or lifts the ground beside roads that lie on it to just below their surface. */
export function levelRoads(field: HeightField, network: Network): void {
  const { links, points } = network
  const { x0, y0, cell, columns, rows, height } = field
  const widths = linkWidths(network)
  const off = standOffGround(network)
  const weight = new Float32Array(height.length), wanted = new Float32Array(height.length)
  for (let link = 0; link < links.rows; link++) {
    if (links.flags[link]! & (LinkFlag.tunnel | LinkFlag.bridge)) continue
    const reach = widths[link]! / 2 + cell
    const first = links.pointFirst[link]!
    for (let p = first; p < first + links.pointCount[link]! - 1; p++) {
      const ax = points.x[p]!, ay = points.y[p]!, dx = points.x[p + 1]! - ax, dy = points.y[p + 1]! - ay
      const i0 = Math.max(0, Math.floor((Math.min(ax, ax + dx) - reach - x0) / cell)), i1 = Math.min(columns - 1, Math.ceil((Math.max(ax, ax + dx) + reach - x0) / cell))
      const j0 = Math.max(0, Math.floor((Math.min(ay, ay + dy) - reach - y0) / cell)), j1 = Math.min(rows - 1, Math.ceil((Math.max(ay, ay + dy) + reach - y0) / cell))
      for (let j = j0; j <= j1; j++) {
        for (let i = i0; i <= i1; i++) {
          const x = x0 + i * cell, y = y0 + j * cell
          const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
          const distance = Math.hypot(x - ax - dx * t, y - ay - dy * t)
          if (distance > reach) continue
          const z = points.z[p]! * (1 - t) + points.z[p + 1]! * t
          const at = j * columns + i
          if (off[link] === 1 && (z - height[at]! > 2.2 || height[at]! - z > 9)) continue // a ramp, drawn as a bridge, or deep in a cutting
          const near = 1 / (1 + distance)
          weight[at]! += near
          wanted[at]! += near * z
        }
      }
    }
  }
  for (let at = 0; at < height.length; at++) if (weight[at]! > 0) height[at] = Math.max(0.4, wanted[at]! / weight[at]! - 0.35)
}

/**
 * The ground as triangles, with steps as coarse as the relief allows. Inside `fine` the heights of that field count.
 *   position i16 x 4 (x, y, z in 1/4 m horizontally and z in 1/4 m; w unused)   normal i8 x 4
 */
export function buildTerrain(field: HeightField, fine: HeightField | null, bounds: readonly [number, number, number, number]): MeshData[] {
  const [x0, y0, x1, y1] = bounds
  const height = (x: number, y: number): number => {
    if (fine && x >= fine.x0 && y >= fine.y0 && x <= fine.x0 + (fine.columns - 1) * fine.cell && y <= fine.y0 + (fine.rows - 1) * fine.cell) return heightAt(fine, x, y)
    return heightAt(field, x, y)
  }
  const tiles: MeshData[] = [surroundings(bounds)]
  const span = BLOCK * BLOCKS_PER_TILE
  for (let ty = y0; ty < y1; ty += span) {
    for (let tx = x0; tx < x1; tx += span) {
      const centre: [number, number] = [tx + span / 2, ty + span / 2]
      const position = new GrowingArray(length => new Int16Array(length), 32768)
      const normal = new GrowingArray(length => new Int8Array(length), 32768)
      const index = growingIndex()
      for (let by = ty; by < Math.min(ty + span, y1); by += BLOCK) {
        for (let bx = tx; bx < Math.min(tx + span, x1); bx += BLOCK) {
          const inCore = fine !== null && bx + BLOCK > fine.x0 && by + BLOCK > fine.y0 && bx < fine.x0 + fine.columns * fine.cell && by < fine.y0 + fine.rows * fine.cell
          addBlock(bx, by, inCore ? 0.7 : 6, inCore ? 6 : 4, height, centre, position, normal, index)
        }
      }
      const array = position.take()
      tiles.push({
        attributes: { position: { array, itemSize: 4 }, normal: { array: normal.take(), itemSize: 4, normalized: true } },
        index: index.take(), origin: [centre[0], centre[1], 0], scale: SCALE,
        sphere: sphereOf(array, 4, array.length / 4, SCALE), triangles: index.length / 3,
      })
    }
  }
  return tiles
}

/** A flat frame of 100 km around what is known, so that the world does not end at its edge. */
function surroundings([x0, y0, x1, y1]: readonly [number, number, number, number]): MeshData {
  const scale = 8, centre = [(x0 + x1) / 2, (y0 + y1) / 2] as const
  const reach = 100000
  const xs = [x0 - reach, x0, x1, x1 + reach], ys = [y0 - reach, y0, y1, y1 + reach]
  const position = new Int16Array(64), normal = new Int8Array(64)
  for (let j = 0; j < 4; j++) {
    for (let i = 0; i < 4; i++) {
      position.set([Math.round((xs[i]! - centre[0]) / scale), Math.round((ys[j]! - centre[1]) / scale), 0, 0], (j * 4 + i) * 4)
      normal.set([0, 0, 127, 0], (j * 4 + i) * 4)
    }
  }
  const index: number[] = []
  for (let j = 0; j < 3; j++) {
    for (let i = 0; i < 3; i++) {
      if (i === 1 && j === 1) continue
      const a = j * 4 + i
      index.push(a, a + 1, a + 5, a, a + 5, a + 4)
    }
  }
  return {
    attributes: { position: { array: position, itemSize: 4 }, normal: { array: normal, itemSize: 4, normalized: true } },
    index: Uint32Array.from(index), origin: [centre[0], centre[1], 0], scale, sphere: sphereOf(position, 4, 16, scale), triangles: 16,
  }
}

function addBlock(x0: number, y0: number, tolerance: number, stepsAllowed: number, height: (x: number, y: number) => number, centre: readonly [number, number],
  position: GrowingArray<Int16Array>, normal: GrowingArray<Int8Array>, index: GrowingArray<Uint32Array>): void {
  const step = chooseStep(x0, y0, tolerance, stepsAllowed, height)
  const n = BLOCK / step
  const base = position.length / 4
  const put = (i: number, j: number, drop: number): void => {
    const x = x0 + i * step, y = y0 + j * step
    const d = Math.min(step, 100)
    const gx = (height(x + d, y) - height(x - d, y)) / (2 * d), gy = (height(x, y + d) - height(x, y - d)) / (2 * d)
    const norm = 127 / Math.hypot(gx, gy, 1)
    position.push(Math.round((x - centre[0]) / SCALE), Math.round((y - centre[1]) / SCALE), Math.round((height(x, y) - drop) / SCALE), 0)
    normal.push(Math.round(-gx * norm), Math.round(-gy * norm), Math.round(norm), 0)
  }
  for (let j = 0; j <= n; j++) for (let i = 0; i <= n; i++) put(i, j, 0)
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      const a = base + j * (n + 1) + i, b = a + n + 1
      index.push(a, a + 1, b + 1, a, b + 1, b)
    }
  }
  const rim: [number, number][] = []
  for (let i = 0; i < n; i++) rim.push([i, 0])
  for (let j = 0; j < n; j++) rim.push([n, j])
  for (let i = n; i > 0; i--) rim.push([i, n])
  for (let j = n; j > 0; j--) rim.push([0, j])
  const skirt = position.length / 4
  for (const [i, j] of rim) put(i, j, SKIRT)
  for (let k = 0; k < rim.length; k++) {
    const next = (k + 1) % rim.length
    const a = base + rim[k]![1] * (n + 1) + rim[k]![0], b = base + rim[next]![1] * (n + 1) + rim[next]![0]
    index.push(a, skirt + k, skirt + next, a, skirt + next, b)
  }
}

/** Coarsest step whose flat pieces stay within `tolerance` m of the ground, sampled at 100 m. */
function chooseStep(x0: number, y0: number, tolerance: number, stepsAllowed: number, height: (x: number, y: number) => number): number {
  const probe = 100
  for (let s = 0; s < stepsAllowed - 1; s++) {
    const step = STEPS[s]!
    let good = true
    for (let y = y0; y <= y0 + BLOCK && good; y += probe) {
      for (let x = x0; x <= x0 + BLOCK; x += probe) {
        const bx = x0 + Math.min(Math.floor((x - x0) / step), BLOCK / step - 1) * step, by = y0 + Math.min(Math.floor((y - y0) / step), BLOCK / step - 1) * step
        const u = (x - bx) / step, v = (y - by) / step
        const flat = (height(bx, by) * (1 - u) + height(bx + step, by) * u) * (1 - v) + (height(bx, by + step) * (1 - u) + height(bx + step, by + step) * u) * v
        if (Math.abs(flat - height(x, y)) > tolerance) { good = false; break }
      }
    }
    if (good) return step
  }
  return STEPS[stepsAllowed - 1]!
}
