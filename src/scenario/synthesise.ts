import { EndKind, PROFILE_SLOTS, type DemandLayer } from '../city'
import { Draw, uniform, VehicleClass, type Network } from '../sim'
import { endUse, pickLink, pickRow, type DemandSums } from './places'
import type { TripDraft } from './tripList'

/** s */
export const SLOT_SECONDS = 86400 / PROFILE_SLOTS
/**
 * Trip ids say where a trip comes from, so that they stay the same whatever else a scenario holds:
 * matrix (3 bits) | quarter of an hour (7 bits) | number within it (20 bits); ids of events begin at EVENT_IDS.
 */
export const EVENT_IDS = 1 << 30
const SLOT_IDS = 1 << 20
const MATRICES_MAX = 8

export interface TripVisitor {
  /** `time` is s of the day; the draft is reused for the next trip. */
  (trip: TripDraft, time: number, originEnd: number, destinationEnd: number): void
}

/**
 * Draws the trips that depart in [from, to), s of the day, in ascending order of id. The n-th trip of a matrix and
 * quarter of an hour is the same whatever the window, the scale (it decides how many of them there are) and the edits.
 * Uses + - * /, comparisons and integer hashes only: bit-equal on every engine.
 */
export function synthesiseTrips(
  network: Network, sums: DemandSums, seed: number, scale: number, from: number, to: number, visit: TripVisitor,
): void {
  const { demand } = sums
  const { matrices, profiles, cells } = demand
  if (matrices.rows > MATRICES_MAX) throw new Error(`demand layer with ${matrices.rows} matrices; trip ids have room for ${MATRICES_MAX}`)
  const trip = emptyDraft()
  for (let matrix = 0; matrix < matrices.rows; matrix++) {
    const profileFirst = matrices.profile[matrix]! * PROFILE_SLOTS
    let profileSum = 0
    for (let slot = 0; slot < PROFILE_SLOTS; slot++) profileSum += profiles.weight[profileFirst + slot]!
    const cellFirst = matrices.cellFirst[matrix]!
    const cellCount = matrices.cellCount[matrix]!
    if (cellCount === 0 || profileSum === 0) continue
    trip.purpose = matrices.purpose[matrix]!
    const slotLast = Math.min(PROFILE_SLOTS - 1, Math.ceil(to / SLOT_SECONDS) - 1)
    for (let slot = Math.floor(from / SLOT_SECONDS); slot <= slotLast; slot++) {
      const expected = matrices.tripsPerDay[matrix]! * scale * (profiles.weight[profileFirst + slot]! / profileSum)
      const idFirst = (matrix * 128 + slot) * SLOT_IDS
      const count = Math.min(SLOT_IDS - 1, Math.floor(expected + uniform(seed, Draw.tripCount, idFirst, 0)))
      for (let number = 0; number < count; number++) {
        const id = idFirst + number
        const time = (slot + uniform(seed, Draw.departure, id, 0)) * SLOT_SECONDS
        if (time < from || time >= to) continue
        const cell = pickRow(sums.cells, cellFirst, cellCount, uniform(seed, Draw.origin, id, 0))
        const origin = cells.origin[cell]!
        const destination = cells.destination[cell]!
        trip.id = id
        trip.class = drawClass(demand, matrix, seed, id)
        const originUse = endUse(demand, origin, matrices.originUse[matrix]!, true)
        const destinationUse = endUse(demand, destination, matrices.destinationUse[matrix]!, false)
        if (!drawLinks(network, sums, seed, trip, originUse, destinationUse)) continue
        trip.originZone = demand.ends.id[origin]!
        trip.destinationZone = demand.ends.id[destination]!
        if (demand.ends.kind[origin] === EndKind.gateway) trip.originOffset = 0
        if (demand.ends.kind[destination] === EndKind.gateway) trip.destinationOffset = network.links.length[trip.destinationLink]!
        visit(trip, time, origin, destination)
      }
    }
  }
}

/** Draws origin and destination link of a trip and its positions on them; false where the ends have no two places. */
export function drawLinks(network: Network, sums: DemandSums, seed: number, trip: TripDraft, originUse: number, destinationUse: number): boolean {
  const originLink = pickLink(sums, originUse, seed, Draw.origin, trip.id, 1)
  if (originLink < 0) return false
  let destinationLink = -1
  for (let attempt = 1; attempt <= 8 && (destinationLink < 0 || destinationLink === originLink); attempt++) {
    destinationLink = pickLink(sums, destinationUse, seed, Draw.destination, trip.id, attempt)
  }
  if (destinationLink < 0 || destinationLink === originLink) return false
  trip.originLink = originLink
  trip.destinationLink = destinationLink
  trip.originOffset = network.links.length[originLink]! * (0.15 + 0.7 * uniform(seed, Draw.origin, trip.id, 2))
  trip.destinationOffset = network.links.length[destinationLink]! * (0.15 + 0.7 * uniform(seed, Draw.destination, trip.id, 0))
  return true
}

function drawClass(demand: DemandLayer, matrix: number, seed: number, id: number): number {
  const { carShare, taxiShare, busShare } = demand.matrices
  const draw = uniform(seed, Draw.vehicleClass, id, 0) * 10000
  const car = carShare[matrix]!
  const taxi = car + taxiShare[matrix]!
  if (draw < car) return VehicleClass.car
  if (draw < taxi) return VehicleClass.taxi
  return draw < taxi + busShare[matrix]! ? VehicleClass.bus : VehicleClass.lorry
}

export function emptyDraft(): TripDraft {
  return {
    id: 0, departTick: 0, originLink: -1, destinationLink: -1, originOffset: 0, destinationOffset: 0,
    originZone: -1, destinationZone: -1, class: 0, purpose: 0,
  }
}
