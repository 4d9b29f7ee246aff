import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, ConflictKind, createMeso, createWorld, gridSpec, Light, mesoTotals, randomTrips, restoreWorld, saveWorld, stateHash, stepMeso, totals,
  type Network, type NetworkChange, type StageMasks, type World,
} from '../../src/sim'
import { actuated, inputOf, run, runChecked, tripTable } from './support'

const spec = gridSpec(3)
const kinds = [['fixed', assembleNetwork(spec)], ['actuated', assembleNetwork(actuated(spec))]] as const
const program = 4

const stagesOf = ({ programs }: Network): number[] => Array.from({ length: programs.stageCount[program]! }, (_, at) => programs.stageFirst[program]! + at)
const ownMasks = (network: Network): StageMasks[] => stagesOf(network).map(stage => ({ protectedMask: network.stages.protectedMask[stage]!, permittedMask: network.stages.permittedMask[stage]! }))
/** The stages in another order: who went in the first goes in the last. */
const turned = (network: Network): StageMasks[] => { const [first, ...rest] = ownMasks(network); return [...rest, first!] }
const greensOf = (network: Network): number[] => stagesOf(network).map(() => 25)

function plan(network: Network, tick: number, until: number, masks: readonly StageMasks[], source = 'plan'): NetworkChange[] {
  const change = { kind: 'signalPlan', row: program, source } as const
  return [{ ...change, tick, plan: { greens: greensOf(network), offset: 0, masks } }, ...(until < Infinity ? [{ ...change, tick: until }] : [])]
}

const lightsOf = ({ signals: { state }, input: { network: { programs } } }: World): number[] =>
  [...state.subarray(programs.groupFirst[program]!, programs.groupFirst[program]! + programs.groupCount[program]!)]

/** Pairs of groups whose turns cross. */
function crossing({ turns, conflicts, groups }: Network): [number, number][] {
  const pairs: [number, number][] = []
  for (let row = 0; row < conflicts.kind.length; row++) {
    const [a, b] = [turns.group[conflicts.turn[row]!]!, turns.group[conflicts.other[row]!]!]
    if (conflicts.kind[row] === ConflictKind.crossing && a >= 0 && b >= 0 && a !== b && groups.program[a] === program && groups.program[b] === program) pairs.push([a, b])
  }
  return pairs
}

describe.each(kinds)('a plan that lets other movements go in the stages of a %s program', (_, network) => {
  const trips = randomTrips(network, 300, 1400, 4)
  const first = network.programs.groupFirst[program]!

  test('shows each stage those whom it names, from the next stage on, and the own ones again when it is over', () => {
    const other = turned(network)
    expect(other).not.toEqual(ownMasks(network))
    const seen = new Set<string>()
    runChecked(inputOf(network, trips, { changes: plan(network, 200, 900, other) }), 1500, world => {
      const lights = lightsOf(world)
      if (lights.some(light => light === Light.yellow)) return
      const go = (wanted: number): number => lights.reduce((mask, light, bit) => (light === wanted ? (mask | (1 << bit)) >>> 0 : mask), 0)
      const period = world.tick < 200 ? 'before' : world.tick > 400 && world.tick < 900 ? 'during' : world.tick > 1100 ? 'after' : null
      const masks = period === 'during' ? other : ownMasks(network)
      if (!period || go(Light.green) + go(Light.permitted) === 0) return
      const at = masks.findIndex(({ protectedMask, permittedMask }) => protectedMask === go(Light.green) && permittedMask === go(Light.permitted))
      if (at >= 0) seen.add(`${period} ${at}`)
    })
    for (const period of ['before', 'during', 'after']) expect([...seen].filter(each => each.startsWith(period)).length, period).toBeGreaterThanOrEqual(Math.min(2, ownMasks(network).length))
  })

  test('at whatever moment plans come and go, nobody loses green without yellow, and no two go that cross', () => {
    const pairs = crossing(network)
    expect(pairs.length).toBeGreaterThan(3)
    const faults: string[] = []
    for (const shift of [0, 7, 13, 22, 31, 46]) {
      const changes = [...plan(network, 100 + shift, 700 + 2 * shift, turned(network), 'a'), ...plan(network, 300 + 3 * shift, 420 + 5 * shift, ownMasks(network).toReversed(), 'b')].sort((a, b) => a.tick - b.tick)
      let before: number[] = []
      runChecked(inputOf(network, trips, { changes }), 1000, world => {
        const now = lightsOf(world)
        for (const [bit, light] of now.entries()) if (light === Light.red && (before[bit] === Light.green || before[bit] === Light.permitted)) faults.push(`tick ${world.tick}: group ${bit} loses its green`)
        for (const [a, b] of pairs) if (now[a - first] === Light.green && now[b - first] === Light.green) faults.push(`tick ${world.tick}: groups ${a} and ${b} cross`)
        before = now
      })
    }
    expect(faults).toEqual([])
  })

  test('that names the own movements is a plan of times alone', () => {
    const times = plan(network, 200, 900, ownMasks(network)).map(({ plan: own, ...change }): NetworkChange => (own ? { ...change, plan: { greens: own.greens, offset: 0 } } : change))
    const hash = (changes: readonly NetworkChange[]): string => stateHash(run(createWorld(inputOf(network, trips, { changes })), 1200))
    expect(hash(plan(network, 200, 900, ownMasks(network)))).toBe(hash(times))
  })

  test('a saved run goes on under it, also from between its coming and the next stage', () => {
    const input = inputOf(network, trips, { changes: plan(network, 200, 900, turned(network)) })
    for (const tick of [201, 205, 321, 903, 950]) {
      const saved = saveWorld(run(createWorld(input), tick))
      expect(stateHash(run(restoreWorld(input, saved), 1300 - tick)), `saved at ${tick}`).toBe(stateHash(run(createWorld(input), 1300)))
    }
  })
})

test('a movement that goes in one stage more lets more of its queue go, in both engines', () => {
  const [, network] = kinds[0]
  const { links, programs, groups, turns, lanes } = network
  const node = programs.node[program]!
  const link = Array.from(links.toNode).indexOf(node)
  const bit = Array.from({ length: programs.groupCount[program]! }, (_, at) => at).find(at => groups.link[programs.groupFirst[program]! + at] === link && groups.direction[programs.groupFirst[program]! + at] === 1)!
  const out = lanes.link[turns.toLane[Array.from(turns.group).indexOf(programs.groupFirst[program]! + bit)]!]!
  const trips = tripTable(network, Array.from({ length: 500 }, (_, k) => ({ depart: k * 3, from: link, to: out })))
  const alone = ownMasks(network).map(({ protectedMask, permittedMask }) => ({ protectedMask: (protectedMask & ~(1 << bit)) >>> 0, permittedMask: (permittedMask & ~(1 << bit)) >>> 0 }))
  const arrived = (stages: number): [number, number] => {
    const masks = alone.map(({ protectedMask }, at) => (at < stages ? { protectedMask: 1 << bit, permittedMask: 0 } : { protectedMask, permittedMask: 0 }))
    const changes = plan(network, 0, Infinity, masks)
    const meso = createMeso(inputOf(network, trips, { changes }))
    for (let k = 0; k < 900; k++) stepMeso(meso)
    return [totals(run(createWorld(inputOf(network, trips, { changes })), 1800)).arrived, mesoTotals(meso).arrived]
  }
  const [one, two] = [arrived(1), arrived(2)]
  for (const engine of [0, 1]) expect(two[engine]! / one[engine]!).toBeGreaterThan(1.3)
})
