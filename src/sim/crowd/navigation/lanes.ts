import type { Crowd } from '../crowd'
import { seen } from './flowField'
import { FIELD_SPEED, gridCell } from './walkGrid'

/** So far ahead one looks for those who come towards one, m: steps of so many metres. */
const STEP = 2
const STEPS = 5
/** How far to either side lie the strips that one compares with one's own, m. */
const STRIP = 0.8
/** Sideways for each person who comes towards one (weighed by 1 / (1 + step)), of the way ahead as 1. */
const STRENGTH = 512
/** Up to so many (weighed likewise: one 2 m away, or two who are 6 m off) are passed one by one, as `walk` does. */
const FEW = 0.5
/** Of the time that a straight way to a place takes: whatever is not nearer to the goal by this share is not on the way, as what lies behind a wall. */
const ON_THE_WAY = 0.5

/**
 * Turns the direction that was `seen` aside where a crowd comes towards one within 10 m: to the right, and more so the
 * fewer come there than on the left; not at all if nobody comes on one's own strip of ground. So two crowds that meet
 * part into two lanes before they touch, instead of plugging each other.
 *
 *   e = norm(e0 + A M O / (1 + O) (1 + (L - R) / (L + R + 1/2)) right),  O = max(0, L + M + R - F)
 *
 * with L, M, R those on the strip to the left, one's own and that to the right whose headings are against e0.
 *
 * Source: anticipation of those who come towards one as a floor field (Suma, Yanagisawa & Nishinari 2012, Physica A 391,
 * 248; Nowak & Schadschneider 2012, Phys. Rev. E 85, 066128) and a preferred side (Moussaid et al. 2009, Proc. R. Soc.
 * B 276, 2755; in China, the right). This form and its constants are ours, by the two-way cases of `validate crowd`.
 */
export function keepToLane(crowd: Crowd, time: Float32Array, floor: number, x: number, y: number): void {
  const middle = against(crowd, time, floor, x, y)
  if (middle === 0) return
  const left = against(crowd, time, floor, x - STRIP * seen.y, y + STRIP * seen.x)
  const right = against(crowd, time, floor, x + STRIP * seen.y, y - STRIP * seen.x)
  const many = left + middle + right - FEW
  if (many <= 0) return
  const aside = STRENGTH * middle * (many / (1 + many)) * (1 + (left - right) / (left + right + 0.5))
  const toX = seen.x + aside * seen.y
  const toY = seen.y - aside * seen.x
  const length = Math.sqrt(toX * toX + toY * toY)
  seen.x = toX / length
  seen.y = toY / length
}

/** Persons ahead of a place who come against the direction that was seen, the nearer the more. */
function against({ navigation: { grid }, index: { floors, cell: side }, facing }: Crowd, time: Float32Array, floor: number, x: number, y: number): number {
  const width = floors.width[floor]
  const height = floors.height[floor]
  const first = floors.cellFirst[floor]
  const per = 1 / side
  const fromX = (x - floors.originX[floor]) * per
  const fromY = (y - floors.originY[floor]) * per
  const byX = STEP * seen.x * per
  const byY = STEP * seen.y * per
  let sum = 0
  for (let step = 1; step <= STEPS; step++) {
    const column = Math.floor(fromX + step * byX)
    const row = Math.floor(fromY + step * byY)
    if (column < 0 || row < 0 || column >= width || row >= height) break
    const cell = first + row * width + column
    const facingAgainst = -(facing[2 * cell] * seen.x + facing[2 * cell + 1] * seen.y)
    if (facingAgainst <= 0) continue
    const there = gridCell(grid, floor, x + step * STEP * seen.x, y + step * STEP * seen.y)
    if (there >= 0 && time[there] < seen.time - (ON_THE_WAY * step * STEP) / FIELD_SPEED) sum += facingAgainst / (step + 1)
  }
  return sum
}
