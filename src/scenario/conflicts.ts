import { busLayer, type BusLayer, type CityPack } from '../city'
import { nearestOnLink, type Network, type Problem } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import { cutOffs, type AppliedEdit, type CutOff } from './closures'
import type { CompiledScenario } from './compile'
import type { ClosureEdit, EventEdit, HousingEdit, Scenario, ScenarioEdit } from './document'
import { isEvent, isOnFoot } from './editKinds'
import { effectOf } from './effects'
import { ARRIVAL_MINUTES, LEAVING_MINUTES, roadsTo } from './events'
import { resolveAccess } from './housing'
import { secondsOfDay } from './timeOfDay'
import { usableLinks } from './usableLinks'

/** What a planner should know of an edit before it runs, though it can be run. */
export type Conflict =
  | { readonly kind: 'cutOff' } & CutOff
  /** Two edits set one thing at one time; `holds` begins last and wins. */
  | { readonly kind: 'overlap'; readonly id: string; readonly other: string; readonly what: 'weather' | 'signals' | 'speedLimit' | 'capacity' | 'headway'; readonly subject: string; readonly holds: string; readonly links: number }
  /** A closure closes again what another has closed. */
  | { readonly kind: 'closedTwice'; readonly id: string; readonly other: string; readonly links: number }
  /** A limit, works or signals on links that a closure shuts at that time, so that it does nothing there. */
  | { readonly kind: 'onClosed'; readonly id: string; readonly other: string; readonly links: number; readonly of: number }
  /** Of the roads to an event, all or some are shut while its people come or leave. */
  | { readonly kind: 'eventShut'; readonly id: string; readonly other: string; readonly links: number; readonly of: number }
  /** The street of an estate is shut while people live there: `of` its ways in and out. */
  | { readonly kind: 'estateShut'; readonly id: string; readonly other: string; readonly links: number; readonly of: number }
  /** A change of the metro in a scenario in which nobody rides it. */
  | { readonly kind: 'metroIdle'; readonly id: string }
  /** A part of the window lies outside the run; `all`: nobody of an event comes or leaves within it. */
  | { readonly kind: 'outside'; readonly id: string; readonly all: boolean }
  /** Bus stops on links that a closure shuts for buses, and the lines that call there. */
  | { readonly kind: 'busStops'; readonly id: string; readonly stops: number; readonly lines: readonly string[] }

/** m from a stop within which the road that its buses use lies. */
const STOP_REACH = 40
const SHOWN = 5

/** Buses of a pack, for `conflicts`; null = it has none. */
export const loadBus = async (pack: CityPack): Promise<BusLayer | null> => (pack.has(busLayer.kind) ? pack.layer(busLayer) : null)

/**
 * What edits of a scenario do to each other and to the city that a planner may not mean.
 *
 * @param applied  from `networkChanges` of the same scenario
 * @param bus      null = nothing is told of buses
 */
export function conflicts(scenario: Scenario, city: ScenarioCity, applied: readonly AppliedEdit[], bus: BusLayer | null): Conflict[] {
  const links = new Map(applied.map(({ id, links: touched }) => [id, new Set(touched)]))
  const edits = scenario.edits.filter(({ enabled }) => enabled)
  const pairs = edits.flatMap((edit, at) => edits.slice(0, at).filter(other => overlap(edit, other)).map(other => [edit, other] as const))
  const shared = (a: ScenarioEdit, b: ScenarioEdit): number => {
    const [one, two] = [links.get(a.id), links.get(b.id)]
    return one && two ? [...one].filter(link => two.has(link)).length : 0
  }
  return [
    ...cutOffs(scenario, city, applied).map(cutOff => ({ kind: 'cutOff' as const, ...cutOff })),
    ...pairs.flatMap(([edit, other]) => [...sameThing(edit, other, shared), ...onClosed(edit, other, links, shared), ...onClosed(other, edit, links, shared)]),
    ...edits.filter(isEvent).flatMap(event => shutOff(event, edits, city)),
    ...edits.flatMap(edit => (edit.kind === 'housing' ? shutIn(edit, edits, city) : [])),
    ...edits.flatMap((edit): Conflict[] => (edit.kind === 'metro' && !isOnFoot(scenario) ? [{ kind: 'metroIdle', id: edit.id }] : [])),
    ...edits.flatMap(edit => outside(edit, scenario)),
    ...(bus ? edits.flatMap(edit => (edit.kind === 'closure' ? stopsOn(edit, links.get(edit.id), city.network, bus) : [])) : []),
  ]
}

/** Two edits of one kind that set the same thing. */
function sameThing(edit: ScenarioEdit, other: ScenarioEdit, shared: (a: ScenarioEdit, b: ScenarioEdit) => number): Conflict[] {
  if (edit.kind !== other.kind) return []
  const holds = secondsOfDay(edit.window.start)! >= secondsOfDay(other.window.start)! ? edit.id : other.id
  const both = { kind: 'overlap', id: edit.id, other: other.id, holds } as const
  if (edit.kind === 'weather') return [{ ...both, what: 'weather', subject: '', links: 0 }]
  if (edit.kind === 'signalPlan') return other.kind === 'signalPlan' && edit.node === other.node ? [{ ...both, what: 'signals', subject: edit.node, links: 0 }] : []
  if (edit.kind === 'metro') return other.kind === 'metro' && edit.change.what === 'setHeadway' && other.change.what === 'setHeadway' && edit.change.line === other.change.line ? [{ ...both, what: 'headway', subject: edit.change.line, links: 0 }] : []
  const count = edit.kind === 'speedLimit' || edit.kind === 'capacity' || edit.kind === 'closure' ? shared(edit, other) : 0
  if (count === 0) return []
  if (edit.kind === 'speedLimit' || edit.kind === 'capacity') return [{ ...both, what: edit.kind, subject: '', links: count }]
  // Of closures that leave something open, each may shut what the other does not.
  return isFull(edit) && isFull(other) ? [{ kind: 'closedTwice', id: edit.id, other: other.id, links: count }] : []
}

/** A limit, works or signals where a closure lets nobody in. */
function onClosed(edit: ScenarioEdit, closure: ScenarioEdit, links: ReadonlyMap<string, ReadonlySet<number>>, shared: (a: ScenarioEdit, b: ScenarioEdit) => number): Conflict[] {
  if (!isFull(closure) || (edit.kind !== 'speedLimit' && edit.kind !== 'capacity' && edit.kind !== 'signalPlan')) return []
  const count = shared(edit, closure)
  return count === 0 ? [] : [{ kind: 'onClosed', id: edit.id, other: closure.id, links: count, of: links.get(edit.id)!.size }]
}

/** Closures on the roads to an event while its people come or leave. */
function shutOff(event: EventEdit, edits: readonly ScenarioEdit[], city: ScenarioCity): Conflict[] {
  const shuts = edits.filter(isFull)
  if (shuts.length === 0) return []
  const roads = roadsTo(event.venue, city)
  const [begin, end] = [secondsOfDay(event.window.start)!, secondsOfDay(event.window.end)!]
  const from = begin - 60 * (event.arrivalMinutesBefore ?? ARRIVAL_MINUTES)[0], to = end + 60 * (event.leavingMinutesAfter ?? LEAVING_MINUTES)[2]
  return shuts.filter(closure => secondsOfDay(closure.window.start)! < to && secondsOfDay(closure.window.end)! > from).flatMap((closure): Conflict[] => {
    const count = shutBy(closure, roads, city)
    return count === 0 ? [] : [{ kind: 'eventShut', id: event.id, other: closure.id, links: count, of: roads.length }]
  })
}

/** Closures on the street of an estate. */
function shutIn(estate: HousingEdit, edits: readonly ScenarioEdit[], city: ScenarioCity): Conflict[] {
  const shuts = edits.filter(isFull)
  const access = shuts.length === 0 ? null : resolveAccess(estate.access ?? estate.position, city, usableLinks(city), estate.id, '')
  const street = access?.ok ? access.value.links.map(({ link }) => link) : []
  return shuts.filter(closure => overlap(closure, estate)).flatMap((closure): Conflict[] => {
    const count = shutBy(closure, street, city)
    return count === 0 ? [] : [{ kind: 'estateShut', id: estate.id, other: closure.id, links: count, of: street.length }]
  })
}

/** How many of these roads a closure shuts. */
function shutBy(closure: ClosureEdit, roads: readonly number[], city: ScenarioCity): number {
  const effect = effectOf(closure, city, '')
  const closed = new Set(effect.ok ? effect.value.links : [])
  return roads.filter(link => closed.has(link)).length
}

function outside(edit: ScenarioEdit, { window }: Scenario): Conflict[] {
  const [start, end] = [secondsOfDay(window.start)!, secondsOfDay(window.end)!]
  const [from, to] = [secondsOfDay(edit.window.start)!, secondsOfDay(edit.window.end)!]
  // Who lives in an estate does so all day.
  if (edit.kind === 'housing') return []
  if (!isEvent(edit)) return from < start || to > end ? [{ kind: 'outside', id: edit.id, all: false }] : []
  const arrival = edit.arrivalMinutesBefore ?? ARRIVAL_MINUTES, leaving = edit.leavingMinutesAfter ?? LEAVING_MINUTES
  const within = (first: number, last: number): boolean => first < end && last > start
  const comes = within(from - 60 * arrival[0], from - 60 * arrival[2]), leaves = within(to + 60 * leaving[0], to + 60 * leaving[2])
  return comes || leaves ? [] : [{ kind: 'outside', id: edit.id, all: true }]
}

/** Stops whose nearest road a closure shuts for buses. */
function stopsOn(closure: ClosureEdit, closed: ReadonlySet<number> | undefined, network: Network, { stops, lines, calls, strings }: BusLayer): Conflict[] {
  if (!closed || closure.lanes !== 'all' || (closure.classes && !closure.classes.includes('bus'))) return []
  const reached = new Set<number>()
  for (let stop = 0; stop < stops.rows; stop++) {
    const [x, y] = [stops.x[stop]!, stops.y[stop]!]
    if (distanceTo(network, closed, x, y) <= STOP_REACH && closed.has(nearestLink(network, x, y))) reached.add(stop)
  }
  if (reached.size === 0) return []
  const names = new Set<string>()
  for (let line = 0; line < lines.rows; line++) {
    const first = lines.callFirst[line]!
    if (calls.stop.subarray(first, first + lines.callCount[line]!).some(stop => reached.has(stop))) names.add(strings[lines.name[line]!]!)
  }
  return [{ kind: 'busStops', id: closure.id, stops: reached.size, lines: [...names] }]
}

function distanceTo(network: Network, links: ReadonlySet<number>, x: number, y: number): number {
  let best = Infinity
  for (const link of links) best = Math.min(best, nearestOnLink(network, link, x, y, best).distance)
  return best
}

function nearestLink(network: Network, x: number, y: number): number {
  let [link, best] = [-1, Infinity]
  for (let row = 0; row < network.links.rows; row++) {
    const far = nearestOnLink(network, row, x, y, best).distance
    if (far < best) [link, best] = [row, far]
  }
  return link
}

/** Whether an edit shuts all lanes for everybody. */
const isFull = (edit: ScenarioEdit): edit is ClosureEdit => edit.kind === 'closure' && edit.lanes === 'all' && !edit.classes

const overlap = (a: ScenarioEdit, b: ScenarioEdit): boolean =>
  secondsOfDay(a.window.start)! < secondsOfDay(b.window.end)! && secondsOfDay(b.window.start)! < secondsOfDay(a.window.end)!

/** Everything that a planner should know though the scenario runs: conflicts of its edits, and measures on the ground that nobody heeds. */
export function scenarioWarnings(scenario: Scenario, city: ScenarioCity, { applied, people, warnings }: Pick<CompiledScenario, 'applied' | 'people' | 'warnings'>, bus: BusLayer | null): Problem[] {
  return [...conflicts(scenario, city, applied, bus).map(conflictWarning), ...warnings, ...city.ground?.idle(scenario, people) ?? []]
}

/** The same as notes for whoever runs or checks the scenario. */
function conflictWarning(conflict: Conflict): Problem {
  const { id } = conflict
  const note = (code: string, what: string, remedy: string): Problem => problem(`scenario/${code}`, 'edit', id, what, remedy)
  const ifNotMeant = 'Change one of the windows if that is not meant.'
  switch (conflict.kind) {
    case 'cutOff': return note('cut-off', `edit "${id}": cuts off ${conflict.links} streets (${conflict.km.toFixed(1)} km${conflict.names.length > 0 ? `, such as ${conflict.names.join(', ')}` : ''}) `
      + 'in at least one direction; trips that start or end there cannot be made and are listed.', 'Close a shorter stretch, or leave a lane open, if that is not meant.')
    case 'overlap': {
      const what = { weather: 'the weather', signals: `the signals of ${conflict.subject}`, speedLimit: `the speed limit of ${conflict.links} links`, capacity: `works on ${conflict.links} links`, headway: `the headway of ${conflict.subject}` }[conflict.what]
      return note('overlap', `edit "${id}" and edit "${conflict.other}" both set ${what} at one time; while both run, "${conflict.holds}" holds, which begins last.`, ifNotMeant)
    }
    case 'closedTwice': return note('closed-twice', `edit "${id}" closes ${conflict.links} links that edit "${conflict.other}" closes at the same time; they open again when both have ended.`, ifNotMeant)
    case 'onClosed': return note('on-closed', `edit "${id}": ${conflict.links} of its ${conflict.of} links are closed by edit "${conflict.other}" at the same time, so it does nothing there.`, ifNotMeant)
    case 'eventShut': return note('event-shut', `edit "${id}": ${conflict.links} of the ${conflict.of} roads that take its cars are closed by edit "${conflict.other}" while its people come or leave.`, 'Close them earlier or later, or leave a lane open, if that is not meant.')
    case 'estateShut': return note('estate-shut', `edit "${id}": ${conflict.links} of the ${conflict.of} ways to its street are closed by edit "${conflict.other}", so nobody drives there then.`, 'Give the estate another "access", or leave a lane open, if that is not meant.')
    case 'metroIdle': return note('metro-idle', `edit "${id}": nobody of this scenario rides the metro, so it does nothing.`, 'Add an event with its people on foot ("onFoot").')
    case 'outside': return conflict.all
      ? note('outside', `edit "${id}": nobody comes or leaves within the run.`, 'Move the event or the run.')
      : note('outside', `edit "${id}": a part of its window lies outside the run.`, 'Lengthen the run if that part matters.')
    case 'busStops': return note('bus-stops', `edit "${id}": closes the road at ${conflict.stops} bus stops; ${conflict.lines.length} lines call there (${conflict.lines.slice(0, SHOWN).join(', ')}${conflict.lines.length > SHOWN ? ', ...' : ''}).`, 'Leave a lane to buses, or plan a detour of these lines.')
  }
}
