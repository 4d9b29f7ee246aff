import type { Network } from '../network/networkTables'
import type { World } from '../world'
import type { NetworkChange } from '../worldTypes'
import { drivers } from './driverTypes'
import { inForce } from './inForce'

/** Row of a change of the weather: it is everywhere. */
export const WEATHER_ROW = 0

/** How one drives on a link. */
export interface Conditions {
  /** What the law or an edit allows, m/s, whatever the weather. */
  readonly limit: number
  /** Desired speeds by those of a dry day. */
  readonly speedFactor: number
  /** Time gaps by those of a dry day on a free road. */
  readonly gapFactor: number
}

/** Conditions of a link as the first `count` changes have them. */
export function conditionsOf({ links }: Network, changes: readonly NetworkChange[], count: number, link: number): Conditions {
  const limit = inForce(changes, count, 'speedLimit', link)?.speedLimit ?? links.speedLimit[link]
  const weather = inForce(changes, count, 'weather', WEATHER_ROW)
  const speedFactor = weather?.speedFactor ?? 1
  const capacity = (weather?.capacity ?? 1) * (inForce(changes, count, 'capacity', link)?.capacity ?? 1)
  return { limit, speedFactor, gapFactor: timeGapFactor(limit, speedFactor, capacity) }
}

/** Sets how one drives on a link, and on the turns that leave it, as the first `count` changes have it. */
export function setConditions(world: World, link: number, count: number): void {
  const { changes, paths, index, input } = world
  const { links, lanes, turns } = input.network
  const { limit, speedFactor, gapFactor } = conditionsOf(input.network, changes, count, link)
  for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link]; lane++) {
    paths.limit[lane] = limit * speedFactor
    paths.gapFactor[lane] = gapFactor
    for (let turn = lanes.turnFirst[lane]; turn < lanes.turnFirst[lane] + lanes.turnCount[lane]; turn++) {
      paths.limit[index.laneRows + turn] = turns.speedMax[turn] * speedFactor
      paths.gapFactor[index.laneRows + turn] = gapFactor
    }
  }
}

/**
 * Time gap by that of dry days with which a lane carries the share `capacity` of its flow of dry days, at speeds `speedFactor`
 * times as high.
 *
 * Cars in dense traffic below the desired speed keep s0 + v T behind one another, so that a lane carries 1 / (T + (s0 + L) / v)
 * at speed v; solved for T. What stands takes as much room as ever: jam density does not change in rain (FHWA-HOP-07-073).
 */
export function timeGapFactor(limit: number, speedFactor: number, capacity: number): number {
  if (speedFactor === 1 && capacity === 1) return 1 // without the rounding of what follows
  const { timeGap: [gap], gapMin: [gapMin], length: [length] } = drivers
  const room = (gapMin + length) / limit
  return Math.max(1, ((gap + room) / capacity - room / speedFactor) / gap)
}
