import { useRuleEngine } from './rules/ruleEngine'
import { createRules, hashRules, lookAtRules, reportRules, saveRules } from './rules/rules'

/** Lets runs have rules, from now on. */
export function followRules(): void {
  useRuleEngine({ create: createRules, look: lookAtRules, hash: hashRules, save: saveRules, report: reportRules })
}
