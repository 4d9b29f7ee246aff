import { columnsOf, createTable, type ColumnArray } from './core/table'
import { invariant } from './core/invariant'
import { StateHash } from './core/stateHash'
import { binColumns, hopLiveColumns, linkLiveColumns } from './measures/measures'
import { findClosed } from './network/router'
import { findBanned } from './traffic/inForce'
import { peopleEngine } from './people/peopleEngine'
import type { PeopleInput } from './people/peopleTypes'
import { ruleEngine } from './rules/ruleEngine'
import type { SavedRules } from './rules/ruleTypes'
import { layOut, nextActive } from './traffic/cells'
import { emptyPool } from './traffic/routePool'
import { actuatedColumns } from './traffic/actuatedSignals'
import { setMessages } from './traffic/messages'
import { setPlans } from './traffic/signalPlans'
import { resetSignals } from './traffic/signals'
import { CellMark, laneStateColumns, mindColumns, MINDS, pathColumns, slotColumns, turnStateColumns, cellColumns } from './traffic/vehicleTable'
import { Count, createWorld, linkStateColumns, tripStateColumns, type World } from './world'
import type { NetworkChange, WorldInput } from './worldTypes'

const MAGIC = 0x53574350 // 'PCWS', little endian
const VERSION = 10

/** What the state consists of, in fixed order; rows that are not in use are left out. Lights of fixed signals follow from the tick. */
function* stateViews(world: World): Generator<ColumnArray> {
  yield* tableViews(world)
  yield* cellViews(world)
}

/** Where cells lie is no part of the state. */
const { first: _first, start: _start, end: _end, ...pathState } = pathColumns
const { cell: _cell, ...slotState } = slotColumns

function* tableViews(world: World): Generator<ColumnArray> {
  const { counts, slots, paths, lanes, turns, links, trips, measures, router, routes } = world
  yield counts
  yield* columnsOf(pathState, paths, paths.rows)
  yield* columnsOf(laneStateColumns, lanes, lanes.rows)
  yield* columnsOf(turnStateColumns, turns, turns.rows)
  yield* columnsOf(linkStateColumns, links, links.rows)
  yield* columnsOf(slotState, slots, counts[Count.slotsUsed])
  yield* columnsOf(mindColumns, world.minds, counts[Count.slotsUsed] * MINDS)
  yield* columnsOf(tripStateColumns, trips, counts[Count.nextTrip])
  for (const name of Object.keys(tripStateColumns) as (keyof typeof tripStateColumns)[]) yield trips[name].subarray(world.onCall)
  yield* columnsOf(linkLiveColumns, measures.live, links.rows)
  yield* columnsOf(hopLiveColumns, measures.hops, measures.hops.rows)
  for (const bin of measures.bins) yield* columnsOf(binColumns, bin, links.rows)
  yield* columnsOf(actuatedColumns, world.signals.actuated, world.signals.actuated.rows)
  yield world.shut
  yield world.freeSlot
  yield world.freeTick
  yield world.waitingLink
  yield router.cost
  yield routes.head
  yield routes.next
  yield routes.hops
}

function* cellViews(world: World): Generator<ColumnArray> {
  const { paths } = world
  for (let path = 0; path < paths.rows; path++)
    if (paths.count[path] > 0)
      for (const name of Object.keys(cellColumns) as (keyof typeof cellColumns)[])
        yield world.cells[name].subarray(paths.first[path], paths.first[path] + paths.count[path])
}

/** 16 hexadecimal digits over the whole state: equal for two runs exactly if they are the same run. */
export function stateHash(world: World): string {
  syncTick(world)
  const hash = new StateHash()
  for (const view of stateViews(world)) hash.add(view)
  hash.add(Int32Array.from(world.interventions))
  hash.add(Int32Array.from(world.unreachableLog))
  if (world.people) peopleEngine().hash(world.people, hash)
  if (world.rules) ruleEngine().hash(world.rules, hash)
  return hash.text()
}

interface SaveHead {
  readonly bins: number
  readonly chunks: number
  readonly changes: readonly NetworkChange[]
  readonly interventions: readonly number[]
  readonly unreachableLog: readonly number[]
  readonly rules?: SavedRules
}

/**
 * The whole state in one buffer:
 *   u32 magic 'PCWS' | u32 version | u32 bytes of head | u32 capacity | head JSON | views, each aligned to 8 | people, if any
 */
export function saveWorld(world: World): ArrayBuffer {
  syncTick(world)
  const head: SaveHead = {
    bins: world.measures.bins.length, chunks: world.routes.next.length, changes: world.changes,
    interventions: world.interventions, unreachableLog: world.unreachableLog, ...(world.rules ? { rules: ruleEngine().save(world.rules) } : {}),
  }
  const text = JSON.stringify(head)
  let bytes = align8(16 + text.length * 2)
  for (const view of stateViews(world)) bytes += align8(view.byteLength)
  const people = world.people && peopleEngine().save(world.people)
  const buffer = new ArrayBuffer(bytes + (people?.byteLength ?? 0))
  new Uint32Array(buffer, 0, 4).set([MAGIC, VERSION, text.length, world.capacity])
  const letters = new Uint16Array(buffer, 16, text.length)
  for (let at = 0; at < text.length; at++) letters[at] = text.charCodeAt(at)
  let offset = align8(16 + text.length * 2)
  const out = new Uint8Array(buffer)
  for (const view of stateViews(world)) {
    out.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset)
    offset += align8(view.byteLength)
  }
  if (people) out.set(new Uint8Array(people), offset)
  return buffer
}

/** People with what rules have changed of their walk space. */
function withRuled(input: PeopleInput, rules: SavedRules | undefined): PeopleInput {
  if (!rules || rules.crowdChanges.length === 0) return input
  return { ...input, crowd: { ...input.crowd, changes: [...input.crowd.changes, ...rules.crowdChanges].sort((a, b) => a.tick - b.tick) } }
}

/**
 * The world as it was when it was saved. The input must be the one it was made from; later changes may differ, and so may
 * rules that had not begun to act: those of the same id go on as they stood.
 */
export function restoreWorld(input: WorldInput, saved: ArrayBuffer, shared = false): World {
  const [magic, version, letters, capacity] = new Uint32Array(saved, 0, 4)
  invariant(magic === MAGIC, () => 'a saved world starts with another magic word')
  invariant(version === VERSION, () => `a saved world of version ${version}, this build reads ${VERSION}`)
  let text = ''
  for (const letter of new Uint16Array(saved, 16, letters)) text += String.fromCharCode(letter)
  const head = JSON.parse(text) as SaveHead
  const world = createWorld(input, shared, true)
  invariant(world.capacity === capacity, () => `a saved world for ${capacity} vehicles, this one holds ${world.capacity}`)
  world.changes = [...head.changes]
  world.interventions = [...head.interventions]
  world.unreachableLog = [...head.unreachableLog]
  while (world.measures.bins.length < head.bins) world.measures.bins.push(createTable(binColumns, world.links.rows, shared))
  emptyPool(world.routes, head.chunks)
  let offset = align8(16 + letters * 2)
  const fill = (views: Generator<ColumnArray>): void => {
    for (const view of views) {
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(new Uint8Array(saved, offset, view.byteLength))
      offset += align8(view.byteLength)
    }
  }
  fill(tableViews(world))
  world.tick = world.counts[Count.tick]
  const { active, paths, cells, slots, arenas } = world
  for (let path = 0; path < paths.rows; path++) if (paths.count[path] > 0) active[path >> 5] |= 1 << (path & 31)
  for (let domain = 0; domain < arenas.used.length; domain++) layOut(world, domain)
  fill(cellViews(world))
  for (let path = nextActive(active, 0, paths.rows); path >= 0; path = nextActive(active, path + 1, paths.rows))
    for (let cell = paths.first[path]; cell < paths.first[path] + paths.count[path]; cell++) {
      slots.cell[cells.slot[cell]] = cell
      if (cells.marks[cell] & CellMark.astray) world.astray[path >> 5] |= 1 << (path & 31)
    }
  if (input.people) world.people = peopleEngine().restore(withRuled(input.people, head.rules), input.network, input.dt, saved.slice(offset), shared)
  if (input.rules?.length) world.rules = ruleEngine().create(world, head.rules)
  findBanned(world.router.banned, world.changes, world.counts[Count.nextChange], world.index.turnHop)
  findClosed(world.router, input, world.index, world.lanes.closed)
  setMessages(world, world.counts[Count.nextChange])
  setPlans(world.signals.plans, input.network, world.changes, world.counts[Count.nextChange])
  resetSignals(world)
  return world
}

function syncTick(world: World): void {
  world.counts[Count.tick] = world.tick
}

const align8 = (bytes: number): number => (bytes + 7) & ~7
