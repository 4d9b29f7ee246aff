import { createRoutePlanner, type RoutePlanner } from './routePlanner'
import type { World } from './world'

/** When somebody wants to drive: at this moment, or at a tick; `open` = as if nothing had been changed. */
export interface RouteMoment { readonly tick: number | 'now'; readonly open?: boolean }

/**
 * The roads of a running world with the times that drivers would find: now those measured live, at another tick the usual ones of
 * this run, each at least as long as the empty road takes with the closures, bans and limits in force then. Reads the world and
 * changes nothing in it.
 */
export function createLivePlanner({ input, changes, tick, measures: { hops } }: World, moment: RouteMoment): RoutePlanner {
  const planner = createRoutePlanner(input.network, moment.open ? [] : changes, moment.tick === 'now' ? tick : moment.tick)
  const { router: { cost, stale } } = planner
  const times = moment.tick === 'now' ? hops.time : hops.timeUsual
  for (let hop = 0; hop < times.length; hop++) {
    const measured = Math.round(1000 * times[hop])
    if (measured > cost[hop]) cost[hop] = measured
  }
  stale.fill(1)
  return planner
}
