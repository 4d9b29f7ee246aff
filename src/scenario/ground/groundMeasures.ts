import type { CityArea } from '../../city'
import type { Barrier, CrowdChange, Gate, UntimedCrowdChange } from '../../sim'
import type { ScenarioCity } from '../city'
import { tickOf, type RunClock } from '../closures'
import type { BarrierEdit, GateEdit, GroundEdit, Passage } from '../document'
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
  /** Barriers that rules close, whenever it comes to that. */
  readonly onCall?: readonly string[]
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
    const window = windowOf(edit, clock)
    const measure = window && groundMeasure(edit, `edit:${edit.id}`, edit.id, areas, city)
    if (!measure) continue
    barriers.push(...measure.barriers)
    gates.push(...measure.gates)
    changes.push(...measure.begin.map((change): CrowdChange => ({ tick: window.from, ...change })))
    const { to } = window
    if (to !== null) changes.push(...measure.end.map((change): CrowdChange => ({ tick: to, ...change })))
  }
  return { barriers, gates, changes: changes.sort((a, b) => a.tick - b.tick) }
}

/** What one measure puts on a walk space, which stands there between what begins and what ends it. */
export interface GroundMeasure extends Pick<GroundMeasures, 'barriers' | 'gates'> {
  readonly begin: readonly UntimedCrowdChange[]
  readonly end: readonly UntimedCrowdChange[]
}

/** @param source  of its changes. null = it lies on none of the areas */
export function groundMeasure(edit: Unnamed<BarrierEdit> | Unnamed<GateEdit>, id: string, source: string, areas: readonly CityArea[], city: ScenarioCity): GroundMeasure | null {
  const placed = placeOnGround(edit, id, city, '')
  if (!placed.ok || !placed.value || !areas.includes(placed.value.area)) return null
  const { area, floor: at, line, fences } = placed.value
  const floor = `${area.id}/${at}`
  const barriers = fences.map((side, row): Barrier => ({ id: `${id}:fence${row + 1}`, floor, line: side, lets: 'none', closed: false }))
  if (edit.kind === 'barrier') barriers.push({ id, floor, line, lets: lets(edit.passage) ?? 'none', closed: false })
  const gates = edit.kind === 'gate' ? [{ id, floor, ...gateOf(edit, placed.value) }] : []
  const changes = (stands: boolean): UntimedCrowdChange[] => [
    ...barriers.map((barrier): UntimedCrowdChange => ({ source, kind: 'barrier', id: barrier.id, closed: stands })),
    ...gates.map((gate): UntimedCrowdChange => ({ source, kind: 'gate', id: gate.id, stands })),
  ]
  return { barriers, gates, begin: changes(true), end: changes(false) }
}

type Unnamed<Edit extends GroundEdit> = Omit<Edit, 'id' | 'label' | 'enabled' | 'window'>

function gateOf({ personsPerMinute, passage }: Pick<GateEdit, 'personsPerMinute' | 'passage'>, { line }: GroundPlace): Omit<Gate, 'id' | 'floor'> {
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
