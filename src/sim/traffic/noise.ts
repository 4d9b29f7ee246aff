import type { World } from '../world'
import { accelerationNoise, NOISE_SECONDS } from './carFollowing'
import { motionOf } from './motion'

/** Drivers of a domain misjudge their acceleration anew, those of a path in the same tick. */
export function renewNoise(world: World, domain: number): void {
  const { cells: { noise, key }, input, tick } = world
  const { pathFirst, paths, path, first, count } = motionOf(world)
  const every = Math.round(NOISE_SECONDS / input.dt)
  for (let at = pathFirst[domain]; at < paths; at++) {
    if ((tick + path[at]) % every !== 0) continue
    for (let cell = first[at]; cell < first[at] + count[at]; cell++) noise[cell] = accelerationNoise(key[cell], tick)
  }
}
