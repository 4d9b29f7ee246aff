import type { DataTexture } from 'three'
import { byteTexture } from './textures'

const WIDTH = 256
const Flag = { highlighted: 1, closed: 2, hovered: 4 } as const

/** Colours and marks of single roads: texels, so that changing one costs four bytes. */
export class RoadPaint {
  colours: DataTexture | null = null
  flags: DataTexture | null = null
  coloured = false
  #links = 0

  setLinks(links: number): void {
    this.#links = links
    const rows = Math.max(1, Math.ceil(links / WIDTH))
    this.colours = byteTexture(new Uint8Array(WIDTH * rows * 4), WIDTH, rows, 4)
    this.flags = byteTexture(new Uint8Array(WIDTH * rows * 4), WIDTH, rows, 4)
  }

  /** rgb 0..255 and opacity 0..255 of every link, four bytes each; null takes all colour off. */
  setColours(colours: Uint8Array | null): void {
    this.coloured = colours !== null
    if (!this.colours) return
    const data = this.colours.image.data as Uint8Array
    if (colours) data.set(colours.subarray(0, data.length))
    else data.fill(0)
    this.colours.needsUpdate = true
  }

  setHighlighted(rows: Iterable<number>): void { this.#mark(Flag.highlighted, rows) }
  setHovered(row: number): void { this.#mark(Flag.hovered, row < 0 ? [] : [row]) }

  /** Closed lanes as bits by link; bit 0 is the lane nearest the kerb. */
  setClosed(lanes: ReadonlyMap<number, number>): void {
    this.#mark(Flag.closed, lanes.keys())
    if (!this.flags) return
    const data = this.flags.image.data as Uint8Array
    for (let link = 0; link < this.#links; link++) data[link * 4 + 1] = lanes.get(link) ?? 0
  }

  #mark(flag: number, rows: Iterable<number>): void {
    if (!this.flags) return
    const data = this.flags.image.data as Uint8Array
    for (let i = 0; i < data.length; i += 4) data[i] = data[i]! & ~flag
    for (const row of rows) if (row >= 0 && row < this.#links) data[row * 4] = data[row * 4]! | flag
    this.flags.needsUpdate = true
  }

  dispose(): void {
    this.colours?.dispose()
    this.flags?.dispose()
  }
}
