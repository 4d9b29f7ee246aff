import type { GroundRules, ScenarioCity } from '../city'
import { isOnGround } from '../editKinds'
import { checkOnFoot } from '../outings/area'
import { idleWarnings } from './idleWarnings'
import { placeOnGround } from './place'

/** The rules of a city's ground, for scenarios that have people on foot. */
export const groundRules = (city: ScenarioCity): GroundRules => ({
  problemsOf(edit, where) {
    // Lines to count at may lie on footways beyond all areas as well.
    const placed = isOnGround(edit) && !(edit.kind === 'countLine' && edit.level === undefined) ? placeOnGround(edit, edit.id ?? where, city, where) : null
    if (placed) return placed.ok ? [] : placed.problems
    const { venue, onFoot, id, attendance } = edit
    return onFoot && venue !== undefined ? checkOnFoot({ venue, onFoot, ...(id === undefined ? {} : { id }), ...(attendance === undefined ? {} : { attendance }) }, city, where) : []
  },
  idle: (scenario, people) => idleWarnings(scenario, city, people),
})
