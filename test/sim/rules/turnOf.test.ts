import { describe, expect, test } from 'vitest'
import type { Rule, RuleState } from '../../../src/sim'
import { turnOf } from '../../../src/sim/rules/turnOf'

const LOOK = 10
const nothing = { network: [], crowd: [] }
const rule = (more: Partial<Rule> = {}): Rule => ({
  id: 'r', measure: { kind: 'roadQueue', links: [] }, side: 'above', threshold: 10, holdTicks: 30, release: { threshold: 6, holdTicks: 20 }, restTicks: 0,
  fromTick: 0, toTick: 1000, actions: [], begin: nothing, end: nothing, ...more,
})

/** Ticks at which the rule begins (+) and ends (-), with one value a look. */
function turns(of: Rule, values: readonly number[]): number[] {
  const state: RuleState = { acting: false, sinceTick: -1, turnTick: -1, value: NaN }
  return values.flatMap((value, at) => {
    const tick = at * LOOK
    const turn = turnOf(of, state, value, tick)
    if (!turn) return []
    Object.assign(state, { acting: turn.kind === 'begin', sinceTick: -1, turnTick: tick })
    return [turn.kind === 'begin' ? tick : -tick]
  })
}

describe('a rule', () => {
  test('begins when its measure has been beyond the threshold for as long as it says, not when it touches it', () => {
    expect(turns(rule(), [11, 11, 11, 11, 11])).toEqual([30])
    expect(turns(rule(), [11, 11, 11, 10, 11, 11, 11])).toEqual([])
    expect(turns(rule({ holdTicks: 0 }), [10, 10.01])).toEqual([10])
  })

  test('ends when it has been back beyond the threshold of the release for as long as that says', () => {
    expect(turns(rule(), [11, 11, 11, 11, 5, 5, 5, 11])).toEqual([30, -60])
    expect(turns(rule(), [11, 11, 11, 11, 5, 5, 6, 5, 5, 5])).toEqual([30, -90])
  })

  test('never turns within the band between the two thresholds, whichever way it came there', () => {
    const band = Array.from({ length: 40 }, (_, at) => 6 + (at % 5))
    expect(turns(rule({ holdTicks: 0, release: { threshold: 6, holdTicks: 0 } }), [...band, 11, ...band, 5, ...band])).toEqual([400, -810])
  })

  test('below a threshold is above it in the mirror', () => {
    const values = [11, 4, 12, 30, 30, 30, 30, 2, 7, 3, 3, 3, 40, 40, 40, 40]
    const mirrored = rule({ side: 'below', threshold: -10, release: { threshold: -6, holdTicks: 20 } })
    expect(turns(mirrored, values.map(value => -value))).toEqual(turns(rule(), values))
  })

  test('without a release holds until its window ends, and acts within it only', () => {
    expect(turns(rule({ release: null, holdTicks: 0, fromTick: 20, toTick: 70 }), [11, 11, 11, 0, 0, 0, 11, 11, 11])).toEqual([20, -70])
  })

  test('rests after its end for as long as it says', () => {
    const quick = { holdTicks: 0, release: { threshold: 6, holdTicks: 0 } }
    expect(turns(rule(quick), [11, 5, 11, 5, 11])).toEqual([0, -10, 20, -30, 40])
    expect(turns(rule({ ...quick, restTicks: 30 }), [11, 5, 11, 5, 11])).toEqual([0, -10, 40])
  })
})
