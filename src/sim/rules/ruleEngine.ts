import { invariant } from '../core/invariant'
import type { StateHash } from '../core/stateHash'
import type { World } from '../world'
import type { Rules } from './rules'
import type { RuleReport, SavedRules } from './ruleTypes'

/** What makes rules act. Most runs have none, so a page fetches it when a run has some. */
export interface RuleEngine {
  create(world: World, saved?: SavedRules): Rules
  look(world: World, rules: Rules): void
  hash(rules: Rules, hash: StateHash): void
  save(rules: Rules): SavedRules
  report(world: World, rules: Rules): RuleReport
}

let engine: RuleEngine | null = null

export function useRuleEngine(given: RuleEngine): void {
  engine = given
}

export function ruleEngine(): RuleEngine {
  invariant(engine !== null, () => 'a run with rules, but nothing that makes them act: call followRules() of sim/withRules before')
  return engine
}
