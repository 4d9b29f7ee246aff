import { invariant } from '../core/invariant'
import { CrowdCount, type Crowd } from './crowd'
import { Lets } from './spaceIndex'
import { decay } from './walkingModel'

/** Scratch of one body: neighbours that it sees, and walls near it. Of one thread, and of no meaning between bodies. */
const SEEN_MAX = 256
const seenX = new Float64Array(SEEN_MAX)
const seenY = new Float64Array(SEEN_MAX)
const seenReach = new Float64Array(SEEN_MAX)
const seenGap = new Float64Array(SEEN_MAX)
const WALLS_MAX = 128
const wallRow = new Int32Array(WALLS_MAX)
const wallX = new Float64Array(WALLS_MAX)
const wallY = new Float64Array(WALLS_MAX)
const wallGap = new Float64Array(WALLS_MAX)

/** Below this distance to a wall one walks along it rather than towards it, m. */
const ALONG = 0.02
/** Beyond this many ranges a push is 0, as in `decay`. */
const RANGES = 10
/** Who stands makes room where the pushes sum up to more than this (neighbours at 0.17 m), at this speed at most, m/s. */
const ROOM_PUSH = 1.5
const ROOM_SPEED = 0.3

/** Together: moves bodies `from` to `to` - 1 of `now` by one tick, into `next`. The model stands in `walkingModel.ts`. */
export function walk(crowd: Crowd, from: number, to: number): void {
  const { now, next, aims, persons, index, parameters, input, cellFirst, counts } = crowd
  const { x: xs, y: ys, radius } = now
  const { floors, walls, wallFirst, wallList, beyondFirst, beyondList, joinFirst } = index
  const { neighbourStrength, neighbourRange, wallStrength, wallRange, timeGap, turningTime, cutoff } = parameters
  const { dt } = input
  const tick = counts[CrowdCount.tick]
  const cutoffSquare = cutoff * cutoff
  const turning = Math.min(1, dt / turningTime)
  for (let row = from; row < to; row++) {
    const x = xs[row]
    const y = ys[row]
    const own = radius[row]
    const floor = now.floor[row]
    const cell = now.cell[row]
    const walker = now.walker[row]
    const started = tick >= persons.startTick[walker]
    let wishX = started ? aims.x[row] : 0
    let wishY = started ? aims.y[row] : 0
    const stands = wishX === 0 && wishY === 0
    let pushX = 0
    let pushY = 0

    // Walls near: as vectors from their nearest point to the body.
    let wallsNear = 0
    for (let at = wallFirst[cell]; at < wallFirst[cell + 1]; at++) {
      const wall = wallList[at]
      const lets = walls.lets[wall]
      if (lets === Lets.all || (walls.gate[wall] >= 0 && walls.gate[wall] === persons.pass[walker])) continue
      const ax = walls.ax[wall]
      const ay = walls.ay[wall]
      const alongX = walls.bx[wall] - ax
      const alongY = walls.by[wall] - ay
      if (lets !== Lets.none) {
        // Who has the line on the left of its first end's direction would cross it with the first end on the right.
        const side = alongX * (y - ay) - alongY * (x - ax)
        if (side > 0 === (lets === Lets.firstOnRight)) continue
      }
      let share = ((x - ax) * alongX + (y - ay) * alongY) / (alongX * alongX + alongY * alongY)
      share = share < 0 ? 0 : share > 1 ? 1 : share
      const offX = x - ax - share * alongX
      const offY = y - ay - share * alongY
      const square = offX * offX + offY * offY
      if (square >= cutoffSquare || square < 1e-18 || wallsNear === WALLS_MAX) continue
      const distance = Math.sqrt(square)
      wallRow[wallsNear] = wall
      wallX[wallsNear] = offX / distance
      wallY[wallsNear] = offY / distance
      wallGap[wallsNear] = distance - own
      const ranges = (distance - own) / wallRange
      if (ranges < RANGES) {
        const push = wallStrength * decay(ranges)
        pushX += push * wallX[wallsNear]
        pushY += push * wallY[wallsNear]
      }
      wallsNear++
    }

    // Neighbours: three rows of cells, then cells of other floors beyond a join.
    let seen = 0
    const width = floors.width[floor]
    const beyond = beyondFirst[cell]
    const ranges = 3 + (beyondFirst[cell + 1] - beyond) / 2
    for (let range = 0; range < ranges; range++) {
      const first = range < 3 ? cell + (range - 1) * width - 1 : beyondList[beyond + 2 * (range - 3)]
      const last = range < 3 ? first + 3 : beyondList[beyond + 2 * (range - 3) + 1]
      for (let other = cellFirst[first], end = cellFirst[last]; other < end; other++) {
        const dx = xs[other] - x
        const dy = ys[other] - y
        const square = dx * dx + dy * dy
        if (square >= cutoffSquare || other === row || square < 1e-18) continue
        if (wallsNear > 0 && isHidden(crowd, wallsNear, x, y, dx, dy)) continue
        const distance = Math.sqrt(square)
        const reach = own + radius[other]
        const gap = distance - reach
        invariant(seen < SEEN_MAX, () => `tick ${tick}: walker ${walker} at ${x.toFixed(2)}, ${y.toFixed(2)} sees more than ${SEEN_MAX} others within ${cutoff} m`)
        seenX[seen] = dx
        seenY[seen] = dy
        seenReach[seen] = reach
        seenGap[seen++] = gap
        if (gap >= RANGES * neighbourRange) continue
        const push = (neighbourStrength * decay(gap / neighbourRange)) / distance
        pushX -= push * dx
        pushY -= push * dy
      }
    }

    // Speed that is wanted here.
    let wanted = now.freeSpeed[row] * aims.pace[row] * persons.pace[walker]
    let gapTime = timeGap
    if (stands) {
      const push = Math.sqrt(pushX * pushX + pushY * pushY)
      wanted = push > ROOM_PUSH ? ROOM_SPEED * (1 - ROOM_PUSH / push) : 0
    } else if (floors.belt[floor] !== 0) {
      wanted = Math.abs(floors.belt[floor])
      gapTime = parameters.beltTimeGap
    } else {
      const climb = wishX * floors.ascentX[floor] + wishY * floors.ascentY[floor]
      wanted *= climb > 0 ? floors.factorUp[floor] : floors.factorDown[floor]
    }
    let headX = now.headingX[row]
    let headY = now.headingY[row]
    let speed = 0
    wishX += pushX
    wishY += pushY
    const wish = Math.sqrt(wishX * wishX + wishY * wishY)
    if (wanted > 0 && wish > 1e-9) {
      // A first heading is taken at once.
      const turn = headX === 0 && headY === 0 ? 1 : turning
      headX += turn * (wishX / wish - headX)
      headY += turn * (wishY / wish - headY)
      let length = Math.sqrt(headX * headX + headY * headY)
      if (length < 1e-3) { headX = wishX / wish; headY = wishY / wish; length = 1 }
      headX /= length
      headY /= length
      let goX = headX
      let goY = headY
      for (let pass = 0; pass < 2; pass++) {
        for (let wall = 0; wall < wallsNear; wall++) {
          const into = goX * wallX[wall] + goY * wallY[wall]
          if (into >= 0 || wallGap[wall] > ALONG) continue
          goX -= into * wallX[wall]
          goY -= into * wallY[wall]
        }
      }
      const going = Math.sqrt(goX * goX + goY * goY)
      if (going > 0.05) {
        goX /= going
        goY /= going
        let gap = Infinity
        for (let at = 0; at < seen; at++) {
          if (seenGap[at] >= gap || seenX[at] * goX + seenY[at] * goY <= 0) continue
          const lateral = seenX[at] * goY - seenY[at] * goX
          if ((lateral < 0 ? -lateral : lateral) <= seenReach[at]) gap = seenGap[at]
        }
        speed = gap <= 0 ? 0 : Math.min(wanted, gap / gapTime)
        for (let wall = 0; wall < wallsNear; wall++) {
          const into = -(goX * wallX[wall] + goY * wallY[wall])
          if (into > 1e-9 && speed * dt * into > wallGap[wall]) speed = wallGap[wall] > 0 ? wallGap[wall] / (into * dt) : 0
        }
        headX = goX
        headY = goY
      }
    }

    const nextX = x + headX * speed * dt
    const nextY = y + headY * speed * dt
    const nextFloor = joinFirst[cell] < joinFirst[cell + 1] ? floorAfter(crowd, cell, floor, x, y, nextX, nextY) : floor
    const column = Math.floor((nextX - floors.originX[nextFloor]) / cutoff)
    const line = Math.floor((nextY - floors.originY[nextFloor]) / cutoff)
    invariant(column > 0 && line > 0 && column < floors.width[nextFloor] - 1 && line < floors.height[nextFloor] - 1, () =>
      `tick ${tick}: walker ${walker} at ${nextX.toFixed(2)}, ${nextY.toFixed(2)} is off its floor ${input.space.floors[nextFloor].id}`)
    next.x[row] = nextX
    next.y[row] = nextY
    next.headingX[row] = headX
    next.headingY[row] = headY
    next.speed[row] = speed
    next.freeSpeed[row] = now.freeSpeed[row]
    next.radius[row] = own
    next.walker[row] = walker
    next.floor[row] = nextFloor
    next.cell[row] = floors.cellFirst[nextFloor] + line * floors.width[nextFloor] + column
  }
}

/** Whether one of the walls near stands between a body and its neighbour at dx, dy. */
function isHidden({ index: { walls } }: Crowd, wallsNear: number, x: number, y: number, dx: number, dy: number): boolean {
  for (let at = 0; at < wallsNear; at++) {
    // Nothing on the body's side of the wall is hidden by it: that is told by the vector from the wall's nearest point.
    if (dx * wallX[at] + dy * wallY[at] >= 0) continue
    const wall = wallRow[at]
    const ax = walls.ax[wall] - x
    const ay = walls.ay[wall] - y
    const bx = walls.bx[wall] - x
    const by = walls.by[wall] - y
    // The ends on either side of the line of sight, and the two bodies on either side of the wall.
    if (dx * ay - dy * ax > 0 === dx * by - dy * bx > 0) continue
    const toX = bx - ax
    const toY = by - ay
    const here = toX * -ay - toY * -ax
    const there = toX * (dy - ay) - toY * (dx - ax)
    if (here > 0 !== there > 0) return true
  }
  return false
}

/** The floor after a step: that beyond a join if the step crosses it. */
function floorAfter({ index: { joins, joinFirst, joinList } }: Crowd, cell: number, floor: number, x: number, y: number, nextX: number, nextY: number): number {
  for (let at = joinFirst[cell]; at < joinFirst[cell + 1]; at++) {
    const join = joinList[at]
    if (joins.floorA[join] !== floor && joins.floorB[join] !== floor) continue
    const ax = joins.ax[join]
    const ay = joins.ay[join]
    const alongX = joins.bx[join] - ax
    const alongY = joins.by[join] - ay
    const before = alongX * (y - ay) - alongY * (x - ax)
    const after = alongX * (nextY - ay) - alongY * (nextX - ax)
    if (before > 0 === after > 0) continue
    const share = before / (before - after)
    const along = (x + share * (nextX - x) - ax) * alongX + (y + share * (nextY - y) - ay) * alongY
    if (along >= 0 && along <= alongX * alongX + alongY * alongY) return joins.floorA[join] === floor ? joins.floorB[join] : joins.floorA[join]
  }
  return floor
}
