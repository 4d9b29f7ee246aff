import { snapshotBytes, viewSnapshot, type PeopleReport, type RunTotals, type Snapshot, type SnapshotLayout } from '../../sim'
import { packedBytesMost, packSnapshot, unpackSnapshot } from './packSnapshot'

/** What panels read of a moment. */
export interface MomentReports { readonly totals: RunTotals; readonly people: PeopleReport | null }

interface Moment {
  readonly tick: number
  /** Compressed, or still being compressed. */
  bytes: Uint8Array | Promise<Uint8Array>
  readonly totals: RunTotals
}

/** Simulated seconds between two moments at first. */
const EVERY = 4
/** Reports on people tell of all minutes before them, so that one a minute is enough; s. */
const PEOPLE_EVERY = 60

/**
 * What was seen of one run, so that it is seen again without being simulated again. Moments lie evenly; when they
 * take more room than they may, every other one is forgotten and the next ones lie twice as far apart.
 */
export class History {
  #moments: Moment[] = []
  #people: { readonly tick: number; readonly report: PeopleReport }[] = []
  #every: number
  /** The present, as it is written; a moment of the past, as it is shown. */
  readonly #present: Snapshot
  readonly #past: Snapshot
  readonly #scratch: Uint8Array
  readonly #ticksOf

  /**
   * @param dt  s a tick
   * @param bytesMax  of compressed moments
   */
  constructor(layout: SnapshotLayout, dt: number, readonly bytesMax = 200e6) {
    this.#ticksOf = (seconds: number): number => Math.max(1, Math.round(seconds / dt))
    this.#every = this.#ticksOf(EVERY)
    this.#present = viewSnapshot(layout, new ArrayBuffer(snapshotBytes(layout)))
    this.#past = viewSnapshot(layout, new ArrayBuffer(snapshotBytes(layout)))
    this.#scratch = new Uint8Array(packedBytesMost(this.#present))
  }

  /** The first moment that is kept; -1 = none. */
  get firstTick(): number { return this.#moments[0]?.tick ?? -1 }
  /** Ticks between two moments. */
  get every(): number { return this.#every }
  /** Of what is compressed by now. */
  get bytes(): number { return this.#moments.reduce((sum, { bytes }) => sum + (bytes instanceof Uint8Array ? bytes.length : 0), 0) }
  get moments(): number { return this.#moments.length }

  /** Whether a moment at this tick would be kept. */
  wants(tick: number): boolean { return tick % this.#every === 0 && (this.#moments.at(-1)?.tick ?? -1) < tick }

  /** @param people  asked only where its answer is kept */
  add(tick: number, write: (snapshot: Snapshot) => void, totals: RunTotals, people: () => PeopleReport | null): void {
    write(this.#present)
    const packed = packSnapshot(this.#present, this.#scratch).slice()
    const moment: Moment = { tick, totals, bytes: packed }
    moment.bytes = compress(packed).then(bytes => {
      moment.bytes = bytes
      this.#thin()
      return bytes
    })
    this.#moments.push(moment)
    if ((this.#people.at(-1)?.tick ?? -Infinity) + this.#ticksOf(PEOPLE_EVERY) > tick) return
    const report = people()
    if (report) this.#people.push({ tick, report })
  }

  /** Forgets everything after `tick`: that history is no longer this run's. */
  dropAfter(tick: number): void {
    this.#moments = this.#moments.filter(moment => moment.tick <= tick)
    this.#people = this.#people.filter(each => each.tick <= tick)
  }

  /** Tick of the last moment at or before `tick`; -1 = there is none. */
  at(tick: number): number { return this.#find(tick)?.tick ?? -1 }

  /** Of all moments, oldest first. */
  totals(): RunTotals[] { return this.#moments.map(({ totals }) => totals) }

  /** What stood at the last moment at or before `tick`, which must be one that `at` found. */
  reports(tick: number): MomentReports {
    const { totals } = this.#find(tick)!
    return { totals, people: this.#people.findLast(each => each.tick <= tick)?.report ?? null }
  }

  /** The picture of that moment, good until the next is asked for. */
  async picture(tick: number): Promise<Snapshot> {
    unpackSnapshot(await decompress(await this.#find(tick)!.bytes), this.#past)
    return this.#past
  }

  #find(tick: number): Moment | undefined {
    const moments = this.#moments
    let low = 0, high = moments.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (moments[middle]!.tick <= tick) low = middle + 1
      else high = middle
    }
    return moments[low - 1]
  }

  #thin(): void {
    while (this.bytes > this.bytesMax && this.#moments.length > 2) {
      this.#every *= 2
      this.#moments = this.#moments.filter(({ tick }) => tick % this.#every === 0)
    }
  }
}

const through = async (bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> =>
  new Uint8Array(await new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream)).arrayBuffer())

const compress = (bytes: Uint8Array): Promise<Uint8Array> => through(bytes, new CompressionStream('deflate-raw'))
const decompress = (bytes: Uint8Array): Promise<Uint8Array> => through(bytes, new DecompressionStream('deflate-raw'))
