import { DataTexture, FloatType, NearestFilter, RGFormat, Vector4 } from 'three'
import type { AreaPlan, Ring } from './areaMeshes'

const CELL = 1.5 // m
const REACH = 3 // cells beyond the edge of a floor, so that what lies on the edge is lifted like what lies inside
/** m of height over which the difference evens out, on stairs; as in shaders/common.ts. */
const FADE = 5

/**
 * The floors of a walk space are level, the ground below an open square is not: how far the ground lies above the
 * floor, place by place, so that floors and people are drawn on it. And where the ground gives way, to show what lies
 * in a pit.
 */
export class AreaLift {
  readonly texture
  /** West, south, cell, m; height of the floor. */
  readonly bounds
  readonly #columns: number
  readonly #rows: number
  readonly #data: Float32Array<ArrayBuffer>

  constructor({ open, pits }: AreaPlan, groundAt: (x: number, y: number) => number) {
    const rings = open.map(({ outlines }) => outlines[0]!)
    const xs = rings.flatMap(ring => ring.map(([x]) => x)), ys = rings.flatMap(ring => ring.map(([, y]) => y))
    const west = Math.min(...xs) - REACH * CELL, south = Math.min(...ys) - REACH * CELL
    this.#columns = Math.ceil((Math.max(...xs) - west) / CELL) + REACH + 1
    this.#rows = Math.ceil((Math.max(...ys) - south) / CELL) + REACH + 1
    this.bounds = new Vector4(west, south, CELL, open[0]!.height)
    this.#data = new Float32Array(this.#columns * this.#rows * 2)
    for (const { outlines, height } of open) {
      this.#fill(outlines[0]!, REACH, at => { this.#data[at] = groundAt(west + ((at / 2) % this.#columns) * CELL, south + Math.floor(at / 2 / this.#columns) * CELL) - height })
    }
    for (const { ring } of pits) this.#fill(ring, 0, at => { this.#data[at + 1] = 1 })
    this.texture = new DataTexture(this.#data, this.#columns, this.#rows, RGFormat, FloatType)
    this.texture.internalFormat = 'RG32F'
    this.texture.minFilter = this.texture.magFilter = NearestFilter
    this.texture.needsUpdate = true
  }

  /** Visits the cells inside a ring and up to `more` cells around it. */
  #fill(ring: Ring, more: number, visit: (at: number) => void): void {
    const { x: west, y: south } = this.bounds
    const done = more > 0 ? new Uint8Array(this.#columns * this.#rows) : null
    for (let row = 0; row < this.#rows; row++) {
      const y = south + row * CELL
      const cuts: number[] = []
      for (let k = 0; k < ring.length; k++) {
        const [px, py] = ring[k]!, [qx, qy] = ring[(k + 1) % ring.length]!
        if (py > y !== qy > y) cuts.push((px + ((qx - px) * (y - py)) / (qy - py) - west) / CELL)
      }
      cuts.sort((a, b) => a - b)
      for (let k = 0; k + 1 < cuts.length; k += 2) {
        const from = Math.max(0, Math.ceil(cuts[k]! - more)), to = Math.min(this.#columns - 1, Math.floor(cuts[k + 1]! + more))
        for (let near = Math.max(0, row - more); near <= Math.min(this.#rows - 1, row + more); near++) {
          for (let column = from; column <= to; column++) {
            const at = near * this.#columns + column
            if (done?.[at] === 1) continue
            if (done) done[at] = 1
            visit(at * 2)
          }
        }
      }
    }
  }

  /** m by which what stands at a height above the sea is drawn higher. */
  at(x: number, y: number, z: number): number {
    const { x: west, y: south, w: height } = this.bounds
    const u = (x - west) / CELL, v = (y - south) / CELL, i = Math.floor(u), j = Math.floor(v)
    if (i < 0 || j < 0 || i >= this.#columns - 1 || j >= this.#rows - 1) return 0
    const data = this.#data, below = (j * this.#columns + i) * 2, above = below + this.#columns * 2
    const s = u - i, t = v - j
    const lift = (data[below]! * (1 - s) + data[below + 2]! * s) * (1 - t) + (data[above]! * (1 - s) + data[above + 2]! * s) * t
    return lift * Math.max(0, 1 - Math.abs(z - height) / FADE)
  }
}
