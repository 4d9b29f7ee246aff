import { ALL_CLASSES, metresPerSecond, VehicleClass, type NetworkChange, type Problem } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { ClosureEdit, Scenario, SpeedLimitEdit } from './document'
import { resolveTarget } from './roadTarget'
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
    const where = `edit "${edit.id}"`
    const links = resolveTarget(edit.target, city, where)
    if (!links.ok) { problems.push(...links.problems); continue }
    const found = edit.kind === 'closure' ? checkLanes(edit, links.value, city, where) : []
    if (found.length > 0) { problems.push(...found); continue }
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
    const closed = lanes === 'all' ? count : Math.min(count, lanes.count)
    const from = lanes !== 'all' && lanes.side === 'median' ? first + count - closed : first
    return Array.from({ length: closed }, (_, lane) => from + lane)
  })
}

/** A closure "of n lanes" must leave one open on most of the road, else the planner means "all". */
function checkLanes({ id, lanes }: ClosureEdit, links: readonly number[], { network }: ScenarioCity, where: string): Problem[] {
  if (lanes === 'all') return []
  const most = Math.max(...links.map(link => network.links.laneCount[link]!))
  if (lanes.count < most) return []
  return [problem('scenario/too-many-lanes', 'edit', id, `${where}: closes ${lanes.count} lanes, but the road has at most `
    + `${most} in one direction. Close fewer, or write "lanes": "all".`)]
}
