import { EMPTY_SLOT, pathCount, RoadClass, SNAPSHOT_HEAD, snapshotBytes, viewSnapshot, type Network, type Snapshot } from '../src/sim'
import type { SnapshotFeed } from '../src/workers'
import { generator } from './generator'
import type { SyntheticCrowd } from './syntheticCrowd'

/**
 * Vehicles without a simulation: they drive along lanes and turns at a steady speed and stop at nothing. For the
 * renderer's own checks; the numbers repeat for a seed.
 */
export class SyntheticFeed implements SnapshotFeed {
  readonly layout
  readonly secondsPerTick = 0.5
  readonly #ring: Snapshot[]
  readonly #at: Float64Array
  readonly #path: Int32Array
  readonly #speed: Float32Array
  #tick = 0
  #random: () => number

  constructor(private readonly network: Network, readonly agents: number, seed = 7, private readonly crowd: SyntheticCrowd | null = null) {
    this.layout = { capacity: agents, links: network.links.rows, groups: network.groups.rows, people: crowd?.people ?? 0 }
    this.#ring = [0, 1, 2].map(() => viewSnapshot(this.layout, new ArrayBuffer(snapshotBytes(this.layout))))
    this.#random = generator(seed)
    this.#at = new Float64Array(agents)
    this.#path = new Int32Array(agents)
    this.#speed = new Float32Array(agents)
    const { lanes, links } = network
    // Lanes drawn by length and class, so that main roads are fuller.
    const weight = Array.from({ length: lanes.rows }, (_, lane) => {
      const kind = links.class[lanes.link[lane]!]!
      return lanes.length[lane]! * (kind <= RoadClass.primary ? 3 : kind <= RoadClass.secondaryLink ? 2 : kind <= RoadClass.tertiaryLink ? 1 : 0.25)
    })
    const sums = new Float64Array(lanes.rows + 1)
    for (let lane = 0; lane < lanes.rows; lane++) sums[lane + 1] = sums[lane]! + weight[lane]!
    for (let slot = 0; slot < agents; slot++) {
      const wanted = this.#random() * sums[lanes.rows]!
      let low = 0, high = lanes.rows
      while (high - low > 1) { const middle = (low + high) >> 1; if (sums[middle]! <= wanted) low = middle; else high = middle }
      this.#path[slot] = low
      this.#at[slot] = this.#random() * lanes.length[low]!
      this.#speed[slot] = links.speedLimit[lanes.link[low]!]! * (0.5 + 0.45 * this.#random())
    }
    this.advance()
  }

  newest(): Snapshot { return this.#ring[this.#tick % 3]! }

  /** Moves everybody on by one tick and publishes. */
  advance(): void {
    this.#tick++
    const snapshot = this.#ring[this.#tick % 3]!
    const { lanes, turns } = this.network
    const paths = pathCount(this.network)
    for (let slot = 0; slot < this.agents; slot++) {
      let path = this.#path[slot]!
      let length = path < lanes.rows ? lanes.length[path]! : turns.length[path - lanes.rows]!
      this.#at[slot]! += this.#speed[slot]! * this.secondsPerTick
      while (this.#at[slot]! > length) {
        this.#at[slot]! -= length
        if (path >= lanes.rows) path = turns.toLane[path - lanes.rows]!
        else if (lanes.turnCount[path]! > 0) path = lanes.rows + lanes.turnFirst[path]! + Math.floor(this.#random() * lanes.turnCount[path]!)
        length = path < lanes.rows ? lanes.length[path]! : turns.length[path - lanes.rows]!
        if (path >= paths) break
      }
      this.#path[slot] = path
      const kind = slot % 20 < 15 ? 0 : slot % 20 < 18 ? 1 : slot % 20 === 18 ? 2 : 3
      const brake = slot % 7 === 0 ? 1 << 27 : 0
      snapshot.path[slot] = path
      snapshot.state[slot] = (Math.floor((this.#at[slot]! / length) * 65535) | (Math.min(255, Math.round(this.#speed[slot]! * 4)) << 16) | (kind << 24) | brake) >>> 0
    }
    snapshot.path.fill(EMPTY_SLOT, this.agents)
    for (let link = 0; link < this.layout.links; link++) snapshot.linkSpeed[link] = (link * 37) % 255
    for (let group = 0; group < this.layout.groups; group++) snapshot.groupState[group] = (group + (this.#tick >> 5)) % 3 === 0 ? 2 : 0
    if (this.crowd && snapshot.people) this.crowd.move(snapshot.people)
    snapshot.head.set([2 * this.#tick, this.#tick, this.agents, this.agents, this.layout.links, this.layout.groups])
    if (snapshot.head.length !== SNAPSHOT_HEAD) throw new Error('head')
  }
}
