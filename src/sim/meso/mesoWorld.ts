import { createTable, type Columns, type TableOf } from '../core/table'
import { indexNetwork, type NetworkIndex } from '../network/networkIndex'
import { CLASSES } from '../network/networkTables'
import { createRouter, type Router } from '../network/router'
import { tripStateColumns } from '../world'
import type { NetworkChange, WorldInput } from '../worldTypes'
import { createHopPool, type HopPool } from './hopPool'
import { indexMeso, type MesoNetwork } from './mesoNetwork'
import { createMesoSignals, type MesoSignals } from './mesoSignals'
import { mesoLaneColumns, mesoSlotColumns, mesoTurnColumns, type MesoLanes, type MesoSlots, type MesoTurns } from './mesoTables'
import { findGaps } from './mesoMeasures'
import { createWheel, type TimingWheel } from './timingWheel'

/** s: events are worked through in this order of time; within a step their own times, which are exact, count. */
export const MESO_STEP = 1
export const MESO_BIN_SECONDS = 300

export const mesoBinColumns = {
  seconds: { type: 'f64', unit: 's', doc: 'spent on the link and its turns by the vehicles that left it' },
  metres: { type: 'f64', unit: 'm', doc: 'driven there' },
  left: { type: 'i32', unit: '1', doc: 'vehicles that passed its end' },
  queueMax: { type: 'i32', unit: '1', doc: 'most vehicles waiting at the start of a minute' },
} as const satisfies Columns
export type MesoBin = TableOf<typeof mesoBinColumns>

/** Times as drivers learn of them, by hop: a link and the one after it. */
export const mesoHopColumns = {
  time: { type: 'f64', unit: 's', doc: 'smoothed, from the start of the link to that of the next, over minutes' },
  timeUsual: { type: 'f64', unit: 's', doc: 'the same, over the better part of an hour' },
  seconds: { type: 'f64', unit: 's', doc: 'spent by those who left in the present minute' },
  secondsSum: { type: 'f64', unit: 's', doc: 'as seconds, over minutes, until somebody takes it' },
  vehicles: { type: 'i32', unit: '1', doc: 'that left in the present minute' },
  vehiclesSum: { type: 'i32', unit: '1', doc: 'as vehicles, over minutes' },
} as const satisfies Columns

export const mesoLinkColumns = {
  queueHead: { type: 'i32', unit: 'row', doc: 'first trip that waits to enter here; -1 = none' },
  queueTail: { type: 'i32', unit: 'row', doc: 'last of them' },
} as const satisfies Columns

/** Counts of a run, in one array so that they are hashed with the rest. */
export const MesoCount = {
  nextTrip: 0, inserted: 1, arrived: 2, running: 3, waiting: 4, unreachable: 5, interventions: 6, reroutes: 7, moves: 8,
  vehicleSeconds: 9, waitingSeconds: 10, metres: 11, nextChange: 12, waitingLinks: 13, slotsUsed: 14, slotFree: 15, runningSince: 16,
} as const

/**
 * A run of the meso engine: single vehicles in queues of kinematic waves, on the network, demand, signals and changes
 * of the micro engine.
 *
 * Source: Newell (1993), Transp. Res. B 27, 281; Yperman (2007), thesis, KU Leuven (link transmission model).
 */
export interface MesoWorld {
  readonly input: WorldInput
  readonly index: NetworkIndex
  readonly fixed: MesoNetwork
  readonly router: Router
  readonly changes: readonly NetworkChange[]
  /** Steps done; time = tick * MESO_STEP. */
  tick: number
  readonly counts: Float64Array
  readonly lanes: MesoLanes
  readonly slots: MesoSlots
  readonly turns: MesoTurns
  readonly links: TableOf<typeof mesoLinkColumns>
  readonly hops: TableOf<typeof mesoHopColumns>
  readonly trips: TableOf<typeof tripStateColumns>
  /** Exit times of the last vehicles of each lane, as many as it stores, by MesoNetwork.ringFirst. */
  readonly exitTime: Float64Array
  /** Closures in force by lane and class. */
  readonly shut: Uint8Array
  readonly signals: MesoSignals
  readonly wheel: TimingWheel
  readonly pool: HopPool
  readonly waitingLink: Int32Array
  readonly bins: MesoBin[]
  /** tick, node, trip id triples. */
  readonly interventions: number[]
  readonly unreachableLog: number[]
}

export function createMeso(input: WorldInput): MesoWorld {
  const { network, trips } = input
  const index = indexNetwork(network)
  const fixed = indexMeso(network, index)
  const room = fixed.ringFirst[network.lanes.rows]
  const lanes = createTable(mesoLaneColumns, network.lanes.rows)
  for (const name of ['booked', 'blockedSince', 'head', 'tail', 'due', 'waitsFor', 'waiterFirst', 'waiterLast', 'waiterNext', 'promised'] as const) lanes[name].fill(-1)
  for (let lane = 0; lane < lanes.rows; lane++) {
    lanes.speed[lane] = network.links.speedLimit[network.lanes.link[lane]]
    lanes.closed[lane] = ~network.lanes.allowed[lane] & ((1 << CLASSES) - 1)
  }
  // Interventions let single vehicles into full lanes.
  const slots = createTable(mesoSlotColumns, Math.min(trips.rows, room + network.lanes.rows) + 1)
  slots.trip.fill(-1)
  const links = createTable(mesoLinkColumns, network.links.rows)
  links.queueHead.fill(-1)
  links.queueTail.fill(-1)
  const hops = createTable(mesoHopColumns, index.nextLink.length)
  hops.time.set(index.hopTime)
  hops.timeUsual.set(index.hopTime)
  const tripStates = createTable(tripStateColumns, trips.rows)
  tripStates.insertTick.fill(-1)
  tripStates.arriveTick.fill(-1)
  tripStates.next.fill(-1)
  const world: MesoWorld = {
    input, index, fixed, router: createRouter(input, index),
    changes: [...input.changes].sort((a, b) => a.tick - b.tick),
    tick: 0, counts: new Float64Array(24), lanes, slots, turns: createTable(mesoTurnColumns, network.turns.rows), links, hops, trips: tripStates,
    exitTime: new Float64Array(room).fill(-Infinity), shut: new Uint8Array(CLASSES * lanes.rows), signals: createMesoSignals(network), wheel: createWheel(4096), pool: createHopPool(),
    waitingLink: new Int32Array(network.links.rows), bins: [], interventions: [], unreachableLog: [],
  }
  world.counts[MesoCount.slotFree] = -1
  findGaps(world)
  return world
}
