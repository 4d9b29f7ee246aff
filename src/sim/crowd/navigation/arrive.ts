import { Away, CrowdCount, Mode, type Crowd } from '../crowd'
import { distanceToGoal, isLimited } from './aim'
import { nextStage } from './stages'

/** Whoever is nearer to the line of an exit than this beyond the radius, m, has reached it. */
const TOUCH = 0.05
/** Beyond a gate's line by the radius and this, m, one is through. */
const THROUGH = 0.02
/** Together: who of bodies `from` to `to` - 1 has reached what they aimed at, from `now` to `next`. */
export function arrive(crowd: Crowd, from: number, to: number): void {
  const { now, next, persons, navigation, input, counts } = crowd
  const { intents, goals, gates, courses } = navigation
  const tick = counts[CrowdCount.tick]
  for (let row = from; row < to; row++) {
    const walker = next.walker[row]
    if (courses[8 * walker + 2] > tick) continue
    const x = next.x[row]
    const y = next.y[row]
    if (intents.board[walker] >= 0) {
      next.cell[row] = Away.inLift
      persons.leftAt[walker] = intents.board[walker]
      continue
    }
    const gate = persons.pass[walker]
    if (gate >= 0) {
      const alongX = gates.bx[gate] - gates.ax[gate]
      const alongY = gates.by[gate] - gates.ay[gate]
      const beyond = -intents.gateSide[walker] * (alongX * (y - gates.ay[gate]) - alongY * (x - gates.ax[gate])) / Math.sqrt(alongX * alongX + alongY * alongY)
      if (beyond > next.radius[row] + THROUGH) {
        persons.pass[walker] = intents.gate[walker] = -1
        intents.targetX[walker] = intents.targetY[walker] = NaN
        intents.serviceEnd[walker] = intents.gained[walker] = Infinity
        persons.mode[walker] = Mode.walking
      }
      continue
    }
    const goal = persons.goal[walker]
    if (persons.field[walker] < 0 || goal < 0 || goal >= goals.rows || persons.remaining[walker] > 1.5 || next.floor[row] !== crowd.goalFloor[goal]) continue
    const { shape } = input.space.goals[goal]
    if (goals.isExit[goal]) {
      if (isLimited(crowd, goal) && intents.permit[walker] !== goal) continue
      if (shape.length === 2 ? !hasReached(shape, now.x[row], now.y[row], x, y, next.radius[row] + TOUCH) : distanceToGoal(shape, x, y) > 0) continue
      next.cell[row] = Away.left
      persons.leftAt[walker] = goal
    }
    else if (shape.length === 2 ? distanceToGoal(shape, x, y) < next.radius[row] + TOUCH : distanceToGoal(shape, x, y) === 0) {
      intents.place[walker] = goal
      nextStage(crowd, walker, next.floor[row], x, y, tick)
    }
  }
}

/** Whether a step from p to q touches a line, or comes as near to it as `reach` in front of it (not beyond its ends), m. */
function hasReached([[ax, ay], [bx, by]]: readonly (readonly [number, number])[], px: number, py: number, qx: number, qy: number, reach: number): boolean {
  const alongX = bx - ax
  const alongY = by - ay
  const length = Math.sqrt(alongX * alongX + alongY * alongY)
  const before = (alongX * (py - ay) - alongY * (px - ax)) / length
  const after = (alongX * (qy - ay) - alongY * (qx - ax)) / length
  if (Math.abs(after) > reach && before > 0 === after > 0) return false
  const share = ((qx - ax) * alongX + (qy - ay) * alongY) / (length * length)
  return share >= 0 && share <= 1
}
