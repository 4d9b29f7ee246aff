import { beforeAll, describe, expect, test } from 'vitest'
import {
  assembleNetwork, checkInvariants, createWorld, gridSpec, randomTrips, restoreWorld, ruleEngine, saveWorld, stateHash, step, totals,
  type NetworkChange, type Rule, type World, type WorldInput,
} from '../../../src/sim'
import { followRules } from '../../../src/sim/withRules'
import { closing, inputOf, linkBetween, run } from '../support'

beforeAll(followRules)

const network = assembleNetwork(gridSpec(4))
const trips = randomTrips(network, 1500, 2000, 3)
const street = linkBetween(network, [250, 250], [500, 250])
const END = 1600
const untimed = (changes: readonly NetworkChange[]): Omit<NetworkChange, 'tick'>[] => changes.map(({ kind, row, source }) => ({ kind, row, source }))
const [shut, open] = [closing(network, street, 0, Infinity), closing(network, street, 0, 1).filter(({ kind }) => kind === 'openLane')]

const rule = (more: Partial<Rule>): Rule => ({
  id: 'r', measure: { kind: 'roadQueue', links: [street] }, side: 'above', threshold: 1e9, holdTicks: 0, release: null, restTicks: 0, fromTick: 0, toTick: Infinity,
  actions: ['closure'], begin: { network: untimed(shut), crowd: [] }, end: { network: untimed(open), crowd: [] }, ...more,
})
const input = (rules: readonly Rule[], more: Partial<WorldInput> = {}): WorldInput => inputOf(network, trips, { rules, rerouteShare: 0.5, ...more })
/** What two runs share that differ in whether a rule did it or the planner. */
const roadsOf = (world: World): string => stateHash({ ...world, rules: null })
const plain = run(createWorld(input([])), END)
/** Stands within limits that it passes up and down. */
const busy = rule({ threshold: 3, holdTicks: 10, release: { threshold: 2, holdTicks: 40 }, measure: { kind: 'roadQueue', links: [...network.links.laneCount.keys()].filter(link => network.links.toNode[link] === network.links.toNode[street]) } })

describe('a rule over the roads', () => {
  test('that is never met leaves the run as it is without it, bit by bit', () => {
    expect(stateHash(run(createWorld(input([rule({}), rule({ id: 's', side: 'below', threshold: -1 })])), END))).toBe(stateHash(plain))
  })

  test('that is always met from a tick on is the edit of the planner from then on, and until its window ends', () => {
    const always = rule({ side: 'below', fromTick: 400, toTick: 1000 })
    const world = run(createWorld(input([always])), END)
    expect(roadsOf(world)).toBe(stateHash(run(createWorld(input([], { changes: closing(network, street, 400, 1000) })), END)))
    expect(stateHash(world)).not.toBe(stateHash(plain))
    expect(ruleEngine().report(world, world.rules!)).toMatchObject({
      rules: [{ id: 'r', state: 'over', since: 500 }],
      log: [{ time: 200, kind: 'begin', cause: 'measure', actions: ['closure'], unit: 'vehicles' }, { time: 500, kind: 'end', cause: 'window' }],
    })
  })

  test('begins and ends as its measure goes, with nobody lost, every time the same', () => {
    const world = createWorld(input([busy]))
    for (let tick = 0; tick < END; tick++) {
      step(world)
      checkInvariants(world)
    }
    const { log } = ruleEngine().report(world, world.rules!)
    expect(log.length).toBeGreaterThan(2)
    for (const [at, { kind, value, threshold, time }] of log.entries()) {
      expect(kind).toBe(at % 2 === 0 ? 'begin' : 'end')
      expect(threshold).toBe(at % 2 === 0 ? 3 : 2)
      expect(at % 2 === 0 ? value > 3 : value < 2).toBe(true)
      if (at > 0) expect(time - log[at - 1]!.time).toBeGreaterThanOrEqual(at % 2 === 0 ? 5 : 20)
    }
    const { departures, waiting, running, arrived, unreachable } = totals(world)
    expect(departures).toBe(waiting + running + arrived + unreachable)
    expect(stateHash(run(createWorld(input([busy])), END))).toBe(stateHash(world))
  })

  test('saved while it acts or waits goes on the same', () => {
    const world = createWorld(input([busy]))
    for (const until of [205, 611, 908, END]) {
      const saved = saveWorld(world)
      const back = restoreWorld(input([busy]), saved)
      run(world, until - world.tick)
      run(back, until - back.tick)
      expect(stateHash(back)).toBe(stateHash(world))
      expect(back.rules!.log).toEqual(world.rules!.log)
    }
  })

  test('added to a saved run begins there, and others go on', () => {
    const world = run(createWorld(input([busy])), 700)
    const other = rule({ id: 'other', side: 'below', fromTick: 900 })
    const back = run(restoreWorld(input([other, busy]), saveWorld(world)), END - 700)
    expect(stateHash(back)).toBe(stateHash(run(createWorld(input([other, busy])), END)))
  })
})

test('the mean speed of an empty road is its limit, and of a jammed one below it', () => {
  const speed = rule({ measure: { kind: 'roadSpeed', links: [street] }, side: 'below', threshold: 0 })
  const world = createWorld(input([speed]))
  step(world)
  expect(world.rules!.states[0]!.value).toBeCloseTo(network.links.speedLimit[street]! * 3.6, 9)
  let least = Infinity
  run(world, END, () => { least = Math.min(least, world.rules!.states[0]!.value) })
  expect(least).toBeLessThan(15)
})
