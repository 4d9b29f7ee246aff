import { CrowdCount, type Crowd } from '../crowd'
import { Draw, uniform } from '../../core/random'
import { look, seen } from './flowField'
import { TARGETS_MAX } from './march'
import { sees } from './targets'
import { gridCell } from './walkGrid'

/** So far one looks for what others do, m. */
const SIGHT = 10
/** Whoever may choose thinks it over every so many seconds, each at moments of their own. */
export const THINK_SECONDS = 3

/** Scratch: of each goal, s to it, and how many are seen to walk towards it. */
const times = new Float64Array(TARGETS_MAX)
const drawn = new Float64Array(TARGETS_MAX)

/**
 * Has a person choose one of the goals of a stage of their own mind, and follow the field to it alone: that of least
 *
 *   t - follows 2u n / (1 + N) - (keeps, if it is the present one)
 *
 * with t, s, the way and the wait as things are; N those who are seen to walk within 10 m, and n their headings along
 * the way that leads to this goal from where they are; u in [0, 1) is the person's own, as some are drawn more than
 * others. So others attract by what they are seen to do, on whatever errand, not by what they have in mind.
 *
 * Source: people near the decision maker and the flow to an exit enter the choice beside its distance, and differently
 * from person to person (Lovreglio, Fonzone & dell'Olio 2016, doi:10.1016/j.tra.2016.06.018); who does not see an exit is drawn
 * to where others go (Haghani & Sarvi 2017, doi:10.1016/j.anbehav.2016.12.003); a decision is seldom revised (Liao, Wagoum & Bode 2017,
 * doi:10.1098/rsif.2016.0684). The form is ours; its strengths are given by the stage.
 *
 * Whether there is a way; if not, the person has chosen nothing. Reads the state at the start of the tick only.
 */
export function choose(crowd: Crowd, row: number, stage: number): boolean {
  const { navigation, now, persons, counts, input } = crowd
  const { stages, options, fields, wanted, grid, openings, openingsIfOpen, intents } = navigation
  const walker = now.walker[row]
  const first = stages.optionFirst[stage]
  const count = stages.options[stage]
  const own = persons.field[walker]
  let made = true
  for (let at = 0; at < count; at++)
    if (fields[options[first + at]].made[0] === 0) { wanted[options[first + at]] = 1; made = false }
  if (!made) {
    persons.progressTick[walker] = counts[CrowdCount.tick]
    return false
  }
  for (let at = 0; at < count; at++) {
    const field = fields[options[first + at]]
    look(grid, field.waits ? openingsIfOpen : openings, field, now.floor[row], now.x[row], now.y[row])
    times[at] = seen.time
    drawn[at] = 0
  }
  if (stages.follows[stage] > 0) {
    const others = watch(crowd, row, first, count)
    const strength = 2 * stages.follows[stage] * uniform(input.seed, Draw.following, input.walkers.id[walker], persons.stage[walker])
    for (let at = 0; at < count; at++) times[at] -= (strength * drawn[at]) / (1 + others)
  }
  let best = -1
  let least = Infinity
  for (let at = 0; at < count; at++) {
    const time = options[first + at] === own ? times[at] - stages.keeps[stage] : times[at]
    if (time < least) { least = time; best = options[first + at] }
  }
  const chosen = best < 0 ? stages.field[stage] : best
  if (chosen !== own) {
    persons.field[walker] = chosen
    intents.gained[walker] = Infinity
  }
  return best >= 0
}

/** Adds up who is seen to walk towards each goal, in `drawn`; answers how many walk at all. */
function watch({ navigation: { options, fields, grid }, index, now, facing }: Crowd, row: number, first: number, count: number): number {
  const { floors, cell: side, wallFirst } = index
  const floor = now.floor[row]
  const x = now.x[row]
  const y = now.y[row]
  const width = floors.width[floor]
  const reach = Math.floor(SIGHT / side)
  const column = Math.floor((x - floors.originX[floor]) / side)
  const line = Math.floor((y - floors.originY[floor]) / side)
  const west = Math.max(0, column - reach)
  const east = Math.min(width - 1, column + reach)
  const south = Math.max(0, line - reach)
  const north = Math.min(floors.height[floor] - 1, line + reach)
  let walls = false
  for (let at = south; at <= north && !walls; at++) {
    const cells = floors.cellFirst[floor] + at * width
    walls = wallFirst[cells + east + 1] > wallFirst[cells + west]
  }
  let others = 0
  for (let v = south; v <= north; v++)
    for (let u = west; u <= east; u++) {
      const cell = floors.cellFirst[floor] + v * width + u
      const headX = facing[2 * cell]
      const headY = facing[2 * cell + 1]
      if (headX === 0 && headY === 0) continue
      const atX = floors.originX[floor] + (u + 0.5) * side
      const atY = floors.originY[floor] + (v + 0.5) * side
      if ((atX - x) * (atX - x) + (atY - y) * (atY - y) > SIGHT * SIGHT) continue
      if (walls && !sees(index, floor, x, y, atX, atY)) continue
      others += Math.sqrt(headX * headX + headY * headY)
      const there = gridCell(grid, floor, atX, atY)
      if (there < 0) continue
      for (let at = 0; at < count; at++) {
        const { heading } = fields[options[first + at]]
        const along = (headX * heading[2 * there] + headY * heading[2 * there + 1]) / 127
        if (along > 0) drawn[at] += along
      }
    }
  return others
}
