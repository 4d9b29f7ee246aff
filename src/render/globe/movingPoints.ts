import { EMPTY_SLOT, type Network, type Snapshot } from '../../sim'
import type { PlaneToEarth } from './earth'

/** Points of every path, lanes then turns, earth-centred, with the length walked to each: what a globe needs to place vehicles. */
export class EarthPaths {
  readonly xyz: Float64Array
  private readonly walked: Float32Array
  private readonly first: Int32Array
  private readonly count: Int32Array

  constructor({ lanes, turns, points }: Network, earth: PlaneToEarth) {
    this.xyz = new Float64Array(points.rows * 3)
    this.walked = new Float32Array(points.rows)
    for (let p = 0; p < points.rows; p++) earth.write(points.x[p]!, points.y[p]!, points.z[p]! + 1, this.xyz, p * 3)
    this.first = new Int32Array(lanes.rows + turns.rows)
    this.count = new Int32Array(lanes.rows + turns.rows)
    this.first.set(lanes.pointFirst); this.first.set(turns.pointFirst, lanes.rows)
    this.count.set(lanes.pointCount); this.count.set(turns.pointCount, lanes.rows)
    for (let path = 0; path < this.first.length; path++) {
      const start = this.first[path]!
      for (let p = start + 1; p < start + this.count[path]!; p++)
        this.walked[p] = this.walked[p - 1]! + Math.hypot(points.x[p]! - points.x[p - 1]!, points.y[p]! - points.y[p - 1]!)
    }
  }

  /** Writes the place at `share` (0..1) of a path. */
  place(path: number, share: number, out: Float64Array, at: number): void {
    const start = this.first[path]!, end = start + this.count[path]! - 1
    const along = share * this.walked[end]!
    let p = start
    while (p < end - 1 && this.walked[p + 1]! < along) p++
    const edge = this.walked[p + 1]! - this.walked[p]!
    const t = edge > 0 ? Math.min(1, (along - this.walked[p]!) / edge) : 0
    for (let k = 0; k < 3; k++) out[at + k] = this.xyz[p * 3 + k]! * (1 - t) + this.xyz[p * 3 + 3 + k]! * t
  }
}

/** Vehicle places of the last two snapshots, to be mixed in between. */
export class MovingPoints {
  readonly now: Float64Array
  readonly before: Float64Array
  /** 1 where the slot holds a vehicle. */
  readonly shown: Uint8Array
  private sequence = -1
  private arrivedAt = 0
  private interval = 500

  constructor(private readonly paths: EarthPaths, readonly capacity: number) {
    this.now = new Float64Array(capacity * 3)
    this.before = new Float64Array(capacity * 3)
    this.shown = new Uint8Array(capacity)
  }

  /** Takes in a snapshot if it is new; returns how far, 0..1, the picture is between the last two. */
  update(snapshot: Snapshot, time: number): number {
    if (snapshot.head[0]! !== this.sequence) {
      this.sequence = snapshot.head[0]!
      this.interval = Math.min(2000, Math.max(30, time - this.arrivedAt))
      this.arrivedAt = time
      this.before.set(this.now)
      for (let slot = 0; slot < this.capacity; slot++) {
        const path = snapshot.path[slot]!
        const empty = path === EMPTY_SLOT
        if (!empty) {
          this.paths.place(path, (snapshot.state[slot]! & 0xffff) / 65535, this.now, slot * 3)
          if (this.shown[slot] === 0) for (let k = 0; k < 3; k++) this.before[slot * 3 + k] = this.now[slot * 3 + k]!
        }
        this.shown[slot] = empty ? 0 : 1
      }
    }
    return Math.min(1, (time - this.arrivedAt) / this.interval)
  }
}
