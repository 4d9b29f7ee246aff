import type { World } from '../world'

export function breakDeadlocks(world: World): void {
  void world
}
