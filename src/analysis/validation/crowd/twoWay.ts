import { mean } from '../../statistics'
import { between, type Finding, type ValidationCase } from '../row'
import { CrowdRun, exitOf, floorOf, once, spaceOf, spread, walkersAt, type Walker } from './bed'
import type { Rectangle } from './plan'

interface Counterflow { readonly speed: number; readonly order: number; readonly left: number; readonly persons: number }

/** s in which all of a two-way corridor must have left: ten times what they need undisturbed. */
const PATIENCE = 300

/**
 * People walk both ways in a corridor of 4 m, as many one way as the other, until all have left. `mixed`: they stand
 * among each other in 40 m at first. Else two crowds of 20 m each meet head on, as in laboratories. Speed and lanes: of
 * those in the middle 10 m, from 10 to 40 s. Lanes: order parameter of Rex & Löwen (2007), Phys. Rev. E 75, 051402: 1
 * where in strips of 0.5 m along the corridor all walk one way, next to 0 where they are mixed.
 */
function counterflow(density: number, mixed: boolean, seed: number): Counterflow {
  const [length, width] = [40, 4]
  const each = Math.round((density * length * width) / 2)
  const space = spaceOf({
    floors: [floorOf('corridor', [-10, 0, length + 10, width])],
    goals: [exitOf('east', 'corridor', [length + 10, 0], [length + 10, width]), exitOf('west', 'corridor', [-10, 0], [-10, width])],
  })
  const walkers = mixed ? walkersAt(spread(2 * each, [0, 0, length, width], seed), at => ({ journey: at % 2 }))
    : [...walkersAt(spread(each, [0, 0, length / 2, width], seed)), ...walkersAt(spread(each, [length / 2, 0, length, width], seed + 1), () => ({ journey: 1 }))]
  const run = new CrowdRun({ space, journeys: [['east'], ['west']], walkers, seed })
  let [metres, moving, order, frames] = [0, 0, 0, 0]
  run.advance(PATIENCE, time => {
    if (time < 10 || time > 40 || Math.abs(time * 2 - Math.round(time * 2)) > 1e-6) return
    const strips = Array.from({ length: 8 }, () => [0, 0])
    for (const { id, x, y, speed } of run.bodies()) {
      if (Math.abs(x - length / 2) > 5) continue
      moving++
      metres += speed
      strips[Math.min(7, Math.floor(y / 0.5))]![walkers[id - 1]!.journey ?? 0]!++
    }
    const all = strips.reduce((sum, [a, b]) => sum + a! + b!, 0)
    if (all === 0) return
    order += strips.reduce((sum, [a, b]) => sum + (a! - b!) ** 2 / Math.max(1, a! + b!), 0) / all
    frames++
  })
  return { speed: metres / moving, order: order / frames, left: run.leavings().length, persons: 2 * each }
}

const twoWay = (density: number, mixed: boolean): ValidationCase => ({
  name: `two-way/${mixed ? 'mixed' : 'meeting'}-${density}-per-m2`, ...(density > 1 && { long: true }),
  source: 'lanes form and nobody locks: Kretz, Grünebohm, Kaufman, Mazur & Schreckenberg (2006), J. Stat. Mech. P10001; Zhang et al. (2012), J. Stat. Mech. P02002 (up to 2 per m2 and more without jam); order 1 = pure lanes, mixed crowds of this size have less than 0.2 (own estimate); least speed assumed; means of three draws, the worst of those who left',
  run(): Finding[] {
    const runs = [1, 2, 3].map(seed => counterflow(density, mixed, seed))
    return [
      { name: 'left', measured: Math.min(...runs.map(({ left }) => left)), unit: 'p', expected: runs[0]!.persons, tolerance: 0 },
      { name: 'speed', measured: mean(runs.map(({ speed }) => speed)), unit: 'm/s', ...between(0.3, 1.4) },
      { name: 'lanes', measured: mean(runs.map(({ order }) => order)), unit: '1', ...between(0.35, 1) },
    ]
  },
})

/** Two rooms of 10 m x 10 m with a corridor of 10 m x 2 m between; 100 walk east, `against` walk west. s until all of the 100 are across. */
function rooms(against: number): number {
  const left: Rectangle = [0, 0, 10, 10]
  const right: Rectangle = [20, 0, 30, 10]
  const space = spaceOf({
    floors: [floorOf('rooms', left, [10, 4, 20, 6], right)],
    goals: [exitOf('east', 'rooms', [29.5, 0], [29.5, 10]), exitOf('west', 'rooms', [0.5, 0], [0.5, 10])],
  })
  const walkers: Walker[] = [...walkersAt(spread(100, [1, 0, 10, 10])), ...walkersAt(against === 0 ? [] : spread(against, [20, 0, 29, 10], 2), () => ({ journey: 1 }))]
  const run = new CrowdRun({ space, journeys: [['east'], ['west']], walkers })
  run.advance(1200)
  run.cleared()
  return Math.max(...run.leavings().filter(({ exit }) => exit === 'east').map(({ time }) => time))
}

const growing = once((): Finding[] => {
  const counts = [0, 10, 50, 100]
  const times = counts.map(rooms)
  return counts.slice(1).map((count, at): Finding => ({ name: `${count}-against`, measured: times[at + 1]! - times[at]!, unit: 's', ...between(0.05, 400) }))
})

const source = 'time of the 100 grows with the number against them (0, 10, 50, 100); each row is the growth from the one before'

export const twoWayCases: readonly ValidationCase[] = [
  ...[true, false].flatMap(mixed => [0.5, 1, 1.5, 2].map(density => twoWay(density, mixed))),
  { name: 'imo/8', long: true, source: `IMO MSC.1/Circ.1533, annex 3, test 8: two rooms and a corridor of 10 m x 2 m; ${source}`, run: growing },
  { name: 'nist/2.8', long: true, source: `NIST Technical Note 1822, Verif.2.8: horizontal counterflow as in IMO's test 8; ${source}`, run: growing },
]
