import type { CityArea } from '../../city'
import type { ScenarioCity } from '../city'
import type { RuleAction, Scenario } from '../document'
import { ruleSource, rulesOf } from '../editKinds'
import { groundMeasure, type GroundMeasure, type GroundMeasures } from '../ground/groundMeasures'

/** What an action of a rule puts on the ground; null = it lies on none of the areas. @param at  which of its actions, from 0 on */
export const ruleGround = (id: string, action: Extract<RuleAction, { kind: 'barrier' | 'gate' }>, at: number, areas: readonly CityArea[], city: ScenarioCity): GroundMeasure | null =>
  groundMeasure(action, `${ruleSource(id)}:${at + 1}`, ruleSource(id), areas, city)

/** With all that rules may put on the areas that a run has people in: there from the start, and standing only while a rule acts. */
export function withRules(measures: GroundMeasures, rules: Scenario['rules'], areas: readonly CityArea[], city: ScenarioCity): GroundMeasures {
  const own = rulesOf(rules ? { rules } : {}).flatMap(({ id, actions }) => actions.flatMap((action, at) =>
    (action.kind === 'barrier' || action.kind === 'gate' ? ruleGround(id, action, at, areas, city) ?? [] : [])))
  const barriers = own.flatMap(each => each.barriers)
  return {
    ...measures, barriers: [...measures.barriers, ...barriers], gates: [...measures.gates, ...own.flatMap(({ gates }) => gates)],
    onCall: barriers.map(({ id }) => id),
  }
}
