import { describe, expect, test } from 'vitest'
import { assembleNetwork, crossSpec, laneDropSpec, mesoTotals, mesoTripResults, rampSpec, straightSpec, type Network } from '../../../src/sim'
import { Turn, TURN_BYTES } from '../../../src/sim/meso/mesoTables'
import { speedFactor } from '../../../src/sim/world'
import { leftBetween, mesoInput, runMeso, stream } from './support'

/** Of capacity where lanes that join are overloaded. */
const DROP = 0.93
/** The triangular fundamental diagram that the engine's parameters span: time gap 1.1 s, 7 m a standing car. */
const SPEED = 50 / 3.6
const CAPACITY = 1 / (1.1 + 7 / SPEED)
const WAVE = 7 / 1.1
const JAM = 1 / 7

const fixedSignals = (network: Network): Network => {
  network.programs.kind.fill(0)
  return network
}

describe('theory', () => {
  test('with nobody ahead a trip takes its way at the speed of its driver', () => {
    const network = assembleNetwork(straightSpec(2000, { parts: 2 }))
    const rows = Array.from({ length: 20 }, (_, id) => ({ depart: 120 * id, from: 0, to: 1, id }))
    const { arriveTick, departTick } = mesoTripResults(runMeso(mesoInput(network, rows), 1500))
    const way = network.links.length[0]! + network.turns.length[0]! + network.links.length[1]! * 0.8
    for (let row = 0; row < 20; row++) {
      const seconds = (arriveTick[row]! - departTick[row]!) * 0.5
      expect(Math.abs(seconds - way / (SPEED * speedFactor(1, row)))).toBeLessThan(2)
    }
  })

  test('a lane drop lets the capacity of one lane through, and its queue grows at the speed of the shock', () => {
    const network = assembleNetwork(laneDropSpec({ lanes: 2, length: 2000 }))
    const inflow = 3000 / 3600
    let full = 0
    const world = runMeso(mesoInput(network, stream(0, 1, 3000, 1800)), 1800, now => { if (full === 0 && mesoTotals(now).waiting > 3) full = now.tick })
    expect(Math.abs(leftBetween(world, 0, 300, 1800) / 1500 / (DROP * CAPACITY) - 1)).toBeLessThan(0.05)
    // The front between free and queued traffic moves by flow difference / density difference (Lighthill & Whitham 1955).
    const queued = 2 * (JAM - (DROP * CAPACITY) / 2 / WAVE)
    const shock = (inflow - DROP * CAPACITY) / (queued - inflow / SPEED)
    const long = network.links.length[0]!
    const measured = long / (full - long / SPEED)
    expect(measured / shock).toBeGreaterThan(0.9)
    expect(measured / shock).toBeLessThan(1.05)
  })

  test('two lanes and a ramp that merges share the road behind as their capacities, and fill it', () => {
    const network = assembleNetwork(rampSpec({ lanes: 2, length: 3000 }))
    const [main, after, ramp] = [0, 1, 2]
    const world = runMeso(mesoInput(network, [...stream(main, after, 4000, 2400), ...stream(ramp, after, 2200, 2400, 10000)]), 2400)
    const [fromMain, fromRamp] = [leftBetween(world, main, 600, 2400), leftBetween(world, ramp, 600, 2400)]
    const headway = (turn: number): number => world.turns.f32[turn * (TURN_BYTES / 4) + Turn.headway]!
    const capacity = 2 / headway(0)
    expect(Math.abs((fromMain + fromRamp) / 1800 / (DROP * capacity) - 1)).toBeLessThan(0.05)
    // Daganzo (1995): of a merge that both sides overload each gets its share of the capacities.
    expect(Math.abs((fromRamp / fromMain) / ((1 / headway(2)) / capacity) - 1)).toBeLessThan(0.1)
  })

  test('a queue behind a full junction spills back over it, and nobody is lost', () => {
    const network = assembleNetwork(straightSpec(1200, { parts: 3, lanes: 2 }))
    // All lanes of the last link shut after ten minutes: nobody arrives, links fill from the end, then trips wait outside.
    const close = Array.from({ length: 2 }, (_, at) => ({ tick: 1200, kind: 'closeLane' as const, row: network.links.laneFirst[2]! + at, source: 'works' }))
    const open = close.map(change => ({ ...change, tick: 2400, kind: 'openLane' as const }))
    const input = mesoInput(network, stream(0, 2, 1800, 1800), { changes: [...close, ...open] })
    const world = runMeso(input, 3600)
    const { arrived, unreachable, departures } = mesoTotals(world)
    expect(arrived + unreachable).toBe(departures)
    expect(unreachable).toBeGreaterThan(0)
    expect(leftBetween(world, 1, 600, 900)).toBe(0)
    // After it opens again flow comes back.
    expect(leftBetween(world, 1, 1500, 1800)).toBeGreaterThan(0.9 * leftBetween(world, 1, 300, 600))
  })

  test('a fixed signal lets the saturation flow of its green through, and delays as Webster says', () => {
    const network = fixedSignals(assembleNetwork(crossSpec({ lanes: 1, arm: 500 })))
    const { stages, groups, turns, links, programs } = network
    const cycle = [0, 1].reduce((sum, stage) => sum + stages.green[stage]! + stages.yellow[stage]! + stages.allRed[stage]!, 0)
    const straight = [...turns.direction.keys()].find(turn => turns.direction[turn] === 1)!
    const from = network.lanes.link[turns.fromLane[straight]!]!
    const to = network.lanes.link[turns.toLane[straight]!]!
    expect(groups.program[turns.group[straight]!]).toBe(0)
    expect(programs.stageCount[0]).toBe(2)
    // Everybody keeps to this way, however long it takes.
    const keep = (count: number) => ({ routes: { first: Int32Array.from({ length: count + 1 }, (_, row) => 2 * row), link: Int32Array.from({ length: 2 * count }, (_, at) => (at % 2 ? to : from)) } })
    const crowd = stream(from, to, 1800, 3600)
    const saturated = runMeso(mesoInput(network, crowd, keep(crowd.length)), 3600)
    // The part of the yellow that is used makes up for the loss of the start.
    const effective = stages.green[0]!
    const capacity = (1900 / 3600) * (effective / cycle)
    expect(Math.abs(leftBetween(saturated, from, 900, 3600) / 2700 / capacity - 1)).toBeLessThan(0.05)
    // Half of capacity, evenly spaced: the wait of uniform arrivals, C (1 - g/C)^2 / (2 (1 - x g/C)) (Webster 1958, first term).
    const rows = stream(from, to, 0.5 * capacity * 3600, 3600)
    const { insertTick, arriveTick } = mesoTripResults(runMeso(mesoInput(network, rows, keep(rows.length)), 4000))
    const way = links.length[from]! + turns.length[straight]! + 0.8 * links.length[to]!
    const delay = rows.reduce((sum, { id }, row) => sum + (arriveTick[row]! - insertTick[row]!) * 0.5 - way / (SPEED * speedFactor(1, id!)), 0) / rows.length
    const share = effective / cycle
    const webster = (cycle * (1 - share) * (1 - share)) / (2 * (1 - 0.5 * share))
    // What starting and slower leaders cost comes on top.
    expect(delay / webster).toBeGreaterThan(0.95)
    expect(delay / webster).toBeLessThan(1.15)
  })
})
