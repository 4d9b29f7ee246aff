import { mean } from '../../statistics'
import { between, relative, type Finding, type ValidationCase } from '../row'
import { CrowdRun, drawn, exitOf, floorOf, joinOf, once, spaceOf, spread, walkersAt, type Scene } from './bed'
import { corridor, roomWithDoor } from './flow'
import { inPolygon } from '../../crowd/polygon'
import { freeSpeedByAge } from '../../../sim'
import type { Point } from '../../crowd/point'

const RIMEA = 'RiMEA guideline 4.1.1'
const IMO = 'IMO MSC.1/Circ.1533, annex 3'
const NIST = 'NIST Technical Note 1822'

/** s for one person to walk 40 m of a corridor 2 m wide, of which the start-up is not counted: it is on the way before. */
function fortyMetres(speed: number): number {
  const run = new CrowdRun({ ...corridor(43, 2), walkers: [{ x: 1, y: 1, speed }] })
  let [begin, end] = [NaN, NaN]
  run.advance(120, time => {
    for (const { x } of run.bodies()) {
      if (x >= 2 && Number.isNaN(begin)) begin = time - (x - 2) / speed
      if (x >= 42 && Number.isNaN(end)) end = time - (x - 42) / speed
    }
  })
  return end - begin
}

/** Stairs of 10 m along the slope, 2 m wide and inclined by 30 degrees, between two landings. */
export function stairs(length = 10, width = 2, landing = 3): Scene['space'] {
  const run = length * Math.cos(Math.PI / 6)
  const rise = length / 2
  return spaceOf({
    floors: [
      floorOf('bottom', [-landing, 0, 0, width]),
      { ...floorOf('stairs', [0, 0, run, width]), surface: 'stairs', ascent: { from: [0, width / 2], to: [run, width / 2], rise } },
      { ...floorOf('top', [run, 0, run + landing, width]), height: rise },
    ],
    joins: [joinOf('foot', 'bottom', 'stairs', [0, 0], [0, width]), joinOf('head', 'stairs', 'top', [run, 0], [run, width])],
    goals: [exitOf('down', 'bottom', [-landing, 0], [-landing, width]), exitOf('up', 'top', [run + landing, 0], [run + landing, width])],
  })
}

/** m/s in plan of one person on the stairs of a scene. */
function stairSpeed(up: boolean, speed: number): number {
  const run = new CrowdRun({ space: stairs(), journeys: [[up ? 'up' : 'down']], walkers: [{ x: up ? -2 : 10.6, y: 1, floor: up ? 0 : 2, speed }] })
  const seen: [number, number][] = []
  run.advance(60, time => { for (const { x } of run.bodies()) if (x > 1 && x < 7.6) seen.push([time, x]) })
  const [first, last] = [seen[0], seen.at(-1)]
  if (!first || !last) throw new Error('nobody came onto the stairs')
  return Math.abs(last[1] - first[1]) / (last[0] - first[0])
}

const stairCase = (name: string, up: boolean, source: string): ValidationCase => ({
  name, source: `${source}; mean horizontal speeds of Weidmann (1993), IVT 90: 0.610 m/s up, 0.694 m/s down, of 1.34 m/s on the level`,
  run: () => [{ measured: stairSpeed(up, 1.34), unit: 'm/s', ...relative(up ? 0.61 : 0.694, 0.05) }],
})

/** m/s; who stands steps aside for those who pass, slower than this. Whoever is faster has set out. */
const MAKING_ROOM = 0.5

/** s; from the end of the reaction to MAKING_ROOM: a person looks up its way every 0.15 s, and turns (assumed). */
const LATE = 0.5

/** How far the first steps are from the times at which persons were to react, s; and how many left. */
function reactions(scene: Pick<Scene, 'space' | 'journeys'>, room: readonly [number, number, number, number], low: number, high: number): Finding[] {
  const walkers = walkersAt(spread(10, room, 3), at => ({ reaction: drawn(low, high, 5, at) }))
  const run = new CrowdRun({ ...scene, walkers })
  const began = new Map<number, number>()
  run.advance(240, time => { for (const { id, speed } of run.bodies()) if (speed > MAKING_ROOM && !began.has(id)) began.set(id, time) })
  const late = walkers.map(({ reaction }, index) => Math.abs((began.get(index + 1) ?? NaN) - reaction!))
  return [
    { name: 'first-step', measured: Math.max(...late), unit: 's', expected: 0, tolerance: LATE },
    { name: 'left', measured: run.leavings().length, unit: 'p', expected: 10, tolerance: 0 },
  ]
}

/** Twenty persons round a corner to the left, arms 2 m wide and 10 m long: steps that end outside, and who arrived. */
const corner = once((): Finding[] => {
  const space = spaceOf({ floors: [floorOf('corner', [0, 0, 12, 2], [10, 0, 12, 12])], goals: [exitOf('out', 'corner', [10, 12], [12, 12])] })
  const outline = space.floors[0]!.outlines as readonly (readonly Point[])[]
  const run = new CrowdRun({ space, journeys: [['out']], walkers: walkersAt(spread(20, [0, 0, 6, 2], 4)) })
  let outside = 0
  run.advance(120, () => { for (const { x, y } of run.bodies()) if (!inPolygon(outline, x, y)) outside++ })
  return [{ name: 'beyond-walls', measured: outside, unit: 'p', expected: 0, tolerance: 0 }, { name: 'left', measured: run.leavings().length, unit: 'p', expected: 20, tolerance: 0 }]
})

/** m/s that each of some persons reaches when walking alone; one after the other would take long, so each has a lane of its own. */
function freeSpeeds(persons: readonly { readonly age?: number; readonly speed?: number }[]): number[] {
  const width = 3 * persons.length
  const space = spaceOf({ floors: [floorOf('hall', [0, 0, 30, width])], goals: [exitOf('out', 'hall', [30, 0], [30, width])] })
  const run = new CrowdRun({ space, journeys: [['out']], walkers: persons.map((person, at) => ({ x: 1, y: 3 * at + 1.5, ...person })), seed: 11 })
  const first = new Map<number, [number, number]>()
  const speed = new Map<number, number>()
  run.advance(60, time => {
    for (const { id, x } of run.bodies()) {
      if (x < 5 || x > 28) continue
      const begin = first.get(id)
      if (!begin) first.set(id, [time, x])
      else speed.set(id, (x - begin[1]) / (time - begin[0]))
    }
  })
  return persons.map((_, at) => speed.get(at + 1) ?? NaN)
}

/** Fifty adults of all ages against the curve of speed by age. */
function ages(): Finding[] {
  const persons = Array.from({ length: 50 }, (_, at) => ({ age: 20 + Math.round((60 * at) / 49) }))
  const errors = freeSpeeds(persons).map((speed, at) => speed - freeSpeedByAge(persons[at]!.age))
  return [
    { name: 'mean-error', measured: mean(errors), unit: 'm/s', expected: 0, tolerance: 0.1 },
    { name: 'largest-error', measured: Math.max(...errors.map(Math.abs)), unit: 'm/s', ...between(0, 0.55) },
  ]
}

/** Fifty men of 30 to 50 with speeds of the guideline's interval, and how many walk outside it. */
function men(): Finding[] {
  const speeds = freeSpeeds(Array.from({ length: 50 }, (_, at) => ({ speed: drawn(0.97, 1.62, 13, at) })))
  return [
    { name: 'outside-interval', measured: speeds.filter(speed => !(speed > 0.97 - 0.005 && speed < 1.62 + 0.005)).length, unit: 'p', expected: 0, tolerance: 0 },
    { name: 'mean', measured: mean(speeds), unit: 'm/s', ...relative((0.97 + 1.62) / 2, 0.06) },
  ]
}

const officeRoom = [0, 0, 8, 5] as const

export const movementCases: readonly ValidationCase[] = [
  { name: 'rimea/1', source: `${RIMEA}, test 1: 40 m at 1.33 m/s in 26 to 34 s`, run: () => [{ measured: fortyMetres(1.33), unit: 's', ...between(26, 34) }] },
  stairCase('rimea/2', true, `${RIMEA}, test 2: the speed on stairs upwards is kept`),
  stairCase('rimea/3', false, `${RIMEA}, test 3: the speed on stairs downwards is kept`),
  { name: 'rimea/5', source: `${RIMEA}, test 5: ten persons, reactions from 10 to 100 s; each sets out at its time`, run: () => reactions(roomWithDoor(officeRoom, 1), officeRoom, 10, 100) },
  { name: 'rimea/6', source: `${RIMEA}, test 6: twenty persons round a corner, nobody through a wall`, run: corner },
  { name: 'rimea/7', source: `${RIMEA}, test 7: fifty adults walk as their ages have it (Weidmann 1993, fig. 4); individual spread 0.2 m/s, cut off at 2.5 of it (assumed)`, run: ages },
  { name: 'imo/1', source: `${IMO}, test 1: 40 m at 1 m/s in 40 s`, run: () => [{ measured: fortyMetres(1), unit: 's', ...relative(40, 0.025) }] },
  stairCase('imo/2', true, `${IMO}, test 2: stairs upwards at the prescribed speed`),
  stairCase('imo/3', false, `${IMO}, test 3: stairs downwards at the prescribed speed`),
  { name: 'imo/5', source: `${IMO}, test 5: response times from 10 to 100 s; each sets out at its time`, run: () => reactions(roomWithDoor(officeRoom, 1), officeRoom, 10, 100) },
  { name: 'imo/6', source: `${IMO}, test 6: twenty persons round a corner, nobody through a wall`, run: corner },
  { name: 'imo/7', source: `${IMO}, test 7: fifty men of 30 to 50, speeds from 0.97 to 1.62 m/s`, run: men },
  { name: 'nist/2.1', source: `${NIST}, Verif.2.1: 40 m at 1 m/s in 40 s`, run: () => [{ measured: fortyMetres(1), unit: 's', ...relative(40, 0.025) }] },
  stairCase('nist/2.2-up', true, `${NIST}, Verif.2.2: speed on stairs`),
  stairCase('nist/2.2-down', false, `${NIST}, Verif.2.2: speed on stairs`),
]

