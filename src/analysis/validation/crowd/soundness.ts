import { checkCrowd, CrowdCount } from '../../../sim'
import { inPolygon } from '../../crowd/polygon'
import type { Point } from '../../crowd/point'
import type { Finding, ValidationCase } from '../row'
import { CrowdRun, spread, STEP, walkersAt } from './bed'
import { roomWithDoor } from './flow'
import type { Rectangle } from './plan'

/** What must never happen, counted at every tick by means of our own. */
interface Breaches {
  /** m, of two bodies on one floor. */
  overlap: number
  /** Persons beyond the outline of their floor, and steps longer than a person can make. */
  beyond: number
  leaps: number
  /** Ticks at which persons due were not those waiting, inside, in lifts and gone. */
  lost: number
}

/** Watches a run of one floor, one check a tick. */
function watch(run: CrowdRun, breaches: Breaches): () => void {
  const outline = run.crowd.input.space.floors[0]!.outlines as readonly (readonly Point[])[]
  const { walkers } = run.crowd.input
  const before = new Map<number, Point>()
  return () => {
    const bodies = [...run.bodies()]
    const { waiting, inside, inLift, left } = run.totals
    const due = run.crowd.counts[CrowdCount.nextWalker]!
    if (due !== waiting + inside + inLift + left || inside !== bodies.length || new Set(bodies.map(({ id }) => id)).size !== inside || left > walkers.rows) breaches.lost++
    const cells = new Map<string, typeof bodies>()
    for (const body of bodies) {
      const { id, x, y, radius } = body
      if (!inPolygon(outline, x, y)) breaches.beyond++
      const was = before.get(id)
      if (was && Math.hypot(x - was[0], y - was[1]) > 2.5 * STEP) breaches.leaps++
      before.set(id, [x, y])
      const [column, row] = [Math.floor(x), Math.floor(y)]
      for (let i = -1; i <= 1; i++) {
        for (let j = -1; j <= 1; j++) {
          for (const other of cells.get(`${column + i} ${row + j}`) ?? []) breaches.overlap = Math.max(breaches.overlap, radius + other.radius - Math.hypot(x - other.x, y - other.y))
        }
      }
      const cell = cells.get(`${column} ${row}`)
      if (cell) cell.push(body)
      else cells.set(`${column} ${row}`, [body])
    }
  }
}

const findings = ({ overlap, beyond, leaps, lost }: Breaches): Finding[] => [
  { name: 'overlap', measured: Math.max(0, 100 * overlap), unit: 'cm', expected: 0, tolerance: 1 },
  { name: 'beyond-walls', measured: beyond, unit: 'p', expected: 0, tolerance: 0 },
  { name: 'leaps', measured: leaps, unit: 'p', expected: 0, tolerance: 0 },
  { name: 'persons-lost', measured: lost, unit: '1', expected: 0, tolerance: 0 },
]

const room: Rectangle = [0, 0, 8, 8]

/** A crowd at a door of 0.8 m, again and again with other draws and places; who is still there after five minutes is stranded. */
function stranded(seeds: number, watched: boolean): Finding[] {
  const breaches: Breaches = { overlap: 0, beyond: 0, leaps: 0, lost: 0 }
  let left = 0
  let persons = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const run = new CrowdRun({ ...roomWithDoor(room, 0.8), walkers: walkersAt(spread(100, room, seed)), seed })
    run.advance(300, watched ? watch(run, breaches) : undefined)
    left += run.leavings().length
    persons += 100
  }
  return [{ name: 'stranded', measured: persons - left, unit: 'p', expected: 0, tolerance: 0 }, ...(watched ? findings(breaches) : [])]
}

/** Two crowds through one door of 1.2 m against each other and past a column: as bad as it gets. The model's own checks look, too. */
function crush(): Finding[] {
  const breaches: Breaches = { overlap: 0, beyond: 0, leaps: 0, lost: 0 }
  const { space, journeys } = roomWithDoor(room, 1)
  const [floor] = space.floors
  const column: Point[] = [[6.2, 4.6], [6.8, 4.6], [6.8, 5.2], [6.2, 5.2]]
  const run = new CrowdRun({ space: { ...space, floors: [{ ...floor!, outlines: [...floor!.outlines, column] }] }, journeys, walkers: walkersAt(spread(250, room, 9).filter(([x, y]) => x < 5.9 || x > 7.1 || y < 4.3 || y > 5.5)) })
  const look = watch(run, breaches)
  let failed = 0
  run.advance(150, () => {
    look()
    try {
      checkCrowd(run.crowd)
    } catch {
      failed++
    }
  })
  return [...findings(breaches), { name: 'own-checks', measured: failed, unit: '1', expected: 0, tolerance: 0 }]
}

const source = 'bodies overlap by at most 1 cm, nobody passes a wall or leaps, due = waiting + inside + in lifts + left, at every step; nobody stays behind: what users of other tools ask for (JuPedSim issues 259, 193, 369)'

export const soundnessCases: readonly ValidationCase[] = [
  { name: 'soundness/door-0.8-m', source: `${source}; 100 persons, two draws`, run: () => stranded(2, true) },
  { name: 'soundness/door-0.8-m-100-draws', long: true, source: `${source}; 100 persons, 100 draws`, run: () => stranded(100, false) },
  { name: 'soundness/crush', long: true, source: `${source}; 4 per m2 before a door of 1 m and a column`, run: crush },
]
