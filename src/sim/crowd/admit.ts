import { Draw, uniform } from '../core/random'
import { stirredNext } from './calm'
import { CrowdCount, Mode, type Crowd } from './crowd'
import { WalkerState } from './crowdTypes'
import { freeSpeedOf } from './freeSpeed'
import { distanceSquare, insideRings } from './planGeometry'
import { cellOf, Lets, MARGIN } from './spaceIndex'

/** Places that are tried for one person in one tick. */
const TRIES = 24
/** m that who appears keeps from walls, beyond the radius. */
const WALL_ROOM = 0.01

/** Alone: those whose time has come wait for a free place; whoever finds one appears, and moves from the next tick on. */
export function admitWalkers(crowd: Crowd): void {
  const { counts, input: { walkers, space } } = crowd
  const tick = counts[CrowdCount.tick]
  while (counts[CrowdCount.nextWalker] < walkers.rows && walkers.appearTick[counts[CrowdCount.nextWalker]] <= tick) {
    const walker = counts[CrowdCount.nextWalker]++
    if (walkers.appearTick[walker] >= 0) awaitPlace(crowd, walker, walkers.from[walker])
  }
  if (counts[CrowdCount.waiting] === 0) return
  for (let list = 0; list <= space.goals.length; list++) if (crowd.waitHead[list] >= 0) admitFrom(crowd, list)
}

/** Has a person of the input appear as soon as there is room: at a goal, or where the walker's row says. For couplings, between ticks. */
export function enterWalker(crowd: Crowd, walker: number, goal = crowd.input.walkers.from[walker]): void {
  if (crowd.persons.state[walker] !== WalkerState.notYet) throw new Error(`tick ${crowd.counts[CrowdCount.tick]}: walker ${walker} is to appear, but has appeared before`)
  awaitPlace(crowd, walker, goal)
}

function awaitPlace(crowd: Crowd, walker: number, goal: number): void {
  const { waitHead, waitTail, persons, counts, input } = crowd
  const list = goal < 0 ? input.space.goals.length : goal
  if (waitHead[list] < 0) waitHead[list] = walker
  else persons.nextWaiting[waitTail[list]] = walker
  waitTail[list] = walker
  persons.nextWaiting[walker] = -1
  persons.state[walker] = WalkerState.waitingToEnter
  counts[CrowdCount.waiting]++
}

/** Who waits at one goal comes in by turn; those with places of their own come in as theirs gets free. */
function admitFrom(crowd: Crowd, list: number): void {
  const { waitHead, waitTail, persons, input: { walkers, space } } = crowd
  const own = list === space.goals.length
  let before = -1
  for (let walker = waitHead[list]; walker >= 0;) {
    const after = persons.nextWaiting[walker]
    const came = own && !Number.isNaN(walkers.x[walker])
      ? enterBody(crowd, walker, walkers.floor[walker], walkers.x[walker], walkers.y[walker]) : !own && enterAt(crowd, walker, list)
    if (came) {
      if (before < 0) waitHead[list] = after
      else persons.nextWaiting[before] = after
      if (after < 0) waitTail[list] = before
      persons.nextWaiting[walker] = -1
    } else {
      if (!own) return
      before = walker
    }
    walker = after
  }
}

/** Tries places in a goal area, or along a goal line on its walkable side. */
function enterAt(crowd: Crowd, walker: number, goal: number): boolean {
  const { input, counts, goalFloor, goalBounds } = crowd
  const { shape } = input.space.goals[goal]
  const floor = goalFloor[goal]
  const tick = counts[CrowdCount.tick]
  const id = input.walkers.id[walker]
  // Who begins in an area stands on the spot where he or she stays, if it is free.
  if (shape.length > 2 && !Number.isNaN(input.walkers.x[walker]) && enterBody(crowd, walker, floor, input.walkers.x[walker], input.walkers.y[walker])) return true
  for (let go = 0; go < TRIES; go++) {
    const u = uniform(input.seed, Draw.walkerPlace, id, 2 * (tick * TRIES + go))
    const v = uniform(input.seed, Draw.walkerPlace, id, 2 * (tick * TRIES + go) + 1)
    let x: number
    let y: number
    if (shape.length === 2) {
      const dx = shape[1][0] - shape[0][0]
      const dy = shape[1][1] - shape[0][1]
      const length = Math.sqrt(dx * dx + dy * dy)
      const off = ((go % 2 === 0 ? 1 : -1) * (radiusOf(crowd, walker) + 2 * WALL_ROOM)) / length
      x = shape[0][0] + u * dx - off * dy
      y = shape[0][1] + u * dy + off * dx
    } else {
      x = goalBounds[4 * goal] + u * (goalBounds[4 * goal + 2] - goalBounds[4 * goal])
      y = goalBounds[4 * goal + 1] + v * (goalBounds[4 * goal + 3] - goalBounds[4 * goal + 1])
      if (!insideRing(crowd, goal, x, y)) continue
    }
    if (enterBody(crowd, walker, floor, x, y)) return true
  }
  return false
}

function insideRing({ input }: Crowd, goal: number, x: number, y: number): boolean {
  const { shape } = input.space.goals[goal]
  let inside = false
  for (let at = 0; at < shape.length; at++) {
    const a = shape[at]
    const b = shape[at + 1 === shape.length ? 0 : at + 1]
    if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside
  }
  return inside
}

/** Puts a person down on a floor if there is room; says whether. Alone only. They move from the next tick on. */
export function enterBody(crowd: Crowd, walker: number, floor: number, x: number, y: number): boolean {
  const { counts, next, persons, input, index } = crowd
  const radius = radiusOf(crowd, walker)
  if (!isFree(crowd, floor, x, y, radius)) return false
  const row = crowd.mail.first[index.domains] + counts[CrowdCount.entering]++
  const cell = cellOf(index, floor, x, y)
  next.x[row] = x
  next.y[row] = y
  next.headingX[row] = next.headingY[row] = next.speed[row] = 0
  next.freeSpeed[row] = freeSpeedOf(input, walker)
  next.radius[row] = radius
  next.walker[row] = walker
  next.floor[row] = floor
  next.cell[row] = cell
  crowd.stir[stirredNext(crowd) + cell] = 1
  crowd.enterNext[row] = crowd.enterHead[cell]
  crowd.enterHead[cell] = row
  if (persons.state[walker] === WalkerState.inLift) counts[CrowdCount.inLift]--
  else {
    counts[CrowdCount.waiting]--
    persons.enterTick[walker] = counts[CrowdCount.tick]
    persons.startTick[walker] = counts[CrowdCount.tick] + 1 + Math.round(input.walkers.reaction[walker] / input.dt)
  }
  persons.state[walker] = WalkerState.inside
  persons.mode[walker] = Mode.walking
  persons.leftAt[walker] = -1
  persons.progressX[walker] = x
  persons.progressY[walker] = y
  persons.progressTick[walker] = counts[CrowdCount.tick]
  counts[CrowdCount.inside]++
  return true
}

const radiusOf = ({ input, parameters }: Crowd, walker: number): number => (input.walkers.radius[walker] > 0 ? input.walkers.radius[walker] : parameters.radius)

/** Whether a body fits in on a floor: on the surface, clear of walls, and of others as far as they get in this tick. */
function isFree(crowd: Crowd, floor: number, x: number, y: number, radius: number): boolean {
  const { index, input, now, next, cellFirst, enterHead, enterNext } = crowd
  const { floors, walls } = index
  const column = Math.floor((x - floors.originX[floor]) / index.cell)
  const line = Math.floor((y - floors.originY[floor]) / index.cell)
  if (column < MARGIN || line < MARGIN || column >= floors.width[floor] - MARGIN || line >= floors.height[floor] - MARGIN) return false
  const cell = floors.cellFirst[floor] + line * floors.width[floor] + column
  const clear = radius + WALL_ROOM
  for (let at = index.wallFirst[cell]; at < index.wallFirst[cell + 1]; at++) {
    const wall = index.wallList[at]
    if (walls.lets[wall] !== Lets.all && distanceSquare(walls.ax[wall], walls.ay[wall], walls.bx[wall], walls.by[wall], x, y) < clear * clear) return false
  }
  for (let range = 0; range < 5 + (index.beyondFirst[cell + 1] - index.beyondFirst[cell]) / 2; range++) {
    const beyond = index.beyondFirst[cell] + 2 * (range - 5)
    const from = range < 5 ? cell + (range - 2) * floors.width[floor] - 2 : index.beyondList[beyond]
    const to = range < 5 ? from + 5 : index.beyondList[beyond + 1]
    for (let row = cellFirst[from]; row < cellFirst[to]; row++) {
      const room = radius + now.radius[row] + now.freeSpeed[row] * input.dt
      const dx = now.x[row] - x
      const dy = now.y[row] - y
      if (dx * dx + dy * dy < room * room) return false
    }
    for (let other = from; other < to; other++) {
      for (let row = enterHead[other]; row >= 0; row = enterNext[row]) {
        const room = radius + next.radius[row]
        const dx = next.x[row] - x
        const dy = next.y[row] - y
        if (dx * dx + dy * dy < room * room) return false
      }
    }
  }
  return insideRings(input.space.floors[floor].outlines, x, y)
}
