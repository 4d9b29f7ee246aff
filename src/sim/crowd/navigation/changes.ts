import { stirAll } from '../calm'
import { CrowdCount, type Crowd } from '../crowd'
import type { CrowdChange } from '../crowdTypes'
import { Lets } from '../spaceIndex'
import { gateLets, NavigationCount, markLines, setGateLets } from './createNavigation'
import { releaseGoal } from './exits'
import { dismissGate } from './gates'
import { changeWays } from './refresh'

/** Alone: changes of this tick. */
export function applyCrowdChanges(crowd: Crowd): void {
  const { counts, changes } = crowd
  let ways = false
  let belts = false
  while (counts[CrowdCount.nextChange] < changes.length && changes[counts[CrowdCount.nextChange]].tick <= counts[CrowdCount.tick]) {
    const change = changes[counts[CrowdCount.nextChange]++]
    if (applyChange(crowd, change)) ways = true
    if (change.kind === 'belt') belts = true
  }
  if (ways) stirAll(crowd)
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
export function applyChange(crowd: Crowd, change: CrowdChange): boolean {
  const { navigation: { targets, goals, queues }, index, input: { space } } = crowd
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
      changeGate(crowd, row, change)
      if (change.stands !== undefined) markLines(crowd.navigation)
      if (change.stands === false) dismissGate(crowd, row)
      return change.open !== undefined || change.lets !== undefined || change.stands !== undefined
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

/** Sets what a change says of a gate; whoever waits at it is left alone. */
export function changeGate({ navigation: { gates }, index: { walls } }: Crowd, row: number, { lets, open, lanes, service, stands }: Extract<CrowdChange, { kind: 'gate' }>): void {
  if (lets) gates.letsOpen[row] = gateLets({ lets })
  if (open !== undefined) gates.open[row] = open ? 1 : 0
  if (lanes !== undefined) gates.lanes[row] = lanes
  if (service !== undefined) gates.service[row] = service
  if (stands !== undefined) {
    gates.stands[row] = stands ? 1 : 0
    for (let wall = 0; wall < walls.rows; wall++) if (walls.gate[wall] === row) walls.lets[wall] = stands ? Lets.none : Lets.all
  }
  setGateLets(gates, row)
}
