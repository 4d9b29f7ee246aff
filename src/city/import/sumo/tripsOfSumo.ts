import { Draw, findRoute, uniform, type Network } from '../../../sim'
import { Complaints } from '../importError'
import type { ListedTrip } from '../listedTrips'
import type { Notes } from '../importReport'
import type { JoinedNet } from './joinJunctions'
import type { SumoVehicle } from './readRoutes'

/**
 * Trips on the assembled network from a route file's vehicles. Given routes are kept; trips with `via` get the quickest
 * way through these; trips without leave the way to the driver. Refuses routes that cannot be driven.
 *
 * @param startTime  s of the day of SUMO's second 0
 */
export function tripsOfSumo(
  vehicles: readonly SumoVehicle[], network: Network, linkOf: ReadonlyMap<string, number>, edgeIds: ReadonlySet<string>, startTime: number, seed: number,
  approximated: Notes,
): ListedTrip[] {
  const complaints = new Complaints()
  const followers = followersOf(network)
  const trips: ListedTrip[] = []
  const ways = new Map<string, readonly number[]>() // flows ask for the same way again and again
  const wayOf = (from: number, to: number, vehicleClass: number): readonly number[] => {
    const key = `${from} ${to} ${vehicleClass}`
    const way = ways.get(key) ?? findRoute(network, from, to, vehicleClass)
    ways.set(key, way)
    return way
  }
  for (const [number, vehicle] of vehicles.entries()) {
    const links: number[] = []
    for (const edge of vehicle.edges) {
      const link = linkOf.get(edge)
      if (link === undefined) {
        complaints.add(vehicle, 'unknown-edge', `vehicle "${vehicle.id}" uses edge "${edge}", ${edgeIds.has(edge) ? 'on which no car, taxi, bus or lorry may drive' : 'which is not in the network'}`, 'Is it the network that the routes were made for?')
        break
      }
      links.push(link)
    }
    if (links.length < vehicle.edges.length) continue
    const route = vehicle.routed ? links : links.length > 2
      ? links.slice(1).reduce((whole, place) => [...whole, ...wayOf(whole.at(-1)!, place, vehicle.class).slice(1)], [links[0]!]) : []
    if (vehicle.routed) {
      const broken = links.findIndex((link, at) => at > 0 && !followers[links[at - 1]!]!.has(link))
      if (broken > 0) {
        complaints.add(vehicle, 'no-connection', `vehicle "${vehicle.id}" goes from edge "${vehicle.edges[broken - 1]}" to "${vehicle.edges[broken]}", and no lane leads there`, 'Correct the route, or write it anew with duarouter.')
        continue
      }
    } else {
      const apart = links.findIndex((link, at) => at > 0 && link !== links[at - 1] && wayOf(links[at - 1]!, link, vehicle.class).length === 0)
      if (apart > 0) {
        complaints.add(vehicle, 'no-way', `trip "${vehicle.id}" goes from edge "${vehicle.edges[apart - 1]}" to "${vehicle.edges[apart]}", and no way leads there`, 'Correct the ends, or make trips with randomTrips.py --validate.')
        continue
      }
    }
    const depart = startTime + vehicle.depart
    if (depart >= 86400) {
      complaints.add(vehicle, 'depart', `vehicle "${vehicle.id}" departs at ${vehicle.depart} s, after the end of the day`, 'Trips must lie within one day; shift or cut the file.')
      continue
    }
    const [originLink, destinationLink] = [links[0]!, links.at(-1)!]
    trips.push({
      id: vehicle.id, depart, class: vehicle.class, originLink, destinationLink, route, ...(vehicle.speedFactor ? { speedFactor: vehicle.speedFactor } : {}), ...(vehicle.length ? { length: vehicle.length } : {}),
      originOffset: offsetOf(vehicle.departPos, network.links.length[originLink]!, 0, uniform(seed, Draw.origin, number, 0), approximated),
      destinationOffset: offsetOf(vehicle.arrivalPos, network.links.length[destinationLink]!, network.links.length[destinationLink]!, uniform(seed, Draw.destination, number, 0), approximated),
    })
  }
  complaints.stop()
  return trips
}

/**
 * The vehicle without the edges that are now inside a joined junction. Where its way begins or ends on one, it begins on
 * the next edge of the way, or of the junction, and ends on the one before.
 */
export function aroundJoined(vehicle: SumoVehicle, inside: JoinedNet['inside'], linkOf: ReadonlyMap<string, number>, approximated: Notes): SumoVehicle {
  if (!vehicle.edges.some(edge => inside.has(edge))) return vehicle
  const kept = vehicle.edges.filter(edge => !inside.has(edge))
  const first = inside.get(vehicle.edges[0]!), last = inside.get(vehicle.edges.at(-1)!)
  if (first || last) approximated.add('trips that begin or end inside a joined junction: on the edge beside it', vehicle.id)
  if (first && (!vehicle.routed || kept.length === 0)) kept.unshift(first.after.find(edge => linkOf.has(edge)) ?? vehicle.edges[0]!)
  if (last && (!vehicle.routed || kept.length === 0)) kept.push(last.before.find(edge => linkOf.has(edge)) ?? vehicle.edges.at(-1)!)
  return { ...vehicle, edges: kept }
}

/** Links that each link leads to. */
function followersOf({ links, lanes, turns }: Network): Set<number>[] {
  const followers = Array.from({ length: links.rows }, () => new Set<number>())
  for (let turn = 0; turn < turns.rows; turn++) followers[lanes.link[turns.fromLane[turn]!]!]!.add(lanes.link[turns.toLane[turn]!]!)
  return followers
}

function offsetOf(word: string, length: number, usual: number, draw: number, approximated: Notes): number {
  const metres = Number(word)
  if (word !== '' && Number.isFinite(metres)) return Math.max(0, Math.min(length, metres < 0 ? length + metres : metres))
  if (word === 'random' || word === 'random_free') return length * draw
  if (word === 'base') return 0
  if (word === 'max' || word === 'last') return length
  if (word === 'center') return length / 2
  approximated.add(`positions such as "${word.slice(0, 20)}": the ${usual === 0 ? 'start' : 'end'} of the edge`)
  return usual
}
