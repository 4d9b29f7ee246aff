import { connectedLinks } from '../city'
import { ALL_CLASSES, metresPerSecond, VehicleClass, type NetworkChange, type Outcome, type Problem } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { ClosureEdit, Scenario, SpeedLimitEdit } from './document'
import { resolveTarget } from './roadTarget'
import type { SoundEdit } from './sound'
import { secondsOfDay } from './timeOfDay'

/** What one closure or speed limit touches, for lists and for the map. */
export interface AppliedEdit {
  readonly id: string
  readonly links: readonly number[]
  readonly fromTick: number
  readonly toTick: number
}

/** Ticks of a run: `tickOf` rounds to the tick at or after a second of the day. */
export interface RunClock {
  readonly start: number
  readonly end: number
  readonly dt: number
}

export const tickOf = (clock: RunClock, time: number): number => Math.ceil((time - clock.start) / clock.dt - 1e-9)

/** Timed changes of the network for the closures and speed limits of a scenario, sorted by tick; they take themselves back. */
export function networkChanges(scenario: Scenario, city: ScenarioCity, clock: RunClock):
{ changes: NetworkChange[]; applied: AppliedEdit[]; problems: Problem[] } {
  const changes: NetworkChange[] = []
  const applied: AppliedEdit[] = []
  const problems: Problem[] = []
  for (const edit of scenario.edits) {
    if (edit.kind === 'event' || !edit.enabled) continue
    const links = resolveEdit(edit, city, `edit "${edit.id}"`)
    if (!links.ok) { problems.push(...links.problems); continue }
    const fromTick = Math.max(0, tickOf(clock, secondsOfDay(edit.window.start)!))
    const toTick = tickOf(clock, secondsOfDay(edit.window.end)!)
    const endTick = tickOf(clock, clock.end)
    if (toTick <= 0 || fromTick >= endTick) continue
    applied.push({ id: edit.id, links: links.value, fromTick, toTick })
    const rows = edit.kind === 'closure' ? closedLanes(edit, links.value, city) : links.value
    for (const row of rows) changes.push(start(edit, row, fromTick))
    if (toTick < endTick) for (const row of rows) changes.push(end(edit, row, toTick))
  }
  // Sort is stable: edits of one tick stay in the order of the document.
  return { changes: changes.sort((a, b) => a.tick - b.tick), applied, problems }
}

/** Links of an edit's target; refused where there are none, or where it closes more lanes than there are. */
export function resolveEdit({ id, target, lanes }: SoundEdit, city: ScenarioCity, where: string): Outcome<readonly number[]> {
  const links = target ? resolveTarget(target, city, where) : { ok: true, value: [] } as const
  if (!links.ok || !lanes || lanes === 'all' || links.value.length === 0) return links
  const problems = checkLanes(id ?? where, lanes.count, links.value, city, where)
  return problems.length > 0 ? { ok: false, problems } : links
}

function start(edit: ClosureEdit | SpeedLimitEdit, row: number, tick: number): NetworkChange {
  return edit.kind === 'closure'
    ? { tick, kind: 'closeLane', row, classes: classBits(edit), source: edit.id }
    : { tick, kind: 'speedLimit', row, speedLimit: metresPerSecond(edit.speedLimitKmh), source: edit.id }
}

function end(edit: ClosureEdit | SpeedLimitEdit, row: number, tick: number): NetworkChange {
  return edit.kind === 'closure'
    ? { tick, kind: 'openLane', row, classes: classBits(edit), source: edit.id }
    : { tick, kind: 'speedLimit', row, source: edit.id }
}

function classBits({ classes }: ClosureEdit): number {
  return classes ? classes.reduce((bits, name) => bits | (1 << VehicleClass[name]), 0) : ALL_CLASSES
}

function closedLanes({ lanes }: ClosureEdit, links: readonly number[], { network }: ScenarioCity): number[] {
  return links.flatMap(link => {
    const first = network.links.laneFirst[link]!
    const count = network.links.laneCount[link]!
    // A closure of some lanes leaves one open where the road narrows.
    const closed = lanes === 'all' ? count : Math.min(count - 1, lanes.count)
    const from = lanes !== 'all' && lanes.side === 'median' ? first + count - closed : first
    return Array.from({ length: closed }, (_, lane) => from + lane)
  })
}

/** A closure "of n lanes" must leave one open on most of the road, else the planner means "all". */
function checkLanes(id: string, count: number, links: readonly number[], { network }: ScenarioCity, where: string): Problem[] {
  const most = Math.max(...links.map(link => network.links.laneCount[link]!))
  if (count < most) return []
  return [problem('scenario/too-many-lanes', 'edit', id, `${where}: closes ${count} lane${count === 1 ? '' : 's'}, but the road has at most `
    + `${most} in one direction.`, 'Close fewer, or write "lanes": "all".')]
}

/**
 * Streets that closures cut off: connected in the open city, and neither closed themselves nor connected while the
 * closures of one moment hold. Trips that start or end there are listed as unreachable, so the planner should know.
 */
export function cutOffWarnings(scenario: Scenario, city: ScenarioCity, applied: readonly AppliedEdit[]): Problem[] {
  const { network, demand } = city
  const full = applied.filter(({ id }) => scenario.edits.some(edit => edit.id === id && edit.kind === 'closure' && edit.lanes === 'all' && !edit.classes))
  return full.flatMap(({ id, fromTick }) => {
    const closed = new Set(full.filter(other => other.fromTick <= fromTick && other.toTick > fromTick).flatMap(({ links }) => links))
    const open = new Set(connectedLinks(network, closed).links)
    const lost = Array.from(demand.connected.link).filter(link => !open.has(link) && !closed.has(link))
    if (lost.length === 0) return []
    const km = lost.reduce((sum, link) => sum + network.links.length[link]!, 0) / 1000
    const names = [...new Set(lost.map(link => network.strings[network.links.name[link]!]).filter(Boolean))].slice(0, 5)
    return [problem('scenario/cut-off', 'edit', id, `edit "${id}": cuts off ${lost.length} streets (${km.toFixed(1)} km${names.length > 0 ? `, such as ${names.join(', ')}` : ''}) `
      + 'in at least one direction; trips that start or end there cannot be made and are listed.', 'Close a shorter stretch, or leave a lane open, if that is not meant.')]
  })
}
