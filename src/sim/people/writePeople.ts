import { PersonBit, type PeopleSnapshot } from '../snapshot'
import type { Floor } from '../crowd/walkSpace'
import { FootCount, footPlace, type FootPlace } from '../sidewalks'
import type { People } from './people'

/** Floats and words of one scratch value, to see the bits of an f32. */
const scratch = new Float32Array(1)
const bits = new Uint32Array(scratch.buffer)
const foot: FootPlace = { x: 0, y: 0, z: 0, dx: 0, dy: 0, speed: 0 }
/** Below this somebody stands, m/s. */
const STANDS = 0.05

/** Writes who is to be seen in this tick; see `PeopleSnapshot` for the layout. Reads people and changes nothing. */
export function writePeople(people: People, { head, state }: PeopleSnapshot, tick: number): void {
  const { crowd, personOfWalker } = people
  const { space } = crowd.input
  const { now, mail, index } = crowd
  const before = head[2]
  for (let slot = 0; slot < before; slot++) state[4 * slot + 3] = 0
  const inside = mail.first[index.domains]
  let used = 0
  let seen = 0
  for (let row = 0; row < inside; row++) {
    const slot = personOfWalker[now.walker[row]]
    if (slot < 0) continue
    const x = now.x[row]
    const y = now.y[row]
    const at = 4 * slot
    state[at] = word(x)
    state[at + 1] = word(y)
    state[at + 2] = word(heightOn(space.floors[now.floor[row]], x, y))
    const speed = now.speed[row]
    const quick = Math.round(speed * 50)
    state[at + 3] = PersonBit.present | (speed < STANDS ? PersonBit.stands : 0) | turnOf(now.headingX[row], now.headingY[row]) | ((quick > 255 ? 255 : quick) << 8)
    if (slot >= used) used = slot + 1
    seen++
  }
  const { sidewalks } = people
  if (sidewalks) {
    for (let row = 0; row < sidewalks.counts[FootCount.slotsUsed]; row++) {
      if (sidewalks.walkers.edge[row] < 0) continue
      const slot = sidewalks.walkers.person[row]
      footPlace(sidewalks, row, foot)
      const at = 4 * slot
      state[at] = word(foot.x)
      state[at + 1] = word(foot.y)
      state[at + 2] = word(foot.z)
      const quick = Math.round(foot.speed * 50)
      state[at + 3] = PersonBit.present | (foot.speed < STANDS ? PersonBit.stands : 0) | turnOf(foot.dx, foot.dy) | ((quick > 255 ? 255 : quick) << 8)
      if (slot >= used) used = slot + 1
      seen++
    }
  }
  head[1] = tick
  head[2] = used
  head[3] = seen
}

function word(value: number): number {
  scratch[0] = value
  return bits[0]
}

/** Height of a floor at a place, m above sea level. */
function heightOn({ height, ascent }: Floor, x: number, y: number): number {
  if (!ascent) return height
  const dx = ascent.to[0] - ascent.from[0]
  const dy = ascent.to[1] - ascent.from[1]
  const share = ((x - ascent.from[0]) * dx + (y - ascent.from[1]) * dy) / (dx * dx + dy * dy)
  return height + ascent.rise * (share < 0 ? 0 : share > 1 ? 1 : share)
}

/** Direction in 1/256 turn, counter-clockwise from east; within half of one of them (Rajan et al. 2006, arctan by r (1.0584 - 0.2732 r) of an octant). */
function turnOf(x: number, y: number): number {
  const a = x < 0 ? -x : x
  const b = y < 0 ? -y : y
  if (a + b === 0) return 0
  const r = a > b ? b / a : a / b
  const eighth = r * (1 + 0.3477 * (1 - r)) * 32
  let turn = a > b ? eighth : 64 - eighth
  if (x < 0) turn = 128 - turn
  if (y < 0) turn = 256 - turn
  return Math.round(turn) & 255
}
