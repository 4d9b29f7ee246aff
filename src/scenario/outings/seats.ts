import type { CityArea } from '../../city'
import type { Spot } from './audience'

/** m from row to row of seats, and the least between two seats of a row: 0.8 and 0.5 are common for new stands (Green Guide); rows are filled more loosely where there is room. */
const ROW = 0.8
const SEAT = 0.5

type SeatGoal = CityArea['space']['goals'][number]

/**
 * Seats of a stadium that are taken, in the order in which people take them: with a stage the stands nearest to it are
 * full, else all fill alike. Neighbours stand next to each other in the list, row after row, to and fro.
 *
 * @param stands  goals of the seats: the front edge from the first corner to the second, the back edge from the fourth to the third
 */
export function seatSpots(stands: readonly { readonly goal: SeatGoal; readonly room: number }[], attendance: number, nearestFirst: boolean): Spot[] {
  const rooms = stands.reduce((sum, { room }) => sum + room, 0)
  const spots: Spot[] = []
  let before = 0
  let filled = 0
  for (const [at, { goal, room }] of stands.entries()) {
    before += room
    const upTo = nearestFirst ? Math.min(attendance, before) : Math.round((attendance * before) / rooms)
    const persons = Math.min(room, upTo - filled)
    filled += persons
    const seats = seatsOf(goal, room)
    for (let n = 0; n < persons; n++) {
      const [x, y] = seats[Math.floor(((n + 0.5) * seats.length) / persons)]!
      spots.push({ x, y, stand: goal.id, turn: at / stands.length })
    }
  }
  return spots
}

/** As many seats as a stand has, at least, in even rows. */
function seatsOf({ shape }: SeatGoal, room: number): (readonly [number, number])[] {
  const [a, b, c, d] = shape as readonly (readonly [number, number])[] as [Corner, Corner, Corner, Corner]
  const rows = Math.max(1, Math.floor(Math.hypot((d[0] + c[0] - a[0] - b[0]) / 2, (d[1] + c[1] - a[1] - b[1]) / 2) / ROW))
  const ends = Array.from({ length: rows }, (_, row): [Corner, Corner] => {
    const up = (row + 0.5) / rows
    return [along(a, d, up), along(b, c, up)]
  })
  const lengths = ends.map(([p, q]) => Math.hypot(q[0] - p[0], q[1] - p[1]))
  const apart = Math.max(SEAT, lengths.reduce((sum, length) => sum + length, 0) / (room + rows))
  return ends.flatMap(([p, q], row) => {
    const count = Math.floor(lengths[row]! / apart)
    const line = Array.from({ length: count }, (_, seat) => along(p, q, (seat + 0.5) / count))
    return row % 2 === 0 ? line : line.reverse()
  })
}

type Corner = readonly [number, number]
const along = (p: Corner, q: Corner, share: number): Corner => [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share]
