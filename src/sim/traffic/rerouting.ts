import { FAR, type Search } from '../network/hierarchy'
import { groupOf, searchReady, searchRoute } from '../network/router'
import { Count, type World } from '../world'
import { Unreachable } from '../worldTypes'
import { advanceHop, freeRoute, writeRoute, type RouteCursor } from './routePool'
import { ask, NOT_DONE, takeWay } from './routeSearches'
import { cursorOf, linkAfter, pickTurn, planLanes, planTurn } from './turnChoice'
import { drivers } from './driverTypes'
import { SlotFlag } from './vehicleTable'

/** How often a driver with live times looks for a better way, ticks; another way must save this share to be taken. */
const LOOK_TICKS = 600
const GAIN_MIN = 0.12
/** Nobody decides on a turn from another lane within this distance of the stop line, m. */
const LATE = 100

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

/** Drivers with live times look for a better way every five minutes, in turn: asks for their searches. */
export function askForBetterWays(world: World): void {
  const { slots, counts, tick, index } = world
  for (let slot = tick % LOOK_TICKS; slot < counts[Count.slotsUsed]; slot += LOOK_TICKS) {
    if (slots.trip[slot] < 0 || !(slots.flags[slot] & SlotFlag.live) || slots.parks[slot]) continue
    if (slots.path[slot] >= index.laneRows || slots.reservedTurn[slot] >= 0 || linkAfter(world, slot) < 0) continue
    ask(world, slot, slots.link[slot], slots.class[slot], groupOf(world.input.seed, world.input.trips.id[slots.trip[slot]], true), false)
  }
}

/** Those who found a better way take it. */
export function rerouteDrivers(world: World): void {
  const { searches: { rows, asked }, counts } = world
  for (let row = 0; row < asked[0] && rows.subject[row] >= 0; row++) {
    const slot = rows.subject[row]
    const count = rows.count[row] === NOT_DONE ? betterWay(world, slot, world.router.search) : takeWay(world, row)
    if (count === 0) continue
    setRoute(world, slot, count)
    counts[Count.reroutes]++
  }
}

/** A way that a driver with live times would change to, into `search.path`; answers how many links, 0 if there is none. */
export function betterWay(world: World, slot: number, search: Search): number {
  const { slots, index, router, cells, input } = world
  const group = groupOf(input.seed, input.trips.id[slots.trip[slot]], true)
  const lane = slots.path[slot]
  const link = slots.link[slot]
  const share = 1 - cells.position[slots.cell[slot]] / index.pathLength[lane]
  const most = remainingCost(world, slot, group, share) * (1 - GAIN_MIN) - 5000
  // A search counts the first hop in full.
  const bound = most + (1 - share) * dearestHop(world, link, group)
  const to = slots.destinationLink[slot]
  const count = searchReady(router, index, link, to, slots.class[slot], group, link === to, search, bound < FAR ? Math.ceil(Math.max(0, bound)) : FAR)
  // Near the stop line it is late for another lane.
  if (count < 2 || (share * index.pathLength[lane] < LATE && pickTurn(world, lane, search.path[1], 0xffff, slots.class[slot]) < 0)) return 0
  return pathCost(world, search.path, count, group, share) < most ? count : 0
}

/** Quickest way from the start of `from` into `router.path`; answers how many links. */
function search(world: World, slot: number, from: number, group: number): number {
  const { slots, router, index } = world
  const to = slots.destinationLink[slot]
  return searchRoute(router, index, from, to, slots.class[slot], group, from === to && linkAfter(world, slot) >= 0)
}

/** Most that a hop from a link costs, ms. */
function dearestHop({ index: { nextFirst }, router: { cost, hopTime } }: World, link: number, group: number): number {
  let most = 0
  for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++) most = Math.max(most, cost[group * hopTime.length + hop])
  return most
}

function hopCost(world: World, from: number, to: number, group: number): number {
  const { nextFirst, nextLink } = world.index
  for (let hop = nextFirst[from]; hop < nextFirst[from + 1]; hop++)
    if (nextLink[hop] === to) return world.router.cost[group * nextLink.length + hop]
  return 0
}

/** Cost of a way, ms; of the first hop only the share that is left. */
function pathCost(world: World, path: Int32Array, count: number, group: number, share: number): number {
  let cost = 0
  for (let at = 1; at < count; at++) cost += hopCost(world, path[at - 1], path[at], group) * (at === 1 ? share : 1)
  return cost
}

/** Cost of the rest of its present route, ms, with this share of the first hop; Infinity if it is shut. */
function remainingCost(world: World, slot: number, group: number, share: number): number {
  const { routes, index, router, slots } = world
  const bit = 1 << slots.class[slot]
  const base = group * index.nextLink.length
  cursorOf(world, slot, cursor)
  let cost = 0
  for (let first = true; ; first = false) {
    const hop = advanceHop(routes, index, cursor)
    if (hop < 0) return cost
    // Who has entered the first junction of its way, or may do so, drives on over it.
    if (router.shut[hop] & bit && !(first && !(router.closed[cursor.link] & bit) && slots.reservedTurn[slot] >= 0)) return Infinity
    cost += router.cost[base + hop] * (first ? share : 1)
  }
}

/** Replaces the route of a vehicle by `router.path`, which begins with its present link. */
function setRoute(world: World, slot: number, count: number): void {
  const { slots, routes, index, router } = world
  freeRoute(routes, slots.routeChunk[slot])
  slots.routeChunk[slot] = writeRoute(routes, index, router.path, count)
  slots.routeCursor[slot] = 0
  if (slots.path[slot] >= index.laneRows) return
  planLanes(world, slot)
  if (slots.reservedTurn[slot] < 0) planTurn(world, slot, slots.path[slot])
}

/** Gives every vehicle whose way is shut another one; those without any leave the road where they are, and are listed. */
export function rerouteShut(world: World): void {
  const { slots, counts } = world
  for (let slot = 0; slot < counts[Count.slotsUsed]; slot++) {
    if (slots.trip[slot] < 0 || slots.parks[slot]) continue
    if (remainingCost(world, slot, 0, 1) < Infinity) {
      if (slots.path[slot] < world.index.laneRows) {
        planLanes(world, slot)
        if (slots.reservedTurn[slot] < 0) planTurn(world, slot, slots.path[slot])
      }
      continue
    }
    rerouteNow(world, slot)
    counts[Count.reroutes]++
  }
}

/** A new way from where the vehicle is; from behind the junction if it may no longer turn otherwise. */
function rerouteNow(world: World, slot: number): void {
  const { slots, index, input, router } = world
  const live = (slots.flags[slot] & SlotFlag.live) !== 0
  const group = groupOf(input.seed, input.trips.id[slots.trip[slot]], live)
  const bound = slots.path[slot] < index.laneRows && slots.reservedTurn[slot] >= 0
  const from = bound ? index.turnLink[slots.reservedTurn[slot]] : slots.link[slot]
  let count = search(world, slot, from, group)
  if (count === 0) count = leaveClosure(world, slot, from, group)
  if (count === 0) {
    park(world, slot, from, bound)
    return
  }
  if (bound) {
    router.path.copyWithin(1, 0, count)
    router.path[0] = slots.link[slot]
    count++
  }
  setRoute(world, slot, count)
}

/** So few links that lead only into a closure are its slip roads: who is on them is inside it. */
const SLIP_LINKS = 8

/** Whether a link is closed, or leads only into closed ones. */
function isInside(world: World, from: number, bit: number): boolean {
  const { closed, banned } = world.router
  const { nextFirst, nextLink } = world.index
  if (closed[from] & bit) return true
  const open = new Set([from])
  for (const link of open) {
    if (open.size > SLIP_LINKS) return false
    for (let edge = nextFirst[link]; edge < nextFirst[link + 1]; edge++) if (!((closed[nextLink[edge]] | banned[edge]) & bit)) open.add(nextLink[edge])
  }
  return true
}

/**
 * Route of somebody who is inside a closure of several links: on through closed links to the nearest open one that
 * leads to the destination. Answers the number of links, 0 if there is none or the vehicle is not inside.
 */
function leaveClosure(world: World, slot: number, from: number, group: number): number {
  const { slots, index, router } = world
  const { nextFirst, nextLink } = index
  const bit = 1 << slots.class[slot]
  const to = slots.destinationLink[slot]
  if (router.closed[to] & bit || !isInside(world, from, bit)) return 0
  const before = new Map([[from, -1]])
  for (const link of before.keys()) { // grows while it is read: breadth first
    for (let edge = nextFirst[link]; edge < nextFirst[link + 1]; edge++) {
      const next = nextLink[edge]
      if (before.has(next) || router.banned[edge] & bit) continue
      const count = router.closed[next] & bit ? 0 : searchRoute(router, index, next, to, slots.class[slot], group, false)
      if (count === 0) {
        before.set(next, link)
        continue
      }
      const inside: number[] = []
      for (let at = link; at >= 0; at = before.get(at)!) inside.unshift(at)
      router.path.copyWithin(inside.length, 0, count)
      router.path.set(inside)
      return inside.length + count
    }
  }
  return 0
}

/** No way leads on: the vehicle leaves the road on the link where it is (or will be), soon, and is listed as cut off. */
function park(world: World, slot: number, link: number, bound: boolean): void {
  const { slots, index, input, router, cells } = world
  const type = slots.class[slot]
  slots.parks[slot] = router.closed[slots.destinationLink[slot]] & (1 << type) ? Unreachable.destinationClosed : Unreachable.cutOff
  slots.destinationLink[slot] = link
  const here = slots.path[slot] < index.laneRows && !bound ? cells.position[slots.cell[slot]] : 0
  slots.destinationOffset[slot] = Math.min(here + 40, input.network.links.length[link])
  router.path[0] = slots.link[slot]
  router.path[1] = link
  setRoute(world, slot, bound ? 2 : 1)
}

/**
 * A driver at the end of a lane that does not lead along his route takes a turn that it has, and a new way from there, if
 * that takes no more than \`detourMax\` seconds longer. Otherwise, or where no turn of the lane leads there, he waits.
 */
export function missTurn(world: World, slot: number, lane: number, detourMax: number): boolean {
  const taken = takeOther(world, slot, lane, -1, detourMax * 1000)
  if (taken) world.counts[Count.missedTurns]++
  return taken
}

/** A driver whose exit has been blocked for long takes another turn of his lane that has room, if one leads there too. */
export function divert(world: World, slot: number, lane: number): boolean {
  const taken = takeOther(world, slot, lane, world.slots.nextTurn[slot], DETOUR_MAX)
  if (taken) world.counts[Count.reroutes]++
  return taken
}

/** Longest detour that a driver makes to get out of a blocked exit, ms. */
const DETOUR_MAX = 900000

/** Takes the best turn of the lane; with \`blocked\` >= 0 only one into another link than that turn's, with room to enter. */
function takeOther(world: World, slot: number, lane: number, blocked: number, detourMax: number): boolean {
  const { slots, index, input, router } = world
  const { lanes, turns } = input.network
  const type = slots.class[slot]
  const bit = 1 << type
  const live = (slots.flags[slot] & SlotFlag.live) !== 0
  const group = groupOf(input.seed, input.trips.id[slots.trip[slot]], live)
  let best = -1
  let looked = -1
  // Cost of the best way so far; at first, the most that another one may cost, ms.
  let bound = Math.min(FAR, Math.floor(remainingCost(world, slot, group, 0) + detourMax) + 1)
  let count = 0
  const first = lanes.turnFirst[lane]
  for (let turn = first; turn < first + lanes.turnCount[lane]; turn++) {
    const link = index.turnLink[turn]
    if (link === looked || (router.closed[link] | router.banned[index.turnHop[turn]]) & bit || world.lanes.closed[turns.toLane[turn]] & bit) continue
    if (blocked >= 0 && (link === index.turnLink[blocked] || !laneHasRoom(world, turns.toLane[turn], type))) continue
    looked = link
    const found = searchRoute(router, index, link, slots.destinationLink[slot], type, group, false, router.search, bound)
    if (found === 0) continue
    const cost = pathCost(world, router.path, found, group, 1)
    if (cost < bound) { bound = cost; best = link; count = found }
  }
  if (best < 0) return false
  // No way found later was better, so that only the start of the best one is overwritten.
  router.path[0] = best
  router.path.copyWithin(1, 0, count)
  router.path[0] = slots.link[slot]
  setRoute(world, slot, count + 1)
  return true
}

function laneHasRoom(world: World, lane: number, type: number): boolean {
  const { paths, cells, lanes, index } = world
  const need = drivers.length[type] + 2 + lanes.roomTaken[lane]
  if (paths.count[lane] === 0) return index.pathLength[lane] > need
  const tail = paths.first[lane] + paths.count[lane] - 1
  return cells.position[tail] - cells.length[tail] > need
}
