import { describe, expect, test } from 'vitest'
import {
  checkInvariants, createWorld, peopleEngine, restoreWorld, saveWorld, stateHash, step,
  type Barrier, type CrowdChange, type Gate, type Rule, type RuleMeasure, type UntimedCrowdChange, type World, type WorldInput,
} from '../../../src/sim'
import { meterOf } from '../../../src/sim/rules/meters'
import { walkPeople } from '../../../src/sim/onFoot'
import { followRules } from '../../../src/sim/withRules'
import { outing } from '../people/outing'

walkPeople()
followRules()

const END = 240
/** Across the yard before the exit in the east, with a gap behind which a gate may stand. */
const fence: Barrier = { id: 'fence', floor: 'yard', line: [[16, 0], [16, 9]], lets: 'none', closed: false }
const gate: Gate = { id: 'gate', floor: 'yard', line: [[16, 9], [16, 20]], lanes: 2, service: 6, lets: 'both', open: true, stands: false }
const put = (stands: boolean): UntimedCrowdChange[] => [
  { kind: 'barrier', id: 'fence', closed: stands, source: 'r' }, { kind: 'gate', id: 'gate', stands, source: 'r' },
]
const rule = (more: Partial<Rule>): Rule => ({
  id: 'r', measure: { kind: 'crowdDensity', floors: ['yard'] }, side: 'above', threshold: 1e9, holdTicks: 0, release: null, restTicks: 0, fromTick: 0, toTick: Infinity,
  actions: ['barrier', 'gate'], begin: { network: [], crowd: put(true) }, end: { network: [], crowd: put(false) }, ...more,
})

/** 100 persons who walk out of the yard, through what rules or the planner put there. */
function input(rules: readonly Rule[], changes: readonly CrowdChange[] = []): WorldInput {
  const { people, ...rest } = outing(4, 0, 92)
  const { crowd } = people!
  return { ...rest, rules, people: { ...people!, crowd: { ...crowd, changes, onCall: ['fence'], space: { ...crowd.space, barriers: [fence], gates: [gate] } } } }
}
function run(world: World, until: number, each?: () => void): World {
  while (world.tick < until) {
    step(world)
    checkInvariants(world)
    each?.()
  }
  return world
}
const stateOf = (world: World): string => stateHash({ ...world, rules: null })
const insideOf = (world: World): number => world.people!.crowd.mail.first[world.people!.crowd.index.domains]!

describe('a rule over people', () => {
  test('that is never met leaves the run as it is without it, bit by bit', () => {
    expect(stateHash(run(createWorld(input([rule({})])), END))).toBe(stateHash(run(createWorld(input([])), END)))
  })

  test('that is met from a tick on is what the planner would have put there from then on', () => {
    const [from, to] = [20, 160]
    const planned = input([], [...put(true).map(change => ({ tick: from * 10, ...change })), ...put(false).map(change => ({ tick: to * 10, ...change }))])
    const ruled = run(createWorld(input([rule({ threshold: -1, fromTick: from, toTick: to })])), END)
    expect(stateOf(ruled)).toBe(stateHash(run(createWorld(planned), END)))
    expect(stateOf(ruled)).not.toBe(stateHash(run(createWorld(input([])), END)))
  })

  test('begins and ends with its measure, loses nobody, and goes on from a saved state', () => {
    // 100 on 400 m².
    const own = input([rule({ threshold: 0.2, release: { threshold: 0.1, holdTicks: 20 } })])
    const world = createWorld(own)
    for (const until of [15, 47, 90, 300]) {
      const back = restoreWorld(own, saveWorld(world))
      run(world, until)
      expect(stateHash(run(back, until))).toBe(stateHash(world))
    }
    expect(world.rules!.log).toMatchObject([{ kind: 'begin', tick: 10 }, { kind: 'end' }])
    expect(world.rules!.log[1]!.value).toBeLessThan(0.1)
    const { places } = peopleEngine().report(world.people!, world.input.dt)
    expect(Object.values(places).reduce((sum, count) => sum + count, 0)).toBe(100)
  })
})

describe('what is measured of people', () => {
  const gated = input([rule({ threshold: -1, holdTicks: 0 })])
  const world = run(createWorld(gated), 60)
  const now = (measure: RuleMeasure): number => meterOf(world, measure)()

  test('is persons by ground, of a floor and of a circle, half of which is beyond it', () => {
    expect(now({ kind: 'crowdDensity', floors: ['yard'] })).toBeCloseTo(insideOf(world) / 400, 9)
    const { now: { x, y } } = world.people!.crowd
    const near = Array.from({ length: insideOf(world) }, (_, row) => row).filter(row => Math.hypot(x[row]! - 16, y[row]! - 20) <= 5).length
    expect(now({ kind: 'crowdDensity', floors: ['yard'], circle: { x: 16, y: 20, radius: 5 } }) * ((Math.PI * 25) / 2)).toBeCloseTo(near, -0.5)
  })

  test('is who waits at a gate', () => {
    expect(now({ kind: 'gateQueue', gate: 'gate' })).toBeGreaterThan(5)
    expect(now({ kind: 'gateQueue', gate: 'gate' })).toBeLessThanOrEqual(insideOf(world))
  })

  test('is who stands in line for taxis', () => {
    const waiting = run(createWorld({ ...outing(0, 6, 0, 2), rules: [rule({ measure: { kind: 'rankQueue', rank: 'rank' }, begin: { network: [], crowd: [] }, end: { network: [], crowd: [] } })] }), 200)
    expect(meterOf(waiting, { kind: 'rankQueue', rank: 'rank' })()).toBe(waiting.people!.ranks.line[0])
    expect(waiting.people!.ranks.line[0]).toBeGreaterThan(2)
  })
})
