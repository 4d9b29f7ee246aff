import type { CityArea } from '../../city'
import type { Barrier, CrowdChange, Gate } from '../../sim'
import type { ScenarioCity } from '../city'
import { tickOf, type RunClock } from '../closures'
import type { GateEdit, GroundEdit, Passage } from '../document'
import { secondsOfDay } from '../timeOfDay'
import { placeOnGround, type GroundPlace } from './place'

/** m of a gate's width that a person takes who is let through: a turnstile, or a gap between two stewards. */
const LANE = 0.8
/** Persons a minute for whom one lane is set up: with more lanes than that the first of all would come through at once, and too many. */
const LANE_RATE = 30

/** What stewards' measures put on a walk space, and when. */
export interface GroundMeasures {
  readonly barriers: readonly Barrier[]
  readonly gates: readonly Gate[]
  /** In order of tick; `source` = id of the edit. */
  readonly changes: readonly CrowdChange[]
}

/**
 * Stewards' measures on the areas that a run has people in, with the area's id before every name; those elsewhere have
 * nobody who could heed them.
 *
 * @param clock  of the crowd
 */
export function groundMeasures(edits: readonly GroundEdit[], areas: readonly CityArea[], city: ScenarioCity, clock: RunClock): GroundMeasures {
  const barriers: Barrier[] = []
  const gates: Gate[] = []
  const changes: CrowdChange[] = []
  for (const edit of edits) {
    if (!edit.enabled || edit.kind === 'countLine') continue
    const placed = placeOnGround(edit, edit.id, city, '')
    if (!placed.ok || !placed.value || !areas.includes(placed.value.area)) continue
    const window = windowOf(edit, clock)
    if (!window) continue
    const timed = (begin: Untimed, end: Untimed): void => {
      changes.push({ tick: window.from, source: edit.id, ...begin })
      if (window.to !== null) changes.push({ tick: window.to, source: edit.id, ...end })
    }
    const fence = (barrier: Barrier): void => {
      barriers.push(barrier)
      timed({ kind: 'barrier', id: barrier.id, closed: true }, { kind: 'barrier', id: barrier.id, closed: false })
    }
    const { area, floor, line, fences } = placed.value
    const on = { id: `edit:${edit.id}`, floor: `${area.id}/${floor}` }
    for (const [at, side] of fences.entries()) fence({ id: `${on.id}:fence${at + 1}`, floor: on.floor, line: side, lets: 'none', closed: false })
    if (edit.kind === 'barrier') fence({ ...on, line, lets: lets(edit.passage) ?? 'none', closed: false })
    else {
      gates.push({ ...on, ...gateOf(edit, placed.value) })
      timed({ kind: 'gate', id: on.id, stands: true }, { kind: 'gate', id: on.id, stands: false })
    }
  }
  return { barriers, gates, changes: changes.sort((a, b) => a.tick - b.tick) }
}

type Untimed = CrowdChange extends infer Change ? (Change extends CrowdChange ? Omit<Change, 'tick' | 'source'> : never) : never

function gateOf({ personsPerMinute, passage }: GateEdit, { line }: GroundPlace): Omit<Gate, 'id' | 'floor'> {
  const [from, to] = [line[0]!, line[1]!]
  const lanes = Math.max(1, Math.min(Math.floor(Math.hypot(to[0] - from[0], to[1] - from[1]) / LANE), Math.ceil(personsPerMinute / LANE_RATE)))
  const open = personsPerMinute > 0
  return { line: [from, to], lanes, service: open ? (60 * lanes) / personsPerMinute : 0, lets: lets(passage) ?? 'both', open, stands: false }
}

/** Who has the first point on the left hand walks to the left of the line. */
const lets = (passage: Passage | undefined): 'firstOnLeft' | 'firstOnRight' | undefined =>
  passage && (passage === 'toLeft' ? 'firstOnLeft' : 'firstOnRight')

/** Ticks of the crowd between which an edit holds; null = not within the run, `to` null = until its end. */
function windowOf({ window }: GroundEdit, clock: RunClock): { readonly from: number; readonly to: number | null } | null {
  const [from, to] = [Math.max(0, tickOf(clock, secondsOfDay(window.start)!)), tickOf(clock, secondsOfDay(window.end)!)]
  const last = tickOf(clock, clock.end)
  return to <= 0 || from >= last ? null : { from, to: to < last ? to : null }
}
