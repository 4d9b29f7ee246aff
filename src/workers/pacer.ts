/** Wall seconds of unpaid ticks that are remembered; more would make a slow machine lurch when it catches up. */
const DEBT_MAX = 0.1
/** Wall seconds over which the real-time factor is measured. */
const WINDOW = 2

/**
 * Turns wall time into ticks due. All times are seconds of any steady clock, handed in, so that pacing can be tested
 * without waiting.
 */
export class Pacer {
  /** Simulated seconds per wall second; 0 pauses, Infinity runs as fast as it goes. */
  speed = 0
  #owed = 0
  #last = 0
  #samples: { wall: number; tick: number }[] = []

  constructor(readonly dt: number) {}

  setSpeed(speed: number, now: number): void {
    this.speed = Number.isNaN(speed) ? 0 : Math.max(0, speed)
    this.#owed = 0
    this.#last = now
    this.#samples = []
  }

  /** Ticks due at `now`; the caller reports with `ran` what it really did. */
  due(now: number): number {
    if (this.speed === 0) return 0
    if (this.speed === Infinity) return Infinity
    this.#owed = Math.min(this.#owed + (now - this.#last) * this.speed, Math.max(this.dt, this.speed * DEBT_MAX))
    this.#last = now
    return Math.floor(this.#owed / this.dt)
  }

  ran(ticks: number, tick: number, now: number): void {
    if (this.speed !== Infinity) this.#owed = Math.max(0, this.#owed - ticks * this.dt)
    this.#samples.push({ wall: now, tick })
    while (this.#samples.length > 2 && now - this.#samples[0]!.wall > WINDOW) this.#samples.shift()
  }

  /** Simulated seconds per wall second that were really reached lately. */
  realTimeFactor(): number {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (this.speed === 0 || !first || !last || last.wall <= first.wall) return 0
    return ((last.tick - first.tick) * this.dt) / (last.wall - first.wall)
  }

  /** Wall seconds until the next tick is due. */
  untilNext(): number {
    if (this.speed === 0) return Infinity
    return Math.max(0, (this.dt - this.#owed) / this.speed)
  }
}
