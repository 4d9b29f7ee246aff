import { rulesOf, type ResponseRule, type Scenario } from '../scenario'
import type { Rule, RuleReport, TransitService } from '../sim'

/** Tick at which each rule of the document joined the run; 0 for those it was loaded with. */
export type RuleJoinTicks = ReadonlyMap<string, number>

/** What a run that stands at a tick must do to follow other rules. */
export interface RulePlan {
  /** Those that it follows from now on; whoever joined late acts from then on. */
  readonly rules: readonly Rule[]
  readonly joined: RuleJoinTicks
  /** The first tick whose result may differ; at most the present one. */
  readonly fromTick: number
}

/** What of a rule the simulation heeds. */
const heeded = (rule: ResponseRule): string => JSON.stringify({ ...rule, label: undefined })

/** Whether two documents say the same about what is done when. */
export const sameRules = (a: Scenario, b: Scenario): boolean => JSON.stringify(rulesOf(a).map(heeded)) === JSON.stringify(rulesOf(b).map(heeded))

/**
 * A rule that is taken away or changed goes back to when it first acted; one that is changed is looked at again from
 * when it joined. One that never acted leaves nothing behind.
 *
 * @param applied   rules that the run follows now
 * @param compiled  rules of `after` as their windows say
 * @param log       what rules have done so far
 * @param dt        s, of a tick
 */
export function planRules(before: Scenario, after: Scenario, applied: readonly Rule[], compiled: readonly Rule[], log: RuleReport['log'], joined: RuleJoinTicks, tick: number, dt: number): RulePlan {
  const [old, now] = [before, after].map(scenario => new Map(rulesOf(scenario).map(rule => [rule.id, heeded(rule)]))) as [Map<string, string>, Map<string, string>]
  const joinedNow = new Map([...now.keys()].map(id => [id, old.has(id) ? joined.get(id) ?? 0 : tick]))
  const rules = compiled.map(rule => ({ ...rule, fromTick: Math.max(rule.fromTick, joinedNow.get(rule.id) ?? 0) }))
  const first = (id: string): number => {
    const begun = log.find(({ rule }) => rule === id)
    const again = now.has(id) ? rules.find(rule => rule.id === id)?.fromTick ?? Infinity : Infinity
    return Math.min(begun ? Math.round(begun.time / dt) : Infinity, again)
  }
  const touched = applied.filter(({ id }) => now.get(id) !== old.get(id)).map(({ id }) => first(id))
  return { rules, joined: joinedNow, fromTick: Math.min(tick, ...touched) }
}

/** Whether two services have the same departures, those to spare included: saved states of one fit the other. */
export function sameDepartures(a: TransitService | undefined, b: TransitService | undefined): boolean {
  if (!a || !b) return a === b
  return a.trips.rows === b.trips.rows && a.trips.departure.every((time, trip) => time === b.trips.departure[trip]) && a.routes.spare.every((count, route) => count === b.routes.spare[route])
}
