import { uniform, Draw } from '../core/random'
import { CLASSES } from '../network/networkTables'
import type { NetworkIndex } from '../network/networkIndex'
import { searchRoute, type Router } from '../network/router'
import type { GivenRoutes, WorldInput } from '../worldTypes'
import { hopBetween } from './mesoRoutes'
import { routeNotes } from './routeNotes'
import { createMeso, MESO_STEP, type MesoWorld } from './mesoWorld'
import { applyMesoChanges, stepMeso } from './stepMeso'

/** Times of a day are kept by periods of this length, s; between their middles they change evenly. */
const PERIOD = 300
/** A way is looked for at the times of the departure, and at those of so much later, s: the farther half of a way is driven then. */
const LATER = [0, 900]
/** See takeTimes. */
const ORDINARY = 2
/** Who would gain this share of his time changes for sure on the first day, others in proportion. */
const GAIN_SURE = 0.2
/** So often routes of the first day are noted, s: few trips are shorter. */
const NOTE_SECONDS = 10
/** A traveller does not change for less than this share. */
const GAIN_MIN = 0.01

/** One day of the search, and how far from equilibrium it was. */
export interface EquilibriumDay {
  readonly world: MesoWorld
  readonly day: number
  /** Share of all travel time that would have been saved if each had taken the quickest route at the times of that day. */
  readonly gap: number
  /** Trips that change their route for the next day. */
  readonly changed: number
}

/** Time of each hop by period: times[period][hop], s. */
type DayTimes = readonly Float64Array[]

/**
 * Dynamic user equilibrium by repeated days. The first is an ordinary one, on which drivers learn of times as it goes on:
 * much nearer to equilibrium than routes on empty roads. From then on everybody drives a fixed route and learns the
 * times of all links over that day; on the next day travellers take a quicker way with a probability in proportion to what they gain, and ever fewer
 * of them do, day by day (method of successive averages), so that not all rush to what was quick yesterday.
 * Goes on for as long as it is asked.
 *
 * Source: Lu, Mahmassani & Zhou (2009), Transp. Res. B 43, 345 (gap, and changes in proportion to the gain); Robbins & Monro (1951) (steps).
 *
 * @param seconds  length of the day, s
 * @param onTick   called after every step of a day
 */
export function* mesoEquilibrium(input: WorldInput, seconds: number, onTick?: (world: MesoWorld, day: number) => void): Generator<EquilibriumDay, never> {
  let planner = createMeso({ ...input, routes: undefined, rerouteShare: 0 })
  const notes = routeNotes(input)
  let routes: GivenRoutes | undefined
  for (let day = 0; ; day++) {
    const world = createMeso({ ...input, routes, rerouteShare: 0 })
    const times: Float64Array[] = []
    while (world.tick * MESO_STEP < seconds) {
      stepMeso(world)
      onTick?.(world, day)
      if (!routes && world.tick % (NOTE_SECONDS / MESO_STEP) === 0) notes.note(world)
      if (world.tick % (PERIOD / MESO_STEP) === 0) times.push(takeTimes(world))
    }
    if (times.length * PERIOD < seconds) times.push(takeTimes(world))
    // What edits do begins anew every day.
    if (input.changes.length > 0) planner = createMeso({ ...input, routes: undefined, rerouteShare: 0 })
    const next = planRoutes(planner, seconds, times, routes ?? notes.routes(), 1 / (day + 2), day)
    yield { world, day, gap: next.gap, changed: next.changed }
    ;({ routes } = next)
  }
}

/**
 * Mean times of the period that ends now, each as if ORDINARY vehicles more had passed that were held up half as long as the
 * link's vehicles on average: a lucky light is no quick way, and a turn that nobody took is not empty where its link is full.
 */
function takeTimes({ hops, index: { nextFirst, hopTime } }: MesoWorld): Float64Array {
  const { secondsSum, vehiclesSum } = hops
  const times = new Float64Array(hopTime.length)
  for (let link = 0; link + 1 < nextFirst.length; link++) {
    let held = 0
    let vehicles = 0
    for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++) {
      held += secondsSum[hop] - vehiclesSum[hop] * hopTime[hop]
      vehicles += vehiclesSum[hop]
    }
    const usual = vehicles > 0 && held > 0 ? (0.5 * held) / vehicles : 0
    for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++)
      times[hop] = (secondsSum[hop] + ORDINARY * (hopTime[hop] + usual)) / (vehiclesSum[hop] + ORDINARY)
  }
  secondsSum.fill(0)
  vehiclesSum.fill(0)
  return times
}

interface Plan { readonly routes: GivenRoutes; readonly gap: number; readonly changed: number }

/** Time of a hop that is begun at a time of the day, s: on the line between the middles of two periods. */
function timeAt(times: DayTimes, hop: number, time: number): number {
  const place = time / PERIOD - 0.5
  const before = Math.floor(place)
  const last = times.length - 1
  const from = times[before < 0 ? 0 : before > last ? last : before][hop]
  const to = times[before + 1 < 0 ? 0 : before + 1 > last ? last : before + 1][hop]
  return from + (place - before) * (to - from)
}

/** Time of a route that is begun at `depart`, each link at the time at which it is reached, s. */
function timeOf(times: DayTimes, index: NetworkIndex, links: Int32Array, from: number, count: number, depart: number): number {
  let time = depart
  for (let at = from + 1; at < from + count; at++) time += timeAt(times, hopBetween(index, links[at - 1], links[at]), time)
  return time - depart
}

/** Routes of the next day: for some of those who would gain the quickest that was found, for the others the ones they had. */
function planRoutes(planner: MesoWorld, seconds: number, times: DayTimes, before: GivenRoutes, step: number, day: number): Plan {
  const { router, index, input } = planner
  const { trips } = input
  const first = new Int32Array(trips.rows + 1)
  const found = new Int32Array(router.path.length)
  let link = new Int32Array(before.link.length + 1024)
  let used = 0
  let period = -1
  let spent = 0
  let saved = 0
  let changed = 0
  for (let row = 0; row < trips.rows; row++) {
    const depart = trips.departTick[row] * input.dt
    if (depart >= seconds) { first[row + 1] = used; continue }
    if (Math.floor(depart / PERIOD) > period) {
      period = Math.floor(depart / PERIOD)
      planner.tick = (period * PERIOD) / MESO_STEP
      applyMesoChanges(planner)
      LATER.forEach((later, group) => setTimes(router, index, group, times, (period + 0.5) * PERIOD + later))
    }
    const from = trips.originLink[row]
    const to = trips.destinationLink[row]
    let least = Infinity
    let count = 0
    for (let group = 0; group < LATER.length; group++) {
      const links = searchRoute(router, index, from, to, trips.class[row], group, from === to && trips.destinationOffset[row] <= trips.originOffset[row])
      if (links === 0) break
      const time = timeOf(times, index, router.path, 0, links, depart)
      if (time >= least) continue
      least = time
      count = links
      found.set(router.path.subarray(0, links))
    }
    let path: Int32Array = found
    let at = 0
    if (before.first[row + 1] > before.first[row]) {
      const had = before.first[row + 1] - before.first[row]
      const current = timeOf(times, index, before.link, before.first[row], had, depart)
      const gain = Math.max(0, current - least)
      spent += current
      saved += gain
      const chance = gain > GAIN_MIN * current ? (step * gain) / (GAIN_SURE * current) : 0
      if (uniform(input.seed, Draw.routeNoise, trips.id[row], -2 - day) < chance) changed++
      else {
        path = before.link
        at = before.first[row]
        count = had
      }
    }
    if (used + count > link.length) {
      const more = new Int32Array(2 * link.length + count)
      more.set(link)
      link = more
    }
    for (let k = 0; k < count; k++) link[used++] = path[at + k]
    first[row + 1] = used
  }
  return { routes: { first, link }, gap: spent > 0 ? saved / spent : 0, changed }
}

/** Gives a group of the router's drivers the times of hops that are begun at a time of the day. */
function setTimes({ cost, stale }: Router, { hopTime }: NetworkIndex, group: number, times: DayTimes, time: number): void {
  for (let hop = 0; hop < hopTime.length; hop++) cost[group * hopTime.length + hop] = Math.round(1000 * timeAt(times, hop, time))
  stale.fill(1, group * CLASSES, (group + 1) * CLASSES)
}
