import { createTable } from '../../core/table'
import { invariant } from '../../core/invariant'
import type { CrowdInput } from '../crowdTypes'
import { Lets, type SpaceIndex } from '../spaceIndex'
import type { Gate, Point, WalkSpace } from '../walkSpace'
import { surroundingsOf, type Surroundings } from './densities'
import { createFlowField, type FlowField } from './flowField'
import { createArrival, createMarchQueue, TARGETS_MAX, type Arrival, type MarchQueue } from './march'
import {
  eventColumns, gateColumns, goalColumns, intentColumns, laneColumns, liftColumns, LiftState, queueColumns, slotColumns, StageKind, stageColumns,
  type EventTable, type GateTable, type GoalTable, type IntentTable, type LaneTable, type LiftTable, type QueueTable, type SlotTable, type StageTable,
} from './navigationTables'
import { nearCells, type NearCells } from './nearCells'
import { createOpenings, NO_GATE, openSteps, type Openings } from './openSteps'
import { createTargets, type Targets } from './targets'
import { createWalkGrid, type WalkGrid } from './walkGrid'

/** Interventions that are written down; what comes after is counted only. */
export const EVENTS_MAX = 4096
/** Who is nearer to a gate than this, m, chooses a lane; to an exit with a limit, waits its turn; to a queue, goes to its end. */
export const GATE_REACH = 3
/** m from a gate within which people stand in line for it rather than press. */
const LINE_REACH = 15
/** m that they keep there beyond what their bodies need: 0.51 m from middle to middle, 3 to 4 persons a m2, Fruin's level E of queues. Before, 6 to 8 a m2 were measured, as of people who push. */
const LINE_GAP = 0.25
/** m from an opening between two floors within which no gap is kept: who is in it walks on, or those beside each other hold each other up there as an arch does. Measured: a block of 833 seats leaves by 2.4 m at 1.0 person/(m s) instead of 0.5, and the densest metre before it falls from 4.5 to 3.8 p/m2; with 1.6 and 2.4 m the flow is the same and the densest metre has 5.4 and 6.1. */
const OPENING_REACH = 0.8
export const EXIT_REACH = 1
export const QUEUE_REACH = 4

/** Bins in which those who head for a goal are counted by their way. */
export const BINS = 128

/** Single numbers of navigation: the field that is being made (row; -1 = none), whether it is marched, cells of it that are written, s of it that are kept; whether it is time to measure; whether ways changed. */
export const NavigationCount = { field: 0, marched: 1, written: 2, from: 3, measure: 4, changed: 5 } as const

/** Where people go, and what they are told on the way: plain data, as threads share it. */
export interface Navigation {
  readonly grid: WalkGrid
  readonly targets: Targets
  readonly openings: Openings
  /** What would be open if all were that may open during the run: for those who wait in front of it. */
  readonly openingsIfOpen: Openings
  /** Scratch: what was open before a change. */
  readonly openingsBefore: Openings
  readonly openedBefore: Uint8Array
  readonly queue: MarchQueue
  readonly arrival: Arrival
  readonly fields: readonly FlowField[]
  /** By field: whether somebody wants to follow it, whether it is time to make it anew, s of it that a change left as they were. */
  readonly wanted: Uint8Array
  readonly due: Uint8Array
  readonly keep: Float64Array
  readonly counts: Float64Array
  readonly journeyFirst: Int32Array
  readonly stages: StageTable
  /** Fields to one goal each, of stages where a person chooses one. */
  readonly options: Int32Array
  readonly intents: IntentTable
  /** Of those on their way, eight by walker: direction x and y of the way, and until which tick it holds; until which one glides (`glide.ts`), and in which direction, x and y; two are free. Side by side, as all bodies read it in every tick. */
  readonly courses: Float32Array
  readonly goals: GoalTable
  readonly gates: GateTable
  readonly lanes: LaneTable
  readonly gateCells: NearCells
  /** Where people stand in line for each gate; by cell of the space index, m that they keep from who stands ahead, 0 = nothing. */
  readonly lineCells: NearCells
  readonly linesUp: Float32Array
  /** By cell: the same of its floor. */
  readonly orderly: Float32Array
  readonly exitCells: NearCells
  readonly queues: QueueTable
  readonly slots: SlotTable
  readonly queueCells: NearCells
  readonly lifts: LiftTable
  /** Walkers in lifts, by place. */
  readonly members: Int32Array
  /** Floor of each landing of all lifts. */
  readonly landingFloor: Int32Array
  /** West, south, east and north end of each landing. */
  readonly landingBounds: Float64Array
  readonly landingCells: NearCells
  readonly events: EventTable
  /** Persons a m2 in cells of the space index, as they come into fields; area of each that can be walked on, m2. */
  readonly density: Float32Array
  readonly area: Float32Array
  /** m2 to walk on about each of them. */
  readonly surroundings: Surroundings
  /** Added to how many times longer than alone a cell of the space index takes, where people got stuck. */
  readonly stuck: Float32Array
  /** Scratch: persons by goal and bin. */
  readonly ahead: Int32Array
}

export function createNavigation(input: CrowdInput, index: SpaceIndex): Navigation {
  const { space, journeys, walkers } = input
  const grid = createWalkGrid(space, index)
  const targets = createTargets(space, index, grid)
  const floorRow = new Map(space.floors.map(({ id }, row) => [id, row]))
  const targetRow = new Map([...space.goals.map(({ id }) => `goal ${id}`), ...space.queues.map(({ id }) => `queue ${id}`)].map((name, row) => [name, row]))

  const fields: FlowField[] = []
  const fieldRow = new Map<string, number>()
  const fieldOf = (names: readonly string[], waits: boolean): number => {
    const rows = [...new Set(names.map(name => targetRow.get(name) ?? -1).filter(row => row >= 0))].sort((a, b) => a - b)
    invariant(rows.length <= TARGETS_MAX, () => `a stage with ${rows.length} goals; at most ${TARGETS_MAX} can be chosen from`)
    const key = `${rows.join()} ${waits}`
    const before = fieldRow.get(key)
    if (before !== undefined) return before
    fieldRow.set(key, fields.length)
    fields.push(createFlowField(grid, rows, waits))
    return fields.length - 1
  }
  const journeyFirst = new Int32Array(journeys.length + 1)
  for (const [at, { stages }] of journeys.entries()) journeyFirst[at + 1] = journeyFirst[at] + stages.length
  const stages = createTable(stageColumns, journeyFirst[journeys.length])
  const options: number[] = []
  for (const [at, stage] of journeys.flatMap(journey => journey.stages).entries()) {
    stages.kind[at] = StageKind[stage.kind]
    stages.field[at] = -1
    stages.seconds[at] = stages.until[at] = Infinity
    if (stage.kind === 'walk') {
      const waits = stage.ifClosed === 'wait'
      stages.field[at] = fieldOf(stage.goals.map(id => `goal ${id}`), waits)
      stages.follows[at] = stage.follows ?? 0
      stages.keeps[at] = stage.keeps ?? 0
      if (fields[stages.field[at]].targets.length < 2 || (stages.follows[at] === 0 && stages.keeps[at] === 0)) continue
      stages.optionFirst[at] = options.length
      options.push(...stage.goals.map(id => fieldOf([`goal ${id}`], waits)))
      stages.options[at] = stage.goals.length
    }
    else if (stage.kind === 'queue') stages.field[at] = fieldOf(stage.queues.map(id => `queue ${id}`), false)
    else {
      stages.seconds[at] = stage.seconds ?? Infinity
      stages.until[at] = stage.until ?? Infinity
      stages.release[at] = stage.released ? 1 : 0
      stages.own[at] = stage.own ? 1 : 0
    }
  }

  const intents = createTable(intentColumns, walkers.rows)
  for (const column of ['targetX', 'targetY'] as const) intents[column].fill(NaN)
  intents.serviceEnd.fill(Infinity)
  intents.gained.fill(Infinity)
  for (const column of ['detourUntil', 'stageTick', 'until', 'place', 'gate', 'lane', 'slot', 'permit', 'board', 'landing'] as const) intents[column].fill(-1)

  const goals = createTable(goalColumns, space.goals.length)
  for (const [at, { shape, kind, service, room }] of space.goals.entries()) {
    goals.length[at] = shape.length === 2 ? lengthOf(shape) : Math.sqrt(areaOf(shape))
    goals.interval[at] = (service ?? 0) / goals.length[at]
    goals.room[at] = room ?? -1
    goals.releaseTick[at] = -1
    goals.isExit[at] = kind === 'exit' ? 1 : 0
  }

  const gates = createTable(gateColumns, space.gates.length)
  let lanes = 0
  for (const [at, gate] of space.gates.entries()) {
    const { line: [a, b] } = gate
    ;[gates.ax[at], gates.ay[at], gates.bx[at], gates.by[at]] = [a[0], a[1], b[0], b[1]]
    gates.floor[at] = floorRow.get(gate.floor) ?? -1
    gates.service[at] = gate.service
    gates.lanes[at] = gate.lanes
    gates.letsOpen[at] = gateLets(gate)
    gates.open[at] = gate.open ? 1 : 0
    gates.stands[at] = gate.stands === false ? 0 : 1
    setGateLets(gates, at)
    gates.laneFirst[at] = lanes
    lanes += lanesMost(input, gate)
  }
  const laneTable = createTable(laneColumns, lanes)
  laneTable.holder.fill(-1)

  const queues = createTable(queueColumns, space.queues.length)
  const places: Point[] = []
  for (const [at, queue] of space.queues.entries()) {
    queues.floor[at] = floorRow.get(queue.floor) ?? -1
    queues.service[at] = queue.service
    queues.spacing[at] = queue.spacing
    queues.servers[at] = queue.servers
    queues.slotFirst[at] = places.length
    places.push(...slotsAlong(queue.line, queue.spacing))
    queues.slots[at] = places.length - queues.slotFirst[at]
  }
  const slots = createTable(slotColumns, places.length)
  slots.x.set(places.map(([x]) => x))
  slots.y.set(places.map(([, y]) => y))
  slots.walker.fill(-1)

  const lifts = createTable(liftColumns, space.lifts.length)
  let landings = 0
  let members = 0
  for (const [at, lift] of space.lifts.entries()) {
    lifts.doorTime[at] = lift.doorTime
    lifts.travelTime[at] = lift.travelTime
    lifts.state[at] = LiftState.open
    lifts.direction[at] = 1
    lifts.landings[at] = lift.landings.length
    lifts.landingFirst[at] = landings
    lifts.capacity[at] = lift.capacity
    lifts.memberFirst[at] = members
    landings += lift.landings.length
    members += lift.capacity
  }
  const allLandings = space.lifts.flatMap(lift => lift.landings)
  // By what a round takes on average: half of it to wait, then the way.
  for (let link = 0; link < grid.links.from.length; link++) {
    const lift = grid.links.lift[link]
    if (lift < 0) continue
    const { doorTime, travelTime, landings: stops } = space.lifts[lift]
    const from = stops.findIndex(({ floor }) => floorRow.get(floor) === grid.floorOf[grid.links.from[link] >> 8])
    grid.links.extra[link] = (stops.length - 1) * (doorTime + travelTime) + Math.abs(grid.links.landing[link] - from) * travelTime + doorTime
  }

  const area = walkableAreas(grid, index)
  const gateLines = space.gates.map(({ floor, line }) => ({ floor: floorRow.get(floor) ?? -1, points: line }))
  const navigation: Navigation = {
    grid, targets, openings: createOpenings(grid), openingsIfOpen: createOpenings(grid),
    openingsBefore: createOpenings(grid), openedBefore: targets.open.slice(),
    queue: createMarchQueue(grid.cells, space.floors.length), arrival: createArrival(grid.cells), fields,
    wanted: new Uint8Array(fields.length), due: new Uint8Array(fields.length), keep: new Float64Array(fields.length).fill(Infinity),
    counts: new Float64Array(8), journeyFirst, stages, options: Int32Array.from(options), intents, courses: new Float32Array(8 * walkers.rows), goals, gates, lanes: laneTable,
    gateCells: nearCells(index, gateLines, GATE_REACH), lineCells: nearCells(index, gateLines, LINE_REACH), linesUp: new Float32Array(index.cells), orderly: orderlyCells(space, floorRow, index),
    exitCells: nearCells(index, space.goals.map(({ floor, shape }) => ({ floor: floorRow.get(floor) ?? -1, points: shape, isRing: shape.length > 2 })), EXIT_REACH),
    queues, slots, queueCells: nearCells(index, space.queues.map(({ floor, line }) => ({ floor: floorRow.get(floor) ?? -1, points: line })), QUEUE_REACH),
    lifts, members: new Int32Array(members).fill(-1), landingFloor: Int32Array.from(allLandings, ({ floor }) => floorRow.get(floor) ?? -1),
    landingBounds: Float64Array.from(allLandings.flatMap(({ area }) => {
      const xs = area.map(([x]) => x)
      const ys = area.map(([, y]) => y)
      return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
    })),
    landingCells: nearCells(index, allLandings.map(({ floor, area }) => ({ floor: floorRow.get(floor) ?? -1, points: area, isRing: true })), 0),
    events: createTable(eventColumns, EVENTS_MAX), density: new Float32Array(index.cells), area, surroundings: surroundingsOf(index, area), stuck: new Float32Array(index.cells),
    ahead: new Int32Array(space.goals.length * BINS),
  }
  navigation.counts[NavigationCount.field] = -1
  markLines(navigation)
  openSteps(grid, index, index.walls.lets, index.floors.belt, gates.lets, navigation.openings)
  openIfOpen(navigation, input, index)
  // Whoever is there from the start does not wait for a field.
  for (let walker = 0; walker < walkers.rows && walkers.appearTick[walker] <= 0; walker++) {
    const stage = journeyFirst[walkers.journey[walker]]
    if (walkers.appearTick[walker] !== 0 || stage >= stages.rows || stages.field[stage] < 0) continue
    if (stages.options[stage] === 0) navigation.wanted[stages.field[stage]] = 1
    for (let at = 0; at < stages.options[stage]; at++) navigation.wanted[options[stages.optionFirst[stage] + at]] = 1
  }
  return navigation
}

/** Writes what would be open if every gate were, and every barrier that a change closes or opens. */
export function openIfOpen({ grid, openingsIfOpen, gates }: Navigation, { space, changes, onCall = [] }: CrowdInput, index: SpaceIndex): void {
  const changed = new Set([...onCall, ...changes.flatMap(change => (change.kind === 'barrier' ? [change.id] : []))])
  const lets = index.walls.lets.map((now, wall) => (index.walls.barrier[wall] >= 0 && changed.has(space.barriers[index.walls.barrier[wall]].id) ? Lets.all : now))
  openSteps(grid, index, lets, index.floors.belt, gates.letsOpen.map((open, gate) => (gates.stands[gate] === 1 ? open : NO_GATE)), openingsIfOpen)
}

/** The gap that each floor asks for, by cell; none in openings to other floors. */
function orderlyCells({ floors, joins }: WalkSpace, floorRow: ReadonlyMap<string, number>, index: SpaceIndex): Float32Array {
  const { cells, floors: { cellFirst, width, height } } = index
  const result = new Float32Array(cells)
  for (const [row, { orderly }] of floors.entries()) if (orderly) result.fill(orderly, cellFirst[row], cellFirst[row] + width[row] * height[row])
  const openings = joins.flatMap(({ floors: both, line }) => both.map(floor => ({ floor: floorRow.get(floor)!, points: line })))
  for (const cell of nearCells(index, openings, OPENING_REACH).cell) result[cell] = 0
  return result
}

/** Marks the cells in which people stand in line: those about the gates that stand. */
export function markLines({ gates, lineCells: { first, cell }, linesUp, orderly }: Pick<Navigation, 'gates' | 'lineCells' | 'linesUp' | 'orderly'>): void {
  linesUp.set(orderly)
  for (let gate = 0; gate < gates.rows; gate++)
    if (gates.stands[gate] === 1) for (let at = first[gate]; at < first[gate + 1]; at++) linesUp[cell[at]] = LINE_GAP
}

/** Who is let through at a gate, by whether it stands and is open. */
export function setGateLets({ lets, letsOpen, open, stands }: GateTable, gate: number): void {
  lets[gate] = stands[gate] === 0 ? NO_GATE : open[gate] === 1 ? letsOpen[gate] : Lets.none
}

export const gateLets = ({ lets }: Pick<Gate, 'lets'>): number => (lets === 'both' ? Lets.all : Lets[lets])

/** Lanes that a gate has at any time of the run. */
const lanesMost = ({ changes }: CrowdInput, gate: Gate): number =>
  changes.reduce((most, change) => (change.kind === 'gate' && change.id === gate.id ? Math.max(most, change.lanes ?? 0) : most), gate.lanes)

function lengthOf(line: readonly Point[]): number {
  let sum = 0
  for (let k = 1; k < line.length; k++) {
    const [dx, dy] = [line[k][0] - line[k - 1][0], line[k][1] - line[k - 1][1]]
    sum += Math.sqrt(dx * dx + dy * dy)
  }
  return sum
}

function areaOf(ring: readonly Point[]): number {
  let twice = 0
  for (const [k, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(k + 1) % ring.length]
    twice += x * nextY - nextX * y
  }
  return Math.abs(twice) / 2
}

/** Slot 0 at the start of the line, the others `spacing` apart along it. */
function slotsAlong(line: readonly Point[], spacing: number): Point[] {
  const slots: Point[] = [line[0]]
  let left = spacing
  for (let k = 1; k < line.length; k++) {
    const [a, b] = [line[k - 1], line[k]]
    const length = lengthOf([a, b])
    let at = left
    for (; at <= length + 1e-9; at += spacing) slots.push([a[0] + (at / length) * (b[0] - a[0]), a[1] + (at / length) * (b[1] - a[1])])
    left = at - length
  }
  return slots
}

/** m2 of each cell of the space index that can be walked on. */
function walkableAreas(grid: WalkGrid, index: SpaceIndex): Float32Array {
  const area = new Float32Array(index.cells)
  const { rasters } = grid
  for (let floor = 0; floor < rasters.rows.length; floor++) {
    const side = rasters.cell[floor]
    for (let row = 0; row < rasters.rows[floor]; row++)
      for (let column = 0; column < rasters.columns[floor]; column++)
        if (grid.costFree[rasters.first[floor] + row * rasters.columns[floor] + column] > 0) area[coarseCell(grid, index, floor, column, row)] += side * side
  }
  return area
}

/** Cell of the space index in which the middle of a grid cell lies. */
export function coarseCell({ rasters }: WalkGrid, { floors, cell }: SpaceIndex, floor: number, column: number, row: number): number {
  const x = rasters.originX[floor] + (column + 0.5) * rasters.cell[floor]
  const y = rasters.originY[floor] + (row + 0.5) * rasters.cell[floor]
  return floors.cellFirst[floor] + Math.floor((y - floors.originY[floor]) / cell) * floors.width[floor] + Math.floor((x - floors.originX[floor]) / cell)
}
