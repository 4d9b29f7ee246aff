import type { World } from '../world'
import { nextActive } from './cells'
import { accelerationNoise, NOISE_SECONDS } from './carFollowing'

/** Drivers of a domain misjudge their acceleration anew, those of a path in the same tick. */
export function renewNoise(world: World, domain: number): void {
  const { laneRows, domains: { laneFirst, turnFirst } } = world.index
  renewPaths(world, laneFirst[domain], laneFirst[domain + 1])
  renewPaths(world, laneRows + turnFirst[domain], laneRows + turnFirst[domain + 1])
}

function renewPaths(world: World, begin: number, end: number): void {
  const { active, paths, cells, slots, input, tick } = world
  const every = Math.round(NOISE_SECONDS / input.dt)
  for (let path = nextActive(active, begin, end); path >= 0; path = nextActive(active, path + 1, end)) {
    if ((tick + path) % every !== 0) continue
    for (let cell = paths.first[path]; cell < paths.first[path] + paths.count[path]; cell++)
      cells.noise[cell] = accelerationNoise(input.seed, input.trips.id[slots.trip[cells.slot[cell]]], tick)
  }
}
