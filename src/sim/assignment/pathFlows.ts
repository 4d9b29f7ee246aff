import { updateCost, type CostFunctions } from './linkCost'

/** Routes in use by pair of demand: their links, and their flows. Pairs, routes and links lie in order. */
export interface PathFlows {
  /** Routes of pair p are pathFirst[p] .. pathFirst[p + 1] - 1. */
  readonly pathFirst: Int32Array
  /** Links of route r are links[linkFirst[r]] .. links[linkFirst[r + 1] - 1], the last one of the route first. */
  linkFirst: Int32Array
  flow: Float64Array
  links: Int32Array
  paths: number
}

export const createPathFlows = (pairs: number): PathFlows => ({
  pathFirst: new Int32Array(pairs + 1), linkFirst: new Int32Array(pairs + 2), flow: new Float64Array(pairs + 1),
  links: new Int32Array(16 * pairs + 64), paths: 0,
})

/** Appends a route of `count` links, which the caller writes to the place it answers. */
export function appendPath(store: PathFlows, count: number, flow: number): number {
  const start = store.linkFirst[store.paths]
  if (start + count > store.links.length) {
    const links = new Int32Array(2 * (start + count))
    links.set(store.links)
    store.links = links
  }
  if (store.paths + 2 > store.flow.length) {
    const flows = new Float64Array(2 * store.paths + 4)
    const first = new Int32Array(2 * store.paths + 6)
    flows.set(store.flow)
    first.set(store.linkFirst)
    store.flow = flows
    store.linkFirst = first
  }
  store.flow[store.paths] = flow
  store.paths++
  store.linkFirst[store.paths] = start + count
  return start
}

/** Appends a copy of a route of another store. */
export function copyPath(from: PathFlows, path: number, to: PathFlows): void {
  const first = from.linkFirst[path]
  const end = from.linkFirst[path + 1]
  let place = appendPath(to, end - first, from.flow[path])
  for (let at = first; at < end; at++) to.links[place++] = from.links[at]
}

export function pathCost({ linkFirst, links }: PathFlows, path: number, cost: Float64Array): number {
  let sum = 0
  for (let at = linkFirst[path]; at < linkFirst[path + 1]; at++) sum += cost[links[at]]
  return sum
}

/** Adds up link flows from route flows anew, so that what rounding did to them meanwhile does not add up. */
export function loadPathFlows(store: PathFlows, costs: CostFunctions): void {
  const { linkFirst, flow, links } = store
  costs.flow.fill(0)
  for (let path = 0; path < store.paths; path++)
    for (let at = linkFirst[path]; at < linkFirst[path + 1]; at++) costs.flow[links[at]] += flow[path]
  for (let link = 0; link < costs.flow.length; link++) updateCost(costs, link)
}

/** Which route's links were marked last, to find what two routes share. */
export interface Marks { readonly cheapest: Int32Array; readonly other: Int32Array; stamp: number }
export const createMarks = (links: number): Marks => ({ cheapest: new Int32Array(links), other: new Int32Array(links), stamp: 0 })

/**
 * Moves flow of one pair from its dearer routes to its cheapest one, each by a Newton step over the links that the two
 * do not share, and updates the costs of these links at once.
 *
 * Source: Jayakrishnan, Tsai, Prashker & Rajadhyaksha (1994), TRR 1443, 75 (gradient projection).
 *
 * @param tolerance  routes whose costs differ by less than this share are left alone
 * @returns flow x cost that its routes took more than the cheapest of them, before
 */
export function balancePair(store: PathFlows, pair: number, costs: CostFunctions, marks: Marks, tolerance: number): number {
  const { pathFirst, linkFirst, flow, links } = store
  const { cost, slope } = costs
  const from = pathFirst[pair]
  const to = pathFirst[pair + 1]
  let cheapest = from
  let least = Infinity
  let most = 0
  let spent = 0
  let trips = 0
  for (let path = from; path < to; path++) {
    const sum = pathCost(store, path, cost)
    if (sum < least) { least = sum; cheapest = path }
    if (sum > most) most = sum
    spent += sum * flow[path]
    trips += flow[path]
  }
  const excess = spent - least * trips
  if (most - least <= tolerance * most) return excess

  const first = linkFirst[cheapest]
  const end = linkFirst[cheapest + 1]
  const { cheapest: onCheapest, other: onOther } = marks
  const stamp = ++marks.stamp
  for (let at = first; at < end; at++) onCheapest[links[at]] = stamp
  for (let path = from; path < to; path++) {
    if (path === cheapest || flow[path] === 0) continue
    const otherStamp = ++marks.stamp
    let dearer = 0
    let steep = 0
    for (let at = linkFirst[path]; at < linkFirst[path + 1]; at++) {
      const link = links[at]
      onOther[link] = otherStamp
      if (onCheapest[link] !== stamp) { dearer += cost[link]; steep += slope[link] }
    }
    for (let at = first; at < end; at++)
      if (onOther[links[at]] !== otherStamp) { dearer -= cost[links[at]]; steep += slope[links[at]] }
    // The cheapest route may have become the dearer one by what others gave it.
    let move = steep > 0 ? dearer / steep : dearer > 0 ? Infinity : 0
    if (move > flow[path]) move = flow[path]
    else if (move < -flow[cheapest]) move = -flow[cheapest]
    if (move === 0) continue
    flow[path] -= move
    flow[cheapest] += move
    for (let at = linkFirst[path]; at < linkFirst[path + 1]; at++) {
      const link = links[at]
      if (onCheapest[link] === stamp) continue
      costs.flow[link] -= move
      updateCost(costs, link)
    }
    for (let at = first; at < end; at++) {
      const link = links[at]
      if (onOther[link] === otherStamp) continue
      costs.flow[link] += move
      updateCost(costs, link)
    }
  }
  return excess
}
