import type { PeopleInput, Problem } from '../../sim'
import { problem } from '../checks'
import type { ScenarioCity } from '../city'
import type { Scenario } from '../document'
import { isGroundEdit } from '../editKinds'
import { placeOnGround } from './place'

/** Edits of the ground that nobody of the run heeds, since nobody walks there. */
export function idleWarnings({ edits }: Scenario, city: ScenarioCity, people: PeopleInput | undefined): Problem[] {
  return edits.filter(isGroundEdit).flatMap((edit): Problem[] => {
    const placed = edit.enabled ? placeOnGround(edit, edit.id, city, '') : null
    if (!placed?.ok || !placed.value) return []
    const { id, name } = placed.value.area
    if (people?.crowd.space.floors.some(floor => floor.id.startsWith(`${id}/`))) return []
    return [problem('scenario/nobody-there', 'edit', edit.id, `edit "${edit.id}": nobody walks in ${name} in this scenario, so it does nothing.`, 'Add an event there with its people on foot ("onFoot").')]
  })
}
