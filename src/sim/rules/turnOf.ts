import type { Rule, RuleEvent, RuleState } from './ruleTypes'

/**
 * What a rule does at a look: begins, ends, or nothing (null). It begins when its measure has been beyond the threshold
 * for `holdTicks`, and ends when it has been back beyond the threshold of its release for as long as that says; a value
 * that lies between the two, or on one of them, starts both waits anew. Notes in `state` since when a wait lasts.
 *
 * @param value  of the measure now
 */
export function turnOf(rule: Rule, state: RuleState, value: number, tick: number): Pick<RuleEvent, 'kind' | 'cause' | 'threshold'> | null {
  const { side, threshold, holdTicks, release, restTicks, fromTick, toTick } = rule
  if (tick >= toTick) return state.acting ? { kind: 'end', cause: 'window', threshold } : null
  if (tick < fromTick) return null
  const turn = state.acting ? release && { threshold: release.threshold, above: side === 'below', holdTicks: release.holdTicks } : { threshold, above: side === 'above', holdTicks }
  if (!turn || !(turn.above ? value > turn.threshold : value < turn.threshold)) {
    state.sinceTick = -1
    return null
  }
  if (state.sinceTick < 0) state.sinceTick = tick
  if (tick - state.sinceTick < turn.holdTicks) return null
  if (!state.acting && state.turnTick >= 0 && tick - state.turnTick < restTicks) return null
  return { kind: state.acting ? 'end' : 'begin', cause: 'measure', threshold: turn.threshold }
}
