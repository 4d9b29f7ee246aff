import { CrowdCount, Mode, type Crowd } from './crowd'
import { isCalm, stirredNext, stirredNow } from './calm'
import { LOOK_SECONDS } from './navigation/aim'
import { copyBody } from './place'
import { Lets, MARGIN } from './spaceIndex'
import { decay } from './walkingModel'

/** Scratch of one body: neighbours that it sees, and walls near it. Of one thread, and of no meaning between bodies. */
const SEEN_MAX = 256
const seenX = new Float64Array(SEEN_MAX)
const seenY = new Float64Array(SEEN_MAX)
const seenReach = new Float64Array(SEEN_MAX)
const seenGap = new Float64Array(SEEN_MAX)
const seenShare = new Float64Array(SEEN_MAX)
const seenRow = new Int32Array(SEEN_MAX)
const WALLS_MAX = 128
const wallRow = new Int32Array(WALLS_MAX)
const wallX = new Float64Array(WALLS_MAX)
const wallY = new Float64Array(WALLS_MAX)
const wallGap = new Float64Array(WALLS_MAX)

/** Below this distance to a wall one walks along it rather than towards it, m. */
const ALONG = 0.02
/** Beyond this many ranges a push is left out: of a neighbour it is less than 0.01 of the desired direction. */
const RANGES = 7
/** Cosine below which a heading is against one's own. */
const OPPOSITE = -0.3
/** Slower than this is standing, m/s. */
export const STILL = 1e-3
/** Share of the turn to the side that who faces backwards makes in a tick, standing. */
const ON_THE_SPOT = 0.3
/** Who is pushed back walks backwards at this speed at most, m/s. */
const BACK_SPEED = 0.6
/** Who stands makes room where the pushes sum up to more than this (neighbours at 0.17 m), at this speed at most, m/s. */
const ROOM_PUSH = 1.5
const ROOM_SPEED = 0.3
/** Share of a push that who walks feels of somebody who stays and stands: one goes up to them until they make room (0.12 m, where all of it would stop one at 0.2). Assumed. */
const STANDER_SHARE = 0.4
/**
 * Where people line up nobody presses: behind who is slower than LINE_SPEED, m/s, goes the same way and is ahead rather
 * than beside (by so much of what they are aside), one keeps the gap of the place (`linesUp`, m).
 */
const LINE_AHEAD = 0.6
/** Who has a lane of a gate keeps no more than this, m, so as to stand where its line has them (0.45 m apart, `gates.ts`). */
const LANE_GAP = 0.18
const LINE_SPEED = 0.3
/** Persons a m² up to which one waits for companions, and from which on one does not; assumed. */
const ALONE = 0.7
const THRONG = 1.5

/** Who has more room than this on all sides where they look, m, keeps the wished direction until the next look. */
const ROOM = 0.25

/** Together: moves bodies `from` to `to` - 1 of `now` by one tick, into `next`. The model stands in `walkingModel.ts`. */
export function walk(crowd: Crowd, from: number, to: number): void {
  const { now, next, aims, persons, index, parameters, cellFirst } = crowd
  const { x: xs, y: ys, radius } = now
  const { floors, walls, wallFirst, wallList, beyondFirst, beyondList, joinFirst } = index
  const { neighbourStrength, neighbourRange, wallStrength, wallRange, timeGap, turningTime, cutoff, asideStrength, asideRange, foresight, sidePreference } = parameters
  const { dt } = crowd.input
  const { radiusMost } = crowd
  const side = index.cell
  const cutoffSquare = cutoff * cutoff
  const turning = Math.min(1, dt / turningTime)
  // Sine of the angle that a heading turns at most in a tick: ((1 - k) h + k e) of length 1 h and e.
  const swing = turning < 0.4 ? turning / (1 - turning) : 1
  const pushReach = RANGES * neighbourRange
  const perRange = 1 / neighbourRange
  const asideReach = RANGES * asideRange
  const perAsideRange = 1 / asideRange
  const perSide = 1 / side
  const grouped = crowd.groups.member.length > 0
  const { linesUp, density, courses, intents } = crowd.navigation
  const tick = crowd.counts[CrowdCount.tick]
  const lookTicks = Math.max(1, Math.round(LOOK_SECONDS / dt))
  const stirred = stirredNow(crowd)
  const stirs = stirredNext(crowd)
  for (let row = from; row < to; row++) {
    const x = xs[row]
    const y = ys[row]
    const own = radius[row]
    const floor = now.floor[row]
    const cell = now.cell[row]
    const walker = now.walker[row]
    const course = 8 * walker
    if (courses[course + 3] > tick) continue
    let wishX = aims.x[row]
    let wishY = aims.y[row]
    const stands = wishX === 0 && wishY === 0
    if (stands && crowd.calm[walker] === 1 && isCalm(crowd, stirred, floor, cell)) {
      copyBody(now, row, next, row)
      continue
    }
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

    let headX = now.headingX[row]
    let headY = now.headingY[row]
    // Far from walls the heading turns no more than that, so who cannot come to lie ahead need not be looked at closely.
    const turns = wallsNear > 0 || (headX === 0 && headY === 0) ? 1 : swing

    // Neighbours: rows of cells that hold who is near enough to push and who may lie ahead; then cells of other floors, beyond a join.
    let seen = 0
    let least = Infinity
    const width = floors.width[floor]
    const near = turns < 1 ? own + radiusMost + pushReach : cutoff
    const beside = own + radiusMost + turns * (cutoff + own + radiusMost)
    const aheadX = turns < 1 ? cutoff * headX : 0
    const aheadY = turns < 1 ? cutoff * headY : 0
    const fromX = x - floors.originX[floor]
    const fromY = y - floors.originY[floor]
    const west = Math.floor((fromX + Math.min(-near, Math.max(-cutoff, aheadX - beside))) * perSide)
    const east = Math.floor((fromX + Math.max(near, Math.min(cutoff, aheadX + beside))) * perSide) + 1
    const south = Math.floor((fromY + Math.min(-near, Math.max(-cutoff, aheadY - beside))) * perSide)
    const north = Math.floor((fromY + Math.max(near, Math.min(cutoff, aheadY + beside))) * perSide)
    const lines = north - south + 1
    const corner = floors.cellFirst[floor] + south * width
    const beyond = beyondFirst[cell]
    const ranges = lines + (beyondFirst[cell + 1] - beyond) / 2
    for (let range = 0; range < ranges; range++) {
      const first = range < lines ? corner + range * width + west : beyondList[beyond + 2 * (range - lines)]
      const last = range < lines ? corner + range * width + east : beyondList[beyond + 2 * (range - lines) + 1]
      for (let other = cellFirst[first], end = cellFirst[last]; other < end; other++) {
        const dx = xs[other] - x
        const dy = ys[other] - y
        const square = dx * dx + dy * dy
        if (square >= cutoffSquare || square < 1e-18) continue
        const reach = own + radius[other]
        if (square > (reach + pushReach) * (reach + pushReach) && turns < 1) {
          const ahead = dx * headX + dy * headY
          if (ahead < 0 && ahead * ahead > turns * turns * square) continue
          const lateral = dx * headY - dy * headX
          if ((lateral < 0 ? -lateral : lateral) - turns * ((ahead < 0 ? -ahead : ahead) + reach) > reach) continue
        }
        if (wallsNear > 0 && isHidden(crowd, wallsNear, x, y, dx, dy)) continue
        const distance = Math.sqrt(square)
        const share = 1 / distance
        const gap = distance - reach
        if (seen === SEEN_MAX) failAt(crowd, row, `sees more than ${SEEN_MAX} others`)
        seenX[seen] = dx
        seenY[seen] = dy
        seenReach[seen] = reach
        seenShare[seen] = share
        seenRow[seen] = other
        seenGap[seen++] = gap
        if (gap < least) least = gap
        if (gap >= pushReach) continue
        const isPassed = !stands && now.speed[other] === 0 && persons.mode[now.walker[other]] === Mode.standing
        const push = (isPassed ? STANDER_SHARE : 1) * neighbourStrength * share * decay(gap * perRange)
        pushX -= push * dx
        pushY -= push * dy
      }
    }

    // Speed that is wanted here.
    let wanted = now.freeSpeed[row] * aims.pace[row]
    if (grouped && persons.pace[walker] < 1) wanted *= paceAmong(persons.pace[walker], density[cell])
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
    let speed = 0
    let goX = 0
    let goY = 0
    if (!stands) {
      // Past those ahead with whom the gap closes: to the side where they will not be.
      let aside = 0
      for (let at = 0; at < seen; at++) {
        const sx = seenX[at]
        const sy = seenY[at]
        if (sx * wishX + sy * wishY <= 0) continue
        const other = seenRow[at]
        const vx = now.speed[other] * now.headingX[other]
        const vy = now.speed[other] * now.headingY[other]
        const gap = seenGap[at]
        const closing = ((wanted * wishX - vx) * sx + (wanted * wishY - vy) * sy) * seenShare[at]
        if (closing <= 0) continue
        const predicted = gap - closing * foresight
        if (predicted >= asideReach) continue
        const towards = 1 + 0.5 * (1 - (vx * wishX + vy * wishY))
        const strength = predicted > 0 ? asideStrength * towards * decay(predicted * perAsideRange) : asideStrength * towards
        const off = (sy + vy * foresight) * wishX - (sx + vx * foresight) * wishY
        const isOpposite = now.headingX[other] * wishX + now.headingY[other] * wishY < OPPOSITE
        aside += off > (isOpposite ? -sidePreference : -0.01) ? strength : -strength
      }
      const aimX = wishX
      wishX += aside * wishY
      wishY -= aside * aimX
    }
    wishX += pushX
    wishY += pushY
    const wish = Math.sqrt(wishX * wishX + wishY * wishY)
    if (wanted > 0 && wish > 1e-9) {
      wishX /= wish
      wishY /= wish
      // Pushed back one gives way, without turning to walk off.
      if (!stands && wishX * aims.x[row] + wishY * aims.y[row] < 0 && wanted > BACK_SPEED) wanted = BACK_SPEED
      // A first heading is taken at once; who faces backwards turns on the spot, to the right if either side will do.
      let turn = headX === 0 && headY === 0 ? 1 : turning
      const back = headX * wishX + headY * wishY
      if (back < 0) {
        wanted = 0
        turn = ON_THE_SPOT
        const side = headX * wishY - headY * wishX > 1e-3 ? 1 : -1
        wishX = -side * headY
        wishY = side * headX
      } else if (least > ROOM && wallsNear === 0 && courses[course + 2] > tick && isPlain(crowd, floor, cell)) {
        courses[course + 4] = wishX
        courses[course + 5] = wishY
        courses[course + 3] = tick + lookTicks - ((tick + walker) % lookTicks)
      }
      headX += turn * (wishX - headX)
      headY += turn * (wishY - headY)
      const per = 1 / Math.sqrt(headX * headX + headY * headY)
      headX *= per
      headY *= per
      goX = headX
      goY = headY
      for (let pass = 0; pass < 2; pass++) {
        for (let wall = 0; wall < wallsNear; wall++) {
          const into = goX * wallX[wall] + goY * wallY[wall]
          if (into >= 0 || wallGap[wall] > ALONG) continue
          goX -= into * wallX[wall]
          goY -= into * wallY[wall]
        }
      }
      const going = wallsNear > 0 ? Math.sqrt(goX * goX + goY * goY) : 1
      if (going > 0.05) {
        goX /= going
        goY /= going
        // Nobody comes nearer to a neighbour by more than half of what parts them: then two that move at once do not overlap.
        let gap = Infinity
        let bound = wanted
        const lineGap = persons.pass[walker] >= 0 ? 0 : intents.gate[walker] >= 0 && linesUp[cell] > LANE_GAP ? LANE_GAP : linesUp[cell]
        for (let at = 0; at < seen; at++) {
          const ahead = seenX[at] * goX + seenY[at] * goY
          if (ahead <= 0) continue
          const between = seenGap[at]
          const lateral = seenX[at] * goY - seenY[at] * goX
          if (lineGap > 0 && ahead > LINE_AHEAD * (lateral < 0 ? -lateral : lateral) && between - lineGap < gap) {
            const other = seenRow[at]
            // Who is ahead walks away from one: of two who come together neither waits for the other for ever.
            if (now.speed[other] < LINE_SPEED && now.headingX[other] * seenX[at] + now.headingY[other] * seenY[at] > 0 && now.headingX[other] * goX + now.headingY[other] * goY > 0) gap = between - lineGap
          }
          if ((lateral < 0 ? -lateral : lateral) <= seenReach[at]) {
            if (between < gap) gap = between
          } else if (2 * bound * dt * ahead > between * (between + seenReach[at])) bound = (between * (between + seenReach[at])) / (2 * dt * ahead)
        }
        speed = gap <= 0 ? 0 : Math.min(bound, gap / gapTime)
        for (let wall = 0; wall < wallsNear; wall++) {
          const into = -(goX * wallX[wall] + goY * wallY[wall])
          if (into > 1e-9 && speed * dt * into > wallGap[wall]) speed = wallGap[wall] > 0 ? wallGap[wall] / (into * dt) : 0
        }
        // Who is held keeps turning; who moves looks where they go.
        if (speed > STILL) {
          headX = goX
          headY = goY
        }
      }
    }

    if (speed <= STILL) speed = 0
    if (stands) {
      // Room is made by stepping aside, without turning.
      headX = now.headingX[row]
      headY = now.headingY[row]
    }
    const nextX = x + goX * speed * dt
    const nextY = y + goY * speed * dt
    const nextFloor = joinFirst[cell] < joinFirst[cell + 1] ? floorAfter(crowd, cell, floor, x, y, nextX, nextY) : floor
    crowd.calm[walker] = stands && speed === 0 ? 1 : 0
    const column = Math.floor((nextX - floors.originX[nextFloor]) / side)
    const line = Math.floor((nextY - floors.originY[nextFloor]) / side)
    if (column < MARGIN || line < MARGIN || column >= floors.width[nextFloor] - MARGIN || line >= floors.height[nextFloor] - MARGIN) failAt(crowd, row, 'walks off the floor')
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
    if (speed > 0) crowd.stir[stirs + cell] = crowd.stir[stirs + next.cell[row]] = 1
  }
}

/** Whether a place is level ground away from other floors and from lines before gates. */
const isPlain = ({ index: { floors, beyondFirst }, navigation: { linesUp } }: Crowd, floor: number, cell: number): boolean =>
  floors.belt[floor] === 0 && floors.ascentX[floor] === 0 && floors.ascentY[floor] === 0 && beyondFirst[cell] === beyondFirst[cell + 1] && linesUp[cell] === 0

/** The pace of who waits for companions, among so many others a m²: in a throng one goes with it, and waits when there is room again. */
export const paceAmong = (pace: number, density: number): number => (density <= ALONE ? pace : density >= THRONG ? 1 : pace + ((1 - pace) * (density - ALONE)) / (THRONG - ALONE))

/** Apart, as a closure in the loop would put what it captures on the heap. */
export function failAt({ now, counts, input }: Crowd, row: number, what: string): never {
  throw new Error(`invariant: tick ${counts[CrowdCount.tick]}: walker ${now.walker[row]} at ${now.x[row].toFixed(2)}, ${now.y[row].toFixed(2)} on floor ${input.space.floors[now.floor[row]].id} ${what}`)
}

/** Whether one of the walls near stands between a body and its neighbour at dx, dy. */
function isHidden({ index: { walls } }: Crowd, wallsNear: number, x: number, y: number, dx: number, dy: number): boolean {
  for (let at = 0; at < wallsNear; at++) {
    // Nothing on the body's side of the wall is hidden by it: that is told by the vector from the wall's nearest point.
    if (dx * wallX[at] + dy * wallY[at] >= 0) continue
    const wall = wallRow[at]
    // Through a gate one sees who comes.
    if (walls.gate[wall] >= 0) continue
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
