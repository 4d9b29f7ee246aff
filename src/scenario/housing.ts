import { Activity, EndKind, PROFILE_SLOTS } from '../city'
import { Draw, nearestOnLink, RoadClass, uniform, VehicleClass, type Network, type OnLink, type Outcome } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import { tickOf, type RunClock } from './closures'
import type { HousingEdit, Position } from './document'
import { endUse, pickLink, type DemandSums } from './places'
import { emptyDraft, SLOT_SECONDS } from './synthesise'
import { secondsOfDay } from './timeOfDay'
import type { TripList } from './tripList'

/**
 * Trips that a car of an estate makes on a workday: out and back. Assumed; of the city's 4.2 million cars, used or not,
 * one makes 0.84 (67 % of 5,274,000 vehicle trips: docs/demand.md).
 */
export const TRIPS_PER_CAR = 2
/** m within which an estate has a street. */
const STREET_FAR = 600
/** Ids of an estate: matrix (3 bits) | quarter of an hour (7 bits) | number within it (12 bits). */
const SLOT_IDS = 1 << 12

/** Where the cars of an estate come on to the road and leave it: a place on a link, and on the link of the other direction. */
export interface Access { readonly links: readonly { readonly link: number; readonly offset: number }[] }

/** The street of an estate; refused where the modelled area has none near it. */
export function resolveAccess(position: Position, city: ScenarioCity, usable: (link: number) => boolean, id: string, where: string): Outcome<Access> {
  const { network: { links } } = city
  const [x, y] = city.toPlane(...position)
  let best = { link: -1, offset: 0, distance: STREET_FAR }
  for (let link = 0; link < links.rows; link++) {
    if (links.class[link]! < RoadClass.primary || links.length[link]! < 25 || !usable(link)) continue
    const near = nearestOnLink(city.network, link, x, y, best.distance)
    if (near.distance < best.distance) best = { link, offset: offEnds(city.network, link, near), distance: near.distance }
  }
  if (best.link < 0) return { ok: false, problems: [problem('scenario/housing-off-road', 'edit', id, `${where}: no street of the modelled area lies within ${STREET_FAR} m of it, so nobody could drive from there.`, 'Place it, or its "access", beside a street inside the modelled area.')] }
  const back = Array.from({ length: links.rows }, (_, link) => link).find(link => links.fromNode[link] === links.toNode[best.link] && links.toNode[link] === links.fromNode[best.link] && usable(link))
  return { ok: true, value: { links: [best, ...back === undefined ? [] : [{ link: back, offset: offEnds(city.network, back, nearestOnLink(city.network, back, x, y)) }]].map(({ link, offset }) => ({ link, offset })) } }
}

/** m from the start of a link, off its ends. */
const offEnds = ({ links }: Network, link: number, { offset }: OnLink): number => Math.max(0.15 * links.length[link]!, Math.min(0.85 * links.length[link]!, offset))

/**
 * Adds the trips by car of an estate's people: to and from work and elsewhere, at the hours and with the other ends of
 * those who live in its zone. The n-th of a matrix and quarter of an hour is the same whatever else the scenario holds.
 */
export function addHousingTrips(edit: HousingEdit, idFirst: number, { links }: Access, city: ScenarioCity, sums: DemandSums, seed: number, clock: RunClock, trips: TripList): void {
  const { demand } = sums
  const { matrices, profiles, cells, ends } = demand
  const [x, y] = city.toPlane(...edit.position)
  const zone = zoneAt(sums, x, y)
  if (zone < 0) return
  const from = Math.max(clock.start, secondsOfDay(edit.window.start)!)
  const to = Math.min(clock.end, secondsOfDay(edit.window.end)!)
  const homely = Array.from({ length: matrices.rows }, (_, matrix) => matrix).filter(matrix => matrices.carShare[matrix]! > 0 && (matrices.originUse[matrix] === Activity.home || matrices.destinationUse[matrix] === Activity.home))
  const all = homely.reduce((sum, matrix) => sum + matrices.tripsPerDay[matrix]!, 0)
  const trip = emptyDraft()
  trip.class = VehicleClass.car
  for (const matrix of homely) {
    const leaves = matrices.originUse[matrix] === Activity.home
    const first = matrices.cellFirst[matrix]!
    const own = Array.from({ length: matrices.cellCount[matrix]! }, (_, at) => first + at).filter(cell => (leaves ? cells.origin : cells.destination)[cell] === zone)
    const weight = own.reduce((sum, cell) => sum + cells.weight[cell]!, 0)
    const profileFirst = matrices.profile[matrix]! * PROFILE_SLOTS
    const profileSum = profiles.weight.subarray(profileFirst, profileFirst + PROFILE_SLOTS).reduce((sum, part) => sum + part, 0)
    if (weight === 0 || profileSum === 0) continue
    const daily = (edit.persons * edit.carsPerPerson * TRIPS_PER_CAR * matrices.tripsPerDay[matrix]!) / all
    trip.purpose = matrices.purpose[matrix]!
    for (let slot = Math.floor(from / SLOT_SECONDS); slot < PROFILE_SLOTS && slot * SLOT_SECONDS < to; slot++) {
      const ids = idFirst + ((matrix << 7) | slot) * SLOT_IDS
      const count = Math.min(SLOT_IDS - 1, Math.floor(daily * (profiles.weight[profileFirst + slot]! / profileSum) + uniform(seed, Draw.tripCount, ids, 0)))
      for (let id = ids; id < ids + count; id++) {
        const time = (slot + uniform(seed, Draw.departure, id, 0)) * SLOT_SECONDS
        if (time < from || time >= to) continue
        let left = uniform(seed, Draw.destination, id, 9) * weight
        const cell = own.find(row => (left -= cells.weight[row]!) < 0) ?? own.at(-1)!
        const end = (leaves ? cells.destination : cells.origin)[cell]!
        const link = pickLink(sums, endUse(demand, end, (leaves ? matrices.destinationUse : matrices.originUse)[matrix]!, !leaves), seed, Draw.destination, id, 1)
        const home = links[Math.floor(uniform(seed, Draw.origin, id, 0) * links.length)]!
        if (link < 0 || link === home.link) continue
        const atGateway = ends.kind[end] === EndKind.gateway
        const offset = atGateway ? (leaves ? city.network.links.length[link]! : 0) : city.network.links.length[link]! * (0.15 + 0.7 * uniform(seed, Draw.destination, id, 0))
        trip.id = id
        trip.departTick = tickOf(clock, time)
        trip.originLink = leaves ? home.link : link
        trip.originOffset = leaves ? home.offset : offset
        trip.destinationLink = leaves ? link : home.link
        trip.destinationOffset = leaves ? offset : home.offset
        trip.originZone = ends.id[leaves ? zone : end]!
        trip.destinationZone = ends.id[leaves ? end : zone]!
        trips.add(trip)
      }
    }
  }
}

/** The zone with homes whose middle is nearest; -1 = the demand has none. */
function zoneAt({ demand }: DemandSums, x: number, y: number): number {
  const { ends, endUses } = demand
  let best = -1
  let least = Infinity
  for (let end = 0; end < ends.rows; end++) {
    if (ends.kind[end] !== EndKind.zone || endUses.placeCount[endUse(demand, end, Activity.home, true)] === 0) continue
    const square = (ends.x[end]! - x) * (ends.x[end]! - x) + (ends.y[end]! - y) * (ends.y[end]! - y)
    if (square < least) { least = square; best = end }
  }
  return best
}
