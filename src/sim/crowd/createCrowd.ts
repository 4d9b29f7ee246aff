import { createTable } from '../core/table'
import { shareArrays } from '../threads/share'
import { checkWalkSpace } from './checkWalkSpace'
import { compileSpace } from './compileSpace'
import { aimColumns, bodyColumns, CrowdCount, leftColumns, personColumns, type Crowd, type Groups } from './crowd'
import type { CrowdInput, WalkerTable, WalkingParameters } from './crowdTypes'
import { createNavigation } from './navigation/navigation'
import { walkingDefaults } from './walkingModel'

const COUNTS = 32

/** Makes a crowd at its first tick; refuses a walk space with problems, which `checkWalkSpace` tells one by one. `shared`: over memory that a crew of threads can share. */
export function createCrowd(input: CrowdInput, shared = false): Crowd {
  const { space, walkers } = input
  const problems = checkWalkSpace(space)
  if (problems.length > 0) throw new Error(`no crowd can be made of this walk space:\n${problems.map(problem => problem.message).join('\n')}`)
  const parameters = { ...walkingDefaults, ...input.parameters } as WalkingParameters
  const index = compileSpace(space, parameters.cutoff)
  const { cells, domains } = index
  const capacity = walkers.rows
  const goals = space.goals.length
  const floorRow = new Map(space.floors.map((floor, row) => [floor.id, row]))
  const groups = groupsOf(walkers)
  const crowd: Crowd = {
    input, parameters, index,
    radiusMost: walkers.radius.reduce((most, radius) => Math.max(most, radius), parameters.radius),
    changes: [...input.changes].sort((a, b) => a.tick - b.tick),
    counts: new Float64Array(COUNTS),
    now: createTable(bodyColumns, capacity),
    next: createTable(bodyColumns, capacity),
    aims: createTable(aimColumns, capacity),
    persons: createTable(personColumns, capacity),
    groups,
    stir: new Uint8Array(2 * cells).fill(1), calm: new Uint8Array(capacity),
    left: createTable(leftColumns, capacity),
    mail: {
      first: new Int32Array(domains + 1), nextFirst: new Int32Array(domains + 1), row: new Int32Array(capacity), posted: new Int32Array(domains),
      count: new Int32Array((domains + 1) * domains), away: new Int32Array(domains), load: new Float64Array(domains),
    },
    cellFirst: new Int32Array(cells + 1),
    facing: new Float32Array(2 * cells),
    cellCursor: new Int32Array(cells),
    enterHead: new Int32Array(cells).fill(-1),
    enterNext: new Int32Array(capacity),
    waitHead: new Int32Array(goals + 1).fill(-1),
    waitTail: new Int32Array(goals + 1).fill(-1),
    goalFloor: Int32Array.from(space.goals, goal => floorRow.get(goal.floor) ?? -1),
    goalBounds: Float64Array.from(space.goals.flatMap(({ shape }) => {
      const xs = shape.map(point => point[0])
      const ys = shape.map(point => point[1])
      return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
    })),
    navigation: createNavigation(input, index),
  }
  const { persons, counts } = crowd
  for (const column of ['enterTick', 'leaveTick', 'leftAt', 'goal', 'field', 'pass', 'group', 'nextWaiting'] as const) persons[column].fill(-1)
  persons.remaining.fill(Infinity)
  persons.pace.fill(1)
  for (let group = 0; group < groups.first.length - 1; group++)
    for (let at = groups.first[group]; at < groups.first[group + 1]; at++) persons.group[groups.member[at]] = group
  counts[CrowdCount.due] = walkers.rows
  return shared ? shareArrays(crowd) : crowd
}

/** Groups of two and more, in order of their first member. */
function groupsOf(walkers: WalkerTable): Groups {
  const members = new Map<number, number[]>()
  for (let row = 0; row < walkers.rows; row++) {
    if (walkers.group[row] < 0) continue
    const list = members.get(walkers.group[row])
    if (list) list.push(row)
    else members.set(walkers.group[row], [row])
  }
  const first = [0]
  const member: number[] = []
  for (const list of members.values()) {
    if (list.length < 2) continue
    member.push(...list)
    first.push(member.length)
  }
  return { first: Int32Array.from(first), member: Int32Array.from(member) }
}
