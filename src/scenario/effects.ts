import { ALL_CLASSES, metresPerSecond, VehicleClass, type NetworkChange, type Outcome } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { ClosableClass, ClosureEdit, NetworkEdit } from './document'
import { FLOOD_SHUT, floodSpeed } from './flood'
import { resolveTarget } from './roadTarget'
import { resolvePlan } from './signalTarget'
import type { SoundEdit } from './sound'
import { resolveTurns } from './turnTarget'
import { weatherEffect } from './wind'

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
    return { ok: true, value: { links: [], begin: [{ ...change, ...weatherEffect(edit) }], end: [change] } }
  }
  if (edit.kind === 'signalPlan') {
    const program = resolvePlan(edit, city, where)
    if (!program.ok) return program
    const { groups, programs } = city.network
    const change = { kind: 'signalPlan', row: program.value.program, source } as const
    const { masks } = program.value
    const plan = { greens: edit.greens, ...(edit.offset === undefined ? {} : { offset: edit.offset }), ...(masks ? { masks } : {}) }
    const first = programs.groupFirst[program.value.program]!
    const approaches = groups.link.subarray(first, first + programs.groupCount[program.value.program]!)
    return { ok: true, value: { links: [...new Set(approaches)], begin: [{ ...change, plan }], end: [change] } }
  }
  const resolved = resolveTarget(edit.target, city, where)
  if (!resolved.ok) return resolved
  const links = resolved.value
  switch (edit.kind) {
    case 'speedLimit': case 'capacity': case 'message': {
      const { kind } = edit
      const value = edit.kind === 'speedLimit' ? { speedLimit: metresPerSecond(edit.speedLimitKmh) } : edit.kind === 'capacity' ? { capacity: edit.capacityShare } : { share: edit.share }
      return { ok: true, value: { links, begin: links.map(row => ({ kind, row, ...value, source })), end: links.map(row => ({ kind, row, source })) } }
    }
    case 'flood': {
      if (edit.depthMm >= FLOOD_SHUT) return { ok: true, value: { links, ...shutting(lanesOf('all', links, city), ALL_CLASSES, source) } }
      const kind = 'speedLimit'
      const most = metresPerSecond(floodSpeed(edit.depthMm))
      return { ok: true, value: { links, begin: links.map(row => ({ kind, row, speedLimit: Math.min(most, city.network.links.speedLimit[row]!), source })), end: links.map(row => ({ kind, row, source })) } }
    }
    case 'laneUse': case 'closure': {
      const lanes = edit.kind === 'laneUse' ? { count: edit.laneCount, side: edit.side } : edit.lanes
      const fit = checkLanes({ id: edit.id, lanes }, links, city, where)
      if (!fit.ok) return fit
      const classes = edit.kind === 'laneUse' ? ALL_CLASSES & ~classBits(edit.classes) : classBits(edit.classes)
      return { ok: true, value: { links, ...shutting(lanesOf(lanes, links, city), classes, source) } }
    }
  }
}

const shutting = (rows: readonly number[], classes: number, source: string): Pick<Effect, 'begin' | 'end'> =>
  ({ begin: rows.map(row => ({ kind: 'closeLane', row, classes, source })), end: rows.map(row => ({ kind: 'openLane', row, classes, source })) })

/** What the city lacks for the parts of an edit that are well formed. */
export function checkEffect(edit: SoundEdit, city: ScenarioCity, where: string): Outcome<unknown> {
  if (edit.turns) return resolveTurns(edit.turns, city, where)
  if (edit.node !== undefined && edit.greens) return resolvePlan({ node: edit.node, greens: edit.greens, ...(edit.offset === undefined ? {} : { offset: edit.offset }), ...(edit.movements ? { movements: edit.movements } : {}) }, city, where)
  if (!edit.target) return { ok: true, value: null }
  const links = resolveTarget(edit.target, city, where)
  const lanes = edit.lanes ?? (edit.laneCount === undefined ? undefined : { count: edit.laneCount, side: edit.side ?? 'kerb' })
  return links.ok && lanes ? checkLanes({ id: edit.id ?? where, lanes }, links.value, city, where) : links
}

const classBits = (classes: readonly ClosableClass[] | undefined): number =>
  classes ? classes.reduce((bits, name) => bits | (1 << VehicleClass[name]), 0) : ALL_CLASSES

function lanesOf(lanes: ClosureEdit['lanes'], links: readonly number[], { network }: ScenarioCity): number[] {
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
  return { ok: false, problems: [problem('scenario/too-many-lanes', 'edit', id, `${where}: takes ${count} lane${count === 1 ? '' : 's'}, but the road has at most `
    + `${most} in one direction.`, 'Take fewer, or close the road with "lanes": "all".')] }
}
