import { Control, drivers, metresPerSecond, RoadClass, vehicleReport, type Network, type World } from '../../sim'
import { advance, bed, bodies, Detector, greenAndRed, mean, slope, steady, travelTimes, type Trip } from './bed'
import { Draft, road } from './networks'
import { relative, type Finding, type ValidationCase } from './row'

const T = drivers.timeGap[0]!
/** m from front bumper to front bumper of cars that stand. */
const JAM_SPACING = drivers.gapMin[0]! + drivers.length[0]!

/** Flow in a queue that moves at a speed, veh/s: q = 1 / (T + (l + s0) / v). Also the capacity of a lane with that limit. */
export const queueFlow = (speed: number): number => 1 / (T + JAM_SPACING / speed)
/** Speed in a queue with a flow, m/s: the inverse. */
const queueSpeed = (flow: number): number => JAM_SPACING / (1 / flow - T)

/** Below this a car stands, m/s. */
const STANDING = 0.5

export const LWR = 'Lighthill & Whitham (1955), Proc. R. Soc. A 229, 317'
export const FREE = metresPerSecond(50)
export const SLOW = metresPerSecond(20)

/** Smallest x of those on a link who drive slower than `speed`: the tail of the queue. NaN without any. */
function tail(world: World, link: number, speed: number): number {
  const { lanes } = world.input.network
  let last = NaN
  for (const body of bodies(world)) {
    if (body.path >= lanes.rows || lanes.link[body.path] !== link || body.speed >= speed) continue
    const { x } = vehicleReport(world, body.slot)!
    if (Number.isNaN(last) || x < last) last = x
  }
  return last
}

/** m/s at which the tail of the queue on link 0 moves while it is between two places. */
function tailSpeed(world: World, seconds: number, speed: number, low: number, high: number, each?: () => void): number {
  const seen: [number, number][] = []
  advance(world, seconds, time => {
    each?.()
    if (time % 5 !== 0) return
    const x = tail(world, 0, speed)
    if (x > low && x < high) seen.push([time, x])
  })
  return slope(seen)
}

/** A slow stretch of one lane: the queue before it carries the stretch's capacity. */
function bottleneck(): Finding[] {
  const demand = 1800
  const world = bed(road([{ length: 2000 }, { length: 400, speedLimit: SLOW }, { length: 200 }]), steady(0, 2, demand, 1500))
  const capacity = queueFlow(SLOW)
  const line = new Detector(world, 1)
  const shock = tailSpeed(world, 1500, (FREE + SLOW) / 2, 300, 1700, () => line.look())
  const inflow = demand / 3600
  return [
    { name: 'queue-discharge', measured: line.flow(500, 1500), unit: 'veh/h', ...relative(capacity * 3600, 0.05) },
    { name: 'shock-speed', measured: shock, unit: 'm/s', ...relative((capacity - inflow) / (capacity / SLOW - inflow / FREE), 0.05) },
  ]
}

/** A queue discharges less than a lane carries before it breaks down, by this share: the mean of field studies. */
export const CAPACITY_DROP = 0.07

export const laneCapacity = queueFlow(FREE)

/** Two lanes become one. */
function laneDrop(): Finding[] {
  const demand = 2800
  const world = bed(road([{ length: 2000, lanes: 2 }, { length: 500 }]), steady(0, 1, demand, 1800))
  const line = new Detector(world, 0)
  const discharge = laneCapacity * (1 - CAPACITY_DROP)
  const speed = queueSpeed(discharge / 2)
  const shock = tailSpeed(world, 1800, (FREE + speed) / 2, 300, 1700, () => line.look())
  const inflow = demand / 3600
  return [
    { name: 'queue-discharge', measured: line.flow(600, 1800), unit: 'veh/h', ...relative(discharge * 3600, 0.05) },
    { name: 'shock-speed', measured: shock, unit: 'm/s', ...relative((discharge - inflow) / (discharge / speed - inflow / FREE), 0.05) },
  ]
}

/** The queue at a red light grows backwards, and dissolves backwards at green. */
function redLight(): Finding[] {
  const demand = 900
  const red = 120
  // The program begins with its green.
  const network = greenAndRed(road([{ length: 1500 }, { length: 400 }], Control.signal), 117, red)
  const world = bed(network, steady(0, 1, demand, 240 + red))
  advance(world, 120)
  const grown: [number, number][] = []
  const started: [number, number][] = []
  const stood = new Map<number, number>()
  advance(world, red, time => {
    const x = tail(world, 0, STANDING)
    if (time > 150 && Number.isFinite(x)) grown.push([time, x])
  })
  for (const { slot, path, offset, speed } of bodies(world)) if (path === 0 && speed < 0.1) stood.set(slot, offset)
  advance(world, 90, time => {
    for (const { slot, speed } of bodies(world)) {
      const place = stood.get(slot)
      if (place === undefined || speed < STANDING) continue
      started.push([time, place])
      stood.delete(slot)
    }
  })
  const flow = demand / 3600
  return [
    { name: 'growth', measured: slope(grown), unit: 'm/s', ...relative(-flow / (1 / JAM_SPACING - flow / FREE), 0.05) },
    { name: 'start-wave', measured: slope(started), unit: 'm/s', ...relative(-JAM_SPACING / T, 0.05) },
  ]
}

/** A fork of one lane, one branch of which ends in a slow stretch; more want that branch than the stretch lets pass. */
export function forkNetwork(): { network: Network; rows: Trip[]; approach: number; branch: number; other: number; inflow: number; capacity: number; slow: number; share: number } {
  const demand = 1700
  const share = 0.7
  const slow = metresPerSecond(10)
  const storage = 400
  const draft = new Draft()
  const [a, fork, b, c, d] = [draft.gateway(0, 0), draft.node(1500, 0), draft.node(1500 + storage, -storage * 0.25), draft.gateway(2400, -225), draft.gateway(2400, 225)]
  const approach = draft.link(a, fork)
  const branch = draft.link(fork, b)
  const out = draft.link(b, c, 1, { speedLimit: slow })
  const other = draft.link(fork, d)
  // Seven of ten to the slow branch, evenly mixed.
  const rows = steady(approach, out, demand, 2400).map((row, at) => ((at * 7) % 10 < 7 ? row : { ...row, to: other }))
  return { network: draft.network(), rows, approach, branch, other, inflow: (share * demand) / 3600, capacity: queueFlow(slow), slow, share }
}

/** The queue fills the branch, passes the fork, and holds up those who want the other branch, in turn. */
function spillback(): Finding[] {
  const { network, rows, approach, branch, other, inflow, capacity, slow, share } = forkNetwork()
  const { lanes, links } = network
  const world = bed(network, rows)
  const line = new Detector(world, approach)
  let full = NaN
  let began = NaN
  const length = links.length[branch]!
  advance(world, 2400, time => {
    line.look()
    let rear = Infinity
    for (const { path, offset, speed } of bodies(world)) if (path < lanes.rows && lanes.link[path] === branch && speed < (FREE + slow) / 2) rear = Math.min(rear, offset)
    if (rear < length - 50 && Number.isNaN(began)) began = time
    if (rear < 50 && Number.isNaN(full)) full = time
  })
  const shock = (inflow - capacity) / (capacity / slow - inflow / FREE)
  const toOther = line.flow(1200, 2400, trip => world.input.trips.destinationLink[trip] === other)
  return [
    { name: 'time-to-fill', measured: full - began, unit: 's', ...relative((length - 100) / shock, 0.05) },
    { name: 'flow-to-open-branch', measured: toOther, unit: 'veh/h', ...relative((3600 * capacity * (1 - share)) / share, 0.05) },
  ]
}

/** Two lanes that join into one, which leads to a slow stretch; veh/h that want to come from each. */
export function mergeNetwork(left: number, right: number): { network: Network; rows: Trip[]; links: readonly [number, number] } {
  const draft = new Draft()
  const [a, b, join, slow, end] = [draft.gateway(0, 60), draft.gateway(0, -60), draft.node(800, 0), draft.node(1000, 0), draft.gateway(1400, 0)]
  const links = [draft.link(a, join, 1, { class: RoadClass.trunk }), draft.link(b, join, 1, { class: RoadClass.trunk })] as const
  draft.link(join, slow)
  const out = draft.link(slow, end, 1, { speedLimit: SLOW })
  return { network: draft.network(), rows: [...steady(links[0], out, left, 1800), ...steady(links[1], out, right, 1800, 0.7)], links }
}

function merge(left: number, right: number): { left: number; right: number } {
  const { network, rows, links } = mergeNetwork(left, right)
  const world = bed(network, rows)
  const lines = links.map(link => new Detector(world, link))
  advance(world, 1800, () => { for (const line of lines) line.look() })
  return { left: lines[0]!.flow(600, 1800), right: lines[1]!.flow(600, 1800) }
}

function mergeSharing(): Finding[] {
  const capacity = queueFlow(SLOW) * 3600
  const both = merge(1400, 1400)
  const one = merge(1400, 400)
  return [
    { name: 'capacity', measured: both.left + both.right, unit: 'veh/h', ...relative(capacity, 0.05) },
    { name: 'share-of-equals', measured: (100 * both.left) / (both.left + both.right), unit: '%', ...relative(50, 0.05) },
    { name: 'small-stream-passes', measured: one.right, unit: 'veh/h', ...relative(400, 0.05) },
    { name: 'large-stream-gets-the-rest', measured: one.left, unit: 'veh/h', ...relative(capacity - 400, 0.05) },
  ]
}

/** Nobody in the way: length over limit, for a population of drivers the mean of their own speeds. */
function freeFlow(limitKmh: number): Finding[] {
  const limit = metresPerSecond(limitKmh)
  const way = 4000
  const world = bed(road([{ length: 1000, speedLimit: limit }, { length: 2000, speedLimit: limit }, { length: 1100, speedLimit: limit }]),
    Array.from({ length: 20 }, (_, k) => ({ depart: 60 * k, from: 0, to: 2, toOffset: way - 3000 })))
  advance(world, 60 * 20 + way / limit + 60)
  return [{ name: `${limitKmh}-km-h`, measured: mean(travelTimes(world)), unit: 's', ...relative(way / limit, 0.05) }]
}

export const waveCases: readonly ValidationCase[] = [
  { name: 'waves/bottleneck', source: `shock speed = change of flow / change of density; ${LWR}, eq. 13; flows and densities of the car-following model in equilibrium`, run: bottleneck },
  { name: 'waves/lane-drop', source: `capacity of one lane of the car-following model, less 7 % of queue discharge drop (HCM 6th ed., ch. 12; Hall & Agyemang-Duah 1991, Transp. Res. Rec. 1320, 91, found 6 %); shock: ${LWR}`, run: laneDrop },
  { name: 'waves/red-light', source: `${LWR}: queue grows at -q / (kj - k), dissolves at the wave speed (l + s0) / T`, run: redLight },
  { name: 'waves/spillback', source: 'first-in-first-out fork: Daganzo (1995), Transp. Res. B 29, 79, eq. 10; time to fill: Lighthill & Whitham (1955)', run: spillback },
  { name: 'waves/merge', source: 'Daganzo (1995), Transp. Res. B 29, 79, sec. 3.2: equal priorities share the capacity, who wants less than his share gets it all', run: mergeSharing },
  { name: 'waves/free-flow-time', source: 'length / speed limit', run: () => [30, 50, 80, 120].flatMap(freeFlow) },
]
