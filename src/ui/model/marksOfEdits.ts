import type { CityArea } from '../../city'
import { isEvent, isGroundEdit, type ScenarioEdit } from '../../scenario'
import type { Mark } from '../cityView'
import { stateOf } from './editsInForce'
import { estateRing } from './estate'
import { drawnGround, lengthOf, lineOfEdit, planeOf, type Ground } from './walkGround'

/** Persons a minute for whom one lane is set up, and its width at least, m: as in scenario/ground/groundMeasures.ts. */
const LANE_PERSONS = 30
const LANE_WIDTH = 0.8

/** Lanes that are drawn of an entry control. */
export const lanesOf = (persons: number, width: number): number => Math.max(1, Math.min(Math.ceil(persons / LANE_PERSONS), Math.floor(width / LANE_WIDTH)))

/** How the map shows what the edits of a document put on the ground at a second of the day; what is over or switched off is not shown. */
export function marksOfEdits(edits: readonly ScenarioEdit[], now: number, areas: readonly CityArea[], grounds: readonly Ground[]): Mark[] {
  return edits.flatMap((edit): Mark[] => {
    const held = stateOf(edit, now)
    if (isEvent(edit)) return edit.enabled ? eventMarks(edit) : []
    if (edit.kind === 'housing') return edit.enabled ? [{ id: edit.id, kind: 'ground', points: estateRing(planeOf([edit.position])[0]!, edit.persons), height: null, state: 'standing' }] : []
    if (!isGroundEdit(edit) || held === 'off' || held === 'over') return []
    const place = lineOfEdit(edit, areas, grounds)
    if (!place) return []
    const base = { id: edit.id, points: place.line, height: place.height, state: held === 'active' ? 'standing' as const : 'planned' as const }
    switch (edit.kind) {
      case 'barrier': return [edit.passage ? { ...base, kind: 'oneWay', passage: edit.passage } : { ...base, kind: 'fence' }]
      case 'gate': return [{ ...base, kind: 'gate', lanes: lanesOf(edit.personsPerMinute, lengthOf(place.line)), shut: edit.personsPerMinute === 0, ...(edit.passage ? { passage: edit.passage } : {}) }]
      case 'countLine': return [{ ...base, kind: 'count' }]
    }
  })
}

/** The ground of an event and its stage are there all day: its people come before it begins. */
function eventMarks(edit: Extract<ScenarioEdit, { kind: 'event' }>): Mark[] {
  const drawn = drawnGround(edit), stage = edit.onFoot?.stage
  const base = { id: edit.id, height: null, state: 'standing' as const }
  const stages = stage ? [{ ...base, kind: 'stage' as const, points: planeOf([stage]) }] : []
  if (!drawn) return stages
  return [
    ...stages,
    { ...base, kind: 'ground', points: drawn.outline },
    ...drawn.exits.map((points): Mark => ({ ...base, kind: 'exit', points })),
  ]
}
