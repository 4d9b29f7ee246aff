import { LinkFlag, RoadClass, type Network } from '../../../../sim'
import type { BuildingUse } from './landUse'
import { parameters } from './parameters'

/** Where trips of a zone part start and end: weights of the links for one use. */
export interface Place { readonly link: number; readonly weight: number }

/** m added to the distance of a building from a road that has few doors on it; assumed. */
const reluctance: Readonly<Record<number, number>> = {
  [RoadClass.primary]: 150, [RoadClass.secondary]: 60, [RoadClass.tertiary]: 15,
  [RoadClass.unclassified]: 0, [RoadClass.residential]: 0, [RoadClass.service]: 0,
}
const NO_DOORS = LinkFlag.bridge | LinkFlag.tunnel | LinkFlag.roundabout | LinkFlag.gatewayIn | LinkFlag.gatewayOut
const CELL = 150 // m
const REACH = 450 // m
/** Floor, m2 per m of road, that every usable link has at least, so that no part is without places; assumed. */
const FLOOR_MIN = 2

export interface LinkPlaces {
  /** Part of each link's middle; -1 = no place. */
  readonly linkPart: Int32Array
  readonly floors: Readonly<Record<'home' | 'job' | 'other', Float64Array>>
}

/** Gives each building's floor to the nearest link that may have doors on it. */
export function layOnLinks(network: Network, connected: Int32Array, buildings: readonly BuildingUse[], partOf: (x: number, y: number) => number): LinkPlaces {
  const { links } = network
  const linkPart = new Int32Array(links.rows).fill(-1)
  const floors = { home: new Float64Array(links.rows), job: new Float64Array(links.rows), other: new Float64Array(links.rows) }
  const cells = new Map<number, { link: number; x: number; y: number }[]>()
  const key = (x: number, y: number): number => (Math.floor(x / CELL) + 4096) * 8192 + Math.floor(y / CELL) + 4096
  for (const link of connected) {
    if (reluctance[links.class[link]!] === undefined || links.length[link]! < 25 || links.flags[link]! & NO_DOORS) continue
    const first = links.pointFirst[link]!
    const count = links.pointCount[link]!
    const middle = along(network, first, count, 0.5)
    linkPart[link] = partOf(middle[0], middle[1])
    if (linkPart[link]! < 0) continue
    for (const kind of ['home', 'job', 'other'] as const) floors[kind][link] = FLOOR_MIN * links.length[link]!
    const steps = Math.max(1, Math.ceil(links.length[link]! / 60))
    for (let step = 0; step < steps; step++) {
      const [x, y] = along(network, first, count, (step + 0.5) / steps)
      const list = cells.get(key(x, y))
      if (list) list.push({ link, x, y })
      else cells.set(key(x, y), [{ link, x, y }])
    }
  }
  for (const building of buildings) {
    const found = nearestLinks(building, cells, key, network)
    for (const { link, share } of found) {
      floors.home[link]! += building.home * share
      floors.job[link]! += building.job * share
      floors.other[link]! += building.other * share
    }
  }
  return { linkPart, floors }
}

/** The two nearest links take a building in proportion to their nearness, so that both sides of a two-way street are used. */
function nearestLinks({ x, y }: BuildingUse, cells: ReadonlyMap<number, { link: number; x: number; y: number }[]>, key: (x: number, y: number) => number, { links }: Network): { link: number; share: number }[] {
  const best = new Map<number, number>()
  for (let ox = -REACH; ox <= REACH; ox += CELL) {
    for (let oy = -REACH; oy <= REACH; oy += CELL) {
      for (const place of cells.get(key(x + ox, y + oy)) ?? []) {
        const distance = Math.hypot(place.x - x, place.y - y) + reluctance[links.class[place.link]!]!
        if (distance < REACH && distance < (best.get(place.link) ?? Infinity)) best.set(place.link, distance)
      }
    }
  }
  const nearest = [...best.entries()].sort((a, b) => a[1] - b[1] || a[0] - b[0]).slice(0, 4)
  const strengths = nearest.map(([, distance]) => 1 / (distance + 30))
  const sum = strengths.reduce((a, b) => a + b, 0)
  return nearest.map(([link], i) => ({ link, share: strengths[i]! / sum }))
}

/**
 * Weights of the links of one part for one use, such that no link takes more than `placeCapacity` per lane in the peak
 * hour; what exceeds it goes to the part's other links.
 */
export function placesOf(network: Network, { linkPart, floors }: LinkPlaces, part: number, kind: 'home' | 'job' | 'other', tripsPerDay: number): Place[] {
  const links: number[] = []
  for (let link = 0; link < linkPart.length; link++) if (linkPart[link] === part) links.push(link)
  const weights = links.map(link => floors[kind][link]!)
  const limits = links.map(link => parameters.placeCapacity * Math.min(2, network.links.laneCount[link]!))
  const flow = tripsPerDay * parameters.peakHourShare * 1.3
  const room = limits.reduce((a, b) => a + b, 0)
  const shares = flow >= room ? limits.map(limit => limit / room) : fill(weights, limits, flow)
  return links.map((link, i) => ({ link, weight: shares[i]! }))
}

/** Shares in proportion to the weights, none above limit / flow; assumes that the limits add up to more than the flow. */
function fill(weights: readonly number[], limits: readonly number[], flow: number): number[] {
  const result = weights.map(() => 0)
  const open = new Set(weights.keys())
  let left = 1
  for (;;) {
    const sum = [...open].reduce((total, i) => total + weights[i]!, 0)
    const full = [...open].filter(i => (left * weights[i]!) / sum > limits[i]! / flow)
    if (full.length === 0 || sum === 0) {
      for (const i of open) result[i] = sum > 0 ? (left * weights[i]!) / sum : 0
      return result
    }
    for (const i of full) {
      result[i] = limits[i]! / flow
      left -= result[i]!
      open.delete(i)
    }
  }
}

/** Point at a share of a polyline's points' length. */
function along({ points }: Network, first: number, count: number, share: number): [number, number] {
  let length = 0
  for (let p = first; p < first + count - 1; p++) length += Math.hypot(points.x[p + 1]! - points.x[p]!, points.y[p + 1]! - points.y[p]!)
  let left = share * length
  for (let p = first; p < first + count - 1; p++) {
    const step = Math.hypot(points.x[p + 1]! - points.x[p]!, points.y[p + 1]! - points.y[p]!)
    if (step >= left && step > 0) return [points.x[p]! + ((points.x[p + 1]! - points.x[p]!) * left) / step, points.y[p]! + ((points.y[p + 1]! - points.y[p]!) * left) / step]
    left -= step
  }
  return [points.x[first]!, points.y[first]!]
}
