import { CrowdCount, type Crowd } from '../../sim'
import { polygonArea, type Polygon } from './polygon'
import { TrajectoryRecorder, type Trajectories } from './trajectories'

/** Positions that are kept; an hour of 2,700 persons, a look a second. More do not fit into one file in memory. */
export const RECORDED_MAX = 10_000_000

/** Ways of the people on one floor of a crowd, for tools that know no levels. */
export class CrowdRecording {
  readonly floor: string
  readonly geometry: Polygon
  readonly #row: number
  readonly #ticks: number
  readonly #framesPerSecond: number
  readonly #recorder = new TrajectoryRecorder()
  /** s after the start at which there was no more room; null if there was enough. */
  fullAt: number | null = null

  /**
   * @param every  s between two frames; taken as whole steps of the crowd
   * @param floor  its id; the largest level one where nothing is said. Throws if there is no such floor.
   */
  constructor(crowd: Crowd, every: number, floor?: string) {
    const { input: { space: { floors }, dt } } = crowd
    const sizes = floors.map(({ outlines, surface }) => (surface === 'level' ? polygonArea(outlines) : 0))
    this.#row = floor === undefined ? sizes.indexOf(Math.max(...sizes)) : floors.findIndex(({ id }) => id === floor)
    const found = floors[this.#row]
    if (!found) throw new Error(`no floor "${floor}"; floors: ${floors.map(({ id }) => id).join(', ')}`)
    this.floor = found.id
    this.geometry = found.outlines
    this.#ticks = Math.max(1, Math.round(every / dt))
    this.#framesPerSecond = 1 / (this.#ticks * dt)
  }

  get rows(): number { return this.#recorder.rows }

  /** Looks at the crowd if it is time: at whole multiples of `every`; to be called after each tick that ends at one. */
  look({ counts, now, input: { walkers, dt } }: Crowd): void {
    const tick = counts[CrowdCount.tick]!
    if (tick % this.#ticks !== 0 || this.fullAt !== null) return
    const inside = counts[CrowdCount.inside]!
    if (this.#recorder.rows + inside > RECORDED_MAX) {
      this.fullAt = tick * dt
      return
    }
    const frame = tick / this.#ticks
    for (let row = 0; row < inside; row++) if (now.floor[row] === this.#row) this.#recorder.add(walkers.id[now.walker[row]!]!, frame, now.x[row]!, now.y[row]!)
  }

  /** Null if nobody was seen on the floor. */
  finish(): Trajectories | null {
    return this.#recorder.rows === 0 ? null : this.#recorder.finish(this.#framesPerSecond)
  }
}
