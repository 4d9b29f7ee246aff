import { CrowdCount, type Crowd } from '../crowd'
import { distanceToGoal, isLimited } from './aim'

/** m from an exit's line, beyond the radius, within which one can be let out: a little more than where one waits. */
const AT_LINE = 0.2

/** When a server is free again who begins now: fractions of a tick are kept while the line lasts, idle time is not. */
export const nextFree = (freeAt: number, time: number, dt: number, service: number): number => (freeAt > time - dt ? freeAt : time) + service

/** Alone: exits that take one after another, or only so many. Whoever is nearest is let out first; the lower row of two. */
export function serveExits(crowd: Crowd): void {
  const { navigation: { goals, targets, exitCells, intents }, now, persons, counts, input, cellFirst, goalFloor } = crowd
  const time = counts[CrowdCount.tick] * input.dt
  for (let goal = 0; goal < goals.rows; goal++) {
    if (!goals.isExit[goal] || !isLimited(crowd, goal) || targets.open[goal] === 0) continue
    while (goals.room[goal] !== 0 && goals.freeAt[goal] <= time + 1e-9) {
      let best = -1
      let nearest = Infinity
      for (let k = exitCells.first[goal]; k < exitCells.first[goal + 1]; k++)
        for (let row = cellFirst[exitCells.cell[k]]; row < cellFirst[exitCells.cell[k] + 1]; row++) {
          const walker = now.walker[row]
          if (persons.goal[walker] !== goal || persons.field[walker] < 0 || intents.permit[walker] === goal || now.floor[row] !== goalFloor[goal]) continue
          const distance = distanceToGoal(input.space.goals[goal].shape, now.x[row], now.y[row])
          if (distance > now.radius[row] + AT_LINE) continue
          if (distance < nearest || (distance === nearest && walker < best)) { nearest = distance; best = walker }
        }
      if (best < 0) break
      intents.permit[best] = goal
      goals.freeAt[goal] = nextFree(goals.freeAt[goal], time, input.dt, goals.interval[goal])
      if (goals.room[goal] > 0) goals.room[goal]--
    }
  }
}

/** How many may still leave at a goal, beyond those who are let out already; -1 = any number. For couplings, between ticks. */
export function setGoalRoom({ navigation: { goals } }: Crowd, goal: number, room: number): void {
  goals.room[goal] = room
}

/** Has those who stay in a goal area now go on, within `spread` s, each at a moment of their own. For couplings, between ticks. */
export function releaseGoal({ navigation: { goals }, counts, input }: Crowd, goal: number, spread = 0): void {
  goals.releaseTick[goal] = counts[CrowdCount.tick]
  goals.spread[goal] = Math.round(spread / input.dt)
}
