import { linkReport } from './reports'
import { advanceHop, type RouteCursor } from './traffic/routePool'
import { cursorOf } from './traffic/turnChoice'
import { vehiclesPerHour } from './units'
import { Count, type World } from './world'

/** Links ahead that the ways of vehicles are followed: some ten minutes of a drive through the city. */
const AHEAD = 24
/** s within which a standing queue is to be served besides those who come; assumed. */
const QUEUE_SERVED = 900

/**
 * What wants to leave some links now, veh/h by hop of the world's index: those who left each in the last five minutes and
 * its queue, shared out over the ways on as the vehicles that are bound over the link are going to take them.
 */
export function flowsNow(world: World, links: readonly number[]): Float64Array {
  const { index, slots, counts, routes } = world
  const bound = new Float64Array(index.nextLink.length)
  const asked = new Set(links)
  const place: RouteCursor = { chunk: -1, at: 0, link: -1 }
  for (let slot = 0; slot < counts[Count.slotsUsed]; slot++) {
    if (slots.trip[slot] < 0) continue
    cursorOf(world, slot, place)
    for (let step = 0; step < AHEAD; step++) {
      const from = place.link
      const hop = advanceHop(routes, index, place)
      if (hop < 0) break
      if (asked.has(from)) bound[hop]++
    }
  }
  const flow = new Float64Array(index.nextLink.length)
  for (const link of asked) {
    const report = linkReport(world, link)
    const wanted = vehiclesPerHour(report.flow + report.queue / QUEUE_SERVED)
    let sum = 0
    for (let hop = index.nextFirst[link]; hop < index.nextFirst[link + 1]; hop++) sum += bound[hop]
    for (let hop = index.nextFirst[link]; hop < index.nextFirst[link + 1]; hop++) flow[hop] = sum > 0 ? (wanted * bound[hop]) / sum : 0
  }
  return flow
}
