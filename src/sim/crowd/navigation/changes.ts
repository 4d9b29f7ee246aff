import { CrowdCount, type Crowd } from '../crowd'
import type { CrowdChange } from '../crowdTypes'
import { Lets } from '../spaceIndex'
import { gateLets, NavigationCount } from './createNavigation'
import { releaseGoal } from './exits'
import { changeWays } from './refresh'

/** Alone: changes of this tick. */
export function applyCrowdChanges(crowd: Crowd): void {
  const { counts, changes } = crowd
  let ways = false
  let belts = false
  while (counts[CrowdCount.nextChange] < changes.length && changes[counts[CrowdCount.nextChange]].tick <= counts[CrowdCount.tick]) {
    const change = changes[counts[CrowdCount.nextChange]++]
    if (apply(crowd, change)) ways = true
    if (change.kind === 'belt') belts = true
  }
  if (ways || crowd.navigation.counts[NavigationCount.changed] === 1) changeWays(crowd, belts)
  crowd.navigation.counts[NavigationCount.changed] = 0
}

/** Opens or shuts an exit. For couplings, between ticks. */
export function setGoalOpen(crowd: Crowd, goal: number, open: boolean): void {
  const { targets, counts } = crowd.navigation
  if ((targets.open[goal] === 1) === open) return
  targets.open[goal] = open ? 1 : 0
  counts[NavigationCount.changed] = 1
}

/** Applies one change; whether it closes or opens ways. */
function apply(crowd: Crowd, change: CrowdChange): boolean {
  const { navigation: { targets, goals, gates, queues }, index, input: { space } } = crowd
  const { walls, floors } = index
  const rowOf = (list: readonly { readonly id: string }[], id: string): number => list.findIndex(each => each.id === id)
  switch (change.kind) {
    case 'barrier': {
      const row = rowOf(space.barriers, change.id)
      for (let wall = 0; wall < walls.rows; wall++)
        if (walls.barrier[wall] === row) walls.lets[wall] = change.closed ? Lets[space.barriers[row].lets] : Lets.all
      return true
    }
    case 'gate': {
      const row = rowOf(space.gates, change.id)
      const wasOpen = gates.lets[row] !== Lets.none
      if (change.lets) gates.letsOpen[row] = gateLets({ lets: change.lets })
      gates.lets[row] = (change.open ?? wasOpen) ? gates.letsOpen[row] : Lets.none
      if (change.lanes !== undefined) gates.lanes[row] = change.lanes
      if (change.service !== undefined) gates.service[row] = change.service
      return change.open !== undefined || change.lets !== undefined
    }
    case 'goal': {
      const row = rowOf(space.goals, change.id)
      if (change.service !== undefined) goals.interval[row] = change.service / goals.length[row]
      if (change.open === undefined) return false
      targets.open[row] = change.open ? 1 : 0
      return true
    }
    case 'release':
      releaseGoal(crowd, rowOf(space.goals, change.id), change.spread ?? 0)
      return false
    case 'belt': {
      const row = rowOf(space.floors, change.floor)
      const { ascent } = space.floors[row]
      if (!ascent) return false
      const [dx, dy] = [ascent.to[0] - ascent.from[0], ascent.to[1] - ascent.from[1]]
      const run = Math.sqrt(dx * dx + dy * dy)
      floors.belt[row] = (change.speed * run) / Math.sqrt(run * run + ascent.rise * ascent.rise)
      return true
    }
    case 'queue':
      queues.servers[rowOf(space.queues, change.id)] = change.servers
      return false
  }
}
