import { assignTraffic, createAssignmentDemand, createAssignmentLinks, type AssignmentProblem } from '../../sim'
import { relative, type Finding, type ValidationCase } from './row'

interface Road { readonly from: number; readonly to: number; readonly time: number; readonly b: number; readonly capacity?: number; readonly power?: number }

/** A road that takes `constant + perTrip flow`. A bare multiple of flow rests on a time of next to nothing. */
const linear = (from: number, to: number, constant: number, perTrip: number): Road => ({ from, to, time: constant || 1e-9, b: perTrip / (constant || 1e-9) })

/** Everybody goes from node 0 to the last node. */
function problem(nodes: number, roads: readonly Road[], trips: number): AssignmentProblem {
  const links = createAssignmentLinks(roads.length)
  for (const [row, { from, to, time, b, capacity = 1, power = 1 }] of roads.entries()) {
    links.fromNode[row] = from
    links.toNode[row] = to
    links.freeFlowTime[row] = time
    links.b[row] = b
    links.capacity[row] = capacity
    links.power[row] = power
  }
  const demand = createAssignmentDemand(1)
  demand.destination[0] = nodes - 1
  demand.trips[0] = trips
  return { nodes, firstThroughNode: 0, links, demand }
}

/** Six travellers; the road that is added makes everyone slower. */
function braess(): Finding[] {
  const roads = [linear(0, 1, 0, 10), linear(0, 2, 50, 1), linear(1, 3, 50, 1), linear(2, 3, 0, 10)]
  const time = (each: readonly Road[]): number => assignTraffic(problem(4, each, 6), { gap: 1e-10 }).totalTime / 6
  return [
    { name: 'without-the-road', measured: time(roads), unit: 'min', ...relative(83, 1e-6) },
    { name: 'with-the-road', measured: time([...roads, linear(1, 2, 10, 1)]), unit: 'min', ...relative(92, 1e-6) },
  ]
}

const PARALLEL: readonly Road[] = [
  { from: 0, to: 1, time: 10, b: 0.15, capacity: 2, power: 4 },
  { from: 0, to: 1, time: 20, b: 0.15, capacity: 4, power: 4 },
  { from: 0, to: 1, time: 25, b: 0.15, capacity: 3, power: 4 },
]

/** Three parallel roads: the time at which the flows that take it add up to the demand, by bisection. */
function parallel(): Finding[] {
  const demand = 10
  const flowAt = (time: number, { time: empty, b, capacity = 1, power = 1 }: Road): number => (time <= empty ? 0 : capacity * ((time / empty - 1) / b) ** (1 / power))
  let [low, high] = [10, 100]
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (PARALLEL.reduce((sum, road) => sum + flowAt(middle, road), 0) < demand) low = middle
    else high = middle
  }
  const { flow, totalTime, relativeGap } = assignTraffic(problem(2, PARALLEL, demand), { gap: 1e-10 })
  return [
    { name: 'time', measured: totalTime / demand, unit: 'min', ...relative(low, 1e-6) },
    { name: 'flow-of-the-fastest', measured: flow[0]!, unit: 'veh', ...relative(flowAt(low, PARALLEL[0]!), 1e-4) },
    { name: 'relative-gap', measured: relativeGap, unit: '1', expected: 0, tolerance: 1e-10 },
  ]
}

export const assignmentCases: readonly ValidationCase[] = [
  { name: 'assignment/braess', source: 'Braess (1968), Unternehmensforschung 12, 258: costs 10 x, 50 + x and 10 + x, six travellers', run: braess },
  { name: 'assignment/parallel-roads', source: 'Wardrop (1952); example of three roads of Sheffi (1985), Urban Transportation Networks, ch. 5, solved by bisection', run: parallel },
]
