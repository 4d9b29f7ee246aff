import { describe, expect, test } from 'vitest'
import { checkInvariants, createWorld, restoreWorld, ruleEngine, saveWorld, stateHash, step, type Rule, type TransitService, type World, type WorldInput } from '../../../src/sim'
import { walkPeople } from '../../../src/sim/onFoot'
import { peopleTotals } from '../../../src/sim/people/peopleReports'
import { followRules } from '../../../src/sim/withRules'
import { crewStarter } from '../crewStarter'
import { passengers, platformLine, START } from '../people/platformLine'

walkPeople()
followRules()
const crewOf = crewStarter()
const NOTHING = { network: [], crowd: [] }
const rule = (more: Partial<Rule> = {}): Rule => ({
  id: 'r', measure: { kind: 'platformLoad', floors: ['platform'] }, side: 'above', threshold: 20, holdTicks: 20, release: { threshold: 5, holdTicks: 20 }, restTicks: 0, fromTick: 0, toTick: Infinity,
  actions: ['metro'], begin: NOTHING, end: NOTHING, trains: [{ route: 0, seconds: 80 }], ...more,
})
/** 60 persons on a platform, and a train with room for 25 every 5 minutes. */
const input = (rules: readonly Rule[], service: TransitService = platformLine(40, 300, 15, 20)): WorldInput => ({ ...passengers(60, service), rules })

/** s after the start at which trains leave the platform. */
function departures(world: World, until: number): number[] {
  const left: number[] = []
  while (world.tick < until) {
    step(world)
    if (world.tick % 5 === 0) checkInvariants(world)
    const last = world.people!.transit!.stops.lastDeparture[0]! - START
    if (last > 0 && Math.round(left.at(-1) ?? 0) !== Math.round(last)) left.push(last)
  }
  return left
}
const gaps = (times: readonly number[]): number[] => times.slice(1).map((time, at) => time - times[at]!)

describe('a rule about trains', () => {
  test('has more of them leave while a platform is full, and the timetable holds again afterwards', () => {
    const [plain, ruled] = [createWorld(input([])), createWorld(input([rule()]))]
    const [usual, more] = [departures(plain, 1200), departures(ruled, 1200)]
    expect(usual.length).toBeLessThan(4)
    expect(more.length).toBeGreaterThan(usual.length)
    const { log } = ruleEngine().report(ruled, ruled.rules!)
    expect(log).toMatchObject([{ kind: 'begin', time: 15, threshold: 20, actions: ['metro'] }, { kind: 'end', threshold: 5 }])
    expect(peopleTotals(ruled.people!).crowd).toBeLessThan(peopleTotals(plain.people!).crowd)
    // By timetable: 70 s and every 300 s after; who gets on may keep a train for some seconds.
    const after = more.find(time => time > log[1]!.time + 30)!
    expect((after - 70) % 300).toBeLessThan(20)
    expect(ruled.people!.transit!.orders!.routes.headway[0]).toBe(0)
  })

  test('goes on the same from a saved state, and with several threads', () => {
    const own = input([rule()])
    const world = createWorld(own)
    const crew = crewOf(2)
    const shared = createWorld(own, true)
    for (const until of [15, 100, 300, 420, 900]) {
      const back = restoreWorld(own, saveWorld(world))
      departures(world, until)
      departures(back, until)
      expect(stateHash(back)).toBe(stateHash(world))
      while (shared.tick < until) crew.step(shared)
      expect(stateHash(shared)).toBe(stateHash(world))
    }
  }, 60_000)

  test('that is never met leaves the run as it is without it, bit by bit', () => {
    const [never, none] = [createWorld(input([rule({ threshold: 1e9 })])), createWorld(input([]))]
    expect(departures(never, 600)).toEqual(departures(none, 600))
    expect(stateHash(never)).toBe(stateHash(none))
  })

  test('gives way to one that began later, and holds again when that one ends', () => {
    const world = createWorld(input([
      rule({ id: 'a', threshold: -1, holdTicks: 0, release: null, trains: [{ route: 0, seconds: 100 }] }),
      rule({ id: 'b', threshold: -1, holdTicks: 0, release: null, fromTick: 400, toTick: 800, trains: [{ route: 0, seconds: 150 }] }),
    ], platformLine(40, 600, 39, 30)))
    const headway = (until: number): number => { departures(world, until); return world.people!.transit!.orders!.routes.headway[0]! }
    expect([headway(300), headway(600), headway(1000)]).toEqual([100, 150, 100])
  })

  test('keeps trains from leaving so often, too', () => {
    const world = createWorld(input([rule({ threshold: -1, holdTicks: 0, release: null, trains: [{ route: 0, seconds: 240 }] })], platformLine(40, 120, 15, 20)))
    for (const gap of gaps(departures(world, 1400))) expect(Math.abs(gap - 240)).toBeLessThan(20)
  })
})
