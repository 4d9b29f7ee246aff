import { describe, expect, test } from 'vitest'
import { toLonLat } from '../../src/city'
import { compileInCity, isOnFoot, loadScenarioCity, type CompiledScenario, type EventEdit, type Scenario, type ScenarioCity } from '../../src/scenario'
import { compileOutings } from '../../src/scenario/onFoot'
import { checkInvariants, createWorld, LegKind, ON_CALL, restoreWorld, saveWorld, stateHash, step, TravelMode, type World } from '../../src/sim'
import { walkPeople } from '../../src/sim/onFoot'
import { peopleTotals } from '../../src/sim/people/peopleReports'
import { packPresent, shippedPack, shippedScenario } from '../shipped'

async function open(): Promise<{ city: ScenarioCity; scenario: Scenario }> {
  const city = await loadScenarioCity(await shippedPack(), [])
  const document = shippedScenario('light-show')
  return { city, scenario: { ...document, demand: { ...document.demand, scale: 0.02 } } }
}

describe.skipIf(!packPresent)('the people of an event in the compiled city (skipped where assets/shenzhen is absent)', async () => {
  walkPeople()
  const { city, scenario } = packPresent ? await open() : undefined!
  const event = packPresent ? scenario.edits[0] as EventEdit & { carShare: number; taxiShare: number; onFoot: { metroShare: number } } : undefined!
  const compile = (changes: Partial<EventEdit>): CompiledScenario => {
    const outcome = compileInCity({ ...scenario, edits: [{ ...event, ...changes }] }, city, compileOutings)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
    return outcome.value
  }
  const small = packPresent ? compile({ attendance: 240, arrivalMinutesBefore: [9, 5, 2], window: { start: '19:30', end: '19:34' }, leavingMinutesAfter: [0, 1, 3] }) : undefined!
  const until = (world: World, tick: number): World => {
    while (world.tick < tick) { step(world); if (world.tick % 20 === 0) checkInvariants(world) }
    return world
  }

  test('are as many as attend, in the modes asked for; ways home by car wait for their people', () => {
    const { people, trips } = small
    const modes = Array.from(people!.persons.mode)
    expect(modes).toHaveLength(240)
    expect(modes.filter(mode => mode === TravelMode.metro).length).toBe(Math.round(240 * event.onFoot.metroShare))
    expect(Math.abs(modes.filter(mode => mode === TravelMode.car || mode === TravelMode.taxi).length - 240 * (event.carShare + event.taxiShare))).toBeLessThan(4)
    const { legs, parties } = people!
    const home = Array.from({ length: legs.kind.length }, (_, leg) => leg).filter(leg => legs.kind[leg] === LegKind.drive && trips.departTick[parties.trip[legs.ref[leg]!]!] === ON_CALL)
    expect(home.length).toBeGreaterThan(10)
  })

  test('one person more shifts nobody: the others keep number, hour and plan', () => {
    const [few, more] = [compile({ attendance: 200, carShare: 0, taxiShare: 0 }), compile({ attendance: 230, carShare: 0, taxiShare: 0 })]
    const plans = ({ people }: CompiledScenario): Map<number, string> => {
      const { persons, legs } = people!
      return new Map(Array.from(persons.id, (id, row) => [id, [persons.startTick[row], ...legs.kind.subarray(persons.legFirst[row], persons.legFirst[row]! + persons.legCount[row]!)].join()]))
    }
    const after = plans(more)
    // Whoever went by bus for want of a train's share may have a train now, and who walked a bus; nobody else changes.
    const changed = [...plans(few)].filter(([id, plan]) => after.get(id) !== plan)
    const metro = (persons: number): number => Math.round(persons * event.onFoot.metroShare)
    expect(changed.length).toBeLessThanOrEqual(2 * (metro(230) - metro(200)) + 30)
  })

  test('stand there when the run starts, leave by foot, car and train while others still come: nobody is lost, and a saved run goes on the same', () => {
    const input = compile({ attendance: 240, arrivalMinutesBefore: [20, 10, 0], window: { start: '19:20', end: '19:21' }, leavingMinutesAfter: [0, 1, 3] })
    const half = until(createWorld(input), 300)
    const here = peopleTotals(half.people!)
    expect(here.crowd).toBeGreaterThan(150)
    const saved = saveWorld(half)
    const hash = stateHash(until(half, 340))
    expect(stateHash(until(restoreWorld(input, saved), 340))).toBe(hash)
    const end = peopleTotals(until(half, 620).people!)
    expect(Object.values(end).reduce((sum, count) => sum + count, 0)).toBe(240)
    expect(end.footway + end.arrived + end.car + end.driving).toBeGreaterThan(here.footway + here.arrived + here.car + here.driving)
  })

  test('stands leave in blocks, buses are ordered, people gather round the stage, and who came before the run but left it is not in it', () => {
    const base = { attendance: 600, carShare: 0, taxiShare: 0, window: { start: '19:30', end: '19:34' }, leavingMinutesAfter: [0, 1, 3] } as const
    const stage = city.areas.find(({ id }) => id === 'civic-center')!.space.goals.filter(({ id }) => id.startsWith('stand:')).at(-1)!.shape[0]!
    const onFoot = { metroShare: 0.6, staggered: { blocks: 4, minutes: 10 }, shuttle: { to: '世界之窗', share: 0.2, headwayMinutes: 5, seats: 50 } }
    const { people } = compile({ ...base, onFoot })
    const { crowd: { walkers, startTime, dt }, legs, persons, transit, transitNames } = people!
    const hours = Array.from(walkers.leaveTick).filter(tick => tick >= 0).map(tick => (startTime + tick * dt - 19 * 3600 - 34 * 60) / 60)
    for (let block = 0; block < 4; block++) expect(hours.filter(hour => hour >= 10 * block && hour <= 10 * block + 3).length).toBeGreaterThan(75)
    expect(hours.every(hour => hour % 10 <= 3)).toBe(true)
    const ordered = Array.from({ length: legs.rows }, (_, leg) => leg).filter(leg => legs.kind[leg] === LegKind.transit && transitNames!.lines[transit!.routes.line[transit!.stops.route[legs.to[leg]!]!]!]!.en === 'Shuttle bus')
    expect(ordered).toHaveLength(120)
    expect(transitNames!.stations[transit!.stops.place[legs.to[ordered[0]!]!]!]!.zh).toBe('世界之窗')
    // Most who have neither car nor metro live too far off to walk.
    const buses = Array.from(persons.mode).filter(mode => mode === TravelMode.bus).length
    expect(buses).toBeGreaterThan(0.7 * 240)
    expect(buses).toBeLessThan(240)
    const changes = legs.kind.filter(kind => kind === LegKind.transfer).length
    expect(changes).toBeGreaterThan(0.5 * (360 - 120))
    const near = compile({ ...base, attendance: 2000, onFoot: { metroShare: 0.6, stage: toLonLat(...stage) } }).people!
    const off = Array.from(near.crowd.walkers.x, (x, row) => Math.hypot(x - stage[0], near.crowd.walkers.y[row]! - stage[1])).sort((a, b) => a - b)
    expect(off.every(Number.isFinite)).toBe(true)
    // All round it, or in the half that is free: 2000 at 1 a m² on average.
    expect(off.at(-1)).toBeLessThan(60)
    expect(off[1000]).toBeLessThan(0.7 * off.at(-1)!)
    const late = compile({ ...base, window: { start: '18:00', end: '19:19' } }).people!
    expect(late.persons.rows).toBeGreaterThan(50)
    expect(late.persons.rows).toBeLessThan(550)
    expect(Math.min(...late.crowd.walkers.leaveTick.filter(tick => tick !== -1))).toBeGreaterThanOrEqual(0)
  })

  test.each(['stadium-evening', 'bay-concert', 'fireworks', 'bay-park-holiday'])('the shipped scenario %s compiles, everybody with a way home', async id => {
    const document = shippedScenario(id)
    const edits = document.edits.map(edit => (edit.kind === 'event' ? { ...edit, attendance: Math.round(edit.attendance / 40) } : edit))
    const outcome = compileInCity({ ...document, edits, demand: { ...document.demand, scale: 0.02 } }, city, compileOutings)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
    const { persons, legs } = outcome.value.people!
    expect(persons.rows).toBeGreaterThan(100)
    // After the stay nobody is done: each goes on to a train, a bus, a taxi, a car or home.
    for (let row = 0; row < persons.rows; row++) expect(legs.kind[persons.legFirst[row]! + persons.legCount[row]! - 1]).not.toBe(LegKind.crowd)
  })

  test('people who do not know every way out follow others and keep to theirs on the way to the street; over the doors of a train they spread as they did', () => {
    const exitChoice = { followSeconds: 5, keepSeconds: 8 }
    const ways = ({ people }: CompiledScenario) => people!.crowd.journeys.flatMap(({ stages }) => stages.filter(stage => stage.kind === 'walk' && stage.goals.length > 1)) as { goals: readonly string[]; follows?: number; keeps?: number }[]
    const strangers = ways(compile({ attendance: 240, onFoot: { metroShare: 0.6, exitChoice } }))
    const out = strangers.filter(({ goals }) => goals.every(goal => goal.includes('/portal:')))
    expect(out.length).toBeGreaterThan(0)
    for (const stage of out) expect(stage).toMatchObject({ follows: 5, keeps: 8 })
    for (const stage of strangers.filter(stage => !out.includes(stage))) expect([stage.follows, stage.keeps]).toEqual([undefined, undefined])
    expect(ways(small).every(({ follows, keeps }) => follows === undefined && keeps === undefined)).toBe(true)
  })

  test('too many for the ground, or a venue without any, are refused with what to do', () => {
    const problems = (changes: Partial<EventEdit>): string => {
      const outcome = compileInCity({ ...scenario, edits: [{ ...event, ...changes }] }, city, compileOutings)
      return outcome.ok ? '' : outcome.problems.map(({ message }) => message).join('\n')
    }
    expect(problems({ attendance: 90_000 })).toMatch(/90000 people come, but .* has room for \d+\. Lower "attendance"/)
    const bare = city.venues.find(({ id }) => !city.areas.some(({ venue }) => venue === id))!
    expect(problems({ venue: bare.id })).toMatch(/no ground on which|no road of the modelled area/)
    expect(isOnFoot({ edits: [{ ...event, enabled: false }] })).toBe(false)
  })
})
