import type { StateHash } from '../core/stateHash'
import { CrowdCount } from '../crowd/crowd'
import type { CrowdChange } from '../crowd/crowdTypes'
import { scheduleCrowdChanges } from '../crowd/scheduleCrowdChanges'
import { scheduleChanges } from '../traffic/changes'
import type { World } from '../world'
import { meterOf } from './meters'
import { orderTrains } from './orderTrains'
import { RULE_SECONDS, ruleUnits, type Rule, type RuleEvent, type RuleReport, type RuleState, type RuleStatus, type SavedRules } from './ruleTypes'
import { turnOf } from './turnOf'

/** Rules of a run under way: on one thread, between two ticks. */
export interface Rules {
  readonly rules: readonly Rule[]
  /** Ticks between two looks. */
  readonly every: number
  /** By rule: what its measure is now. */
  readonly meters: readonly (() => number)[]
  readonly states: readonly RuleState[]
  readonly log: RuleEvent[]
  readonly crowdChanges: CrowdChange[]
}

/** @param saved  of another world with the same past: rules that were there go on as they were, others begin */
export function createRules(world: World, saved?: SavedRules): Rules {
  const { rules = [], dt } = world.input
  return {
    rules, every: Math.round(RULE_SECONDS / dt), meters: rules.map(({ measure }) => meterOf(world, measure)),
    states: rules.map(({ id }): RuleState => ({ acting: false, sinceTick: -1, turnTick: -1, value: NaN, ...readable(saved?.states[id]) })),
    log: [...saved?.log ?? []], crowdChanges: [...saved?.crowdChanges ?? []],
  }
}

/** JSON has no NaN. */
const readable = (state: Readonly<RuleState> | undefined): RuleState | undefined => state && { ...state, value: state.value ?? NaN }

/** Looks at all measures, in the order of the rules, and puts in force what they say, from this tick on. Alone, before the changes of the tick. */
export function lookAtRules(world: World, own: Rules): void {
  const { rules, every, meters, states, log, crowdChanges } = own
  const { tick, people } = world
  if (tick % every !== 0) return
  for (const [row, rule] of rules.entries()) {
    const state = states[row]
    if (tick < rule.fromTick || (tick >= rule.toTick && !state.acting)) continue
    const value = meters[row]()
    state.value = value
    const turn = turnOf(rule, state, value, tick)
    if (!turn) continue
    state.acting = turn.kind === 'begin'
    state.turnTick = tick
    state.sinceTick = -1
    log.push({ tick, rule: rule.id, value, ...turn })
    const { network, crowd } = state.acting ? rule.begin : rule.end
    scheduleChanges(world, network.map(change => ({ tick, ...change })))
    if (!people || crowd.length === 0) continue
    const changes = crowd.map((change): CrowdChange => ({ tick: people.crowd.counts[CrowdCount.tick], ...change }))
    crowdChanges.push(...changes)
    scheduleCrowdChanges(people.crowd, changes)
  }
  orderTrains(world, own)
}

/** Rules that have seen nothing leave no trace in the state: it is that of the run without them. */
export function hashRules({ rules, states }: Rules, hash: StateHash): void {
  for (const [row, { acting, sinceTick, turnTick }] of states.entries())
    if (acting || sinceTick >= 0 || turnTick >= 0) hash.add(Int32Array.from([...codesOf(rules[row].id), acting ? 1 : 0, sinceTick, turnTick]))
}

const codesOf = (text: string): number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))

export const saveRules = ({ rules, states, log, crowdChanges }: Rules): SavedRules =>
  ({ states: Object.fromEntries(rules.map(({ id }, row) => [id, { ...states[row] }])), log: [...log], crowdChanges: [...crowdChanges] })

export function reportRules({ tick, input: { dt } }: World, { rules, states, log }: Rules): RuleReport {
  const ruleOf = new Map(rules.map(rule => [rule.id, rule]))
  return {
    rules: rules.map((rule, row): RuleStatus => {
      const { acting, turnTick, value } = states[row]
      const resting = turnTick >= 0 && tick - turnTick < rule.restTicks
      return {
        id: rule.id, state: acting ? 'acting' : tick >= rule.toTick ? 'over' : resting ? 'resting' : 'waiting',
        since: turnTick < 0 ? null : turnTick * dt, value: Number.isNaN(value) ? null : value,
      }
    }),
    log: log.flatMap(({ tick: at, rule, ...event }) => {
      const own = ruleOf.get(rule)
      return own ? [{ time: at * dt, rule, ...event, measure: own.measure.kind, unit: ruleUnits[own.measure.kind], actions: own.actions }] : []
    }),
  }
}
