import { assembleNetwork, checkInvariants, Control, createWorld, gridSpec, Light, randomTrips, step, totals } from '../../sim'
import { bodies } from './bed'
import type { Finding, ValidationCase } from './row'

/** Counts breaches in an overloaded grid, looked for at every tick by means of our own, and by the model's own checks. */
function breaches(control: number, seed: number): Finding[] {
  const network = assembleNetwork(gridSpec(3, { control, lanes: 2, spacing: 150 }))
  const { lanes, turns } = network
  const world = createWorld({ network, trips: randomTrips(network, 1500, 1600, seed), changes: [], seed, dt: 0.5, startTime: 0, rerouteShare: 0.3 })
  let lost = 0
  let overlaps = 0
  let red = 0
  let backwards = 0
  let before = new Map<number, number>()
  for (let tick = 0; tick < 2400; tick++) {
    step(world)
    const { departures, waiting, running, arrived, unreachable } = totals(world)
    const seen = bodies(world)
    if (departures !== waiting + running + arrived + unreachable || running !== seen.length) lost++
    const paths = new Map<number, number>()
    for (const { trip, path, speed } of seen) {
      paths.set(trip, path)
      if (!(speed >= 0)) backwards++
      const turn = path - lanes.rows
      if (turn < 0 || before.get(trip) !== turns.fromLane[turn]) continue
      if (turns.group[turn]! >= 0 && world.signals.state[turns.group[turn]!] === Light.red) red++
    }
    before = paths
    try {
      checkInvariants(world)
    } catch {
      overlaps++
    }
  }
  const none = { expected: 0, tolerance: 0, unit: '1' }
  return [
    { name: 'trips-lost', measured: lost, ...none }, { name: 'overlaps', measured: overlaps, ...none },
    { name: 'red-lights-run', measured: red, ...none }, { name: 'negative-speeds', measured: backwards, ...none },
  ]
}

const source = 'conservation of vehicles; two bodies are never in one place; nobody passes a stop line at red; nobody drives backwards'

export const invariantCases: readonly ValidationCase[] = [
  { name: 'invariants/signals', source, run: () => breaches(Control.signal, 1) },
  { name: 'invariants/priority', source, run: () => breaches(Control.priority, 2) },
]
