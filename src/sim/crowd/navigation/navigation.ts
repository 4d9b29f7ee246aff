import { Away, type Crowd } from '../crowd'
import type { CrowdInput } from '../crowdTypes'
import type { SpaceIndex } from '../spaceIndex'

/**
 * Where people go. For now straight towards the nearest place of the nearest goal of the stage, which suits open rooms;
 * a stage ends where it was heading, in an exit the person leaves.
 */
export interface Navigation {
  /** Bounds and corners of each goal: x, y of corner k at corner[2 k], first corner of goal g at first[g]. */
  readonly first: Int32Array
  readonly corner: Float64Array
  readonly floor: Int32Array
  readonly isExit: Uint8Array
  /** Goals of stage s of journey j: stageGoal[k] with k from stageFirst[journeyFirst[j] + s]. */
  readonly journeyFirst: Int32Array
  readonly stageFirst: Int32Array
  readonly stageGoal: Int32Array
}

export function createNavigation({ space, journeys }: CrowdInput, _index: SpaceIndex): Navigation {
  const { goals } = space
  const row = new Map(goals.map((goal, at) => [goal.id, at]))
  const first = [0]
  const journeyFirst = [0]
  const stageFirst = [0]
  const stageGoal: number[] = []
  for (const { shape } of goals) first.push(first[first.length - 1] + shape.length)
  for (const { stages } of journeys) {
    for (const stage of stages) {
      if (stage.kind === 'walk') for (const id of stage.goals) stageGoal.push(row.get(id) ?? -1)
      stageFirst.push(stageGoal.length)
    }
    journeyFirst.push(stageFirst.length - 1)
  }
  const floors = new Map(space.floors.map((floor, at) => [floor.id, at]))
  return {
    first: Int32Array.from(first), corner: Float64Array.from(goals.flatMap(goal => goal.shape.flatMap(point => [...point]))),
    floor: Int32Array.from(goals, goal => floors.get(goal.floor) ?? -1), isExit: Uint8Array.from(goals, goal => (goal.kind === 'exit' ? 1 : 0)),
    journeyFirst: Int32Array.from(journeyFirst), stageFirst: Int32Array.from(stageFirst), stageGoal: Int32Array.from(stageGoal),
  }
}

/** The part of the state that is navigation's own, in fixed order, for hashing and saving. */
export function* navigationViews(_navigation: Navigation): Generator<Float64Array | Float32Array | Int32Array | Uint8Array> {}

/** Alone, at the start of a tick: changes; gates, queues and lifts; stages that end by time. */
export function direct(_crowd: Crowd): void {}

/** Together: desired direction and pace of bodies `from` to `to` - 1 of `now`, into `aims`. */
export function aim(crowd: Crowd, from: number, to: number): void {
  const { now, aims, persons } = crowd
  for (let row = from; row < to; row++) {
    const { x, y, distance } = nearest(crowd, now.walker[row], now.x[row], now.y[row])
    aims.x[row] = distance > 1e-9 && distance < Infinity ? x / distance : 0
    aims.y[row] = distance > 1e-9 && distance < Infinity ? y / distance : 0
    aims.pace[row] = 1
    persons.remaining[now.walker[row]] = distance
  }
}

/** Together: who of bodies `from` to `to` - 1 has reached what they aimed at, from `now` to `next`. Whoever leaves gets `next.cell` = `Away.left` and `persons.leftAt`. */
export function arrive(crowd: Crowd, from: number, to: number): void {
  const { next, persons, navigation, input } = crowd
  for (let row = from; row < to; row++) {
    const walker = next.walker[row]
    const { distance, goal } = nearest(crowd, walker, next.x[row], next.y[row])
    if (distance > next.radius[row] + 0.05) continue
    const journey = input.walkers.journey[walker]
    if (navigation.isExit[goal]) {
      next.cell[row] = Away.left
      persons.leftAt[walker] = goal
    } else if (navigation.journeyFirst[journey] + persons.stage[walker] + 1 < navigation.journeyFirst[journey + 1]) persons.stage[walker] += 1
  }
}

/** Alone, after all have walked: what several bodies want of one thing. */
export function settle(_crowd: Crowd): void {}

const found = { x: 0, y: 0, distance: 0, goal: -1 }

function nearest({ navigation, input, persons }: Crowd, walker: number, x: number, y: number): typeof found {
  const stage = navigation.journeyFirst[input.walkers.journey[walker]] + persons.stage[walker]
  found.distance = Infinity
  found.goal = -1
  for (let at = navigation.stageFirst[stage]; at < navigation.stageFirst[stage + 1]; at++) {
    const goal = navigation.stageGoal[at]
    const first = navigation.first[goal]
    const corners = navigation.first[goal + 1] - first
    for (let corner = 0; corner < (corners === 2 ? 1 : corners); corner++) {
      const a = 2 * (first + corner)
      const b = 2 * (first + ((corner + 1) % corners))
      const { corner: at2 } = navigation
      const dx = at2[b] - at2[a]
      const dy = at2[b + 1] - at2[a + 1]
      const share = Math.max(0, Math.min(1, ((x - at2[a]) * dx + (y - at2[a + 1]) * dy) / (dx * dx + dy * dy)))
      const toX = at2[a] + share * dx - x
      const toY = at2[a + 1] + share * dy - y
      const distance = Math.sqrt(toX * toX + toY * toY)
      if (distance < found.distance) { found.x = toX; found.y = toY; found.distance = distance; found.goal = goal }
    }
  }
  return found
}
