import type { Network, NetworkChange, Outcome, PeopleInput, Problem, Rule, RuleChanges, RuleMeasure, TrainOrder } from '../../sim'
import { problem } from '../checks'
import type { ScenarioCity } from '../city'
import { tickOf, type RunClock } from '../closures'
import type { NetworkEdit, ResponseRule, RuleAction, Scenario } from '../document'
import { ruleSource, rulesOf } from '../editKinds'
import { effectOf } from '../effects'
import { placeOnGround } from '../ground/place'
import { checkMetro } from '../metroChanges'
import { secondsOfDay } from '../timeOfDay'
import { ruleFights } from './ruleFights'
import { ruleGround } from './ruleGround'
import { ruleMeasure } from './ruleMeasures'
import { trainFights, trainOrders } from './ruleTrains'

/** Rules as the simulation follows them, and what a planner should know of those that cannot do what they say. */
export interface CompiledRules { readonly rules: readonly Rule[]; readonly warnings: readonly Problem[] }

/** Compiles the rules of a scenario whose people are compiled. @param changes  of its edits */
export function compileRules(scenario: Scenario, city: ScenarioCity, people: PeopleInput | undefined, clock: RunClock, changes: readonly NetworkChange[]): Outcome<CompiledRules> {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const rules: Rule[] = []
  for (const rule of rulesOf(scenario)) {
    const where = `rule "${rule.id}"`
    const measure = ruleMeasure(rule.when, rule.id, scenario, city, people, where)
    const acts = rule.actions.map((action, at) => ruleChanges(rule, action, at, city, people, where))
    problems.push(...[measure, ...acts].flatMap(part => (part.ok ? [] : part.problems)))
    if (!measure.ok || acts.some(({ ok }) => !ok)) continue
    const warn = (code: string, what: string, remedy: string): void => { warnings.push(problem(code, 'rule', rule.id, `${where}: ${what}`, remedy)) }
    if (!measure.value) {
      warn('scenario/rule-nobody', `measures people where nobody walks in this scenario, so it does nothing.`, 'Add an event there with its people on foot ("onFoot").')
      continue
    }
    const compiled = ruleOf(rule, measure.value, acts.flatMap(act => (act.ok ? [act.value] : [])), clock)
    const never = neverMet(compiled, city.network, people)
    if (never) warn('scenario/rule-never', `can never be met: ${never}.`, 'Choose another threshold.')
    if (compiled.begin.network.length + compiled.begin.crowd.length + (compiled.trains?.length ?? 0) === 0) warn('scenario/rule-idle', 'its actions are where nobody walks in this scenario, so it does nothing.', 'Add an event there with its people on foot ("onFoot").')
    rules.push(compiled)
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { rules, warnings: [...warnings, ...ruleFights(rules, changes), ...trainFights(scenario, city)] } }
}

function ruleOf(rule: ResponseRule, measure: RuleMeasure, acts: readonly Acts[], clock: RunClock): Rule {
  const { id, window, when: { above, below, forSeconds }, release, actions, cooldownSeconds = 0 } = rule
  const ticks = (seconds: number): number => Math.round(seconds / clock.dt)
  const trains = acts.flatMap(act => act.trains ?? [])
  const joined = (pick: (act: Acts) => RuleChanges): RuleChanges => ({ network: acts.flatMap(act => pick(act).network), crowd: acts.flatMap(act => pick(act).crowd) })
  return {
    id, measure, side: above === undefined ? 'below' : 'above', threshold: above ?? below!, holdTicks: ticks(forSeconds),
    release: release ? { threshold: release.threshold, holdTicks: ticks(release.afterSeconds) } : null, restTicks: ticks(cooldownSeconds),
    fromTick: Math.max(0, tickOf(clock, secondsOfDay(window.start)!)), toTick: tickOf(clock, secondsOfDay(window.end)!),
    actions: actions.map(({ kind }) => kind), begin: joined(act => act.begin), end: joined(act => act.end),
    ...(trains.length > 0 ? { trains } : {}),
  }
}

interface Acts { readonly begin: RuleChanges; readonly end: RuleChanges; readonly trains?: readonly TrainOrder[] }
const NOTHING: RuleChanges = { network: [], crowd: [] }

/** What an action does to roads, to the ground or to trains, whenever it comes to that. */
function ruleChanges({ id, window }: ResponseRule, action: RuleAction, at: number, city: ScenarioCity, people: PeopleInput | undefined, where: string): Outcome<Acts> {
  if (action.kind === 'barrier' || action.kind === 'gate') {
    const placed = placeOnGround(action, id, city, where)
    if (!placed.ok) return placed
    const ground = ruleGround(id, action, at, city.areas, city)
    const stands = ground && people && [...ground.barriers, ...ground.gates].every(each => [...people.crowd.space.barriers, ...people.crowd.space.gates].some(other => other.id === each.id))
    return { ok: true, value: { begin: { network: [], crowd: stands ? ground.begin : [] }, end: { network: [], crowd: stands ? ground.end : [] } } }
  }
  if (action.kind === 'metro') {
    const known = checkMetro(action.change, city, id, where, 'rule')
    return known.ok ? { ok: true, value: { begin: NOTHING, end: NOTHING, trains: trainOrders(action, city, people) } } : known
  }
  const effect = effectOf({ ...action, id: ruleSource(id), enabled: true, window } as NetworkEdit, city, where)
  if (!effect.ok) return effect
  return { ok: true, value: { begin: { network: effect.value.begin, crowd: [] }, end: { network: effect.value.end, crowd: [] } } }
}

/** Vehicles take up so many m of a lane at least when they stand: an e-bike and its gap. */
const VEHICLE_LEAST = 3
/** p/m² that bodies allow: no crowd was ever denser. */
const DENSITY_MOST = 12
/** Of drivers, by the limit. */
const SPEEDING_MOST = 1.3

/** Why a measure can never lie beyond the threshold; null = it can. */
function neverMet({ measure, side, threshold }: Rule, { links }: Network, people: PeopleInput | undefined): string | null {
  if (side === 'below') return threshold <= 0 ? 'nothing is measured below 0' : null
  const most = ((): number => {
    switch (measure.kind) {
      case 'roadQueue': return measure.links.reduce((sum, link) => sum + Math.ceil((links.length[link]! * links.laneCount[link]!) / VEHICLE_LEAST), 0)
      case 'roadSpeed': return 3.6 * SPEEDING_MOST * measure.links.reduce((fastest, link) => Math.max(fastest, links.speedLimit[link]!), 0)
      case 'crowdDensity': case 'platformDensity': return DENSITY_MOST
      default: return people?.persons.rows ?? 0
    }
  })()
  return threshold >= most ? `it is never measured above ${Math.round(most)}` : null
}
