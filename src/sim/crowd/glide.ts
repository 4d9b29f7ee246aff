import { stirredNext } from './calm'
import { CrowdCount, type Crowd } from './crowd'
import { MARGIN } from './spaceIndex'
import { failAt, paceAmong, STILL } from './walk'

/**
 * Together, before `walk`: moves those of bodies `from` to `to` - 1 who have room around them and looked round a moment
 * ago. They keep the direction that they wished then (`courses`), turn to it and watch the gap ahead, as in `walk`; who
 * is beside or behind them is looked at again at the next look, every 0.15 s. Nobody comes nearer to anybody than there.
 */
export function glide(crowd: Crowd, from: number, to: number): void {
  const { now, next, persons, index, parameters, cellFirst, counts, radiusMost } = crowd
  const { x: xs, y: ys, radius, headingX, headingY, freeSpeed } = now
  const { courses, density } = crowd.navigation
  const { floors, cell: side } = index
  const { timeGap, cutoff, turningTime } = parameters
  const { dt } = crowd.input
  const tick = counts[CrowdCount.tick]
  const perSide = 1 / side
  const cutoffSquare = cutoff * cutoff
  const turning = Math.min(1, dt / turningTime)
  const grouped = crowd.groups.member.length > 0
  const stirs = stirredNext(crowd)
  for (let row = from; row < to; row++) {
    const walker = now.walker[row]
    const course = 8 * walker
    if (!(courses[course + 3] > tick)) continue
    const x = xs[row]
    const y = ys[row]
    const own = radius[row]
    const floor = now.floor[row]
    const cell = now.cell[row]
    let wanted = freeSpeed[row]
    if (grouped && persons.pace[walker] < 1) wanted *= paceAmong(persons.pace[walker], density[cell])
    let headX = headingX[row]
    let headY = headingY[row]
    headX += turning * (courses[course + 4] - headX)
    headY += turning * (courses[course + 5] - headY)
    const per = 1 / Math.sqrt(headX * headX + headY * headY)
    headX *= per
    headY *= per

    // The strip ahead in which others hold one up, or may be touched.
    const touch = 2 * wanted * dt
    const beside = own + radiusMost + touch
    const acrossX = beside * (headY < 0 ? -headY : headY)
    const acrossY = beside * (headX < 0 ? -headX : headX)
    const aheadX = cutoff * headX
    const aheadY = cutoff * headY
    const fromX = x - floors.originX[floor]
    const fromY = y - floors.originY[floor]
    const west = Math.floor((fromX - acrossX + (aheadX < 0 ? aheadX : 0)) * perSide)
    const east = Math.floor((fromX + acrossX + (aheadX > 0 ? aheadX : 0)) * perSide) + 1
    const south = Math.floor((fromY - acrossY + (aheadY < 0 ? aheadY : 0)) * perSide)
    const north = Math.floor((fromY + acrossY + (aheadY > 0 ? aheadY : 0)) * perSide)
    const width = floors.width[floor]
    let gap = Infinity
    let bound = wanted
    for (let line = south, cells = floors.cellFirst[floor] + south * width; line <= north; line++, cells += width)
      for (let other = cellFirst[cells + west], end = cellFirst[cells + east]; other < end; other++) {
        const dx = xs[other] - x
        const dy = ys[other] - y
        const ahead = dx * headX + dy * headY
        if (ahead <= 0) continue
        const square = dx * dx + dy * dy
        if (square >= cutoffSquare) continue
        const reach = own + radius[other]
        const lateral = dx * headY - dy * headX
        if ((lateral < 0 ? -lateral : lateral) <= reach) {
          const between = Math.sqrt(square) - reach
          if (between < gap) gap = between
        } else if (square < (reach + touch) * (reach + touch)) {
          const distance = Math.sqrt(square)
          const between = distance - reach
          if (2 * bound * dt * ahead > between * distance) bound = (between * distance) / (2 * dt * ahead)
        }
      }
    let speed = gap <= 0 ? 0 : gap < bound * timeGap ? gap / timeGap : bound
    if (speed <= STILL) speed = 0
    const nextX = x + headX * speed * dt
    const nextY = y + headY * speed * dt
    const column = Math.floor((nextX - floors.originX[floor]) / side)
    const line = Math.floor((nextY - floors.originY[floor]) / side)
    if (column < MARGIN || line < MARGIN || column >= width - MARGIN || line >= floors.height[floor] - MARGIN) failAt(crowd, row, 'walks off the floor')
    next.x[row] = nextX
    next.y[row] = nextY
    next.headingX[row] = headX
    next.headingY[row] = headY
    next.speed[row] = speed
    next.freeSpeed[row] = freeSpeed[row]
    next.radius[row] = own
    next.walker[row] = walker
    next.floor[row] = floor
    next.cell[row] = floors.cellFirst[floor] + line * width + column
    crowd.calm[walker] = 0
    if (speed > 0) crowd.stir[stirs + cell] = crowd.stir[stirs + next.cell[row]] = 1
  }
}
