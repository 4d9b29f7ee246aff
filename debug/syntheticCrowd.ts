import { PersonBit, type PeopleSnapshot } from '../src/sim'
import { generator } from './generator'

export interface SyntheticPlace {
  readonly x: number
  readonly y: number
  /** m: half of the sides of a square of walkers, or the radius of a ring. */
  readonly size: number
  readonly sizeNorth?: number
  /** m above the sea. */
  readonly z: number
  readonly shape: 'square' | 'ring' | 'audience'
  readonly people: number
}

const TICK = 0.5 // s

/**
 * People without a simulation: on a square everybody walks from place to place and stands a while, on a ring all walk
 * round, an audience stands and looks north. For the renderer's own checks; the numbers repeat for a seed.
 */
export class SyntheticCrowd {
  readonly people: number
  readonly #x
  readonly #y
  readonly #toX
  readonly #toY
  readonly #speed
  readonly #wait
  readonly #place
  readonly #random
  #tick = 0

  constructor(private readonly places: readonly SyntheticPlace[], seed = 5) {
    const people = places.reduce((sum, place) => sum + place.people, 0)
    this.people = people
    this.#random = generator(seed)
    const column = (): Float64Array => new Float64Array(people)
    this.#x = column(); this.#y = column(); this.#toX = column(); this.#toY = column(); this.#speed = column(); this.#wait = column()
    this.#place = new Uint8Array(people)
    let person = 0
    for (const [index, place] of places.entries()) {
      for (let k = 0; k < place.people; k++, person++) {
        this.#place[person] = index
        const [x, y] = this.#somewhere(place)
        this.#x[person] = x
        this.#y[person] = y
        // 1.34 m/s, sd 0.26 (Weidmann 1993); the sum of three draws is nearly normal.
        this.#speed[person] = Math.max(0.4, 1.34 + 0.26 * 2 * (this.#random() + this.#random() + this.#random() - 1.5))
        this.#wait[person] = this.#random() < 0.3 ? this.#random() * 60 : 0
        this.#aim(person)
      }
    }
  }

  #somewhere({ x, y, size, sizeNorth = size, shape }: SyntheticPlace): [number, number] {
    if (shape !== 'ring') return [x + (this.#random() * 2 - 1) * size, y + (this.#random() * 2 - 1) * sizeNorth]
    const angle = this.#random() * 2 * Math.PI, radius = size - 6 * this.#random()
    return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius]
  }

  #aim(person: number): void {
    [this.#toX[person], this.#toY[person]] = this.#somewhere(this.places[this.#place[person]!]!)
  }

  /** Moves everybody on by one tick of half a second and writes where they are. */
  move({ head, state }: PeopleSnapshot): void {
    this.#tick++
    const where = new Float32Array(state.buffer, state.byteOffset, state.length)
    const dt = TICK
    for (let person = 0; person < this.people; person++) {
      const place = this.places[this.#place[person]!]!
      let speed = 0, heading = Math.PI / 2
      if (place.shape === 'ring') {
        const dx = this.#x[person]! - place.x, dy = this.#y[person]! - place.y, radius = Math.hypot(dx, dy)
        speed = this.#speed[person]!
        const angle = Math.atan2(dy, dx) + (speed * dt) / radius
        this.#x[person] = place.x + Math.cos(angle) * radius
        this.#y[person] = place.y + Math.sin(angle) * radius
        heading = angle + Math.PI / 2
      } else if (place.shape === 'square') {
        const dx = this.#toX[person]! - this.#x[person]!, dy = this.#toY[person]! - this.#y[person]!, way = Math.hypot(dx, dy)
        heading = Math.atan2(dy, dx)
        if (this.#wait[person]! > 0) this.#wait[person]! -= dt
        else if (way < 1) { this.#wait[person] = this.#random() < 0.4 ? 5 + this.#random() * 40 : 0; this.#aim(person) }
        else {
          speed = this.#speed[person]!
          this.#x[person]! += (dx / way) * speed * dt
          this.#y[person]! += (dy / way) * speed * dt
        }
      } else heading += Math.sin(person) * 0.3
      const at = person * 4, x = this.#x[person]!, y = this.#y[person]!
      where[at] = x
      where[at + 1] = y
      where[at + 2] = place.z
      const turn = Math.round((heading / (2 * Math.PI)) * 256) & 255
      state[at + 3] = (turn | (Math.round(speed * 50) << 8) | (speed === 0 ? PersonBit.stands : 0) | PersonBit.present) >>> 0
    }
    head.set([0, this.#tick, this.people, this.people])
  }
}
