import { CrowdCount, Mode, type Crowd } from '../crowd'
import { lowerBound } from './gridLinks'
import { GATE_REACH, type Navigation } from './createNavigation'
import { mayCross } from './openSteps'
import { nextFree } from './exits'
import type { FlowField } from './flowField'
import { gridCell, LINKS_FROM } from './walkGrid'

/** m in front of the line where one is served, and beyond it where one goes then. */
export const FRONT = 0.35
export const BEYOND = 0.7
/** Who is so near to the place of service, m, can be served next. */
const SERVED_WITHIN = 0.8
/** m between those who stand behind each other at a lane, and how many of them do so. */
const APART = 0.45
const RANKS = 5
/** Persons at one gate at a time. */
const LINE_MAX = 1024
/** Ticks after which one looks again which gate and lane to take. */
const LOOK_TICKS = 10
/** m/s at which one changes lanes, and s that another lane must be sooner. */
const CHANGE_SPEED = 0.8
const CHANGE_GAIN = 1
/** m from the line within which one does not. */
const NO_CHANGE = 1.2

/**
 * Alone: lanes of gates. Whoever nears a gate that lies on the way chooses the lane that serves them soonest; of those in
 * front of a free lane the nearest is served; when the service is over, they may pass, and the next is served.
 */
export function serveGates(crowd: Crowd): void {
  const { gates } = crowd.navigation
  for (let gate = 0; gate < gates.rows; gate++) if (gates.stands[gate] === 1) serveGate(crowd, gate)
}

function serveGate(crowd: Crowd, gate: number): void {
  const { navigation, now, persons, counts, input, cellFirst } = crowd
  const { gates, lanes, gateCells, intents, fields } = navigation
  const tick = counts[CrowdCount.tick]
  const time = tick * input.dt
  const first = gates.laneFirst[gate]
  const laneCount = gates.lanes[gate]
  for (let lane = first; lane < first + laneCount; lane++) {
    lanes.waiting[lane] = 0
    const holder = lanes.holder[lane]
    if (holder < 0) continue
    if (intents.gate[holder] !== gate || intents.lane[holder] !== lane) lanes.holder[lane] = -1
  }
  for (let pass = 0; pass < 2; pass++)
    for (let k = gateCells.first[gate]; k < gateCells.first[gate + 1]; k++)
      for (let row = cellFirst[gateCells.cell[k]]; row < cellFirst[gateCells.cell[k] + 1]; row++) {
        const walker = now.walker[row]
        if (tick < persons.startTick[walker] || persons.pass[walker] >= 0) continue
        const mine = intents.gate[walker] === gate
        if (pass === 0) {
          // Those who have a lane come first, so that others can see how many wait there.
          if (!mine) continue
          if ((tick + walker) % LOOK_TICKS === 0 && !isServed(navigation, walker)) {
            const field = persons.field[walker] < 0 ? null : fields[persons.field[walker]]
            if (field === null || gateAhead(navigation, field, now.floor[row], now.x[row], now.y[row]) !== gate) leave(crowd, walker)
            else chooseLane(crowd, gate, walker, now.x[row], now.y[row], time)
          }
          if (intents.gate[walker] === gate) lanes.waiting[intents.lane[walker]]++
        }
        else if (intents.gate[walker] < 0 && intents.slot[walker] < 0 && (tick + walker) % 4 === 0 && persons.field[walker] >= 0) {
          if (now.floor[row] !== gates.floor[gate] && !isNear(navigation, gate, now.x[row], now.y[row])) continue
          if (gateAhead(navigation, fields[persons.field[walker]], now.floor[row], now.x[row], now.y[row]) !== gate) continue
          intents.gate[walker] = gate
          intents.lane[walker] = -1
          persons.mode[walker] = Mode.held
          chooseLane(crowd, gate, walker, now.x[row], now.y[row], time)
          lanes.waiting[intents.lane[walker]]++
        }
      }
  lineUp(crowd, gate)
  if (gates.lets[gate] === 0) return
  for (let lane = first; lane < first + laneCount; lane++) {
    const holder = lanes.holder[lane]
    if (holder >= 0 && time >= lanes.freeAt[lane] - input.dt / 2) {
      // Whoever stands in front by then: in a throng that need not be who came first.
      const walker = firstInLane(crowd, gate, lane)
      if (walker >= 0) {
        intents.serviceEnd[holder] = Infinity
        lanes.holder[lane] = -1
        letThrough(crowd, gate, walker)
      }
    }
    // Without service, as many as stand in front.
    for (let go = 0; go < 4 && lanes.holder[lane] < 0 && lanes.freeAt[lane] <= time + input.dt / 2; go++) {
      const walker = firstInLane(crowd, gate, lane)
      if (walker < 0) break
      lanes.freeAt[lane] = nextFree(lanes.freeAt[lane], time, input.dt, gates.service[gate])
      intents.serviceEnd[walker] = lanes.freeAt[lane]
      if (gates.service[gate] < input.dt) letThrough(crowd, gate, walker)
      else lanes.holder[lane] = walker
    }
  }
}

function letThrough({ navigation, persons }: Crowd, gate: number, walker: number): void {
  persons.pass[walker] = gate
  aimAtLane(navigation, gate, walker, -BEYOND)
}

const isServed = ({ lanes, intents }: Navigation, walker: number): boolean => lanes.holder[intents.lane[walker]] === walker

/** Alone: whoever waits at a gate or is on the way through it is free: it does not stand any more. */
export function dismissGate(crowd: Crowd, gate: number): void {
  const { navigation: { gates, lanes, intents }, persons, now, mail, index } = crowd
  lanes.holder.fill(-1, gates.laneFirst[gate], gates.laneFirst[gate] + gates.lanes[gate])
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const walker = now.walker[row]
    if (intents.gate[walker] === gate || persons.pass[walker] === gate) leave(crowd, walker)
  }
}

/** Whoever does not want through any more is free. */
export function leave({ navigation: { intents }, persons }: Crowd, walker: number): void {
  intents.gate[walker] = persons.pass[walker] = -1
  intents.targetX[walker] = intents.targetY[walker] = NaN
  intents.serviceEnd[walker] = intents.gained[walker] = Infinity
  persons.mode[walker] = Mode.walking
}

/** The lane with the least time until one is served there: those before, the rest of a service, and the way across. */
function chooseLane({ navigation, persons }: Crowd, gate: number, walker: number, x: number, y: number, time: number): void {
  const { gates, lanes, intents } = navigation
  const alongX = gates.bx[gate] - gates.ax[gate]
  const alongY = gates.by[gate] - gates.ay[gate]
  const length = Math.sqrt(alongX * alongX + alongY * alongY)
  const along = ((x - gates.ax[gate]) * alongX + (y - gates.ay[gate]) * alongY) / length
  const side = alongX * (y - gates.ay[gate]) - alongY * (x - gates.ax[gate]) >= 0 ? 1 : -1
  const before = intents.lane[walker]
  const off = Math.abs(alongX * (y - gates.ay[gate]) - alongY * (x - gates.ax[gate])) / length
  // In front of the gate there is no crossing over: one stands where one stands.
  let best = off < NO_CHANGE ? Math.min(gates.lanes[gate] - 1, Math.max(0, Math.floor((along / length) * gates.lanes[gate]))) : -1
  let soonest = best < 0 ? Infinity : -Infinity
  for (let k = 0; k < gates.lanes[gate]; k++) {
    const lane = gates.laneFirst[gate] + k
    const middle = ((k + 0.5) * length) / gates.lanes[gate]
    const others = lanes.waiting[lane] - (lane === before ? 1 : 0)
    const cost = Math.max(0, lanes.freeAt[lane] - time) + Math.max(0, others) * gates.service[gate] + Math.abs(middle - along) / CHANGE_SPEED + (lane === before ? 0 : CHANGE_GAIN)
    if (cost < soonest) { soonest = cost; best = k }
  }
  intents.lane[walker] = gates.laneFirst[gate] + best
  intents.gateSide[walker] = side
  persons.mode[walker] = Mode.held
}

/** Sets a person's place at their lane: in front of the line on their side by so many metres. */
function aimAtLane({ gates, intents }: Navigation, gate: number, walker: number, front: number): void {
  const alongX = gates.bx[gate] - gates.ax[gate]
  const alongY = gates.by[gate] - gates.ay[gate]
  const off = (intents.gateSide[walker] * front) / Math.sqrt(alongX * alongX + alongY * alongY)
  const middle = (intents.lane[walker] - gates.laneFirst[gate] + 0.5) / gates.lanes[gate]
  intents.targetX[walker] = gates.ax[gate] + middle * alongX - off * alongY
  intents.targetY[walker] = gates.ay[gate] + middle * alongY + off * alongX
}

/** Those who wait at the gate that is looked at, in order of lane, side and distance to the place of service. Scratch of one thread. */
const line = { count: 0, walker: new Int32Array(LINE_MAX), key: new Int32Array(LINE_MAX), square: new Float64Array(LINE_MAX) }

/** Has those who wait at each lane stand behind each other, nearest first; the lower row of two. */
function lineUp({ navigation, now, persons, cellFirst }: Crowd, gate: number): void {
  const { gateCells, intents, gates } = navigation
  const alongX = gates.bx[gate] - gates.ax[gate]
  const alongY = gates.by[gate] - gates.ay[gate]
  const length = Math.sqrt(alongX * alongX + alongY * alongY)
  line.count = 0
  for (let k = gateCells.first[gate]; k < gateCells.first[gate + 1]; k++)
    for (let row = cellFirst[gateCells.cell[k]]; row < cellFirst[gateCells.cell[k] + 1]; row++) {
      const walker = now.walker[row]
      if (intents.gate[walker] !== gate || persons.pass[walker] >= 0 || line.count === LINE_MAX) continue
      const lane = intents.lane[walker]
      const middle = (lane - gates.laneFirst[gate] + 0.5) / gates.lanes[gate]
      const off = (intents.gateSide[walker] * FRONT) / length
      const dx = now.x[row] - gates.ax[gate] - middle * alongX + off * alongY
      const dy = now.y[row] - gates.ay[gate] - middle * alongY - off * alongX
      const square = dx * dx + dy * dy
      const key = 2 * lane + (intents.gateSide[walker] > 0 ? 1 : 0)
      let at = line.count++
      for (; at > 0; at--) {
        const before = line.key[at - 1] - key || line.square[at - 1] - square || line.walker[at - 1] - walker
        if (before < 0) break
        line.walker[at] = line.walker[at - 1]
        line.key[at] = line.key[at - 1]
        line.square[at] = line.square[at - 1]
      }
      line.walker[at] = walker
      line.key[at] = key
      line.square[at] = square
    }
  let rank = 0
  for (let at = 0; at < line.count; at++) {
    rank = at > 0 && line.key[at] === line.key[at - 1] ? rank + 1 : 0
    aimAtLane(navigation, gate, line.walker[at], FRONT + Math.min(rank, RANKS) * APART)
  }
}

/** Of those who wait at a lane on either side and may be let through, the nearest, if near enough. */
function firstInLane({ navigation, persons }: Crowd, gate: number, lane: number): number {
  const { intents, gates } = navigation
  let best = -1
  let nearest = SERVED_WITHIN * SERVED_WITHIN
  for (let at = 0; at < line.count; at++) {
    const walker = line.walker[at]
    if (line.key[at] >> 1 !== lane || line.square[at] >= nearest || persons.pass[walker] >= 0) continue
    // Who has the first end on the left comes from the right of the line.
    if (!mayCross(gates.lets[gate], intents.gateSide[walker] < 0)) continue
    nearest = line.square[at]
    best = walker
  }
  return best
}

function isNear({ gates }: Navigation, gate: number, x: number, y: number): boolean {
  const [dx, dy] = [x - (gates.ax[gate] + gates.bx[gate]) / 2, y - (gates.ay[gate] + gates.by[gate]) / 2]
  return dx * dx + dy * dy < GATE_REACH * GATE_REACH
}

/** The gate that the way of a field leads through within the next metres; -1 = none. */
function gateAhead({ grid, openings, openingsIfOpen }: Navigation, field: FlowField, floor: number, x: number, y: number): number {
  const { rasters, floorOf, links } = grid
  const { passes, links: open } = field.waits ? openingsIfOpen : openings
  const { time } = field
  let cell = gridCell(grid, floor, x, y)
  if (cell < 0 || field.made[0] === 0 || !(time[cell] < Infinity)) return -1
  const steps = Math.ceil((1.5 * GATE_REACH) / rasters.cell[floor])
  for (let step = 0; step < steps; step++) {
    const stride = rasters.columns[floorOf[cell >> 8]]
    let best = -1
    let soonest = time[cell]
    let gate = -1
    for (let side = 0; side < 4; side++) {
      if (!(passes[cell] & (1 << side))) continue
      const other = cell + (side === 0 ? 1 : side === 1 ? stride : side === 2 ? -1 : -stride)
      if (time[other] < soonest) { soonest = time[other]; best = other }
    }
    if (passes[cell] & LINKS_FROM)
      for (let row = lowerBound(links.from, cell); row < links.from.length && links.from[row] === cell; row++) {
        if (!open[row] || links.lift[row] >= 0) continue
        const by = time[links.to[row]] + field.extra[row]
        if (by < soonest) { soonest = by; best = links.to[row]; gate = links.gate[row] }
      }
    if (gate >= 0) return gate
    if (best < 0) return -1
    cell = best
  }
  return -1
}
