import type { Snapshot } from '../../sim'
import type { SnapshotSink } from '../snapshotRing'
import type { History, MomentReports } from './history'
import { copySnapshot } from './packSnapshot'

/** Looking back at a run that stands still: recorded moments, one after the other, at the pace that the run would have. */
export class Review {
  /** Ticks, with what is owed of the next moment. */
  clock = 0
  /** What is shown. */
  picture: Snapshot | null = null
  #shown = -1

  constructor(readonly history: History, readonly sink: SnapshotSink) {}

  get reports(): MomentReports { return this.history.reports(this.#shown) }

  /** Shows the last moment at or before a tick; there must be one. */
  async goTo(tick: number): Promise<void> {
    this.clock = tick
    const moment = this.history.at(tick)
    if (moment === this.#shown) return
    const picture = await this.history.picture(moment)
    this.sink.publish(snapshot => copySnapshot(picture, snapshot))
    this.picture = picture
    this.#shown = moment
  }
}
