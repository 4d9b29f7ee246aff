import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networkLayer } from '../../src/city'
import { coordinatedStretch, corridorOf, corridorRoads, fitGreens, greenSpan, greenWave, planFaults, stagesOf, widestBand, type Corridor, type WaveSignal } from '../../src/scenario'
import { stageConflicts } from '../../src/scenario/stageConflicts'
import type { Network } from '../../src/sim'
import { packPresent, shippedPack } from '../shipped'

const speeds = { forward: 10, backward: 10 }
const span = (cycle: number) => fc.record({ start: fc.integer({ min: 0, max: cycle - 1 }), length: fc.integer({ min: 4, max: cycle - 2 }) })
const road = (cycle: number, count: number): fc.Arbitrary<WaveSignal[]> =>
  fc.array(fc.record({ gap: fc.integer({ min: 5, max: 400 }), forward: span(cycle), backward: span(cycle) }), { minLength: count, maxLength: count })
    .map(rows => { let at = 0; return rows.map(({ gap, forward, backward }, row) => { at += row === 0 ? 0 : gap; return { at, forward, backward } }) })
const bands = (signals: readonly WaveSignal[], offsets: readonly number[], cycle: number): [number, number] =>
  [widestBand(signals, offsets, cycle, speeds, 'forward')!.width, widestBand(signals, offsets, cycle, speeds, 'backward')!.width]

test('a green wave begins around the junction that is asked about, else with the longest row of signals', () => {
  const corridor = (...at: number[]): Corridor => ({ road: 'x', heading: 'east', speedLimit: 15, signals: at.map((each, node) => ({ node, program: node, at: each, forward: 1, backward: 1 })) })
  const long = corridor(0, 400, 970, 2100, 2600, 4000, 6000, 7600)
  expect(coordinatedStretch(long)).toEqual({ first: 0, last: 2 })
  expect(coordinatedStretch(long, 3)).toEqual({ first: 3, last: 4 })
  expect(coordinatedStretch(long, 4)).toEqual({ first: 3, last: 4 })
  expect(coordinatedStretch(long, 5)).toEqual({ first: 4, last: 6 })
  expect(coordinatedStretch(long, 7)).toEqual({ first: 6, last: 7 })
  expect(coordinatedStretch(long, 99)).toEqual({ first: 0, last: 2 })
})

test('a band is as wide as a second-by-second look finds it', () => {
  const cycle = 24
  fc.assert(fc.property(road(cycle, 3), fc.array(fc.integer({ min: 0, max: cycle - 1 }), { minLength: 3, maxLength: 3 }), (rows, offsets) => {
    // Places at whole seconds of travel, so that bands begin and end on whole seconds.
    const signals = rows.map(row => ({ ...row, at: Math.round(row.at / 10) * 10 }))
    for (const direction of ['forward', 'backward'] as const) {
      const sign = direction === 'forward' ? 1 : -1
      const free = Array.from({ length: cycle }, (_, second) => signals.every(({ at, [direction]: green }, row) => {
        const time = second + (sign * at) / 10 - offsets[row]! - green!.start
        return ((time % cycle) + cycle) % cycle < green!.length
      }))
      let best = 0
      for (let first = 0; first < cycle; first++) { let long = 0; while (long < cycle && free[(first + long) % cycle]) long++; best = Math.max(best, long) }
      const found = widestBand(signals, offsets, cycle, speeds, direction)!
      expect(found.width).toBeCloseTo(best, 9)
    }
  }), { seed: 5, numRuns: 300 })
})

test('no offsets make the narrower band wider than the green wave does, but for rounding to whole seconds', () => {
  const cycle = 20
  fc.assert(fc.property(road(cycle, 3), signals => {
    const own = Math.min(...bands(signals, greenWave(signals, cycle, speeds, 'both'), cycle))
    let best = 0
    for (let second = 0; second < cycle; second++) for (let third = 0; third < cycle; third++) best = Math.max(best, Math.min(...bands(signals, [0, second, third], cycle)))
    expect(own).toBeGreaterThanOrEqual(best - 1.5)
  }), { seed: 7, numRuns: 60 })
})

test('in favour of one direction its band is as wide as the shortest green', () => {
  fc.assert(fc.property(road(90, 5), fc.constantFrom('forward' as const, 'backward' as const), (signals, prefer) => {
    const [forward, backward] = bands(signals, greenWave(signals, 90, speeds, prefer), 90)
    const shortest = Math.min(...signals.map(signal => signal[prefer]!.length))
    expect(prefer === 'forward' ? forward : backward).toBeGreaterThanOrEqual(shortest - 1.001)
  }), { seed: 9, numRuns: 100 })
})

test('where no two bands pass at once, one direction is served whole', () => {
  const short = { start: 0, length: 4 }
  const signals = [0, 130, 410, 730, 1190, 1510].map((at, row) => ({ at, forward: short, backward: { start: (row * 17) % 60, length: 4 } }))
  const [forward, backward] = bands(signals, greenWave(signals, 60, speeds, 'both'), 60)
  expect(Math.min(forward, backward)).toBe(0)
  expect(Math.max(forward, backward)).toBeGreaterThanOrEqual(2.9)
})

test('signals half a cycle of travel apart have both full bands: every other one half a cycle later', () => {
  const green = { start: 0, length: 40 }
  const signals = [0, 400, 800, 1200].map(at => ({ at, forward: green, backward: green }))
  const offsets = greenWave(signals, 80, speeds, 'both')
  expect(offsets.map(offset => (offset - offsets[0]! + 80) % 80)).toEqual([0, 40, 0, 40])
  expect(bands(signals, offsets, 80)).toEqual([40, 40])
})

test('greens fill a cycle in their proportions and keep their least; a cycle that is too short is refused', () => {
  expect(fitGreens([30, 20, 10], [5, 5, 5], 90)).toEqual([45, 30, 15])
  expect(fitGreens([30, 20, 10], [12, 12, 12], 60)).toEqual([29, 19, 12])
  expect(fitGreens([30, 20], [20, 20], 39)).toBeNull()
  fc.assert(fc.property(fc.array(fc.record({ green: fc.integer({ min: 1, max: 90 }), least: fc.integer({ min: 1, max: 30 }) }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 20, max: 600 }), (stages, half) => {
    const fitted = fitGreens(stages.map(({ green }) => green), stages.map(({ least }) => least), half / 2)
    if (!fitted) return
    expect(fitted.reduce((sum, green) => sum + green, 0)).toBeCloseTo(half / 2, 6)
    expect(fitted.every((green, at) => green >= stages[at]!.least - 1e-9)).toBe(true)
  }), { seed: 11, numRuns: 300 })
})

test('a plan is told what is wrong with it: which stage is too short, a cycle too long, an offset beyond it', () => {
  const stages = [{ green: 30, greenMin: 12, yellow: 3, allRed: 2 }, { green: 20, greenMin: 8, yellow: 3, allRed: 2 }]
  expect(planFaults(stages, [30, 20], 59)).toEqual([])
  expect(planFaults(stages, [11, 20], 0)).toEqual([{ kind: 'short', stage: 0, least: 12 }])
  expect(planFaults(stages, [200, 100], 400)).toEqual([{ kind: 'long', cycle: 310 }, { kind: 'late', cycle: 310 }])
})

describe.skipIf(!packPresent)('the shipped city (skipped where assets/shenzhen is absent)', async () => {
  const network: Network = packPresent ? await (await shippedPack()).layer(networkLayer) : undefined!

  test('no stage of any junction gives two movements that cross a green of their own', () => {
    const bad = Array.from({ length: network.programs.rows }, (_, program) => program).filter(program => stageConflicts(network, program).length > 0)
    expect(bad).toEqual([])
  })

  test('roads with signals: places grow along them, and whoever goes straight on has green at some time', () => {
    const roads = corridorRoads(network)
    expect(roads.length).toBeGreaterThan(20)
    for (const name of roads.slice(0, 30)) {
      const corridor = corridorOf(network, name)!
      expect(corridor.signals.length).toBeGreaterThanOrEqual(3)
      const { first, last } = coordinatedStretch(corridor)
      expect(last).toBeGreaterThan(first)
      for (const [at, signal] of corridor.signals.entries()) {
        if (at > 0) expect(signal.at).toBeGreaterThan(corridor.signals[at - 1]!.at)
        expect(signal.forward ?? signal.backward).not.toBeNull()
        const greens = stagesOf(network, signal.program).map(({ green }) => green)
        for (const bit of [signal.forward, signal.backward]) if (bit !== null) expect(greenSpan(network, signal.program, bit, greens)!.length).toBeGreaterThan(0)
      }
    }
  })
})
