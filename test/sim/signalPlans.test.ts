import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, createMeso, createWorld, gridSpec, Light, mesoTotals, programAt, randomTrips, restoreWorld, saveWorld, SignalKind, stateHash, stepMeso, totals,
  type Network, type NetworkChange, type World,
} from '../../src/sim'
import { actuated, inputOf, run, runChecked, tripTable } from './support'

const spec = gridSpec(3)
const kinds = [['fixed', assembleNetwork(spec)], ['actuated', assembleNetwork(actuated(spec))]] as const
const stagesOf = ({ programs }: Network, program: number): number[] => Array.from({ length: programs.stageCount[program]! }, (_, at) => programs.stageFirst[program]! + at)
const plan = (row: number, tick: number, until: number, greens: readonly number[], offset?: number, source = 'plan'): NetworkChange[] => [
  { tick, kind: 'signalPlan', row, plan: { greens, ...(offset === undefined ? {} : { offset }) }, source },
  ...(until < Infinity ? [{ tick: until, kind: 'signalPlan' as const, row, source }] : [])]

/** Seconds at which each stage of a program turned green, as [time, stage]. */
function watchGreens(network: Network, program: number): { each: (world: World) => void; greens: [number, number][] } {
  const greens: [number, number][] = []
  let last = ''
  return {
    greens,
    each: world => {
      const { state } = world.signals
      const shown = stagesOf(network, program).findIndex(stage => Array.from({ length: network.programs.groupCount[program]! }, (_, at) => at)
        .every(at => (network.stages.protectedMask[stage]! & (1 << at)) === 0 || state[network.programs.groupFirst[program]! + at] === Light.green)
        && state.subarray(network.programs.groupFirst[program]!, network.programs.groupFirst[program]! + network.programs.groupCount[program]!).every(light => light !== Light.yellow))
      const text = String(shown)
      if (text !== last && shown >= 0) greens.push([(world.tick - 1) * 0.5 + world.input.startTime, shown])
      last = text
    },
  }
}

describe.each(kinds)('a junction with a %s program under a plan', (_, network) => {
  const program = 4
  const stages = stagesOf(network, program)
  const times = stages.map((_, at) => 22 + 6 * at)
  const lost = stages.reduce((sum, stage) => sum + network.stages.yellow[stage]! + network.stages.allRed[stage]!, 0)
  const cycle = times.reduce((sum, green) => sum + green, lost)
  const offset = 17
  const trips = randomTrips(network, 300, 1400, 4)

  test('tells the cycle that holds now: that of the plan while it holds, before and after its own', () => {
    const changes = plan(program, 200, 600, times)
    const own = programAt(network, changes, 199, program)
    const longest = stages.reduce((sum, stage) => sum + (own.byTraffic ? network.stages.greenMax[stage]! : network.stages.green[stage]!), lost)
    expect(own).toEqual({ cycle: longest, byTraffic: network.programs.kind[program] === SignalKind.actuated, source: null })
    expect(programAt(network, changes, 200, program)).toEqual({ cycle, byTraffic: false, source: 'plan' })
    expect(programAt(network, changes, 600, program)).toEqual(own)
    expect(programAt(network, changes, 300, program + 1).source).toBeNull()
  })

  test('comes into step within two cycles and then turns each stage green to the second that the plan says', () => {
    const { each, greens } = watchGreens(network, program)
    runChecked(inputOf(network, trips, { changes: plan(program, 200, Infinity, times, offset) }), 1300, each)
    const settled = greens.filter(([time]) => time > 7 * 3600 + 100 + 2 * cycle)
    expect(settled.length).toBeGreaterThan(2 * stages.length)
    for (const [time, stage] of settled) {
      let start = offset
      for (let before = 0; before < stage; before++) start += times[before]! + network.stages.yellow[stages[before]!]! + network.stages.allRed[stages[before]!]!
      expect((((time - start) % cycle) + cycle) % cycle).toBe(0)
    }
  })

  test('a plan to come leaves every state before it as it is; one over leaves the times of the network', () => {
    const changes = plan(program, 600, 1200, times, offset)
    const hash = (tick: number, of: readonly NetworkChange[]): string => stateHash(run(createWorld(inputOf(network, trips, { changes: of })), tick))
    expect(hash(600, changes)).toBe(hash(600, []))
    expect(hash(700, changes)).not.toBe(hash(700, []))
    const after = run(createWorld(inputOf(network, trips, { changes })), 1300)
    expect([...after.signals.plans.green]).toEqual([...network.stages.green])
    expect([...after.signals.plans.offset]).toEqual([...network.programs.offset])
  })

  test('a saved run goes on under its plan', () => {
    const input = inputOf(network, trips, { changes: plan(program, 200, 900, times, offset) })
    for (const tick of [321, 950]) {
      const saved = saveWorld(run(createWorld(input), tick))
      expect(stateHash(run(restoreWorld(input, saved), 1400 - tick))).toBe(stateHash(run(createWorld(input), 1400)))
    }
  })

  test('no green is shorter than its minimum, whatever plan follows whatever other', () => {
    const { each, greens } = watchGreens(network, program)
    const changes = [...plan(program, 100, 700, times, 3, 'a'), ...plan(program, 333, 500, times.map(green => green + 20), 50, 'b')].sort((a, b) => a.tick - b.tick)
    runChecked(inputOf(network, trips, { changes }), 1200, each)
    // The first was green before the run began.
    for (let at = 2; at < greens.length; at++) {
      const stage = stages[greens[at - 1]![1]]!
      expect(greens[at]![0] - greens[at - 1]![0]).toBeGreaterThanOrEqual(Math.min(network.stages.greenMin[stage]!, times[greens[at - 1]![1]]!) + network.stages.yellow[stage]! + network.stages.allRed[stage]! - 0.5)
    }
  })
})

test('a fixed program that has taken its own plan in goes on as it was', () => {
  const [, network] = kinds[0]
  const own = stagesOf(network, 4).map(stage => network.stages.green[stage]!)
  const lights = (changes: readonly NetworkChange[]): string[] => {
    const seen: string[] = []
    run(createWorld(inputOf(network, tripTable(network, []), { changes })), 900, world => seen.push(world.signals.state.join('')))
    return seen
  }
  expect(lights(plan(4, 137, 600, own))).toEqual(lights([]))
})

test('more green for the busy approach lets more of its queue go, in both engines', () => {
  const [, network] = kinds[0]
  const { links, programs, groups, stages } = network
  const node = programs.node[4]!
  const link = Array.from(links.toNode).indexOf(node)
  const out = Array.from(links.fromNode).findIndex((from, other) => from === node && links.toNode[other] !== links.fromNode[link]
    && Array.from(network.turns.fromLane).some((lane, turn) => network.lanes.link[lane] === link && network.lanes.link[network.turns.toLane[turn]!] === other && network.turns.direction[turn] === 1))
  const serves = stagesOf(network, 4).map(stage => Array.from({ length: programs.groupCount[4]! }, (_, at) => at)
    .some(at => groups.link[programs.groupFirst[4]! + at] === link && groups.direction[programs.groupFirst[4]! + at] === 1 && stages.protectedMask[stage]! & (1 << at)))
  expect(serves).toContain(true)
  const trips = tripTable(network, Array.from({ length: 500 }, (_, k) => ({ depart: k * 3, from: link, to: out })))
  const arrived = (changes: readonly NetworkChange[]): [number, number] => {
    const meso = createMeso(inputOf(network, trips, { changes }))
    for (let k = 0; k < 900; k++) stepMeso(meso)
    return [totals(run(createWorld(inputOf(network, trips, { changes })), 1800)).arrived, mesoTotals(meso).arrived]
  }
  const [less, more] = [arrived(plan(4, 0, Infinity, serves.map(own => (own ? 20 : 60)))), arrived(plan(4, 0, Infinity, serves.map(own => (own ? 60 : 20))))]
  for (const engine of [0, 1]) expect(more[engine]! / less[engine]!).toBeGreaterThan(1.5)
})
