import { groupOf, setCosts, HABIT_GROUPS, LIVE_GROUPS, REFRESH_SECONDS } from '../network/router'
import { isLive, routeAtStart } from './mesoRoutes'
import { MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'

/** What drivers know by habit changes so much slower than live times, and is renewed so much less often. */
const HABIT_TIMES = 4
const TURNS = HABIT_GROUPS + HABIT_TIMES * LIVE_GROUPS
const EVERY = Math.round((HABIT_TIMES * REFRESH_SECONDS) / MESO_STEP / TURNS)

/**
 * Renews what drivers know of link times, one group in turn: live groups from the last minutes, every third turn one by
 * habit from the usual times. All of the group who depart until its next turn find their routes at once: a search that
 * follows another one of the same group has its times in the caches.
 */
export function refreshMesoCosts(world: MesoWorld): void {
  const { tick, router, index, hops } = world
  if (tick === 0 || tick % EVERY !== 0) return
  const turn = (tick / EVERY) % TURNS
  const byHabit = turn % 3 === 2
  const group = byHabit ? (turn - 2) / 3 : HABIT_GROUPS + ((turn - Math.floor(turn / 3)) % LIVE_GROUPS)
  setCosts(router, index, group, byHabit ? hops.timeUsual : hops.time)
  findRoutesAhead(world, group, tick + EVERY * (byHabit ? TURNS : TURNS / HABIT_TIMES))
}

function findRoutesAhead(world: MesoWorld, group: number, until: number): void {
  const { input: { trips, seed, dt }, given, counts, router: { closed } } = world
  for (let row = counts[MesoCount.nextTrip]; row < trips.rows && trips.departTick[row] * dt < until * MESO_STEP; row++) {
    if (given[row] >= 0 || groupOf(seed, trips.id[row], isLive(world, row)) !== group) continue
    if (!((closed[trips.originLink[row]] | closed[trips.destinationLink[row]]) & (1 << trips.class[row]))) given[row] = routeAtStart(world, row)
  }
}
