import { orderHeadway } from '../transit'
import type { World } from '../world'
import type { Rules } from './rules'

/** Has trains leave as the rules order that act now: of several on one route the one that began last, of those that began together the last one; without any by timetable. */
export function orderTrains({ tick, people, input: { startTime, dt } }: World, { rules, states }: Pick<Rules, 'rules' | 'states'>): void {
  if (!people?.transit) return
  const held = new Map<number, { readonly seconds: number | null; readonly since: number }>()
  for (const [row, { trains = [] }] of rules.entries()) {
    const { acting, turnTick } = states[row]
    for (const { route, seconds } of trains) {
      const other = held.get(route)?.since ?? -1
      if (acting && turnTick >= other) held.set(route, { seconds, since: turnTick })
      else if (!held.has(route)) held.set(route, { seconds: null, since: -1 })
    }
  }
  for (const [route, { seconds }] of held) orderHeadway(people.transit, route, seconds, startTime + tick * dt)
}
