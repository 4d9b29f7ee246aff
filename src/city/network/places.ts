import { toPlane } from '../projection'
import type { OsmData, Tags } from '../osm'

/** Where the nodes of the roads lie in the city's plane, and which of them were made by the compiler. */
export class Places {
  readonly #at = new Map<number, readonly [number, number]>()
  readonly #data: OsmData
  #next: number

  constructor(data: OsmData) {
    this.#data = data
    let lowest = 0
    for (const id of data.nodes.keys()) if (id < lowest) lowest = id
    this.#next = lowest - 1
  }

  /** Metres east and north of the false origin. */
  at(id: number): readonly [number, number] {
    let place = this.#at.get(id)
    if (!place) {
      const node = this.#data.nodes.get(id)!
      place = toPlane(node.lon, node.lat)
      this.#at.set(id, place)
    }
    return place
  }

  tags(id: number): Tags | undefined {
    return this.#data.nodes.get(id)?.tags
  }

  /** A new node; numbers go down from the lowest of the source, in the order of making. */
  add(x: number, y: number): number {
    const id = this.#next--
    this.#at.set(id, [x, y])
    return id
  }

  distance(a: number, b: number): number {
    const [ax, ay] = this.at(a)
    const [bx, by] = this.at(b)
    return Math.hypot(bx - ax, by - ay)
  }

  length(nodes: readonly number[]): number {
    let sum = 0
    for (let index = 1; index < nodes.length; index++) sum += this.distance(nodes[index - 1]!, nodes[index]!)
    return sum
  }
}

/** Buckets of things by the cells that their boxes touch, for neighbour queries over the plane. */
export class CellIndex<T> {
  readonly #cells = new Map<number, T[]>()
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  add(item: T, minX: number, minY: number, maxX: number, maxY: number): void {
    this.#each(minX, minY, maxX, maxY, key => {
      const cell = this.#cells.get(key)
      if (cell) cell.push(item)
      else this.#cells.set(key, [item])
    })
  }

  /** Every item whose cells touch the box, each once, in order of adding within a cell. */
  near(minX: number, minY: number, maxX: number, maxY: number): Set<T> {
    const found = new Set<T>()
    this.#each(minX, minY, maxX, maxY, key => {
      for (const item of this.#cells.get(key) ?? []) found.add(item)
    })
    return found
  }

  #each(minX: number, minY: number, maxX: number, maxY: number, visit: (key: number) => void): void {
    const size = this.#size
    for (let i = Math.floor(minX / size); i <= Math.floor(maxX / size); i++) {
      for (let j = Math.floor(minY / size); j <= Math.floor(maxY / size); j++) visit(i * 1_000_003 + j)
    }
  }
}

/** Nearest point of segment a-b to p: its distance and its share of the segment. */
export function nearestOnSegment(px: number, py: number, a: readonly [number, number], b: readonly [number, number]): { distance: number; share: number } {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - a[0]) * dx + (py - a[1]) * dy) / square))
  return { distance: Math.hypot(px - a[0] - share * dx, py - a[1] - share * dy), share }
}

/** A set of rings (longitude/latitude or metres) with a fast inside test, even-odd over all rings. */
export class Area {
  readonly #rings: { ring: readonly (readonly number[])[]; box: [number, number, number, number] }[]

  constructor(rings: readonly (readonly (readonly number[])[])[]) {
    this.#rings = rings.map(ring => {
      const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
      for (const [x, y] of ring as readonly [number, number][]) {
        box[0] = Math.min(box[0], x)
        box[1] = Math.min(box[1], y)
        box[2] = Math.max(box[2], x)
        box[3] = Math.max(box[3], y)
      }
      return { ring, box }
    })
  }

  has(x: number, y: number): boolean {
    let inside = false
    for (const { ring, box } of this.#rings) {
      if (x < box[0] || y < box[1] || x > box[2] || y > box[3]) continue
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i] as [number, number]
        const [xj, yj] = ring[j] as [number, number]
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
      }
    }
    return inside
  }
}

/** Inside any of several polygons that may share borders. */
export function anyArea(areas: readonly Area[]): { has(x: number, y: number): boolean } {
  return { has: (x, y) => areas.some(area => area.has(x, y)) }
}
