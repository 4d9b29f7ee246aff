import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, createHourLoad, createRoutePlanner, crossSpec, cyclesOf, gridSpec, hopSaturation, loadHour, planRoute, randomTrips, teeSpec, timeSignals, VehicleClass, weighHour,
  type HourLoad, type HourOfTrips, type Network, type RoutePlanner,
} from '../../../src/sim'

const hourOf = (network: Network, count: number, seed = 3): HourOfTrips => {
  const trips = randomTrips(network, count, count, seed)
  return { origin: trips.originLink, destination: trips.destinationLink }
}
const loaded = (planner: RoutePlanner, trips: HourOfTrips, rounds: number): HourLoad => {
  const load = createHourLoad(planner, trips)
  loadHour(load, rounds)
  return load
}
/** As many trips from each link to each other as given. */
const streams = (list: readonly (readonly [number, number, number])[]): HourOfTrips => ({
  origin: Int32Array.from(list.flatMap(([from, , count]) => Array.from({ length: count }, () => from))),
  destination: Int32Array.from(list.flatMap(([, to, count]) => Array.from({ length: count }, () => to))),
})
const fromLink = ({ planner: { index }, flow }: HourLoad, link: number): number => {
  let sum = 0
  for (let hop = index.nextFirst[link]!; hop < index.nextFirst[link + 1]!; hop++) sum += flow[hop]!
  return sum
}

describe('an hour on a grid', () => {
  const network = assembleNetwork(gridSpec(4))
  const planner = createRoutePlanner(network)

  test('every way leads from its origin to its destination, and flows are the ways added up', () => {
    const hour = hourOf(network, 3000)
    const { flow, ways } = loaded(planner, hour, 6)
    const { index } = planner
    const sum = new Float64Array(flow.length)
    for (const [row, way] of ways.entries()) {
      let at = hour.origin[row]!
      for (const hop of way) {
        expect(hop).toBeGreaterThanOrEqual(index.nextFirst[at]!)
        expect(hop).toBeLessThan(index.nextFirst[at + 1]!)
        at = index.nextLink[hop]!
        sum[hop]! += 1
      }
      expect(at).toBe(hour.destination[row])
    }
    for (let hop = 0; hop < flow.length; hop++) expect(flow[hop]).toBeCloseTo(sum[hop]!, 6)
  })

  test('few trips all take the quickest way; a second loading is the same, and the planner is left as it was', () => {
    const hour = hourOf(network, 40)
    const [first, second] = [loaded(planner, hour, 5), loaded(planner, hour, 5)]
    expect(Array.from(second.flow)).toEqual(Array.from(first.flow))
    for (const [row, way] of first.ways.entries()) {
      const planned = planRoute(planner, hour.origin[row]!, hour.destination[row]!, VehicleClass.car)!
      const quickest = planned.milliseconds
      const taken = way.reduce((time, hop) => time + planner.router.cost[hop]!, 0)
      expect(taken).toBeLessThanOrEqual(quickest * 1.1)
    }
  })

  test('many trips spread: the fullest turn is less full than when all take the quickest way', () => {
    const hour = hourOf(network, 9000)
    const most = ({ flow }: HourLoad): number => hopSaturation(network, planner.index, flow).reduce((a, b) => Math.max(a, b), 0)
    expect(most(loaded(planner, hour, 12))).toBeLessThan(0.9 * most(loaded(planner, hour, 1)))
  })
})

test('trips of half the weight make half the flow on the same ways', () => {
  const network = assembleNetwork(gridSpec(3))
  const load = loaded(createRoutePlanner(network), hourOf(network, 500), 3)
  const before = load.flow.slice()
  weighHour(load, new Float64Array(500).fill(0.5))
  expect(Array.from(load.flow)).toEqual(Array.from(before, flow => flow / 2))
})

describe('saturation', () => {
  // Webster & Cobbe (1966): capacity of a lane = saturation flow x green / cycle; 8 % lorries and buses that count twice.
  test('of a signal is flow over saturation flow times its share of green', () => {
    const network = assembleNetwork(crossSpec({ lanes: 1 }))
    const index = createRoutePlanner(network).index
    const turn = Array.from(network.turns.direction).findIndex((direction, row) => direction === 1 && network.turns.group[row]! >= 0)
    const hop = index.turnHop[turn]!
    const program = network.groups.program[network.turns.group[turn]!]!
    const bit = 1 << (network.turns.group[turn]! - network.programs.groupFirst[program]!)
    let green = 0
    for (let stage = network.programs.stageFirst[program]!; stage < network.programs.stageFirst[program]! + network.programs.stageCount[program]!; stage++)
      if (network.stages.protectedMask[stage]! & bit) green += network.stages.green[stage]!
    const capacity = (1900 / 1.08) * (green / cyclesOf(network)[program]!)
    const flow = new Float64Array(index.nextLink.length)
    flow[hop] = 0.7 * capacity
    expect(hopSaturation(network, index, flow)[hop]).toBeCloseTo(0.7, 6)
  })

  // Siegloch: 3600 / tf exp(-q (tc - tf / 2)); right turn from a minor road, tc 6.2 and tf 3.3 s (HCM 6th ed., ch. 20).
  test.each([200, 500, 900])('of a right turn that gives way to %d vehicles an hour is that of the gaps between them', major => {
    const network = assembleNetwork(teeSpec())
    const { index } = createRoutePlanner(network)
    const { turns, lanes } = network
    const right = Array.from(turns.direction).findIndex((direction, row) => direction === 0 && turns.rank[row]! > 0 && index.mergeFirst[row + 1]! > index.mergeFirst[row]!
      && index.crossFirst[row] === index.crossFirst[row + 1])
    expect(right).toBeGreaterThanOrEqual(0)
    const straight = Array.from(turns.direction).findIndex((direction, row) => direction === 1 && lanes.link[turns.toLane[row]!] === lanes.link[turns.toLane[right]!])
    const flow = new Float64Array(index.nextLink.length)
    flow[index.turnHop[straight]!] = major
    const capacity = (3600 / 3.3 / 1.08) * Math.exp((-major * (6.2 - 3.3 / 2)) / 3600)
    flow[index.turnHop[right]!] = 0.9 * capacity
    expect(hopSaturation(network, index, flow)[index.turnHop[right]!]).toBeCloseTo(0.9, 6)
  })
})

describe('greens by flow', () => {
  const times = (network: Network): number[] => Array.from(network.stages.green)
  const crossing = (lanes = 2) => {
    const network = assembleNetwork(crossSpec({ lanes, arm: 400 }))
    const { links, nodes } = network
    const middle = Array.from(nodes.program).findIndex(program => program >= 0)
    const into = Array.from({ length: links.rows }, (_, link) => link).filter(link => links.toNode[link] === middle)
    const out = Array.from({ length: links.rows }, (_, link) => link).filter(link => links.fromNode[link] === middle)
    const across = (link: number): number => out.find(other => network.turns.direction.some((direction, turn) => direction === 1
      && network.lanes.link[network.turns.fromLane[turn]!] === link && network.lanes.link[network.turns.toLane[turn]!] === other))!
    return { network, into, across, planner: createRoutePlanner(network) }
  }

  test('a busier road gets more green, and no green falls below its least', () => {
    const { network, into, across, planner } = crossing()
    const horizontal = into.filter(link => Math.abs(network.points.y[network.links.pointFirst[link]!]! - network.points.y[network.links.pointFirst[link]! + 1]!) < 5)
    const load = loaded(planner, streams(into.map(link => [link, across(link), horizontal.includes(link) ? 900 : 300] as const)), 3)
    const least = Array.from(network.stages.greenMin)
    timeSignals(network, [load])
    const greens = times(network)
    for (const [stage, green] of greens.entries()) expect(green).toBeGreaterThanOrEqual(least[stage]!)
    for (const [stage, green] of greens.entries()) expect(network.stages.greenMax[stage]).toBeGreaterThanOrEqual(green)
    const greenOf = (link: number): number => greens.reduce((sum, green, stage) => sum + (Array.from(network.groups.link).some((of, group) => of === link
      && network.groups.direction[group] === 1 && network.stages.protectedMask[stage]! & (1 << group)) ? green : 0), 0)
    const other = into.find(link => !horizontal.includes(link))!
    expect(greenOf(horizontal[0]!) / greenOf(other)).toBeGreaterThan(1.8)
  })

  // Webster: greens in proportion to flow ratios make the critical lanes equally saturated.
  test('critical lanes come out equally saturated', () => {
    const { network, into, across, planner } = crossing()
    const counts = [1300, 1200, 700, 650]
    const trips = streams(into.map((link, at) => [link, across(link), counts[at]!] as const))
    timeSignals(network, [loaded(planner, trips, 3)])
    const { flow } = loaded(planner, trips, 3)
    const found = [...hopSaturation(network, planner.index, flow)].filter((_, hop) => flow[hop]! > 0)
    const busiest = found.sort((a, b) => b - a)
    expect(busiest[0]! / busiest[1]!).toBeLessThan(1.15)
  })

  test('the same flows give the same times again, and nobody on the road leaves every cycle as it was', () => {
    const { network, into, across, planner } = crossing()
    const cycles = cyclesOf(network)
    timeSignals(network, [])
    expect(cyclesOf(network).map(Math.round)).toEqual(cycles.map(Math.round))
    const load = loaded(planner, streams(into.map(link => [link, across(link), 800] as const)), 3)
    timeSignals(network, [load], cycles)
    const once = times(network)
    timeSignals(network, [load], cycles)
    expect(times(network)).toEqual(once)
    for (const cycle of cyclesOf(network)) expect(cycle).toBeLessThanOrEqual(152)
    expect(fromLink(load, into[0]!)).toBe(800)
  })
})
