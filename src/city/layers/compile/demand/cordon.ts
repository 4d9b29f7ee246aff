import { LinkFlag, RoadClass, type Network } from '../../../../sim'
import type { CityPart } from './cityParts'
import type { Connected } from './connected'
import type { InnerWays } from './innerWays'
import { parameters } from './parameters'

/** Rounds of shifting trips away from full gateways. */
const ROUNDS = 8

/** A road that crosses the cordon. `in` and `out` are seen from the core; -1 = it has none. */
export interface Gateway {
  readonly node: number
  readonly inLink: number
  readonly outLink: number
  readonly name: string
  readonly x: number
  readonly y: number
  /** Unit vector that leads out. */
  readonly outX: number
  readonly outY: number
  /** veh/h */
  readonly capacityIn: number
  readonly capacityOut: number
}

export function findGateways(network: Network, { leadsIn, isReached }: Connected): Gateway[] {
  const { links, nodes, points } = network
  const byNode = new Map<number, { inLink: number; outLink: number }>()
  for (let link = 0; link < links.rows; link++) {
    const flags = links.flags[link]!
    const enters = flags & LinkFlag.gatewayIn && leadsIn[link]
    const leaves = flags & LinkFlag.gatewayOut && isReached[link]
    if (!enters && !leaves) continue
    const node = enters ? links.fromNode[link]! : links.toNode[link]!
    const entry = byNode.get(node) ?? { inLink: -1, outLink: -1 }
    if (enters) entry.inLink = link
    else entry.outLink = link
    byNode.set(node, entry)
  }
  return [...byNode.entries()].sort(([a], [b]) => a - b).map(([node, { inLink, outLink }]) => {
    const link = outLink >= 0 ? outLink : inLink
    const first = links.pointFirst[link]!
    const last = first + links.pointCount[link]! - 1
    const [from, to] = outLink >= 0 ? [first, last] : [last, first]
    const dx = points.x[to]! - points.x[from]!
    const dy = points.y[to]! - points.y[from]!
    const length = Math.sqrt(dx * dx + dy * dy) || 1
    return {
      node, inLink, outLink, name: network.strings[links.name[link]!] ?? '', x: nodes.x[node]!, y: nodes.y[node]!,
      outX: dx / length, outY: dy / length, capacityIn: capacity(network, inLink), capacityOut: capacity(network, outLink),
    }
  })
}

function capacity({ links }: Network, link: number): number {
  if (link < 0) return 0
  const roadClass = links.class[link]!
  const fast = roadClass <= RoadClass.trunkLink
  // Local streets at the cordon carry little: nobody leaves a city by a residential street.
  const size = roadClass <= RoadClass.secondaryLink ? 1 : roadClass <= RoadClass.tertiaryLink ? 0.7 : 0.3
  return links.laneCount[link]! * size * (fast ? parameters.gatewayCapacity.fast : parameters.gatewayCapacity.signalled)
}

/** Trips between the ends of the core: first its zone parts in the order of `insideParts`, then its gateways. */
export interface CoreTrips {
  readonly ends: number
  /** A matrix of ends x ends for each purpose given. */
  readonly trips: readonly Float64Array[]
  /** Trips of all purposes that only pass through. */
  readonly through: Float64Array
  /** veh/day by gateway. */
  readonly inbound: Float64Array
  readonly outbound: Float64Array
}

/** Shares of the daily trips of each purpose that depart in one hour; the last is that of trips that only pass through. */
export type PeakShares = readonly number[]

interface Choice { readonly from: number; readonly to: number; readonly share: number }

/**
 * Cuts city-wide matrices (parts x parts, veh/day, one a purpose) down to the core: trips with one end outside enter or
 * leave at gateways on their way, trips between two outside ends cross the core where the air line does. Gateways are
 * chosen by a logit over the way's length, weighted by capacity; where the peak hour exceeds a gateway's capacity its
 * weight falls and others take over.
 */
export function reduceToCore(
  parts: readonly CityPart[], gateways: readonly Gateway[], purposes: readonly Float64Array[], peaks: readonly PeakShares[],
  coreBox: readonly [number, number, number, number], ways: InnerWays,
): CoreTrips {
  const n = parts.length
  const insideParts = parts.flatMap((part, row) => (part.inside ? [row] : []))
  const endOf = new Int32Array(n).fill(-1)
  for (const [end, part] of insideParts.entries()) endOf[part] = end
  const zoneEnds = insideParts.length
  const ends = zoneEnds + gateways.length
  // Trips of each peak hour, all purposes; a pair that passes through has the profile of through traffic.
  const hourly = peaks.map(shares => {
    const sum = new Float64Array(n * n)
    for (const [p, matrix] of purposes.entries()) {
      for (let i = 0; i < sum.length; i++) {
        const passing = endOf[Math.floor(i / n)]! < 0 && endOf[i % n]! < 0
        sum[i]! += matrix[i]! * (passing ? shares.at(-1)! : shares[p]!)
      }
    }
    return sum
  })
  const any = (at: number): boolean => purposes.some(matrix => matrix[at]! > 0)
  const weightIn = Float64Array.from(gateways, ({ capacityIn }) => capacityIn)
  const weightOut = Float64Array.from(gateways, ({ capacityOut }) => capacityOut)
  const outside = outsideCosts(parts, gateways)
  const through = throughPairs(parts, gateways, outside, coreBox, ways.between)
  const inbound = new Float64Array(gateways.length)
  const outbound = new Float64Array(gateways.length)
  const visitAll = (visit: (i: number, j: number, choices: readonly Choice[]) => void): void => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        if (!any(i * n + j)) continue
        if (endOf[i]! >= 0 && endOf[j]! >= 0) visit(i, j, [{ from: endOf[i]!, to: endOf[j]!, share: 1 }])
        else if (endOf[i]! >= 0) visit(i, j, oneGateway(i, j, outside, ways.out, weightOut).map(({ gateway, share }) => ({ from: endOf[i]!, to: zoneEnds + gateway, share })))
        else if (endOf[j]! >= 0) visit(i, j, oneGateway(j, i, outside, ways.into, weightIn).map(({ gateway, share }) => ({ from: zoneEnds + gateway, to: endOf[j]!, share })))
        else {
          const passing = through.get(i * n + j)
          if (!passing) continue
          const strengths = passing.pairs.map(({ into, out, cost }) => weightIn[into]! * weightOut[out]! * Math.exp(-cost / (1000 * parameters.gatewaySpread)))
          const sum = strengths.reduce((a, b) => a + b, 0)
          if (sum <= 0) continue
          visit(i, j, passing.pairs.map(({ into, out }, k) => ({ from: zoneEnds + into, to: zoneEnds + out, share: (passing.share * strengths[k]!) / sum })))
        }
      }
    }
  }
  const peakIn = peaks.map(() => new Float64Array(gateways.length))
  const peakOut = peaks.map(() => new Float64Array(gateways.length))
  const excess = (flows: readonly Float64Array[], row: number, capacity: number): number => Math.max(...flows.map(flow => flow[row]!)) / Math.max(1, capacity)
  for (let round = 0; round < ROUNDS; round++) {
    for (const flow of [...peakIn, ...peakOut]) flow.fill(0)
    visitAll((i, j, choices) => {
      for (const { from, to, share } of choices) {
        for (const [peak, flows] of hourly.entries()) {
          if (from >= zoneEnds) peakIn[peak]![from - zoneEnds]! += flows[i * n + j]! * share
          if (to >= zoneEnds) peakOut[peak]![to - zoneEnds]! += flows[i * n + j]! * share
        }
      }
    })
    if (round === ROUNDS - 1) break
    for (const [row, { capacityIn, capacityOut }] of gateways.entries()) {
      weightIn[row]! /= Math.max(1, excess(peakIn, row, capacityIn))
      weightOut[row]! /= Math.max(1, excess(peakOut, row, capacityOut))
    }
  }
  // What no gateway has room for stays outside: the trip is made another way or not by car.
  const fitIn = Float64Array.from(gateways, ({ capacityIn }, row) => 1 / Math.max(1, excess(peakIn, row, capacityIn)))
  const fitOut = Float64Array.from(gateways, ({ capacityOut }, row) => 1 / Math.max(1, excess(peakOut, row, capacityOut)))
  const trips = purposes.map(() => new Float64Array(ends * ends))
  const passing = new Float64Array(ends * ends)
  visitAll((i, j, choices) => {
    for (const { from, to, share } of choices) {
      const fit = share * (from >= zoneEnds ? fitIn[from - zoneEnds]! : 1) * (to >= zoneEnds ? fitOut[to - zoneEnds]! : 1)
      for (const [p, matrix] of purposes.entries()) {
        const flow = matrix[i * n + j]! * fit
        const target = from >= zoneEnds && to >= zoneEnds ? passing : trips[p]!
        target[from * ends + to]! += flow
        if (from >= zoneEnds) inbound[from - zoneEnds]! += flow
        if (to >= zoneEnds) outbound[to - zoneEnds]! += flow
      }
    }
  })
  return { ends, trips, through: passing, inbound, outbound }
}

/** Cost of the way between each part and each gateway outside, m: longer where the gateway looks the other way. */
function outsideCosts(parts: readonly CityPart[], gateways: readonly Gateway[]): Float64Array {
  const costs = new Float64Array(parts.length * gateways.length)
  for (const [i, part] of parts.entries()) {
    for (const [g, gateway] of gateways.entries()) {
      const dx = part.x - gateway.x
      const dy = part.y - gateway.y
      const distance = Math.sqrt(dx * dx + dy * dy)
      const cosine = distance > 0 ? (dx * gateway.outX + dy * gateway.outY) / distance : 1
      costs[i * gateways.length + g] = parameters.outsideDetour * distance * (1 + 0.4 * (1 - cosine))
    }
  }
  return costs
}

/** @param inner  m between each part and each gateway on the roads of the core */
function oneGateway(near: number, far: number, outside: Float64Array, inner: Float64Array, weights: Float64Array): { gateway: number; share: number }[] {
  const costs = Array.from(weights, (_, g) => outside[far * weights.length + g]! + inner[near * weights.length + g]!)
  let least = Infinity
  for (const [g, cost] of costs.entries()) if (weights[g]! > 0) least = Math.min(least, cost)
  const strengths = costs.map((cost, g) => (weights[g]! > 0 && cost < least + 6000 ? weights[g]! * Math.exp((least - cost) / (1000 * parameters.gatewaySpread)) : 0))
  const sum = strengths.reduce((a, b) => a + b, 0)
  return strengths.flatMap((strength, gateway) => (strength > 0.002 * sum ? [{ gateway, share: strength / sum }] : []))
}

interface ThroughWays { readonly share: number; readonly pairs: readonly { readonly into: number; readonly out: number; readonly cost: number }[] }

/** Ways through the core for pairs of outside parts whose air line crosses it by 4 km or more. Costs are relative to the best. */
function throughPairs(parts: readonly CityPart[], gateways: readonly Gateway[], outside: Float64Array, box: readonly [number, number, number, number], between: Float64Array): Map<number, ThroughWays> {
  const n = parts.length
  const m = gateways.length
  const result = new Map<number, ThroughWays>()
  const best = (part: number, toward: CityPart, usable: (gateway: Gateway) => boolean): number[] => gateways
    .map((gateway, g) => ({ g, cost: outside[part * m + g]! + parameters.outsideDetour * Math.hypot(gateway.x - toward.x, gateway.y - toward.y) }))
    .filter(({ g }) => usable(gateways[g]!)).sort((a, b) => a.cost - b.cost || a.g - b.g).slice(0, 5).map(({ g }) => g)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j || parts[i]!.inside || parts[j]!.inside) continue
      const crossing = lengthInBox(parts[i]!, parts[j]!, box)
      // Between 4 and 10 km of the way inside, ever more drivers take it rather than the roads around; assumed.
      const share = Math.min(1, (crossing - 4000) / 6000)
      if (share <= 0) continue
      const into = best(i, parts[j]!, ({ capacityIn }) => capacityIn > 0)
      const out = best(j, parts[i]!, ({ capacityOut }) => capacityOut > 0)
      const pairs = into.flatMap(a => out.filter(b => b !== a && between[a * m + b]! > 4000 && between[a * m + b]! < Infinity)
        .map(b => ({ into: a, out: b, cost: outside[i * m + a]! + between[a * m + b]! + outside[j * m + b]! })))
      const least = Math.min(...pairs.map(({ cost }) => cost))
      if (pairs.length > 0) result.set(i * n + j, { share, pairs: pairs.filter(({ cost }) => cost < least + 4000).map(pair => ({ ...pair, cost: pair.cost - least })) })
    }
  }
  return result
}

/** Length of the air line inside a box, m. */
function lengthInBox(a: CityPart, b: CityPart, [west, south, east, north]: readonly [number, number, number, number]): number {
  let from = 0
  let to = 1
  const clip = (start: number, delta: number, low: number, high: number): void => {
    if (delta === 0) { if (start < low || start > high) to = -1; return }
    const [first, second] = delta > 0 ? [(low - start) / delta, (high - start) / delta] : [(high - start) / delta, (low - start) / delta]
    from = Math.max(from, first)
    to = Math.min(to, second)
  }
  clip(a.x, b.x - a.x, west, east)
  clip(a.y, b.y - a.y, south, north)
  return Math.max(0, to - from) * Math.hypot(b.x - a.x, b.y - a.y)
}
