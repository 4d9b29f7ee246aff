import { CrowdCount, Mode, type Crowd } from '../crowd'
import { BEYOND, FRONT } from './gates'
import { look, seen } from './flowField'
import { choose, THINK_SECONDS } from './choice'
import { beginStage, isStayOver, nextStage, stageOf } from './stages'
import { StageKind } from './navigationTables'
import { keepToLane } from './lanes'
import { FIELD_SPEED } from './walkGrid'

/** Nearer than this to a place to stand, m, one stands. */
export const AT_PLACE = 0.15
/** Within so many seconds of a place to stand one slows down. */
const SLOW_SECONDS = 0.8
/** Who is as near to a place to stay, m, and slower than this share of what they want, stands where they are: others are in the way. */
const NEAR_PLACE = 0.8
const HELD_UP = 0.6
/** Who does not get to a place to stand for so long, s, stands where they are. */
const GIVE_UP_SECONDS = 5
/** Who is so near to an area where they are to stay, m, and gets no nearer because of those who stand there, has come. */
const FULL_REACH = 5
/** Farther from the middle of their lane than this, m, one does not go through. */
const ASIDE = 0.2
/** Getting nearer by this is progress, m. */
const PROGRESS = 0.5
/** Pace at which one turns on the spot. */
const TURNING = 1e-6
/** Who has farther to go than this, m, looks up the way anew every so many seconds only. */
const NEAR = 2
export const LOOK_SECONDS = 0.15
/** Farther than this, m, and with room around (one glided until now), half as often. */
const FAR = 10
/** What a person does who walks to an exit that lets nobody out now: stands this far from it, m, beyond the radius. */
const HOLD = 0.15

/** Together: desired direction and pace of bodies `from` to `to` - 1 of `now`, into `aims`. */
export function aim(crowd: Crowd, from: number, to: number): void {
  const { now, aims, persons, navigation, counts, input } = crowd
  const { intents, stages, fields, grid, openings, openingsIfOpen, goals, courses } = navigation
  const tick = counts[CrowdCount.tick]
  const lookTicks = Math.max(1, Math.round(LOOK_SECONDS / input.dt))
  const farTicks = 2 * lookTicks
  // Courses hold for a part of as many ticks, so nobody misses their moment.
  const thinkTicks = lookTicks * Math.max(1, Math.round(THINK_SECONDS / LOOK_SECONDS))
  for (let row = from; row < to; row++) {
    const walker = now.walker[row]
    const course = 8 * walker
    if (courses[course + 3] > tick) continue
    if (courses[course + 2] > tick) {
      aims.x[row] = courses[course]
      aims.y[row] = courses[course + 1]
      aims.pace[row] = 1
      continue
    }
    aims.x[row] = aims.y[row] = 0
    aims.pace[row] = 1
    if (tick < persons.startTick[walker]) { persons.progressTick[walker] = tick; continue }
    const x = now.x[row]
    const y = now.y[row]
    const floor = now.floor[row]
    if (intents.stageTick[walker] < 0) beginStage(crowd, walker, floor, x, y, tick)
    let stage = stageOf(crowd, walker)
    if (stage >= 0 && stages.kind[stage] === StageKind.stay && isStayOver(crowd, walker, stage, tick)) {
      nextStage(crowd, walker, floor, x, y, tick)
      stage = stageOf(crowd, walker)
    }
    if (stage < 0) { persons.remaining[walker] = 0; continue }
    if (intents.detourUntil[walker] > tick) {
      aims.x[row] = intents.detourX[walker]
      aims.y[row] = intents.detourY[walker]
      continue
    }
    const movedX = x - persons.progressX[walker]
    const movedY = y - persons.progressY[walker]
    persons.progressX[walker] = x
    persons.progressY[walker] = y
    if (persons.pass[walker] >= 0) { aimThrough(crowd, row); continue }
    const stays = stages.kind[stage] === StageKind.stay
    if (intents.targetX[walker] === intents.targetX[walker]) {
      const dx = intents.targetX[walker] - x
      const dy = intents.targetY[walker] - y
      const distance = Math.sqrt(dx * dx + dy * dy)
      noteProgress(crowd, walker, distance, distance > 0 ? (movedX * dx + movedY * dy) / distance : 0, tick)
      const arrived = distance < AT_PLACE
      const pace = Math.min(1, distance / (SLOW_SECONDS * now.freeSpeed[row]))
      const heldUp = distance < NEAR_PLACE && now.speed[row] < HELD_UP * pace * now.freeSpeed[row]
      if (stays && (arrived || heldUp || (tick - persons.progressTick[walker]) * input.dt > GIVE_UP_SECONDS)) {
        intents.targetX[walker] = NaN
        persons.mode[walker] = Mode.standing
      }
      else if (!arrived) {
        aims.x[row] = dx / distance
        aims.y[row] = dy / distance
        aims.pace[row] = pace
      }
      else if (intents.gate[walker] >= 0) faceGate(crowd, row)
      continue
    }
    if (stays) { persons.mode[walker] = Mode.standing; persons.remaining[walker] = 0; continue }
    const unsure = stages.options[stage] > 0 && (persons.field[walker] === stages.field[stage] || (tick + walker) % thinkTicks === 0)
    if (unsure && !choose(crowd, row, stage)) {
      persons.mode[walker] = Mode.held
      persons.remaining[walker] = Infinity
      continue
    }
    const field = fields[persons.field[walker]]
    if (field.made[0] === 0) {
      // Nobody has gone this way yet: one stands until it has been found.
      navigation.wanted[persons.field[walker]] = 1
      persons.progressTick[walker] = tick
      continue
    }
    look(grid, field.waits ? openingsIfOpen : openings, field, floor, x, y)
    if (!(seen.time < Infinity)) {
      // No way: one waits for one to open, or chooses another goal.
      if (stages.options[stage] > 0) persons.field[walker] = stages.field[stage]
      persons.mode[walker] = Mode.held
      persons.remaining[walker] = Infinity
      continue
    }
    const target = field.targets[seen.source]
    const remaining = Math.max(0, seen.time - field.wait[seen.source]) * FIELD_SPEED
    noteProgress(crowd, walker, remaining, movedX * seen.x + movedY * seen.y, tick)
    persons.goal[walker] = target
    if (remaining < FULL_REACH && (tick - persons.progressTick[walker]) * input.dt > GIVE_UP_SECONDS && isFull(crowd, stage, target)) {
      intents.place[walker] = target
      nextStage(crowd, walker, floor, x, y, tick)
      continue
    }
    if (seen.x === 0 && seen.y === 0 && target < goals.rows) goIn(input.space.goals[target].shape, x, y)
    let holds = seen.x === 0 && seen.y === 0
    if (target < goals.rows && remaining < 1 && intents.permit[walker] !== target && isLimited(crowd, target))
      holds = isClose(crowd, target, x, y, now.radius[row] + HOLD)
    if (holds) { persons.mode[walker] = Mode.held; continue }
    if (persons.mode[walker] === Mode.held && intents.gate[walker] < 0) persons.mode[walker] = Mode.walking
    if (remaining >= NEAR && intents.gate[walker] < 0) {
      if (stages.kind[stage] === StageKind.walk) keepToLane(crowd, field.time, floor, x, y)
      courses[course] = seen.x
      courses[course + 1] = seen.y
      const lasts = remaining >= FAR && courses[course + 3] === tick ? farTicks : lookTicks
      courses[course + 2] = tick + lasts - ((tick + walker) % lasts)
    }
    aims.x[row] = seen.x
    aims.y[row] = seen.y
  }
}

/** Whether who gets no nearer to a target may stay in front of it: it is an area, and a stay is what they want there. */
function isFull({ navigation: { goals, stages, journeyFirst }, input }: Crowd, stage: number, target: number): boolean {
  return target < goals.rows && goals.isExit[target] === 0 && input.space.goals[target].shape.length > 2 && stage + 1 < stages.rows && stages.kind[stage + 1] === StageKind.stay && !journeyFirst.includes(stage + 1)
}

/**
 * Writes down the way that is left, and when one last came half a metre nearer: by what one has moved along the way as it
 * leads now. Whoever walks to and fro makes no progress, and a field made anew, by which the way left is another, is none.
 */
function noteProgress({ persons, navigation: { intents } }: Crowd, walker: number, remaining: number, nearer: number, tick: number): void {
  persons.remaining[walker] = remaining
  intents.gained[walker] += nearer
  if (intents.gained[walker] < PROGRESS) return
  if (intents.gained[walker] < Infinity) intents.stuck[walker] = 0
  intents.gained[walker] = 0
  persons.progressTick[walker] = tick
}

/** Who may pass a gate: through the middle of their lane, or first to its front if they were pushed aside. */
function aimThrough({ now, aims, persons, navigation: { gates, intents } }: Crowd, row: number): void {
  const walker = now.walker[row]
  const gate = persons.pass[walker]
  const alongX = gates.bx[gate] - gates.ax[gate]
  const alongY = gates.by[gate] - gates.ay[gate]
  const length = Math.sqrt(alongX * alongX + alongY * alongY)
  const toX = now.x[row] - gates.ax[gate]
  const toY = now.y[row] - gates.ay[gate]
  const middle = ((intents.lane[walker] - gates.laneFirst[gate] + 0.5) / gates.lanes[gate]) * length
  const aside = middle - (toX * alongX + toY * alongY) / length
  const off = (intents.gateSide[walker] * (alongX * toY - alongY * toX)) / length
  const ahead = (off > 0 && Math.abs(aside) > ASIDE ? FRONT : -BEYOND) - off
  // Along the line, and across it to the side that one came from.
  const x = (aside * alongX - intents.gateSide[walker] * ahead * alongY) / length
  const y = (aside * alongY + intents.gateSide[walker] * ahead * alongX) / length
  const distance = Math.sqrt(x * x + y * y)
  persons.remaining[walker] = distance
  if (distance === 0) return
  aims.x[row] = x / distance
  aims.y[row] = y / distance
}

/** Who stands at a lane looks through the gate, so as to go that way when they go. */
function faceGate({ now, aims, navigation: { gates, intents } }: Crowd, row: number): void {
  const gate = intents.gate[now.walker[row]]
  const side = intents.gateSide[now.walker[row]]
  const alongX = gates.bx[gate] - gates.ax[gate]
  const alongY = gates.by[gate] - gates.ay[gate]
  const length = Math.sqrt(alongX * alongX + alongY * alongY)
  aims.x[row] = (side * alongY) / length
  aims.y[row] = (-side * alongX) / length
  aims.pace[row] = TURNING
}

/** From a cell that is an area's own, though the place is not in it yet: straight to its edge. Sets the direction that was seen. */
function goIn(shape: readonly (readonly [number, number])[], x: number, y: number): void {
  if (shape.length < 3 || distanceToGoal(shape, x, y) === 0) return
  let nearest = Infinity
  for (let k = 0; k < shape.length; k++) {
    const [ax, ay] = shape[k]
    const [bx, by] = shape[(k + 1) % shape.length]
    const alongX = bx - ax
    const alongY = by - ay
    const share = Math.max(0, Math.min(1, ((x - ax) * alongX + (y - ay) * alongY) / (alongX * alongX + alongY * alongY)))
    const dx = ax + share * alongX - x
    const dy = ay + share * alongY - y
    const distance = Math.sqrt(dx * dx + dy * dy)
    if (distance >= nearest || distance === 0) continue
    nearest = distance
    seen.x = dx / distance
    seen.y = dy / distance
  }
}

/** Whether one must wait to be let out at a goal. */
export function isLimited({ navigation: { goals, targets } }: Crowd, goal: number): boolean {
  return goals.isExit[goal] === 1 && (targets.open[goal] === 0 || goals.interval[goal] > 0 || goals.room[goal] >= 0)
}

/** Whether a place is nearer to a goal's line or area than `reach`, m. */
export function isClose({ input }: Crowd, goal: number, x: number, y: number, reach: number): boolean {
  return distanceToGoal(input.space.goals[goal].shape, x, y) < reach
}

/** m from a place to a line, or to an area from outside; 0 in it. */
export function distanceToGoal(shape: readonly (readonly [number, number])[], x: number, y: number): number {
  let nearest = Infinity
  let within = false
  const lines = shape.length === 2 ? 1 : shape.length
  for (let k = 0; k < lines; k++) {
    const [ax, ay] = shape[k]
    const [bx, by] = shape[(k + 1) % shape.length]
    const alongX = bx - ax
    const alongY = by - ay
    let share = ((x - ax) * alongX + (y - ay) * alongY) / (alongX * alongX + alongY * alongY)
    share = share < 0 ? 0 : share > 1 ? 1 : share
    const dx = x - ax - share * alongX
    const dy = y - ay - share * alongY
    nearest = Math.min(nearest, dx * dx + dy * dy)
    if (lines > 1 && ay <= y !== by <= y && ax + ((y - ay) / (by - ay)) * alongX > x) within = !within
  }
  return within ? 0 : Math.sqrt(nearest)
}
