import { Draw, uniform, VehicleClass } from '../../../sim'
import { Complaints, refuse, type Place } from '../importError'
import type { Notes } from '../importReport'
import type { SpeedFactor } from '../listedTrips'
import type { Source } from '../readSource'
import { walkXml, type Element } from '../xml'
import { readType, speedFactorOf, type VehicleType } from './vehicleTypes'

/** A vehicle of a route file; edges by SUMO's ids. */
export interface SumoVehicle extends Place {
  readonly id: string
  /** s since SUMO's second 0 */
  readonly depart: number
  /** VehicleClass */
  readonly class: number
  /** Whole route, or with `routed` false the places to pass in this order: from, via, to. */
  readonly edges: readonly string[]
  readonly routed: boolean
  /** Absent = as all drivers. */
  readonly speedFactor?: SpeedFactor
  /** m; absent = that of its class. */
  readonly length?: number
  /** Position words or metres, as SUMO has them. */
  readonly departPos: string
  readonly arrivalPos: string
}

interface Weighted<T> { readonly items: readonly T[]; readonly weights: readonly number[] }
interface RouteText extends Place { readonly edges: readonly string[] }
/** A vehicle or flow while its element is open. */
interface Open { readonly element: Element; readonly kind: 'vehicle' | 'trip' | 'flow'; route: readonly string[] | undefined }

const MOVING = new Set(['vehicle', 'trip', 'flow'])
/** Vehicles of one flow. */
const FLOW_MAX = 200_000

/**
 * Reads a SUMO route file: <vehicle> with a route of its own or by id, <trip>, <flow>, <vType>, route and type
 * distributions. `seed` names the draws of flows by probability and of distributions.
 */
export function readRoutes(source: Source, seed: number, approximated: Notes, leftOut: Notes): SumoVehicle[] {
  const complaints = new Complaints()
  const types = new Map<string, VehicleType>()
  const routes = new Map<string, RouteText>()
  const typeChoices = new Map<string, Weighted<string>>()
  const routeChoices = new Map<string, Weighted<string>>()
  const vehicles: SumoVehicle[] = []
  const ids = new Set<string>()
  const pending: Open[] = []
  let open: Open | undefined
  let choice: { id: string; items: string[]; weights: number[]; kind: 'type' | 'route' } | undefined
  const root = walkXml(source, complaints, {
    open(element, path) {
      const { name } = element
      if (name === 'vType') {
        const id = element.text('id')
        types.set(id, readType(element, approximated))
        if (choice) { choice.items.push(id); choice.weights.push(element.number('probability', 1, [0, 1e9])) }
      } else if (name === 'vTypeDistribution' || name === 'routeDistribution') {
        const kind = name === 'vTypeDistribution' ? 'type' as const : 'route' as const
        const listed = (element.optional(`${kind === 'type' ? 'vTypes' : 'routes'}`) ?? '').split(/\s+/).filter(each => each !== '')
        const weights = (element.optional('probabilities') ?? '').split(/\s+/).filter(each => each !== '').map(Number)
        choice = { id: element.text('id'), items: listed, weights: listed.map((_, at) => weights[at] ?? 1), kind }
      } else if (name === 'route') {
        const edges = edgesOf(element)
        if (open && path.length > 1 && MOVING.has(path.at(-1)!)) open.route = edges
        else {
          const id = choice ? element.optional('id') ?? `${choice.id} ${choice.items.length}` : element.text('id')
          routes.set(id, { file: element.file, line: element.line, edges })
          if (choice) { choice.items.push(element.optional('refId') ?? id); choice.weights.push(element.number('probability', 1, [0, 1e9])) }
        }
      } else if (MOVING.has(name)) open = { element, kind: name as Open['kind'], route: undefined }
      else if (name === 'stop') leftOut.add('stops on the way')
      else if (name === 'person' || name === 'personFlow' || name === 'container' || name === 'containerFlow') leftOut.add(`<${name}>`)
      else if (name === 'include') element.complain('include', '<include> is not followed', 'Give the included file itself, or join the files.')
      else if (name === 'interval') element.complain('interval', '<interval> belongs to a trip table, not to routes', 'Make routes of it with od2trips or duarouter.')
    },
    close(name) {
      if (choice && (name === 'vTypeDistribution' || name === 'routeDistribution')) {
        (choice.kind === 'type' ? typeChoices : routeChoices).set(choice.id, choice)
        choice = undefined
      } else if (open && MOVING.has(name)) {
        pending.push(open)
        open = undefined
      }
    },
  })
  if (root !== 'routes' && root !== 'trips' && root !== 'additional') refuse({ file: source.file, line: 1 }, 'root', `the root element is <${root}>, not <routes>`, 'Give a .rou.xml or .trips.xml file.')

  const pick = ({ items, weights }: Weighted<string>, number: number, what: number): string | undefined => {
    let left = uniform(seed, Draw.vehicleClass, number, what) * weights.reduce((sum, weight) => sum + weight, 0)
    return items.find((_, at) => (left -= weights[at]!) < 0) ?? items.at(-1)
  }
  for (const each of pending) {
    const { element } = each
    const id = element.text('id')
    if (ids.has(`${each.kind === 'flow'} ${id}`)) element.complain('duplicate', `${each.kind} "${id}" is there twice`, 'Give each an id of its own.')
    ids.add(`${each.kind === 'flow'} ${id}`)
    for (const [copy, depart] of departures(each, id, vehicles.length, seed, leftOut).entries()) {
      const number = vehicles.length
      const typeName = element.optional('type')
      const chosen = typeName === undefined ? undefined : typeChoices.has(typeName) ? pick(typeChoices.get(typeName)!, number, 1) : typeName
      const type = chosen === undefined ? undefined : types.get(chosen)
      if (chosen !== undefined && !type && !chosen.startsWith('DEFAULT_')) {
        element.complain('unknown-type', `${each.kind} "${id}" has type="${chosen}", and there is no such <vType>`, 'Add the type, or correct its id.')
        break
      }
      const vehicleClass = type ? type.class : VehicleClass.car
      if (vehicleClass === undefined) { leftOut.add('vehicles of classes that do not drive on roads (rail, ship, bicycle, on foot)', id); break }
      const named = element.optional('route')
      const places = edgesOfVehicle(each, routes, named !== undefined && routeChoices.has(named) ? pick(routeChoices.get(named)!, number, 2) : named)
      if (!places) break
      noteApproximations(element, approximated)
      const speedFactor = speedFactorOf(element, type?.speedFactor)
      vehicles.push({
        file: element.file, line: element.line, id: each.kind === 'flow' ? `${id}.${copy}` : id, depart, class: vehicleClass, ...places, ...(speedFactor ? { speedFactor } : {}), ...(type?.length ? { length: type.length } : {}),
        departPos: element.optional('departPos') ?? 'base', arrivalPos: element.optional('arrivalPos') ?? 'max',
      })
    }
  }
  complaints.stop()
  return vehicles
}

function edgesOf(element: Element): string[] {
  const edges = (element.optional('edges') ?? '').split(/\s+/).filter(edge => edge !== '')
  if (edges.length === 0 && !element.has('refId')) element.complain('route', '<route> has no edges', 'Add edges="...", or remove the route.')
  return edges
}

function edgesOfVehicle({ element, kind, route }: Open, routes: ReadonlyMap<string, RouteText>, named: string | undefined): { edges: readonly string[]; routed: boolean } | undefined {
  const id = element.optional('id') ?? ''
  if (route) return { edges: route, routed: true }
  if (named !== undefined) {
    const found = routes.get(named)
    if (!found) element.complain('unknown-route', `${kind} "${id}" has route="${named}", and there is no such <route>`, 'Add the route, or correct its id.')
    return found ? { edges: found.edges, routed: true } : undefined
  }
  if (element.has('from') && element.has('to')) {
    const via = (element.optional('via') ?? '').split(/\s+/).filter(edge => edge !== '')
    return { edges: [element.text('from'), ...via, element.text('to')], routed: false }
  }
  const where = ['fromTaz', 'fromJunction', 'fromXY', 'fromLonLat'].find(name => element.has(name))
  if (where) element.complain('ends', `${kind} "${id}" has ${where}, not an edge to start from`, 'Write routes from it with duarouter.')
  else element.complain('ends', `${kind} "${id}" has neither a route nor from and to`, 'Add one of them.')
  return undefined
}

function noteApproximations(element: Element, approximated: Notes): void {
  if (element.has('departLane')) approximated.add('departLane: vehicles enter on the lane that has room')
  if (element.has('departSpeed')) approximated.add('departSpeed: at most 3 m/s, at gateways the speed of the road')
}

/** Departures of a vehicle, trip or flow, s. */
function departures(each: Open, id: string, number: number, seed: number, leftOut: Notes): number[] {
  const { element, kind } = each
  if (kind !== 'flow') {
    const text = element.text('depart')
    if (text === 'triggered' || text === 'containerTriggered' || text === 'split') { leftOut.add(`vehicles with depart="${text}"`, id); return [] }
    const time = secondsOf(text)
    if (time === undefined && text !== '') element.complain('depart', `${kind} "${id}" has depart="${text.slice(0, 30)}", which is no time`, 'Give seconds, such as 25200, or 07:00:00.')
    return time === undefined ? [] : [time]
  }
  const begin = time(element, 'begin', 0), end = time(element, 'end', 86400)
  if (end > 2 * 86400) { element.complain('flow', `flow "${id}" ends at ${end} s, after the second day`, 'Trips must lie within one day; set an earlier end.'); return [] }
  if (end <= begin) { element.complain('flow', `flow "${id}" ends at ${end} s, before or when it begins (${begin} s)`, 'Set a later end.'); return [] }
  const probability = element.has('probability') ? element.number('probability', undefined, [0, 1]) : undefined
  if (probability !== undefined) {
    return Array.from({ length: Math.min(FLOW_MAX, Math.floor(end - begin)) }, (_, second) => begin + second)
      .filter(second => uniform(seed, Draw.tripCount, number, Math.floor(second)) < probability)
  }
  const perHour = element.has('vehsPerHour') ? element.number('vehsPerHour', undefined, [0, 1e6]) : element.has('perHour') ? element.number('perHour', undefined, [0, 1e6]) : undefined
  const period = element.has('period') ? element.text('period').startsWith('exp(') ? undefined : element.number('period', undefined, [0.001, 1e6]) : perHour ? 3600 / perHour : undefined
  const wanted = element.has('number') ? element.whole('number', undefined, [0, FLOW_MAX]) : undefined
  if (perHour === 0 || wanted === 0) return []
  if (period === undefined && wanted === undefined) {
    element.complain('flow', `flow "${id}" has none of number, vehsPerHour, period and probability that can be read`, 'Add one of them.')
    return []
  }
  const count = Math.min(FLOW_MAX, wanted ?? Math.ceil((end - begin) / period! - 1e-9))
  const step = period ?? (end - begin) / count
  return Array.from({ length: count }, (_, row) => begin + row * step).filter(at => at < end)
}

function time(element: Element, name: string, fallback: number): number {
  const text = element.optional(name)
  if (text === undefined) return fallback
  const value = secondsOf(text)
  if (value === undefined) element.complain('time', `<flow> has ${name}="${text.slice(0, 30)}", which is no time`, 'Give seconds, such as 25200, or 07:00:00.')
  return value ?? fallback
}

/** Seconds of "123.5", "07:30:00" or "1:07:30:00"; undefined if it is none of these or negative. */
function secondsOf(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  const parts = /^(?:(\d+):)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text)
  return parts ? Number(parts[1] ?? 0) * 86400 + Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4]) : undefined
}
