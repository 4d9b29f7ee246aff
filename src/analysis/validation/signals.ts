import { Control, createTable, metresPerSecond, networkTables, SignalKind, type Network } from '../../sim'
import { advance, bed, Detector, greenAndRed, mean, steady, travelTimes, type Trip } from './bed'
import { Draft, road } from './networks'
import { between, relative, type Finding, type ValidationCase } from './row'

const CYCLE = 90
const GREEN = 42
const YELLOW = 3
/** veh/h and s: what the stop-line cases ask of the model. */
const SATURATION = 1900
const START_LOSS = 2.25
/** Of the yellow, so many seconds are driven through: HCM 6th ed., ch. 19, extension of effective green. */
const EXTENSION = 2

/** Mean travel time over one approach with cars at equal intervals, s; whole cycles, the first two left out. */
function approachTime(flow: number, green: number, red: number): number {
  const network = greenAndRed(road([{ length: 800 }, { length: 800 }], Control.signal), green, red)
  const world = bed(network, steady(0, 1, flow, 12 * CYCLE))
  advance(world, 16 * CYCLE)
  return mean(travelTimes(world).filter((_, row) => world.input.trips.departTick[row]! * world.input.dt >= 2 * CYCLE))
}

function webster(saturation: number): Finding[] {
  const effective = GREEN - START_LOSS + EXTENSION
  const flow = (saturation * SATURATION * effective) / CYCLE
  const delay = approachTime(flow, GREEN, CYCLE - GREEN - YELLOW) - approachTime(flow, 100 * CYCLE, 1)
  const share = effective / CYCLE
  return [{ measured: delay, unit: 's', ...relative((CYCLE * (1 - share) ** 2) / (2 * (1 - saturation * share)), 0.1) }]
}

/** A crossing of two roads of one lane a direction, straight on only. */
function crossing(signalKind: number): { network: Network; ways: readonly [number, number][] } {
  const draft = new Draft()
  const middle = draft.node(0, 0, Control.signal, { signalKind })
  const ends = [[-500, 0], [500, 0], [0, -500], [0, 500]].map(([x, y]) => draft.gateway(x!, y!))
  const into = ends.map(end => draft.link(end, middle, 1, { placement: 'left' }))
  const out = ends.map(end => draft.link(middle, end, 1, { placement: 'left' }))
  const ways: [number, number][] = [[0, 1], [1, 0], [2, 3], [3, 2]].map(([from, to]) => [into[from!]!, out[to!]!])
  const bans = into.flatMap(from => out.filter(to => !ways.some(way => way[0] === from && way[1] === to)).map(to => ({ from, to })))
  return { network: draft.network(bans), ways }
}

/** Little traffic, and uneven: where fixed greens are wasted. Delay of actuated control / delay of fixed control. */
function actuated(): Finding[] {
  const flows = [450, 350, 120, 90]
  const time = (kind: number): number => {
    const { network, ways } = crossing(kind)
    const rows: Trip[] = ways.flatMap(([from, to], way) => steady(from, to, flows[way]!, 3600, way * 1.7))
    const world = bed(network, rows)
    advance(world, 3900)
    return mean(travelTimes(world))
  }
  const free = (460 + 500) / metresPerSecond(50)
  return [{ name: 'delay-to-fixed', measured: (time(SignalKind.actuated) - free) / (time(SignalKind.fixed) - free), unit: '1', ...between(0, 1) }]
}

const SIGNALS = 6
const BLOCK = 300

/** An arterial of fixed signals, 30 s of green in 80; each starts `lag` s after the one before. Delay and stops after the first signal. */
function arterial(lag: number): { delay: number; stops: number } {
  const draft = new Draft()
  let before = draft.gateway(0, 0)
  for (let k = 1; k <= SIGNALS + 1; k++) {
    const node = k > SIGNALS ? draft.gateway(k * BLOCK, 0) : draft.node(k * BLOCK, 0, Control.signal)
    draft.link(before, node)
    before = node
  }
  const plain = draft.network()
  const stages = createTable(networkTables.stages, 2)
  stages.green.set([30, 47])
  stages.yellow.set([3, 0])
  stages.protectedMask.set([1, 0])
  const network = { ...plain, stages }
  for (let program = 0; program < SIGNALS; program++) {
    plain.programs.stageFirst[program] = 0
    plain.programs.stageCount[program] = 2
    plain.programs.offset[program] = (program * lag) % 80
  }
  const world = bed(network, steady(0, SIGNALS, 500, 1600))
  const first = new Detector(world, 0)
  const last = new Detector(world, SIGNALS - 1)
  const stoodOn = new Map<number, number>()
  let stops = 0
  const { slots, cells } = world
  advance(world, 2000, () => {
    first.look()
    last.look()
    for (let slot = 0; slot < world.capacity; slot++) {
      const trip = slots.trip[slot]!
      const link = slots.link[slot]!
      if (trip < 0 || link === 0 || link >= SIGNALS || cells.speed[slots.cell[slot]!]! >= 1 || stoodOn.get(trip) === link) continue
      stoodOn.set(trip, link)
      stops++
    }
  })
  const passed = new Map(first.trips.map((trip, at) => [trip, first.times[at]!]))
  const times = last.trips.map((trip, at) => last.times[at]! - passed.get(trip)!)
  return { delay: mean(times) - ((SIGNALS - 1) * BLOCK) / metresPerSecond(50), stops: stops / times.length }
}

function greenWave(): Finding[] {
  const wave = arterial(BLOCK / metresPerSecond(50))
  return [
    { name: 'stops', measured: wave.stops, unit: '1/veh', expected: 0, tolerance: 0.1 },
    { name: 'delay-to-uncoordinated', measured: wave.delay / arterial(40 + BLOCK / metresPerSecond(50)).delay, unit: '1', expected: 0, tolerance: 0.2 },
  ]
}

export const signalCases: readonly ValidationCase[] = [
  ...[0.3, 0.5, 0.7, 0.9].map((saturation): ValidationCase => ({
    name: `signals/webster-${saturation}`,
    source: 'Webster (1958), Road Research Technical Paper 39, first term: c (1 - g/c)^2 / (2 (1 - x g/c)); g = green - 2.25 s start-up loss + 2 s of yellow (HCM 6th ed., ch. 19), s = 1,900 veh/h',
    run: () => webster(saturation),
  })),
  { name: 'signals/actuated', source: 'actuated control delays less than the fixed plan of the same junction: HCM 6th ed., ch. 19 (uniform delay with effective green by demand)', run: actuated },
  { name: 'signals/green-wave', source: 'offset = distance / speed: Little (1966), Oper. Res. 14, 568; Roess, Prassas & McShane (2011), Traffic Engineering, ch. 24', run: greenWave },
]
