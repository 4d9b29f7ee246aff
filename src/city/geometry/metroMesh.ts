import type { MetroLayer } from '../layers/metro'
import { heightAt, type HeightField } from './heightField'
import { growingFloat, growingIndex, GrowingArray, sphereOf, type MeshData } from './meshData'

/** Metro lines as ribbons, and stations as points with the colours of their lines. */
export interface MetroMesh {
  /** position f32 x 3, side f32 x 2 (unit, to the left), colour u8 x 4 */
  readonly lines: MeshData | null
  /** Eight floats a station: x, y, z, row | red, green, blue 0..1 of its first line, lines that stop. */
  readonly stations: Float32Array<ArrayBuffer>
  readonly count: number
}

const SPACING = 60, ABOVE = 2 // m

export function buildMetro(metro: MetroLayer, ground: HeightField): MetroMesh {
  const position = growingFloat(), side = growingFloat(), index = growingIndex()
  const colour = new GrowingArray(length => new Uint8Array(length))
  const { tracks, points, lines, stations, stops } = metro
  for (let track = 0; track < tracks.rows; track++) {
    const rgb = lines.color[tracks.line[track]!]!
    const x: number[] = [], y: number[] = []
    const first = tracks.pointFirst[track]!
    for (let i = first; i < first + tracks.pointCount[track]!; i++) {
      const px = points.x[i]!, py = points.y[i]!
      if (x.length > 0) {
        const qx = x.at(-1)!, qy = y.at(-1)!
        const steps = Math.ceil(Math.hypot(px - qx, py - qy) / SPACING)
        for (let k = 1; k <= steps; k++) { x.push(qx + ((px - qx) * k) / steps); y.push(qy + ((py - qy) * k) / steps) }
      } else { x.push(px); y.push(py) }
    }
    const base = position.length / 3
    for (let i = 0; i < x.length; i++) {
      const a = Math.max(0, i - 1), b = Math.min(x.length - 1, i + 1)
      const dx = x[b]! - x[a]!, dy = y[b]! - y[a]!
      const norm = Math.hypot(dx, dy) || 1
      const z = heightAt(ground, x[i]!, y[i]!) + ABOVE
      for (const sign of [1, -1]) {
        position.push(x[i]!, y[i]!, z)
        side.push((-dy / norm) * sign, (dx / norm) * sign)
        colour.push((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255, sign > 0 ? 255 : 0)
      }
      if (i > 0) { const k = base + 2 * i; index.push(k - 2, k - 1, k + 1, k - 2, k + 1, k) }
    }
  }
  const colourOf = new Map<number, number>()
  for (let line = 0; line < lines.rows; line++) {
    for (let stop = lines.stopFirst[line]!; stop < lines.stopFirst[line]! + lines.stopCount[line]!; stop++) {
      const station = stops.station[stop]!
      if (!colourOf.has(station)) colourOf.set(station, lines.color[line]!)
    }
  }
  const out = new Float32Array(Math.max(1, stations.rows) * 8)
  for (let row = 0; row < stations.rows; row++) {
    const rgb = colourOf.get(row) ?? 0x888888
    out.set([stations.x[row]!, stations.y[row]!, heightAt(ground, stations.x[row]!, stations.y[row]!) + ABOVE, row,
      ((rgb >> 16) & 255) / 255, ((rgb >> 8) & 255) / 255, (rgb & 255) / 255, stations.lines[row]!], row * 8)
  }
  const array = position.take()
  return {
    lines: index.length === 0 ? null : {
      attributes: { position: { array, itemSize: 3 }, side: { array: side.take(), itemSize: 2 }, colour: { array: colour.take(), itemSize: 4, normalized: true } },
      index: index.take(), origin: [0, 0, 0], scale: 1, sphere: sphereOf(array, 3, array.length / 3, 1), triangles: index.length / 3,
    },
    stations: out, count: stations.rows,
  }
}
