import { ALL_CLASSES, metresPerSecond, VehicleClass, type NetworkChange, type Outcome } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { ClosableClass, ClosureEdit, NetworkEdit } from './document'
import { RAIN } from './rain'
import { resolveTarget } from './roadTarget'
import { resolvePlan } from './signalTarget'
import type { SoundEdit } from './sound'
import { resolveTurns } from './turnTarget'

/** What an edit of the network does to a city, whenever it does. */
export interface Effect {
  /** Links that it is about, for lists and for the map. */
  readonly links: readonly number[]
  readonly begin: readonly UntimedChange[]
  readonly end: readonly UntimedChange[]
}

type UntimedChange = Omit<NetworkChange, 'tick'>

/** The effect of an edit, or what the city lacks for it; `where` names the edit in messages. */
export function effectOf(edit: NetworkEdit, city: ScenarioCity, where: string): Outcome<Effect> {
  const { id: source } = edit
  if (edit.kind === 'turnClosure') {
    const turns = resolveTurns(edit.turns, city, where)
    if (!turns.ok) return turns
    const classes = classBits(edit.classes)
    return { ok: true, value: {
      links: [...new Set(turns.value.map(turn => city.network.lanes.link[city.network.turns.fromLane[turn]!]!))],
      begin: turns.value.map(row => ({ kind: 'closeTurn', row, classes, source })),
      end: turns.value.map(row => ({ kind: 'openTurn', row, classes, source })),
    } }
  }
  if (edit.kind === 'weather') {
    const change = { kind: 'weather', row: 0, source } as const
    return { ok: true, value: { links: [], begin: [{ ...change, ...RAIN[edit.rain] }], end: [change] } }
  }
  if (edit.kind === 'signalPlan') {
    const program = resolvePlan(edit, city, where)
    if (!program.ok) return program
    const { groups, programs } = city.network
    const change = { kind: 'signalPlan', row: program.value, source } as const
    const plan = { greens: edit.greens, ...(edit.offset === undefined ? {} : { offset: edit.offset }) }
    const first = programs.groupFirst[program.value]!
    const approaches = groups.link.subarray(first, first + programs.groupCount[program.value]!)
    return { ok: true, value: { links: [...new Set(approaches)], begin: [{ ...change, plan }], end: [change] } }
  }
  const resolved = resolveTarget(edit.target, city, where)
  if (!resolved.ok) return resolved
  const links = resolved.value
  if (edit.kind !== 'closure') {
    const { kind } = edit
    const value = edit.kind === 'speedLimit' ? { speedLimit: metresPerSecond(edit.speedLimitKmh) } : { capacity: edit.capacityShare }
    return { ok: true, value: { links, begin: links.map(row => ({ kind, row, ...value, source })), end: links.map(row => ({ kind, row, source })) } }
  }
  const lanes = checkLanes(edit, links, city, where)
  if (!lanes.ok) return lanes
  const classes = classBits(edit.classes)
  const rows = closedLanes(edit, links, city)
  return { ok: true, value: {
    links, begin: rows.map(row => ({ kind: 'closeLane', row, classes, source })), end: rows.map(row => ({ kind: 'openLane', row, classes, source })),
  } }
}

/** What the city lacks for the parts of an edit that are well formed. */
export function checkEffect(edit: SoundEdit, city: ScenarioCity, where: string): Outcome<unknown> {
  if (edit.turns) return resolveTurns(edit.turns, city, where)
  if (edit.node !== undefined && edit.greens) return resolvePlan({ node: edit.node, greens: edit.greens, ...(edit.offset === undefined ? {} : { offset: edit.offset }) }, city, where)
  if (!edit.target) return { ok: true, value: null }
  const links = resolveTarget(edit.target, city, where)
  return links.ok && edit.lanes ? checkLanes({ id: edit.id ?? where, lanes: edit.lanes }, links.value, city, where) : links
}

const classBits = (classes: readonly ClosableClass[] | undefined): number =>
  classes ? classes.reduce((bits, name) => bits | (1 << VehicleClass[name]), 0) : ALL_CLASSES

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
function checkLanes({ id, lanes }: Pick<ClosureEdit, 'id' | 'lanes'>, links: readonly number[], { network }: ScenarioCity, where: string): Outcome<null> {
  const most = Math.max(...links.map(link => network.links.laneCount[link]!))
  if (lanes === 'all' || lanes.count < most) return { ok: true, value: null }
  const { count } = lanes
  return { ok: false, problems: [problem('scenario/too-many-lanes', 'edit', id, `${where}: closes ${count} lane${count === 1 ? '' : 's'}, but the road has at most `
    + `${most} in one direction.`, 'Close fewer, or write "lanes": "all".')] }
}
