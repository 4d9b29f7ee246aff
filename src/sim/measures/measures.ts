import { createTable, type Columns, type TableOf } from '../core/table'
import type { NetworkIndex } from '../network/networkIndex'
import type { World } from '../world'
import { nextActive } from '../traffic/cells'
import { Wait } from '../worldTypes'
import { STANDING } from '../traffic/driverTypes'

/** Length of a bin of the link measures, s. */
export const BIN_SECONDS = 300
/** How often standing vehicles are counted, ticks. */
const QUEUE_TICKS = 8
/** How often live link times are smoothed, s. */
const LIVE_SECONDS = 60

export const binColumns = {
  metres: { type: 'f64', unit: 'm', doc: 'driven on the link and its turns' },
  vehicleTicks: { type: 'i32', unit: 'tick', doc: 'time spent there by all vehicles' },
  left: { type: 'i32', unit: '1', doc: 'vehicles that passed its end' },
  queueMax: { type: 'i32', unit: '1', doc: 'most vehicles standing at once' },
} as const satisfies Columns
export type Bin = TableOf<typeof binColumns>

export const linkLiveColumns = {
  time: { type: 'f64', unit: 's', doc: 'smoothed time to pass the link and its junction, over minutes' },
  timeUsual: { type: 'f64', unit: 's', doc: 'the same, over the better part of an hour: what drivers know by habit' },
  metres: { type: 'f64', unit: 'm', doc: 'since the last smoothing' },
  vehicleTicks: { type: 'i32', unit: 'tick', doc: 'since the last smoothing' },
  queue: { type: 'i32', unit: '1', doc: 'vehicles standing' },
  vehicles: { type: 'i32', unit: '1', doc: 'vehicles on its lanes' },
  speed: { type: 'f32', unit: 'm/s', doc: 'mean of the vehicles on its lanes; -1 = none' },
} as const satisfies Columns

export interface Measures {
  readonly bins: Bin[]
  readonly live: TableOf<typeof linkLiveColumns>
}

export function createMeasures(index: NetworkIndex, links: number): Measures {
  const live = createTable(linkLiveColumns, links)
  for (let link = 0; link < links; link++) live.timeUsual[link] = live.time[link] = index.linkTime[link] + index.linkDelay[link]
  live.speed.fill(-1)
  return { bins: [createTable(binColumns, links)], live }
}

/** The bin of the present tick; opens a new one every five minutes. */
export function binNow(world: World): Bin {
  const { bins } = world.measures
  const wanted = Math.floor((world.tick * world.input.dt) / BIN_SECONDS)
  while (bins.length <= wanted) bins.push(createTable(binColumns, world.links.rows))
  return bins[wanted]
}

/** Counts queues and smooths live link times, at the end of a tick. */
export function recordMeasures(world: World): void {
  if (world.tick % QUEUE_TICKS === 0) countQueues(world)
  const every = Math.round(LIVE_SECONDS / world.input.dt)
  if (world.tick > 0 && world.tick % every === 0) smoothTimes(world)
}

function countQueues(world: World): void {
  const { live } = world.measures
  const { index, cells, paths, active, slots, tick } = world
  const bin = binNow(world)
  const { speed, slot } = cells
  live.queue.fill(0)
  live.vehicles.fill(0)
  live.speed.fill(0)
  for (let path = nextActive(active, 0, index.pathRows); path >= 0; path = nextActive(active, path + 1, index.pathRows)) {
    const link = index.pathLink[path]
    const end = paths.first[path] + paths.count[path]
    let standing = 0
    let sum = 0
    const firstWaiting = paths.first[path] + (path < index.laneRows ? world.lanes.reserved[path] : 0)
    for (let cell = paths.first[path]; cell < end; cell++) {
      const here = slot[cell]
      sum += speed[cell]
      if (speed[cell] < STANDING) {
        standing++
        if (slots.standSince[here] < 0) slots.standSince[here] = tick
      } else slots.standSince[here] = -1
      // Those behind the first wait for whoever is in front of them; those who drive wait for nothing.
      if (speed[cell] > 3) slots.wait[here] = Wait.none
      else if (cell > firstWaiting && slots.wait[here] !== Wait.laneChange) {
        slots.wait[here] = Wait.leader
        slots.waitFor[here] = slot[cell - 1]
      }
    }
    if (path >= index.laneRows) continue
    live.queue[link] += standing
    live.vehicles[link] += paths.count[path]
    live.speed[link] += sum
  }
  for (let link = 0; link < live.rows; link++) {
    live.speed[link] = live.vehicles[link] > 0 ? live.speed[link] / live.vehicles[link] : -1
    if (live.queue[link] > bin.queueMax[link]) bin.queueMax[link] = live.queue[link]
  }
}

/**
 * Link times follow the seconds that vehicles spent per metre that they drove in the last minute; a link that nobody
 * used falls back towards its usual empty time. Capped, so that a standing queue is very long but not for ever.
 */
function smoothTimes(world: World): void {
  const { live } = world.measures
  const { index, input } = world
  for (let link = 0; link < live.rows; link++) {
    const empty = index.linkTime[link] + index.linkDelay[link]
    let time = empty
    if (live.vehicleTicks[link] > 0) {
      const seconds = live.vehicleTicks[link] * input.dt
      time = (input.network.links.length[link] * seconds) / Math.max(live.metres[link], 1)
      const most = 10 * empty + 240
      if (time > most) time = most
      if (time < index.linkTime[link]) time = index.linkTime[link]
    }
    live.time[link] += 0.4 * (time - live.time[link])
    live.timeUsual[link] += 0.04 * (time - live.timeUsual[link])
    live.vehicleTicks[link] = 0
    live.metres[link] = 0
  }
}
