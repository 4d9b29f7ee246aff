import { describe, expect, test } from 'vitest'
import { compileInCity, lightsOf, movementsFrom, movementsOf, scenarioWarnings, stageMasks, stagesOf, type CompiledScenario, type Movement, type MovementLight, type MovementLights, type Scenario, type ScenarioEdit } from '../../src/scenario'
import { createWorld, stateHash, step, withMasks, type Problem } from '../../src/sim'
import { gridCity, gridScenario } from './gridCity'

const city = gridCity()
const { network } = city
const compiled = (changes: Partial<Scenario> = {}): CompiledScenario => {
  const outcome = compileInCity(gridScenario(changes), city)
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'))
  return outcome.value
}
const warningsOf = (edits: readonly ScenarioEdit[]): readonly Problem[] => scenarioWarnings(gridScenario({ edits }), city, compiled({ edits }), null)
const problems = (edit: Partial<ScenarioEdit> & { kind: string }) => {
  const outcome = compileInCity(gridScenario({ edits: [{ id: 'e', enabled: true, window: { start: '07:40', end: '07:50' }, ...edit } as ScenarioEdit] }), city)
  return outcome.ok ? [] : outcome.problems.map(({ code, message }) => `${code}: ${message}`)
}
const closure = (target: object, lanes: unknown = 'all', id = 'e'): ScenarioEdit =>
  ({ kind: 'closure', id, enabled: true, window: { start: '07:40', end: '07:50' }, target, lanes }) as ScenarioEdit
const event: ScenarioEdit = {
  kind: 'event', id: 'show', enabled: true, window: { start: '07:50', end: '07:55' }, venue: 'hall', attendance: 300, carShare: 0.5, taxiShare: 0.2, personsPerCar: 2,
}
const tripText = ({ trips }: CompiledScenario, row: number): string =>
  [trips.id[row], trips.originLink[row], trips.destinationLink[row], trips.originOffset[row], trips.class[row], trips.purpose[row]].join()
/** Trips by id with their second of the day. */
const byId = (run: CompiledScenario): Map<number, string> =>
  new Map(Array.from({ length: run.trips.rows }, (_, row) => [run.trips.id[row]!, `${run.startTime + run.trips.departTick[row]! * run.dt} ${tripText(run, row)}`]))

describe('trips', () => {
  test('are sorted by tick and then id, lie in the window and on the network', () => {
    const { trips, endTick } = compiled()
    expect(trips.rows).toBeGreaterThan(500)
    for (let row = 0; row < trips.rows; row++) {
      if (row > 0) {
        const [tick, before] = [trips.departTick[row]!, trips.departTick[row - 1]!]
        expect(tick > before || (tick === before && trips.id[row]! > trips.id[row - 1]!)).toBe(true)
      }
      expect(trips.departTick[row]).toBeLessThan(endTick)
      expect(trips.originLink[row]).not.toBe(trips.destinationLink[row])
      expect(trips.originOffset[row]).toBeLessThanOrEqual(network.links.length[trips.originLink[row]!]!)
      expect(trips.destinationOffset[row]).toBeLessThanOrEqual(network.links.length[trips.destinationLink[row]!]!)
    }
  })

  test('the same scenario gives the same table, another seed another', () => {
    const [a, b, c] = [compiled(), compiled(), compiled({ seed: 8 })]
    expect(Buffer.from(a.trips.buffer as ArrayBuffer).equals(Buffer.from(b.trips.buffer as ArrayBuffer))).toBe(true)
    expect(byId(a)).not.toEqual(byId(c))
  })

  test('a longer window, an event or a closure leaves the trips of the others as they were', () => {
    const base = byId(compiled())
    // Trips under way at the start belong to the shorter window alone.
    const start = 27000 + 30
    for (const other of [compiled({ window: { start: '07:30', end: '08:30' } }), compiled({ edits: [event] }), compiled({ edits: [closure({ road: '东路1' })] })]) {
      const trips = byId(other)
      for (const [id, text] of base) if (Number(text.split(' ')[0]) >= start) expect(trips.get(id)).toBe(text)
    }
  })

  test('half the demand is a part of the whole', () => {
    const whole = byId(compiled())
    const half = byId(compiled({ demand: { scale: 0.5, rerouteShare: 0.3 } }))
    for (const [id, text] of half) expect(whole.get(id)).toBe(text)
    expect(half.size / whole.size).toBeCloseTo(0.5, 1)
  })

  test('nobody drives without demand', () => expect(compiled({ demand: { scale: 0, rerouteShare: 0 } }).trips.rows).toBe(0))
})

describe('events', () => {
  test('bring cars and taxis before the start and take them home after the end', () => {
    const { trips, startTime, dt } = compiled({ edits: [event], demand: { scale: 0, rerouteShare: 0 }, window: { start: '05:00', end: '09:00' } })
    const purposes = Array.from(trips.purpose)
    // 75 cars and 30 taxis; taxis also leave empty and come empty. A trip from the venue's own street to itself is none.
    for (const purpose of [5, 6]) expect(Math.abs(purposes.filter(each => each === purpose).length - 105)).toBeLessThan(8)
    expect(Math.abs(purposes.filter(each => each === 2).length - 60)).toBeLessThan(8)
    for (let row = 0; row < trips.rows; row++) {
      const time = startTime + trips.departTick[row]! * dt
      if (trips.purpose[row] === 6) expect(time).toBeGreaterThanOrEqual(28500)
      if (trips.purpose[row] === 5) expect(time).toBeLessThan(28200)
    }
  })

  test('two events do not disturb one another', () => {
    const one = byId(compiled({ edits: [event] }))
    const two = byId(compiled({ edits: [{ ...event, id: 'other' }, event] }))
    for (const [id, text] of one) expect(two.get(id)).toBe(text)
  })

  test('people come and leave at the times of the day that the event says', () => {
    const profile = { arrivalMinutesBefore: [10, 10, 0], leavingMinutesAfter: [0, 5, 10] } as const
    const { trips, startTime, dt } = compiled({ edits: [{ ...event, ...profile, taxiShare: 0 }], demand: { scale: 0, rerouteShare: 0 }, window: { start: '05:00', end: '09:00' } })
    const times = (purpose: number): number[] => Array.from(trips.purpose).flatMap((each, row) => (each === purpose ? [startTime + trips.departTick[row]! * dt] : []))
    expect(times(6).length).toBeGreaterThan(60)
    expect(Math.min(...times(6))).toBeGreaterThanOrEqual(28500)
    expect(Math.max(...times(6))).toBeLessThanOrEqual(28500 + 600)
    // They set off as long before as the drive takes: at most a few minutes in this small town.
    expect(Math.min(...times(5))).toBeGreaterThan(28200 - 600 - 600)
  })

  test('may be at any place with a road nearby', () => {
    const at = (position: readonly [number, number]) => ({ ...event, venue: { name: '广场', position } })
    expect(byId(compiled({ edits: [at([400, 400])] }))).toEqual(byId(compiled({ edits: [event] })))
    expect(problems(at([9000, 400]))).toEqual([expect.stringMatching(/venue-off-road.*广场/)])
  })

  test('an unknown venue is named with those that exist', () =>
    expect(problems({ ...event, venue: 'opera' })).toEqual([expect.stringMatching(/unknown-venue.*"opera"\. It has hall/)]))
})

describe('closures', () => {
  test('close every lane of the carriageways that lead the named way, and open them again', () => {
    const { changes, applied } = compiled({ edits: [closure({ road: '东路1', heading: 'east' })] })
    const [edit] = applied
    expect(edit!.links.length).toBe(5)
    for (const link of edit!.links) {
      const first = network.links.pointFirst[link]!
      expect(network.points.x[first + network.links.pointCount[link]! - 1]!).toBeGreaterThan(network.points.x[first]!)
    }
    expect(changes.filter(({ kind }) => kind === 'closeLane').map(({ tick }) => tick)).toEqual(Array(10).fill(1200))
    expect(changes.filter(({ kind }) => kind === 'openLane').map(({ tick }) => tick)).toEqual(Array(10).fill(2400))
    expect(new Set(changes.map(({ row }) => row)).size).toBe(10)
  })

  test('lanes are counted from the kerb or from the median', () => {
    const id = network.strings[network.links.id[0]!]!
    const rows = (side: string) => compiled({ edits: [closure({ links: [id] }, { count: 1, side })] }).changes.map(({ row }) => row)
    expect(rows('kerb')[0]).toBe(network.links.laneFirst[0]!)
    expect(rows('median')[0]).toBe(network.links.laneFirst[0]! + 1)
  })

  test('a stretch between two points', () => {
    const { applied } = compiled({ edits: [closure({ road: '东路1', heading: 'east', from: [200, 250], to: [520, 250] })] })
    expect(applied[0]!.links.length).toBe(1)
  })

  test('what the city does not have, or not so many, is said', () => {
    expect(problems({ kind: 'closure', target: { road: '东路9' }, lanes: 'all' })).toEqual([expect.stringMatching(/unknown-road.*Did you mean/)])
    expect(problems({ kind: 'closure', target: { links: ['nowhere'] }, lanes: 'all' })).toEqual([expect.stringMatching(/unknown-link.*"nowhere"/)])
    expect(problems({ kind: 'closure', target: { road: '东路1', heading: 'north' }, lanes: 'all' })).toEqual([expect.stringMatching(/no-heading/)])
    expect(problems({ kind: 'closure', target: { road: '东路1' }, lanes: { count: 2, side: 'kerb' } })).toEqual([expect.stringMatching(/too-many-lanes.*at most 2/)])
    expect(problems({ kind: 'closure', target: { road: '东路1', from: [5000, 5000], to: [6000, 5000] }, lanes: 'all' })).toEqual([expect.stringMatching(/empty-stretch/)])
  })

  test('an edit that is switched off changes nothing', () => {
    expect(compiled({ edits: [{ ...closure({ road: '东路1' }), enabled: false }] }).changes).toEqual([])
  })

  test('streets that a closure cuts off are named; an open lane cuts off none', () => {
    // A street that leads out of the grid's corner only by the closed ones around it.
    const around = ['东路0', '北路0'].map((road, i) => closure({ road }, 'all', `e${i}`))
    expect(warningsOf([closure({ road: '东路1' })])).toEqual([])
    expect(warningsOf(['东路0', '东路1', '东路2', '东路3'].map((road, i) => closure({ road }, 'all', `e${i}`))).at(-1)!.message).toMatch(/cuts off \d+ streets .*北路/)
    expect(warningsOf(around.map(edit => ({ ...edit, lanes: { count: 1, side: 'kerb' } }) as ScenarioEdit))).toEqual([])
  })

  test('so are those behind a turn that is closed, where it is the only way', () => {
    const idOf = (link: number): string => network.strings[network.links.id[link]!]!
    // Into a street that leads out of the grid: every turn into it.
    const out = Array.from({ length: network.links.rows }, (_, link) => link).find(link => network.links.length[link]! > 0 && city.demand.connected.link.includes(link))!
    const into = Array.from({ length: network.links.rows }, (_, link) => link).filter(link => movementsFrom(network, link).has(out))
    const edit = { ...closure({ road: '' }), kind: 'turnClosure', turns: into.map(from => ({ from: idOf(from), to: idOf(out) })) } as unknown as ScenarioEdit
    expect(warningsOf([edit]).map(({ code }) => code)).toEqual(['scenario/cut-off'])
    const lorries = { ...edit, classes: ['lorry'] } as unknown as ScenarioEdit
    expect(warningsOf([lorries])).toEqual([])
  })

  test('another city is refused', () => {
    expect(compileInCity(gridScenario({ city: 'other' }), city)).toMatchObject({ ok: false, problems: [{ code: 'scenario/city' }] })
  })
})

describe('turn closures', () => {
  const { strings, links } = network
  const idOf = (link: number): string => strings[links.id[link]!]!
  const [to, turn] = [...movementsFrom(network, 0)][0]!
  const edit = (from: string, into: string): ScenarioEdit =>
    ({ kind: 'turnClosure', id: 'e', enabled: true, window: { start: '07:40', end: '07:50' }, turns: [{ from, to: into }], classes: ['lorry'] })

  test('close a movement and open it again', () => {
    const { changes, applied } = compiled({ edits: [edit(idOf(0), idOf(to))] })
    expect(changes).toEqual([{ tick: 1200, kind: 'closeTurn', row: turn, classes: 8, source: 'e' }, { tick: 2400, kind: 'openTurn', row: turn, classes: 8, source: 'e' }])
    expect(applied[0]!.links).toEqual([0])
  })

  test('a turn that the junction does not have is named with those that it has', () => {
    const other = Array.from({ length: links.rows }, (_, link) => link).find(link => links.fromNode[link] !== links.toNode[0])!
    expect(problems(edit(idOf(0), idOf(other)))).toEqual([expect.stringMatching(/unknown-turn.*It leads to "/)])
    expect(problems(edit('nowhere', idOf(to)))).toEqual([expect.stringMatching(/unknown-link.*"nowhere"/)])
  })
})

describe('rain, works and signals', () => {
  const { programs, nodes, strings } = network
  const node = strings[nodes.id[programs.node[5]!]!]!
  const base = { id: 'e', enabled: true, window: { start: '07:40', end: '07:50' } } as const
  const greens = stagesOf(network, 5).map(({ greenMin }) => greenMin + 10)
  const signals = (more: object): ScenarioEdit => ({ kind: 'signalPlan', ...base, node, greens, ...more })

  test('begin and end by themselves', () => {
    const { changes } = compiled({ edits: [{ kind: 'weather', ...base, id: 'w', rain: 'heavy' }, { kind: 'capacity', ...base, id: 'c', target: { road: '东路1', heading: 'east' }, capacityShare: 0.6 }, signals({ offset: 7 })] })
    const at = (tick: number): unknown[] => changes.filter(change => change.tick === tick)
    expect(at(1200)).toHaveLength(7)
    expect(at(1200)).toEqual(expect.arrayContaining([
      { tick: 1200, kind: 'weather', row: 0, speedFactor: 0.94, capacity: 0.89, source: 'w' }, expect.objectContaining({ kind: 'capacity', capacity: 0.6 }),
      { tick: 1200, kind: 'signalPlan', row: 5, plan: { greens, offset: 7 }, source: 'e' }]))
    expect(at(2400)).toHaveLength(7)
    expect(at(2400)).toContainEqual({ tick: 2400, kind: 'signalPlan', row: 5, source: 'e' })
  })

  const movements = movementsOf(network, 5)
  const named = ({ link, turn }: Movement) => ({ from: strings[network.links.id[link]!]!, turn })
  const lights = (movement: Movement, light: MovementLight): MovementLights => ({ ...named(movement), lights: greens.map(() => light) })
  const stops = (at: number): Movement[] => movements.filter(movement => lightsOf(network, 5, movement)[at] === 'stop')

  test('movements of a plan change who goes in its stages, and nothing else', () => {
    const right = movements.find(({ turn }) => turn === 'right')!
    const own = lightsOf(network, 5, right)
    const other = own.map((light): MovementLight => (light === 'go' ? 'yield' : light))
    expect(other).not.toEqual(own)
    const plan = compiled({ edits: [signals({ movements: [{ ...named(right), lights: other }] })] }).changes.find(({ tick }) => tick === 1200)!.plan!
    const changed = withMasks(network, 5, plan.masks)
    for (const movement of movements) expect(lightsOf(changed, 5, movement)).toEqual(movement === right ? other : lightsOf(network, 5, movement))
    expect(compiled({ edits: [signals({ movements: [{ ...named(right), lights: own }] })] }).changes[0]!.plan!.masks).toEqual(stageMasks(network, 5, [{ ...named(right), lights: own }]))
    expect(compiled({ edits: [signals({})] }).changes[0]!.plan).not.toHaveProperty('masks')
  })

  test('movements that cannot be, or are unsafe, are refused with what crosses', () => {
    const [one] = movements
    expect(problems(signals({ movements: [{ ...named(one!), turn: 'uTurn', lights: greens.map(() => 'go') }] }))).toEqual([expect.stringMatching(/unknown-movement.*no signal for the movement uTurn.*It has these: /)])
    expect(problems(signals({ movements: [{ ...named(one!), lights: ['go', ...greens.map(() => 'go')] }] }))).toEqual([expect.stringMatching(/scenario\/lights.*stages/)])
    expect(problems(signals({ movements: [lights(one!, 'yield'), lights(one!, 'yield')] }))).toEqual([expect.stringMatching(/movement-twice/)])
    const straight = stops(0).find(({ turn }) => turn === 'straight')!
    expect(problems(signals({ movements: [lights(straight, 'go')] })).join()).toMatch(/crossing-greens.*in stage 1 .* both go though they cross/)
    expect(problems(signals({ movements: [lights(straight, 'stop')] }))).toEqual([expect.stringMatching(/no-green.*never has green/)])
    expect(problems(signals({ movements: movements.filter(({ link, turn }) => link === straight.link && turn !== 'right').map(movement => lights(movement, 'yield')) })))
      .toEqual([expect.stringMatching(/foot-no-green.*people on foot/)])
  })

  test('a plan that people on foot or the clock cannot keep to is refused with what it needs', () => {
    expect(problems(signals({}))).toEqual([])
    expect(problems(signals({ node: 'nowhere' }))).toEqual([expect.stringMatching(/unknown-node.*"nowhere"/)])
    expect(problems(signals({ greens: [30] }))).toEqual([expect.stringMatching(/stages.*1 greens.* has \d+ stages/)])
    expect(problems(signals({ greens: greens.map((green, at) => (at === 0 ? 2 : green)) }))).toEqual([expect.stringMatching(/short-green.*at least/)])
    expect(problems(signals({ greens: greens.map(() => 290) }))).toEqual([expect.stringMatching(/long-cycle/)])
    expect(problems(signals({ offset: 290 }))).toEqual([expect.stringMatching(/offset.*not within its cycle/)])
    const end = Array.from({ length: nodes.rows }, (_, row) => row).find(row => nodes.program[row]! < 0)!
    expect(problems(signals({ node: strings[nodes.id[end]!]! }))).toEqual([expect.stringMatching(/no-signals/)])
  })
})

test('a compiled scenario runs, and an edit taken back leaves no trace', () => {
  const run = (changes: Partial<Scenario>): string => {
    const world = createWorld(compiled({ window: { start: '07:30', end: '07:35' }, ...changes }))
    for (let tick = 0; tick < 400; tick++) step(world)
    return stateHash(world)
  }
  const edit = { ...closure({ road: '东路1' }), window: { start: '07:31', end: '07:34' } }
  expect(run({ edits: [edit] })).not.toBe(run({}))
  expect(run({ edits: [{ ...edit, enabled: false }] })).toBe(run({}))
})

describe('edits that set one thing at one time', () => {
  const rain = (id: string, start: string, end: string): ScenarioEdit => ({ kind: 'weather', id, enabled: true, window: { start, end }, rain: 'heavy' })
  const warnings = (...edits: ScenarioEdit[]): string[] => warningsOf(edits).map(({ message }) => message)

  test('are told, with the one that holds', () => {
    expect(warnings(rain('a', '07:40', '07:50'), rain('b', '07:45', '07:48'))).toEqual([expect.stringMatching(/"b" and edit "a" both set the weather.*"b" holds/)])
  })
  test('one after the other they are no matter', () => {
    expect(warnings(rain('a', '07:40', '07:45'), rain('b', '07:45', '07:50'))).toEqual([])
    expect(warnings(rain('a', '07:40', '07:50'), { ...rain('b', '07:45', '07:48'), enabled: false })).toEqual([])
  })
})
