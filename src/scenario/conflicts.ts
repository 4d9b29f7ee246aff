import { busLayer, type BusLayer, type CityPack } from '../city'
import { nearestOnLink, type Network, type Problem } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import { cutOffs, type AppliedEdit, type CutOff } from './closures'
import type { CompiledScenario } from './compile'
import type { ClosureEdit, Scenario, ScenarioEdit } from './document'
import { isEvent, isOnFoot } from './editKinds'
import { ARRIVAL_MINUTES, LEAVING_MINUTES, roadsTo } from './events'
import { resolveAccess } from './housing'
import { meetings, type Held } from './meetings'
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
/** Side of the squares by which stops are looked up, m, and a number beyond those of a city across. */
const STOP_CELL = 250
const CELL_ROW = 1 << 16
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
  return [
    ...cutOffs(scenario, city, applied).map(cutOff => ({ kind: 'cutOff' as const, ...cutOff })),
    ...meetings(edits.flatMap((edit, at) => heldBy(edit, at, links.get(edit.id) ?? NONE, city))).flatMap(pair => meeting(pair, edits)),
    ...edits.flatMap((edit): Conflict[] => (edit.kind === 'metro' && !isOnFoot(scenario) ? [{ kind: 'metroIdle', id: edit.id }] : [])),
    ...edits.flatMap(edit => outside(edit, scenario)),
    ...(bus ? stopsOn(edits, links, city.network, bus) : []),
  ]
}

const NONE: ReadonlySet<number> = new Set()

/** What an edit holds that another may get in the way of. */
function heldBy(edit: ScenarioEdit, at: number, links: ReadonlySet<number>, city: ScenarioCity): Held[] {
  const [from, to] = [secondsOfDay(edit.window.start)!, secondsOfDay(edit.window.end)!]
  const own = { at, from, to }
  switch (edit.kind) {
    case 'weather': return [{ ...own, role: 'weather', on: ['weather'] }]
    case 'signalPlan': return [{ ...own, role: 'plan', on: [edit.node] }, { ...own, role: 'signals', on: links }]
    case 'metro': return edit.change.what === 'setHeadway' ? [{ ...own, role: 'headway', on: [edit.change.line] }] : []
    case 'speedLimit': return [{ ...own, role: 'limit', on: links }]
    case 'capacity': return [{ ...own, role: 'works', on: links }]
    // Of closures that leave something open, each may shut what the other does not.
    case 'closure': return isFull(edit) ? [{ ...own, role: 'shut', on: links }] : []
    case 'event': return [{
      at, role: 'event', on: roadsTo(edit.venue, city),
      from: from - 60 * (edit.arrivalMinutesBefore ?? ARRIVAL_MINUTES)[0], to: to + 60 * (edit.leavingMinutesAfter ?? LEAVING_MINUTES)[2],
    }]
    case 'housing': {
      const access = resolveAccess(edit.access ?? edit.position, city, usableLinks(city), edit.id, '')
      return access.ok ? [{ ...own, role: 'estate', on: access.value.links.map(({ link }) => link) }] : []
    }
    default: return []
  }
}

/** What it means that two edits hold on the same thing at one time. */
function meeting([one, two]: readonly [Held, Held], edits: readonly ScenarioEdit[]): Conflict[] {
  const [edit, other] = [edits[one.at]!, edits[two.at]!]
  const shared = (a: Held, b: Held): number => { const there = new Set(b.on); return [...a.on].filter(link => there.has(link)).length }
  if (one.role !== two.role) {
    const [held, shut] = one.role === 'shut' ? [two, one] : [one, two]
    const pair = { id: edits[held.at]!.id, other: edits[shut.at]!.id, links: shared(held, shut), of: [...held.on].length }
    return [{ kind: held.role === 'event' ? 'eventShut' : held.role === 'estate' ? 'estateShut' : 'onClosed', ...pair }]
  }
  if (one.role === 'shut') return [{ kind: 'closedTwice', id: edit.id, other: other.id, links: shared(one, two) }]
  const both = { kind: 'overlap', id: edit.id, other: other.id, holds: one.from >= two.from ? edit.id : other.id } as const
  if (one.role === 'limit' || one.role === 'works') return [{ ...both, what: one.role === 'limit' ? 'speedLimit' : 'capacity', subject: '', links: shared(one, two) }]
  const what = one.role === 'weather' ? 'weather' : one.role === 'plan' ? 'signals' : 'headway'
  return [{ ...both, what, subject: what === 'weather' ? '' : String([...one.on][0]), links: 0 }]
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
function stopsOn(edits: readonly ScenarioEdit[], links: ReadonlyMap<string, ReadonlySet<number>>, network: Network, { stops, lines, calls, strings }: BusLayer): Conflict[] {
  const closures = edits.filter(edit => edit.kind === 'closure' && edit.lanes === 'all' && (!edit.classes || edit.classes.includes('bus')))
  const closed = new Set(closures.flatMap(({ id }) => [...links.get(id) ?? []]))
  if (closed.size === 0) return []
  /** By closed link, the stops whose nearest road it is. */
  const stopsOf = new Map<number, number[]>()
  for (const [stop, link] of roadsAtStops(network, stops).entries()) {
    if (!closed.has(link)) continue
    const own = stopsOf.get(link) ?? []
    stopsOf.set(link, own)
    own.push(stop)
  }
  const linesOf = new Map<number, number[]>()
  for (let line = 0; line < lines.rows; line++) {
    const first = lines.callFirst[line]!
    for (const stop of new Set(calls.stop.subarray(first, first + lines.callCount[line]!))) linesOf.set(stop, [...linesOf.get(stop) ?? [], line])
  }
  return closures.flatMap(({ id }): Conflict[] => {
    const reached = [...links.get(id) ?? []].flatMap(link => stopsOf.get(link) ?? [])
    const called = [...new Set(reached.flatMap(stop => linesOf.get(stop) ?? []))].sort((a, b) => a - b)
    return reached.length === 0 ? [] : [{ kind: 'busStops', id, stops: reached.length, lines: [...new Set(called.map(line => strings[lines.name[line]!]!))] }]
  })
}

/** By stop, the road at it; -1 = none within reach. */
function roadsAtStops(network: Network, stops: BusLayer['stops']): Int32Array {
  const { links, points } = network
  const cell = (x: number, y: number): number => Math.floor(x / STOP_CELL) * CELL_ROW + Math.floor(y / STOP_CELL)
  const grid = new Map<number, number[]>()
  for (let stop = 0; stop < stops.rows; stop++) {
    const at = cell(stops.x[stop]!, stops.y[stop]!)
    grid.set(at, [...grid.get(at) ?? [], stop])
  }
  const road = new Int32Array(stops.rows).fill(-1)
  const best = new Float64Array(stops.rows).fill(STOP_REACH)
  for (let link = 0; link < links.rows; link++) {
    const [from, to] = [links.pointFirst[link]!, links.pointFirst[link]! + links.pointCount[link]!]
    const xs = points.x.subarray(from, to), ys = points.y.subarray(from, to)
    for (let x = Math.min(...xs) - STOP_REACH; x < Math.max(...xs) + STOP_REACH + STOP_CELL; x += STOP_CELL) {
      for (let y = Math.min(...ys) - STOP_REACH; y < Math.max(...ys) + STOP_REACH + STOP_CELL; y += STOP_CELL) {
        for (const stop of grid.get(cell(x, y)) ?? []) {
          const { distance } = nearestOnLink(network, link, stops.x[stop]!, stops.y[stop]!, best[stop])
          if (distance < best[stop]!) [road[stop], best[stop]] = [link, distance]
        }
      }
    }
  }
  return road
}

/** Whether an edit shuts all lanes for everybody. */
const isFull = (edit: ScenarioEdit): edit is ClosureEdit => edit.kind === 'closure' && edit.lanes === 'all' && !edit.classes

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
