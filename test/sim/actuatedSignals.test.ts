import { describe, expect, test } from 'vitest'
import { assembleNetwork, ConflictKind, createWorld, crossSpec, Direction, gridSpec, Light, randomTrips, restoreWorld, saveWorld, step, type Network, type World } from '../../src/sim'
import { actuated, inputOf, linkBetween, run, tripTable, type TripRow } from './support'

const network: Network = assembleNetwork(actuated(crossSpec({ lanes: 3 })))
const [west, east, south, north] = [[-300, 0], [300, 0], [0, -300], [0, 300]] as const
const into = (from: readonly [number, number]): number => linkBetween(network, from, [0, 0])
const out = (to: readonly [number, number]): number => linkBetween(network, [0, 0], to)
const { stages, programs, groups } = network

interface Green { readonly stage: number; readonly seconds: number }

/** The greens that a program shows, one after another, with their lengths. */
function greens(rows: readonly TripRow[], seconds: number): Green[] {
  const world = createWorld(inputOf(network, tripTable(network, rows)))
  const found: { stage: number; seconds: number }[] = []
  let phase = -1
  run(world, seconds * 2, now => {
    const { actuated: signal } = now.signals
    if (signal.phase[0] === Light.green) {
      if (phase !== Light.green) found.push({ stage: signal.stage[0]!, seconds: 0 })
      found.at(-1)!.seconds += 0.5
    }
    phase = signal.phase[0]!
  })
  return found.slice(1, -1)
}

/** Stages that protect a movement of the approach. */
const stagesOf = (link: number, direction: number): number[] => Array.from({ length: programs.stageCount[0]! }, (_, k) => programs.stageFirst[0]! + k)
  .filter(stage => Array.from({ length: programs.groupCount[0]! }, (_, bit) => bit)
    .some(bit => stages.protectedMask[stage]! & (1 << bit) && groups.link[programs.groupFirst[0]! + bit] === link && groups.direction[programs.groupFirst[0]! + bit] === direction))
const steady = (from: number, to: number, every: number, count: number, depart = 0): TripRow[] =>
  Array.from({ length: count }, (_, k) => ({ from, to, depart: depart + k * every }))

describe('an actuated signal', () => {
  const straight = stagesOf(into(west), Direction.straight)[0]!
  const across = stagesOf(into(south), Direction.straight)[0]!
  const left = stagesOf(into(west), Direction.left).find(stage => !stagesOf(into(west), Direction.straight).includes(stage))

  test('ends a green at its minimum when nobody comes', () => {
    const shown = greens([], 600)
    expect(shown.length).toBeGreaterThan(5)
    for (const { stage, seconds } of shown) {
      expect(seconds).toBeGreaterThanOrEqual(stages.greenMin[stage]! - 0.5)
      expect(seconds).toBeLessThan(stages.greenMin[stage]! + 2.5)
    }
  })

  test('holds a green for a queue up to its maximum, and no longer', () => {
    const rows = [...steady(into(west), out(east), 1, 1600), ...steady(into(south), out(north), 1, 1600)].map((row, id) => ({ ...row, id }))
    const shown = greens(rows, 700).slice(4)
    for (const { stage, seconds } of shown) {
      expect(seconds).toBeLessThanOrEqual(stages.greenMax[stage]! + 1)
      if (stage === straight || stage === across) expect(seconds).toBeGreaterThan(stages.greenMax[stage]! - 1.5)
    }
    expect(new Set(shown.map(({ stage }) => stage))).toContain(straight)
    expect(new Set(shown.map(({ stage }) => stage))).toContain(across)
  })

  test('gives a busy road more green than a quiet one', () => {
    const rows = [...steady(into(west), out(east), 3, 500), ...steady(into(south), out(north), 80, 20)].map((row, id) => ({ ...row, id }))
    const shown = greens(rows, 750)
    const sum = (wanted: number): number => shown.filter(({ stage }) => stage === wanted).reduce((total, { seconds }) => total + seconds, 0)
    expect(sum(straight)).toBeGreaterThan(1.2 * sum(across))
  })

  test('leaves out left turns that nobody waits for, and serves them when somebody does', () => {
    expect(left).toBeDefined()
    const through = steady(into(west), out(east), 8, 180)
    expect(greens(through, 700).map(({ stage }) => stage)).not.toContain(left)
    const turning = steady(into(west), out(north), 60, 24).map((row, k) => ({ ...row, id: 1000 + k }))
    expect(greens([...through.map((row, id) => ({ ...row, id })), ...turning], 700).map(({ stage }) => stage)).toContain(left)
  })

  test('never shows protected green to two movements that cross, and no green ends without yellow', () => {
    const grid = assembleNetwork(actuated(gridSpec(2)))
    const crossing: [number, number][] = []
    for (let row = 0; row < grid.conflicts.rows; row++) {
      const [a, b] = [grid.turns.group[grid.conflicts.turn[row]!]!, grid.turns.group[grid.conflicts.other[row]!]!]
      if (grid.conflicts.kind[row] === ConflictKind.crossing && a >= 0 && b >= 0 && a < b) crossing.push([a, b])
    }
    expect(crossing.length).toBeGreaterThan(10)
    let before: Uint8Array = new Uint8Array(0)
    run(createWorld(inputOf(grid, randomTrips(grid, 1200, 1600, 9))), 1600, ({ signals, tick }) => {
      for (const [a, b] of crossing)
        if (signals.state[a] === Light.green && signals.state[b] === Light.green) throw new Error(`tick ${tick}: groups ${a} and ${b} are both green`)
      before.forEach((light, group) => {
        if (light === Light.green && signals.state[group] === Light.red) throw new Error(`tick ${tick}: group ${group} goes from green to red`)
      })
      before = signals.state.slice()
    })
  })

  test.each([100, 237, 401])('restored at tick %d it shows the same lights, then and later', at => {
    const input = inputOf(network, randomTrips(network, 300, 800, 2))
    const world = run(createWorld(input), at)
    const restored: World = restoreWorld(input, saveWorld(world))
    expect([...restored.signals.state]).toEqual([...world.signals.state])
    for (let tick = 0; tick < 300; tick++) {
      step(world)
      step(restored)
      expect([...restored.signals.state]).toEqual([...world.signals.state])
    }
  })
})
