import { uniform, Draw } from '../core/random'
import { CLASSES } from '../network/networkTables'
import { searchRoute } from '../network/router'
import type { GivenRoutes, WorldInput } from '../worldTypes'
import { hopBetween } from './mesoRoutes'
import { createMeso, MESO_STEP, type MesoWorld } from './mesoWorld'
import { applyMesoChanges, stepMeso } from './stepMeso'

/** Times of a day are kept by periods of this length, s. */
const PERIOD = 900
/** A traveller changes to a route that is quicker by this share. */
const GAIN_MIN = 0.02

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
 * Dynamic user equilibrium by repeated days: everybody drives a fixed route, learns the times of all links over that
 * day, and some of those who had a quicker way take it on the next day, ever fewer (method of successive averages).
 * Goes on for as long as it is asked.
 *
 * Source: Lu, Mahmassani & Zhou (2009), Transp. Res. B 43, 345 (gap, and who changes); Robbins & Monro (1951) (steps).
 *
 * @param seconds  length of the day, s
 * @param onTick   called after every step of a day
 */
export function* mesoEquilibrium(input: WorldInput, seconds: number, onTick?: (world: MesoWorld, day: number) => void): Generator<EquilibriumDay, never> {
  let { routes } = planRoutes(input, seconds, [], null, 1, 0)
  for (let day = 0; ; day++) {
    const world = createMeso({ ...input, routes, rerouteShare: 0 })
    const times: Float64Array[] = []
    while (world.tick * MESO_STEP < seconds) {
      stepMeso(world)
      onTick?.(world, day)
      if (world.tick % (PERIOD / MESO_STEP) === 0) times.push(takeTimes(world))
    }
    if (times.length * PERIOD < seconds) times.push(takeTimes(world))
    const next = planRoutes(input, seconds, times, routes, 1 / (day + 2), day)
    yield { world, day, gap: next.gap, changed: next.changed }
    ;({ routes } = next)
  }
}

/** Mean times of the period that ends now; a hop that nobody took lasts as on the empty road. */
function takeTimes({ hops, index }: MesoWorld): Float64Array {
  const times = Float64Array.from(index.hopTime, (empty, hop) => (hops.vehiclesSum[hop] > 0 ? hops.secondsSum[hop] / hops.vehiclesSum[hop] : empty))
  hops.secondsSum.fill(0)
  hops.vehiclesSum.fill(0)
  return times
}

interface Plan { readonly routes: GivenRoutes; readonly gap: number; readonly changed: number }

/** Routes of the next day: for a share of those who would gain, the quickest at departure; for the others the ones they had. */
function planRoutes(input: WorldInput, seconds: number, times: DayTimes, before: GivenRoutes | null, share: number, day: number): Plan {
  const planner = createMeso({ ...input, rerouteShare: 0 })
  const { router, index } = planner
  const { trips } = input
  const first = new Int32Array(trips.rows + 1)
  let link = new Int32Array(before ? before.link.length + 1024 : 32 * trips.rows + 1024)
  let used = 0
  let period = -1
  let spent = 0
  let saved = 0
  let changed = 0
  const timeOf = (links: Int32Array, from: number, count: number, depart: number): number => {
    let time = depart
    for (let at = from + 1; at < from + count; at++) {
      const now = times[Math.min(times.length - 1, Math.floor(time / PERIOD))] ?? index.hopTime
      time += now[hopBetween(index, links[at - 1], links[at])]
    }
    return time - depart
  }
  for (let row = 0; row < trips.rows; row++) {
    const depart = trips.departTick[row] * input.dt
    if (depart >= seconds) { first[row + 1] = used; continue }
    if (Math.floor(depart / PERIOD) > period) {
      period = Math.floor(depart / PERIOD)
      planner.tick = (period * PERIOD) / MESO_STEP
      applyMesoChanges(planner)
      const now = times[Math.min(times.length - 1, period)] ?? index.hopTime
      for (let hop = 0; hop < now.length; hop++) router.cost[hop] = Math.round(now[hop] * 1000)
      router.stale.fill(1, 0, CLASSES)
    }
    const from = trips.originLink[row]
    const to = trips.destinationLink[row]
    let path = router.path
    let at = 0
    let count = searchRoute(router, index, from, to, trips.class[row], 0, from === to && trips.destinationOffset[row] <= trips.originOffset[row])
    if (before && before.first[row + 1] > before.first[row]) {
      const had = before.first[row + 1] - before.first[row]
      const current = timeOf(before.link, before.first[row], had, depart)
      const gain = count > 0 ? Math.max(0, current - timeOf(path, 0, count, depart)) : 0
      spent += current
      saved += gain
      if (gain > GAIN_MIN * current && uniform(input.seed, Draw.routeNoise, trips.id[row], -2 - day) < share) changed++
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
    for (let step = 0; step < count; step++) link[used++] = path[at + step]
    first[row + 1] = used
  }
  return { routes: { first, link }, gap: spent > 0 ? saved / spent : 0, changed }
}
