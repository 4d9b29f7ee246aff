import { createTable, isShared, type Columns, type TableOf } from '../core/table'
import type { NetworkIndex } from '../network/networkIndex'
import type { World } from '../world'
import { nextActive } from '../traffic/cells'
import { Wait } from '../worldTypes'
import { STANDING } from '../traffic/driverTypes'

/** Length of a bin of the link measures, s. */
export const BIN_SECONDS = 300
/** How often standing vehicles are counted, ticks. */
const QUEUE_TICKS = 8
/** How often live times are smoothed, s. */
const LIVE_SECONDS = 60

export const binColumns = {
  metres: { type: 'f64', unit: 'm', doc: 'driven on the link and its turns' },
  vehicleTicks: { type: 'i32', unit: 'tick', doc: 'time spent there by all vehicles' },
  left: { type: 'i32', unit: '1', doc: 'vehicles that passed its end' },
  queueMax: { type: 'i32', unit: '1', doc: 'most vehicles standing at once' },
} as const satisfies Columns
export type Bin = TableOf<typeof binColumns>

export const linkLiveColumns = {
  queue: { type: 'i32', unit: '1', doc: 'vehicles standing' },
  vehicles: { type: 'i32', unit: '1', doc: 'vehicles on its lanes' },
  speed: { type: 'f32', unit: 'm/s', doc: 'mean of the vehicles on its lanes; -1 = none' },
  barred: { type: 'u8', unit: '0/1', doc: 'cars are shut out of it, or of a way on from it, by a closure' },
} as const satisfies Columns

/** What drivers learn of each hop: the way over a link and its junction for those who make that very turn. */
export const hopLiveColumns = {
  time: { type: 'f64', unit: 's', doc: 'smoothed time of the hop, over minutes' },
  timeUsual: { type: 'f64', unit: 's', doc: 'the same, over the better part of an hour: what drivers know by habit' },
  metres: { type: 'f64', unit: 'm', doc: 'driven since the last smoothing by those bound over the hop' },
  seconds: { type: 'f64', unit: 's', doc: 'that they took' },
} as const satisfies Columns

export interface Measures {
  readonly bins: Bin[]
  readonly live: TableOf<typeof linkLiveColumns>
  readonly hops: TableOf<typeof hopLiveColumns>
}

export function createMeasures(index: NetworkIndex, links: number): Measures {
  const live = createTable(linkLiveColumns, links)
  const hops = createTable(hopLiveColumns, index.nextLink.length)
  hops.time.set(index.hopTime)
  hops.timeUsual.set(index.hopTime)
  live.speed.fill(-1)
  return { bins: [createTable(binColumns, links)], live, hops }
}

/** The bin of the present tick; opens a new one every five minutes. */
export function binNow(world: World): Bin {
  const { bins } = world.measures
  const wanted = Math.floor((world.tick * world.input.dt) / BIN_SECONDS)
  while (bins.length <= wanted) bins.push(createTable(binColumns, world.links.rows, isShared(world.counts)))
  return bins[wanted]
}

/** Counts queues and smooths live link times of a domain. */
export function recordMeasures(world: World, domain: number): void {
  if (world.tick % QUEUE_TICKS === 0) countQueues(world, domain)
  const every = Math.round(LIVE_SECONDS / world.input.dt)
  if (world.tick > 0 && world.tick % every === 0) smoothTimes(world, domain)
}

function countQueues(world: World, domain: number): void {
  const { live } = world.measures
  const { index, cells, paths, active, slots, tick } = world
  const { hops } = world.measures
  const bin = binNow(world)
  const seconds = QUEUE_TICKS * world.input.dt
  const { speed, slot } = cells
  const { linkFirst, stretches } = index.domains
  const [firstLink, endLink] = [linkFirst[domain], linkFirst[domain + 1]]
  live.queue.fill(0, firstLink, endLink)
  live.vehicles.fill(0, firstLink, endLink)
  live.speed.fill(0, firstLink, endLink)
  for (let stretch = 4 * domain; stretch < 4 * domain + 4; stretch += 2) {
    const finish = stretches[stretch + 1]
    for (let path = nextActive(active, stretches[stretch], finish); path >= 0; path = nextActive(active, path + 1, finish)) {
      const link = index.pathLink[path]
      const end = paths.first[path] + paths.count[path]
      let standing = 0
      let sum = 0
      const turnHop = path < index.laneRows ? -1 : index.turnHop[path - index.laneRows]
      const firstWaiting = paths.first[path] + (path < index.laneRows ? world.lanes.reserved[path] : 0)
      for (let cell = paths.first[path]; cell < end; cell++) {
        const here = slot[cell]
        sum += speed[cell]
        const hop = turnHop < 0 ? slots.nextHop[here] : turnHop
        if (hop >= 0) {
          hops.metres[hop] += speed[cell] * seconds
          hops.seconds[hop] += seconds
        }
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
  }
  for (let link = firstLink; link < endLink; link++) {
    live.speed[link] = live.vehicles[link] > 0 ? live.speed[link] / live.vehicles[link] : -1
    if (live.queue[link] > bin.queueMax[link]) bin.queueMax[link] = live.queue[link]
  }
}

/**
 * Times of hops follow the seconds that vehicles spent per metre that they drove in the last minute, those of each turn
 * apart: who waits in a full pocket does not slow down who drives past it. One vehicle more is assumed, which drives as
 * on the empty road or, where others on the link are held up, loses half of what they lose: so that one vehicle at a
 * red light is no jam. Capped, so that a standing queue is very long but not for ever. Habit learns nothing where a
 * closure bars the way: what its approaches take is no usual time, and would keep drivers off the road when it is open again.
 */
function smoothTimes(world: World, domain: number): void {
  const { hops, live } = world.measures
  const { nextFirst, hopTime, hopLength } = world.index
  const { time, timeUsual, metres, seconds } = hops
  const { linkFirst } = world.index.domains
  for (let link = linkFirst[domain]; link < linkFirst[domain + 1]; link++) {
    const first = nextFirst[link]
    const end = nextFirst[link + 1]
    let [metresAll, secondsAll, metresFree, secondsFree] = [0, 0, 0, 0]
    for (let hop = first; hop < end; hop++) {
      metresAll += metres[hop]
      secondsAll += seconds[hop]
      metresFree += hopLength[hop]
      secondsFree += hopTime[hop]
    }
    // Seconds per metre above those of an empty road.
    const held = secondsAll === 0 ? 0 : Math.max(0, (secondsAll + secondsFree) / (metresAll + metresFree) - secondsFree / metresFree)
    for (let hop = first; hop < end; hop++) {
      const empty = hopTime[hop] + 0.5 * held * hopLength[hop]
      let now = (hopLength[hop] * (seconds[hop] + empty)) / (metres[hop] + hopLength[hop])
      const most = 10 * hopTime[hop] + 240
      if (now > most) now = most
      time[hop] += 0.4 * (now - time[hop])
      if (live.barred[link] === 0) timeUsual[hop] += 0.04 * (now - timeUsual[hop])
      metres[hop] = seconds[hop] = 0
    }
  }
}
