import type { CountLine } from '../../sim'
import type { ScenarioCity } from '../city'
import type { RunClock } from '../closures'
import type { CountLineEdit, ScenarioEdit } from '../document'
import { secondsOfDay } from '../timeOfDay'
import { placeOnGround } from './place'

/**
 * The lines of a document as the simulation counts at them. Without a level a line lies on the uppermost floor under its
 * middle; on open ground, or beyond all areas, it takes in the squares and footways that it crosses.
 */
export function countLines(edits: readonly ScenarioEdit[], city: ScenarioCity, clock: RunClock): CountLine[] {
  return edits.filter((edit): edit is CountLineEdit => edit.kind === 'countLine' && edit.enabled).map(edit => {
    const { id, line, level, window } = edit
    const [from, to] = [line[0]!, line[1]!]
    const placed = level === undefined ? placeOnGround(edit, id, city, '') : null
    const top = placed?.ok && placed.value && placed.value.floor !== 'ground' ? `${placed.value.area.id}/${placed.value.floor}` : undefined
    const floor = level ?? top
    return {
      id, line: [city.toPlane(from[0], from[1]), city.toPlane(to[0], to[1])], ...(floor === undefined ? {} : { level: floor }),
      from: secondsOfDay(window.start)! - clock.start, until: secondsOfDay(window.end)! - clock.start,
    }
  })
}
