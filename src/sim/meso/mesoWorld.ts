import { createTable, type Columns, type TableOf } from '../core/table'
import { indexNetwork, type NetworkIndex } from '../network/networkIndex'
import { CLASSES } from '../network/networkTables'
import { createRouter, type Router } from '../network/router'
import { tripStateColumns } from '../world'
import type { NetworkChange, WorldInput } from '../worldTypes'
import { createHopPool, type HopPool } from './hopPool'
import { indexMeso, type MesoNetwork } from './mesoNetwork'
import { createMesoSignals, type MesoSignals } from './mesoSignals'
import { givenHops } from './mesoRoutes'
import { LANE_BYTES, Lane, SLOT_BYTES, Slot } from './mesoTables'
import { createRecords, type Records } from './records'
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
  seconds: { type: 'f64', unit: 's', doc: 'spent by those who left in the minute that is being summed up' },
  secondsSum: { type: 'f64', unit: 's', doc: 'as seconds, over minutes, until somebody takes it' },
  vehicles: { type: 'i32', unit: '1', doc: 'that left in that minute' },
  vehiclesSum: { type: 'i32', unit: '1', doc: 'as vehicles, over minutes' },
} as const satisfies Columns

export const mesoLinkColumns = {
  queueHead: { type: 'i32', unit: 'row', doc: 'first trip that waits to enter here; -1 = none' },
  queueTail: { type: 'i32', unit: 'row', doc: 'last of them' },
} as const satisfies Columns

/** Counts of a run, in one array so that they are hashed with the rest. */
export const MesoCount = {
  nextTrip: 0, inserted: 1, arrived: 2, running: 3, waiting: 4, unreachable: 5, interventions: 6, reroutes: 7, moves: 8,
  vehicleSeconds: 9, waitingSeconds: 10, metres: 11, nextChange: 12, waitingLinks: 13, slotsUsed: 14, slotFree: 15, missedTurns: 16,
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
  /** Rows of Lane, Slot and Turn in mesoTables.ts. */
  readonly lanes: Records
  readonly slots: Records
  readonly turns: Records
  readonly links: TableOf<typeof mesoLinkColumns>
  readonly hops: TableOf<typeof mesoHopColumns>
  readonly trips: TableOf<typeof tripStateColumns>
  /** Exit times of the last vehicles of each lane, as many as it stores, by MesoNetwork.ringFirst. */
  readonly exitTime: Float64Array
  /** Closures in force by lane and class. */
  readonly shut: Uint8Array
  readonly signals: MesoSignals
  readonly wheel: TimingWheel
  /** Place in the pool of the route that each trip came with or that was found ahead of its departure; -1 = none, or it is under way. */
  readonly given: Int32Array
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
  const { fixed, lanes, turns } = indexMeso(network, index, new Set(input.changes.flatMap(({ plan, row }) => (plan?.masks ? [row] : []))))
  // Interventions let single vehicles into full lanes.
  const slots = createRecords(Math.min(trips.rows, fixed.units + network.lanes.rows) + 1, SLOT_BYTES)
  for (let slot = 0; slot < slots.rows; slot++) slots.i32[slot * (SLOT_BYTES / 4) + Slot.trip] = -1
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
  const given = givenHops(input, index)
  const world: MesoWorld = {
    input, index, fixed, router: createRouter(input, index),
    changes: [...input.changes].sort((a, b) => a.tick - b.tick),
    tick: 0, counts: new Float64Array(24), lanes, slots, turns, links, hops, trips: tripStates,
    exitTime: new Float64Array(fixed.units).fill(-Infinity), shut: new Uint8Array(CLASSES * network.lanes.rows), signals: createMesoSignals(network), wheel: createWheel(),
    given: given.first, pool: createHopPool(given.hops), waitingLink: new Int32Array(network.links.rows), bins: [], interventions: [], unreachableLog: [],
  }
  world.counts[MesoCount.slotFree] = -1
  for (let lane = 0; lane < network.lanes.rows; lane++) closeLane(world, lane, ~network.lanes.allowed[lane])
  return world
}

/** Sets which classes a lane is shut to. */
export function closeLane({ lanes }: MesoWorld, lane: number, classes: number): void {
  lanes.i32[lane * (LANE_BYTES / 4) + Lane.closed] = classes & ((1 << CLASSES) - 1)
}
