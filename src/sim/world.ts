import { createTable, type Columns, type TableOf } from './core/table'
import { uniform, Draw } from './core/random'
import { indexNetwork, slotCapacity, type NetworkIndex } from './network/networkIndex'
import { CLASSES, VehicleClass } from './network/networkTables'
import { createRouter, type Router } from './network/router'
import { createSearches, type RouteSearches } from './traffic/routeSearches'
import { createArenas, type Arenas } from './traffic/cells'
import { createDomainTables, type DomainTables } from './traffic/domainTables'
import type { People } from './people/people'
import { peopleEngine } from './people/peopleEngine'
import { ruleEngine } from './rules/ruleEngine'
import type { Rules } from './rules/rules'
import { createMeasures, type Measures } from './measures/measures'
import { drivers } from './traffic/driverTypes'
import { shareArrays } from './threads/share'
import { createSignals, updateSignals, type Signals } from './traffic/signals'
import { createMessages, type Messages } from './traffic/messages'
import { createRoutePool, type RoutePool } from './traffic/routePool'
import {
  cellColumns, laneStateColumns, mindColumns, MINDS, pathColumns, slotColumns, turnStateColumns,
  type CellTable, type LaneStateTable, type MindTable, type PathTable, type SlotTable, type TurnStateTable,
} from './traffic/vehicleTable'
import { ON_CALL, type NetworkChange, type WorldInput } from './worldTypes'

/** What becomes of each trip. */
export const tripStateColumns = {
  insertTick: { type: 'i32', unit: 'tick', doc: 'when it entered the road; -1 = not yet' },
  arriveTick: { type: 'i32', unit: 'tick', doc: 'when it arrived; -1 = not yet' },
  callTick: { type: 'i32', unit: 'tick', doc: 'of trips on call: when they were called; -1 = not yet' },
  next: { type: 'i32', unit: 'row', doc: 'next trip in the queue of its origin link; -1 = last' },
  distance: { type: 'f32', unit: 'm', doc: 'driven' },
  freeFlowTime: { type: 'f32', unit: 's', doc: 'of its first route on an empty road' },
  unreachable: { type: 'u8', unit: 'Unreachable', doc: 'why it cannot arrive' },
} as const satisfies Columns

export const linkStateColumns = {
  queueHead: { type: 'i32', unit: 'row', doc: 'first trip that waits to enter here; -1 = none' },
  queueTail: { type: 'i32', unit: 'row', doc: 'last of them' },
  queueAt: { type: 'i32', unit: 'row', doc: 'its place in the list of links with a queue; -1 = none' },
  walkAt: { type: 'f32', unit: 'm', doc: 'from its start: crossing between junctions on which somebody is or wants to be; 0 = none' },
  onStart: { type: 'u8', unit: '1', doc: '1 = somebody on foot is on the crossing at its start' },
  onEnd: { type: 'u8', unit: '1', doc: '1 = somebody on foot is on the crossing before its stop line' },
} as const satisfies Columns

/** Single numbers of the state, in one table of one row each, so that they are saved and hashed like the rest. */
export const Count = {
  tick: 0, nextTrip: 1, inserted: 2, arrived: 3, running: 4, waiting: 5, unreachable: 6, interventions: 7,
  missedTurns: 8, reroutes: 9, vehicleTicks: 10, waitingTicks: 11, metres: 12, updates: 13, freeHead: 14, freeTail: 15,
  slotsUsed: 16, nextChange: 17, waitingLinks: 18, emergencyBrakes: 19, unreachableLogged: 20, metricsAt: 21, closures: 22, called: 23,
} as const
const COUNTS = 32

export interface World {
  readonly input: WorldInput
  readonly index: NetworkIndex
  readonly capacity: number
  /** Whether any trip is one of an emergency vehicle. */
  readonly hasEmergency: boolean
  /** First trip row on call; all after it are. */
  readonly onCall: number
  /** Changes in order of tick; the list grows when changes are scheduled. */
  changes: NetworkChange[]
  tick: number
  readonly counts: Float64Array
  readonly cells: CellTable
  readonly arenas: Arenas
  readonly domains: DomainTables
  readonly slots: SlotTable
  readonly minds: MindTable
  readonly paths: PathTable
  readonly lanes: LaneStateTable
  /** Closures in force by lane and class: shut[lane * CLASSES + class]. */
  readonly shut: Uint8Array
  readonly turns: TurnStateTable
  readonly links: TableOf<typeof linkStateColumns>
  readonly trips: TableOf<typeof tripStateColumns>
  /** Paths with vehicles, one bit each. */
  readonly active: Uint32Array
  /** Lanes that may have somebody whom they do not suit, one bit each; follows from the cells. */
  readonly astray: Uint32Array
  /** Slots that became free, oldest first, and when: a ring of capacity + 1. */
  readonly freeSlot: Int32Array
  readonly freeTick: Int32Array
  /** Links with waiting trips, `waitingLinks` of them. */
  readonly waitingLink: Int32Array
  readonly routes: RoutePool
  readonly signals: Signals
  readonly messages: Messages
  readonly measures: Measures
  readonly router: Router
  readonly searches: RouteSearches
  people: People | null
  /** null = the run has none. */
  rules: Rules | null
  /** tick, node, trip triples. */
  interventions: number[]
  /** row, tick pairs. */
  unreachableLog: number[]
}

/**
 * Makes the world at its first tick.
 *
 * @param shared  over memory that a crew of threads can share
 * @param empty   without its people and rules: for whoever has saved ones to put in
 */
export function createWorld(input: WorldInput, shared = false, empty = false): World {
  const { network, trips } = input
  let shortest = drivers.length[VehicleClass.car]
  for (let row = 0; row < trips.rows; row++) if (lengthOf(input, row) < shortest) shortest = lengthOf(input, row)
  const index = indexNetwork(network, shortest)
  const capacity = slotCapacity(network, trips.rows, shortest)
  const arenas = createArenas(index)
  const world: World = {
    input, index, capacity, hasEmergency: trips.class.includes(VehicleClass.emergency), onCall: firstOnCall(trips.departTick),
    changes: [...input.changes].sort((a, b) => a.tick - b.tick),
    tick: 0,
    counts: new Float64Array(COUNTS),
    cells: createTable(cellColumns, arenas.first[index.domains.count], shared),
    arenas,
    domains: createDomainTables(index, network.turns.toLane),
    slots: createTable(slotColumns, capacity),
    minds: createTable(mindColumns, capacity * MINDS),
    paths: createTable(pathColumns, index.pathRows),
    lanes: createTable(laneStateColumns, network.lanes.rows),
    shut: new Uint8Array(network.lanes.rows * CLASSES),
    turns: createTable(turnStateColumns, network.turns.rows),
    links: createTable(linkStateColumns, network.links.rows),
    trips: createTable(tripStateColumns, trips.rows),
    active: new Uint32Array((index.pathRows + 31) >> 5),
    astray: new Uint32Array((index.laneRows + 31) >> 5),
    freeSlot: new Int32Array(capacity + 1),
    freeTick: new Int32Array(capacity + 1),
    waitingLink: new Int32Array(network.links.rows),
    routes: createRoutePool(capacity + 64),
    signals: createSignals(network),
    messages: createMessages(network.links.rows),
    measures: createMeasures(index, network.links.rows),
    router: createRouter(input, index),
    searches: createSearches(index.domains.count, network.links.rows),
    people: null,
    rules: null,
    interventions: [],
    unreachableLog: [],
  }
  world.slots.trip.fill(-1)
  world.paths.gapFactor.fill(1)
  world.minds.slot.fill(-1)
  for (let path = 0; path < index.pathRows; path++) {
    world.paths.limit[path] = path < index.laneRows
      ? network.links.speedLimit[index.pathLink[path]] : network.turns.speedMax[path - index.laneRows]
  }
  world.lanes.entrySlot.fill(-1)
  world.lanes.leftSlot.fill(-1)
  world.lanes.letInTick.fill(-1000)
  world.lanes.claimSlot.fill(-1)
  world.turns.lastSlot.fill(-1)
  world.turns.starvedTick.fill(-10)
  world.links.queueHead.fill(-1)
  world.links.queueTail.fill(-1)
  world.links.queueAt.fill(-1)
  world.trips.insertTick.fill(-1)
  world.trips.arriveTick.fill(-1)
  world.trips.callTick.fill(-1)
  world.trips.next.fill(-1)
  updateSignals(world)
  const made = shared ? shareArrays(world) : world
  // Their crowd is shared likewise; the rest of them one thread moves.
  if (input.people && !empty) made.people = peopleEngine().create(input.people, network, input.dt, shared)
  if (input.rules?.length && !empty) made.rules = ruleEngine().create(made)
  return made
}

function firstOnCall(departTick: Int32Array): number {
  let row = departTick.length
  while (row > 0 && departTick[row - 1] === ON_CALL) row--
  return row
}

/** Tick at which a trip row wanted to enter the road; ON_CALL = it was not called yet. */
export function departTickOf({ input, onCall, trips }: World, row: number): number {
  if (row < onCall) return input.trips.departTick[row]
  return trips.callTick[row] < 0 ? ON_CALL : trips.callTick[row]
}

/** Length of the vehicle of a trip row, m. */
export function lengthOf({ trips, lengths }: WorldInput, row: number): number {
  return lengths && lengths[row] > 0 ? lengths[row] : drivers.length[trips.class[row]]
}

/** Desired speed / limit of the driver of a trip row. */
export function speedFactorOf({ seed, trips, speedFactors }: WorldInput, row: number): number {
  return speedFactors && speedFactors[row] > 0 ? speedFactors[row] : speedFactor(seed, trips.id[row])
}

/** Desired speed / limit of a driver as they are drawn: mean 1, standard deviation 0.1 (sum of four uniforms), 0.8 to 1.2. */
export function speedFactor(seed: number, tripId: number): number {
  let sum = 0
  for (let k = 0; k < 4; k++) sum += uniform(seed, Draw.speedFactor, tripId, k)
  const factor = 1 + (sum - 2) * (0.1 / 0.5773502691896258)
  return factor < 0.8 ? 0.8 : factor > 1.2 ? 1.2 : factor
}
