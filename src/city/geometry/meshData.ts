/** Typed arrays of one mesh, ready to be transferred to the page and uploaded as they are. */
export interface MeshData {
  readonly attributes: Readonly<Record<string, MeshAttribute>>
  readonly index: Uint32Array | null
  /** Where local 0, 0, 0 lies, m from the false origin (double precision). */
  readonly origin: readonly [number, number, number]
  /** Metres per local unit of `position`. */
  readonly scale: number
  /** Centre and radius of a sphere around everything, metres relative to `origin`. */
  readonly sphere: readonly [number, number, number, number]
  readonly triangles: number
}

export interface MeshAttribute {
  readonly array: Float32Array | Int16Array | Uint16Array | Uint8Array | Int8Array | Uint32Array
  readonly itemSize: number
  readonly normalized?: boolean
}

/** Buffers of a mesh, for the transfer list of postMessage. */
export function transferables(meshes: readonly (MeshData | null | undefined)[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  for (const mesh of meshes) {
    if (!mesh) continue
    for (const { array } of Object.values(mesh.attributes)) buffers.add(array.buffer as ArrayBuffer)
    if (mesh.index) buffers.add(mesh.index.buffer as ArrayBuffer)
  }
  return [...buffers]
}

type Growable = Float32Array | Int16Array | Uint16Array | Uint8Array | Int8Array | Uint32Array

/**
 * A typed array that grows by doubling; values are appended with `push`. They wait as doubles and take their own type
 * at the end: one kind of store at one place is four times as fast as six kinds at the same place.
 */
export class GrowingArray<T extends Growable> {
  length = 0
  #values: Float64Array
  constructor(private readonly make: (length: number) => T, capacity = 1024) { this.#values = new Float64Array(capacity) }

  push(...values: number[]): void {
    const end = this.length + values.length
    if (end > this.#values.length) this.#grow(end)
    for (let i = 0; i < values.length; i++) this.#values[this.length + i] = values[i]!
    this.length = end
  }

  #grow(length: number): void {
    const larger = new Float64Array(Math.max(this.#values.length * 2, length))
    larger.set(this.#values)
    this.#values = larger
  }

  /** A copy of exactly what was appended. */
  take(): T {
    const copy = this.make(this.length)
    copy.set(this.#values.subarray(0, this.length))
    return copy
  }
}

export const growingFloat = (): GrowingArray<Float32Array> => new GrowingArray(length => new Float32Array(length))
export const growingIndex = (): GrowingArray<Uint32Array> => new GrowingArray(length => new Uint32Array(length))

/** Sphere around the box of local positions, in metres. */
export function sphereOf(position: ArrayLike<number>, stride: number, count: number, scale: number, pad = 0): [number, number, number, number] {
  let x0 = Infinity, y0 = Infinity, z0 = Infinity, x1 = -Infinity, y1 = -Infinity, z1 = -Infinity
  for (let i = 0; i < count * stride; i += stride) {
    const x = position[i]!, y = position[i + 1]!, z = position[i + 2]!
    if (x < x0) x0 = x
    if (x > x1) x1 = x
    if (y < y0) y0 = y
    if (y > y1) y1 = y
    if (z < z0) z0 = z
    if (z > z1) z1 = z
  }
  if (x0 > x1) return [0, 0, 0, 0]
  const s = scale / 2
  return [(x0 + x1) * s, (y0 + y1) * s, (z0 + z1) * s, Math.hypot((x1 - x0) * s, (y1 - y0) * s, (z1 - z0) * s) + pad]
}
