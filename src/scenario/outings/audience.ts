import { toPlane, type CityArea } from '../../city'
import { Draw, uniform, type Point } from '../../sim'
import type { EventEdit } from '../document'
import { goalsNamed, standsOf } from './area'
import { seatSpots } from './seats'

/** Where somebody of an audience stands or sits, and the part of the ground or block of seats that one walks to first. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly stand: string
  /** Its place in a turn around the middle, 0 to 1; of seats, that of their block. */
  readonly turn: number
}

/** m between spots where they are densest, 2 a m², and how far each lies off its place in the row. */
const APART = 0.7
const OFF = 0.1
/** m that spots keep from walls, a little less with `OFF`, and that the front row keeps from the middle. */
const CLEAR = 0.6
const FRONT = 5
/** Spots are all taken up to this share of the way to the edge; from there on fewer are, down to the last share at the edge: 2 to 0.3 a m². Assumed. */
const DENSE = 0.35
const EDGE = 0.15
/** The edge lies by at most so much nearer or farther in one direction than in another. */
const WOBBLE = 0.2
/** Side of the squares in which companions stand, m. */
const SQUARE = 2.1
/** Farthest from the middle that anybody stands, m. */
const FAR = 700

/**
 * Spots of an audience, one a person: its seats; on open ground around the stage or the middle of the ground: dense at
 * the front, looser outwards, with an irregular edge. Shorter than the attendance where there is no room for more.
 * Person n has the n-th; companions are beside each other.
 *
 * @param ends  by party, from the first on, the person after its last
 */
export function audienceSpots(area: CityArea, { attendance, onFoot }: EventEdit, ends: readonly number[], seed: number): Spot[] {
  const stands = standsOf(area, onFoot!.stage)
  const blocks = new Map(goalsNamed(area, 'seats:').map(goal => [goal.id, goal]))
  if (blocks.size > 0) return shuffled(seatSpots(stands.map(({ id, room }) => ({ goal: blocks.get(id)!, room })), attendance, onFoot!.stage !== undefined), ends, seed)
  const corners = new Map(goalsNamed(area, 'stand:').map(({ id, shape }) => [id, shape]))
  const middles = stands.map(({ id }) => {
    const shape = corners.get(id)!
    return { id, x: shape.reduce((sum, [x]) => sum + x, 0) / shape.length, y: shape.reduce((sum, [, y]) => sum + y, 0) / shape.length }
  })
  const near = onFoot!.stage ? middles.slice(0, STANDS_NEAR) : middles
  const [x, y] = onFoot!.stage ? toPlane(...onFoot!.stage) : [mean(near.map(stand => stand.x)), mean(near.map(stand => stand.y))]
  const floorId = area.space.goals.find(({ id }) => id === near[0]!.id)!.floor
  const { outlines } = area.space.floors.find(({ id }) => id === floorId)!

  interface Candidate { readonly x: number; readonly y: number; readonly off: number; readonly draw: number }
  const candidates: Candidate[] = []
  const taken = (edge: number): Candidate[] => candidates.filter(({ off, draw }) => off < edge && draw < share(off / edge))
  let reach = 0
  for (let next = 30; next <= FAR; next *= 1.25) {
    const cells = Math.ceil(next / APART)
    for (let row = -cells; row <= cells; row++) {
      const [own, ...beside] = [0, -CLEAR, CLEAR].map(dy => crossings(outlines, y + row * APART + dy)) as [number[], ...number[][]]
      if (own.length === 0) continue
      for (let column = -cells; column <= cells; column++) {
        const dx = column * APART
        const dy = row * APART
        const distance = Math.hypot(dx, dy)
        if (distance < Math.max(FRONT, reach) || distance >= next) continue
        const draw = (k: number): number => uniform(seed, Draw.waitingSpot, row * 4096 + column, k)
        const px = x + dx + (2 * draw(1) - 1) * OFF
        const py = y + dy + (2 * draw(2) - 1) * OFF
        if (within(own, px - CLEAR) && within(own, px + CLEAR) && beside.every(line => within(line, px))) candidates.push({ x: px, y: py, off: distance / edgeTowards(dx, dy, seed), draw: draw(0) })
      }
    }
    reach = next
    if (taken(reach / (1 + WOBBLE)).length >= attendance) break
  }
  let [low, high] = [0, reach / (1 + WOBBLE)]
  for (let go = 0; go < 40; go++) {
    const edge = (low + high) / 2
    if (taken(edge).length < attendance) low = edge
    else high = edge
  }
  const nearest = (spot: Candidate): string => near.reduce((best, stand) => (Math.hypot(stand.x - spot.x, stand.y - spot.y) < Math.hypot(best.x - spot.x, best.y - spot.y) ? stand : best)).id
  return shuffled(taken(high).slice(0, attendance).map(spot => ({ x: spot.x, y: spot.y, stand: nearest(spot), turn: (Math.atan2(spot.y - y, spot.x - x) / Math.PI + 1) / 2 })), ends, seed, x, y)
}

/**
 * By small squares, as they lie from a place: who comes by what and when has nothing to do with where one is. A party
 * that the rest of a square has no room for takes the next; who comes alone has what is left over.
 */
function shuffled(spots: readonly Spot[], ends: readonly number[], seed: number, x = 0, y = 0): Spot[] {
  const drawn = spots
    .map((spot, at) => ({ spot, key: uniform(seed, Draw.personPlace, Math.floor((spot.x - x) / SQUARE) * 4096 + Math.floor((spot.y - y) / SQUARE), 11), at }))
    .sort((a, b) => a.key - b.key || a.at - b.at)
  const together: Spot[] = []
  const over: Spot[] = []
  let next = 0
  for (const [party, end] of ends.entries()) {
    const size = end - (ends[party - 1] ?? 0)
    const inSquare = (from: number): number => {
      let to = from
      while (to < drawn.length && drawn[to]!.key === drawn[from]!.key) to++
      return to - from
    }
    const rest = next < drawn.length && next > 0 && drawn[next - 1]!.key === drawn[next]!.key ? inSquare(next) : 0
    if (rest > 0 && rest < size) for (let k = 0; k < rest; k++) over.push(drawn[next++]!.spot)
    for (let k = 0; k < size && next < drawn.length; k++) together.push(drawn[next++]!.spot)
  }
  return [...together, ...over, ...drawn.slice(next).map(({ spot }) => spot)]
}

/** Parts of the ground to which an audience walks, at most: each has a flow field of its own. */
const STANDS_NEAR = 12

/** Where a line from west to east crosses the edges of some ground, from west to east; and whether a place on it lies on the ground. */
function crossings(outlines: readonly (readonly Point[])[], y: number): number[] {
  const found: number[] = []
  for (const ring of outlines) {
    for (const [at, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(at + 1) % ring.length]!
      if (ay > y !== by > y) found.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
    }
  }
  return found.sort((a, b) => a - b)
}

function within(line: readonly number[], x: number): boolean {
  let inside = false
  for (let at = 0; at < line.length && line[at]! < x; at++) inside = !inside
  return inside
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const share = (way: number): number => (way < DENSE ? 1 : 1 - ((way - DENSE) / (1 - DENSE)) * (1 - EDGE))

/** How far the edge lies in a direction, 1 on average: a sum of waves around the circle. */
function edgeTowards(dx: number, dy: number, seed: number): number {
  const angle = Math.atan2(dy, dx)
  let sum = 0
  for (let wave = 2; wave <= 6; wave++) sum += Math.cos(wave * angle + 2 * Math.PI * uniform(seed, Draw.waitingSpot, wave, 3)) / 5
  return 1 + WOBBLE * sum
}
