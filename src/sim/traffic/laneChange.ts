import { LinkFlag, VehicleClass } from '../network/networkTables'
import type { World } from '../world'
import { beyond, lookBeyond } from './bodies'
import { isActive, nextActive, transferCell } from './cells'
import { followAcceleration, freeAcceleration } from './carFollowing'
import { drivers } from './driverTypes'
import { planLanes, planTurn } from './turnChoice'
import { takeBack } from './junctions'
import { missTurn } from './rerouting'
import { upstreamIsSafe } from './upstream'
import { Need } from './domainTables'
import { CellMark, SlotFlag } from './vehicleTable'

/**
 * Lane changes: MOBIL (Kesting, Treiber & Helbing 2007, Transp. Res. Rec. 1999, 86) with politeness 0.15, threshold
 * 0.3 m/s2 and safe braking 4 m/s2 where any lane will do; where the route needs another lane, the will to change
 * grows with the distance to the stop line, the driver fits in behind a vehicle of the other lane, and the one behind
 * that opens a gap. Each driver looks once a second, one in need every tick. Nobody changes lane within a junction.
 */
const POLITENESS = 0.15
const THRESHOLD = 0.3
const BRAKING_SAFE = 4
/** Drivers begin to look for their lane so far ahead for each lane to cross: m, and s at the speed limit. */
const NEED_METRES = 150
const NEED_SECONDS = 18
/** Rest between two changes by choice, s. */
const REST = 6
/** How long a driver holds back, with room ahead of him, for one who does not use it, s. */
const COURTESY = 8
/** Braking, m/s2, with which who may cross a stop line already can still give way to somebody who enters the lane ahead of him. */
const GIVE_WAY = 3

/** Drivers of a domain decide; what they decided is done by `changeLanes`, so that all decide from the same state. */
export function chooseLanes(world: World, domain: number): void {
  const { index, active, astray, paths, lanes, cells, slots, input, tick } = world
  const { links } = input.network
  const { pathLink, pathLength } = index
  const { position, speed, length, marks } = cells
  const end = index.domains.laneFirst[domain + 1]
  world.domains.tally.wishes[domain] = 0
  for (let lane = nextActive(active, index.domains.laneFirst[domain], end); lane >= 0; lane = nextActive(active, lane + 1, end)) {
    // By choice one looks every second, all drivers of a lane in the same tick; in need at every tick.
    const looks = ((lane + tick) & 1) === 0
    if (!looks && !isActive(astray, lane) && !world.hasEmergency) continue
    const link = pathLink[lane]
    const count = links.laneCount[link]
    const choose = looks && count > 1
    const gives = count > 1 && world.hasEmergency
    const first = paths.first[lane]
    for (let cell = first + lanes.reserved[lane]; cell < first + paths.count[lane]; cell++) {
      if (gives && makeWay(world, lane, link, cell)) continue
      if ((marks[cell] & CellMark.astray) === 0) {
        const v = speed[cell]
        if (!choose || v < SLOW || pathLength[lane] - position[cell] < LATE) continue
        // Only worth a thought behind somebody slower.
        if (!input.keepRight && (cell === first || position[cell - 1] - length[cell - 1] - position[cell] > 10 + 3 * v)) continue
        considerChoice(world, lane, link, cell)
        continue
      }
      if (count > 1 && considerNeed(world, lane, cell)) continue
      if (slots.nextTurn[cells.slot[cell]] < 0) keepFromEnd(world, lane, cell)
    }
  }
}

/** Nobody changes lane by choice who drives more slowly than this, m/s, or is nearer than this to the stop line, m. */
const SLOW = 2
const LATE = 25

/** Does what the drivers decided, where it still can be done. */
export function changeLanes(world: World): void {
  const { slots, domains } = world
  const { wishes, wishFirst, tally } = domains
  for (let domain = 0; domain < tally.rows; domain++)
    for (let at = wishFirst[domain]; at < wishFirst[domain] + tally.wishes[domain]; at++) {
      const slot = wishes.slot[at]
      const lane = wishes.lane[at]
      if (slots.path[slot] !== lane) continue
      const target = wishes.target[at]
      if (target < 0) missTurn(world, slot, lane, wishes.weight[at])
      else if (canChange(world, lane, target, slots.cell[slot], slot, wishes.need[at], wishes.weight[at])) moveOver(world, lane, target, slots.cell[slot], slot)
    }
}

function wish(world: World, lane: number, target: number, slot: number, need: number, weight: number): void {
  const { wishes, wishFirst, tally } = world.domains
  const domain = world.index.domains.ofPath[lane]
  const at = wishFirst[domain] + tally.wishes[domain]
  if (at === wishFirst[domain + 1]) return // he tries again at the next tick
  tally.wishes[domain]++
  wishes.slot[at] = slot
  wishes.lane[at] = lane
  wishes.target[at] = target
  wishes.need[at] = need
  wishes.weight[at] = weight
}

/** A driver in a lane that does not suit his route; answers true if he will change lane. */
function considerNeed(world: World, lane: number, cell: number): boolean {
  const { cells, slots, input, paths, index } = world
  if (cells.position[cell] < cells.length[cell]) return false // its rear is still in the junction
  const at = input.network.lanes.index[lane]
  const type = cells.class[cell]
  const slot = cells.slot[cell]
  const wanted = slots.lanesWanted[slot]
  slots.flags[slot] &= ~(SlotFlag.left | SlotFlag.right)
  // Nearest lane of the route: left or right?
  const above = wanted >> (at + 1)
  const below = wanted & ((1 << at) - 1)
  if (above === 0 && below === 0) return false
  const up = above === 0 ? 16 : 32 - Math.clz32(above & -above)
  const down = below === 0 ? 17 : at - 31 + Math.clz32(below)
  const goDown = down <= up
  const many = goDown ? down : up
  const hard = slots.nextTurn[slot] < 0
  // To where the present lane stops leading on: here, or some links ahead.
  const ahead = index.pathLength[lane] - cells.position[cell] + (hard ? 0 : slots.leadsOn[slot])
  const need = many * (NEED_METRES + NEED_SECONDS * paths.limit[lane])
  // Electric two-wheelers are back at the kerb at once.
  if (ahead > need && !(goDown && type === VehicleClass.ebike)) return false
  let urgency = 1 - (ahead - 30) / need
  urgency = urgency < 0 ? 0 : urgency > 1 ? 1 : urgency
  const target = goDown ? lane - 1 : lane + 1
  if (world.lanes.closed[target] & ~world.lanes.closed[lane] & (1 << type)) return false
  if (!mayUse(world, target, type) && !hard) return false
  slots.flags[slot] |= goDown ? SlotFlag.right : SlotFlag.left
  return chooseChange(world, lane, target, cell, slot, hard ? Need.end : Need.route, urgency)
}

/** A driver whom his lane suits; answers true if he will change lane. */
function considerChoice(world: World, lane: number, link: number, cell: number): boolean {
  const { cells, slots, input, paths, index, tick } = world
  const { links, lanes: laneTable } = input.network
  if (cells.position[cell] < cells.length[cell]) return false // its rear is still in the junction
  const at = laneTable.index[lane]
  const type = cells.class[cell]
  if (type === VehicleClass.ebike) return false
  if (input.keepRight && at > 0 && returnsRight(world, lane, cell, type)) return true
  if (cell === paths.first[lane]) return false
  const v = cells.speed[cell]
  const lead = cell - 1
  const gap = cells.position[lead] - cells.length[lead] - cells.position[cell]
  if (gap > 10 + 3 * v) return false
  const limit = paths.limit[lane] * cells.factor[cell]
  const free = freeAcceleration(v, Math.min(limit, drivers.speedMax[type]), type)
  const now = followAcceleration(gap, v, cells.speed[lead], free, type, input.dt)
  if (now > free - THRESHOLD) return false
  const slot = cells.slot[cell]
  if ((tick - slots.laneTick[slot]) * input.dt < REST) return false
  const wanted = slots.lanesWanted[slot]
  const far = index.pathLength[lane] - cells.position[cell] > 2 * (NEED_METRES + NEED_SECONDS * paths.limit[lane])
  let best = -1
  let bestGain = THRESHOLD
  for (let side = -1; side <= 1; side += 2) {
    if (at + side < 0 || at + side >= links.laneCount[link]) continue
    if (!(wanted & (1 << (at + side))) && !far) continue
    const target = lane + side
    if (!mayUse(world, target, type)) continue
    const gain = gainOf(world, lane, target, cell, free, now) - (input.keepRight ? side * RIGHT_BIAS : 0)
    if (gain > bestGain) { bestGain = gain; best = target }
  }
  return best >= 0 && chooseChange(world, lane, best, cell, slot, Need.choice, 0)
}

/** Asymmetric MOBIL: what the right lane is worth to those who keep right, m/s2. Treiber & Kesting (2013), ch. 14.3.3 (0.3). */
const RIGHT_BIAS = 0.3

/** Whether a driver who keeps right goes back to a lane of his route where he can drive on nearly as well. */
function returnsRight(world: World, lane: number, cell: number, type: number): boolean {
  const { cells, slots, paths, input, tick } = world
  const slot = cells.slot[cell]
  if (!(slots.lanesWanted[slot] & (1 << (input.network.lanes.index[lane] - 1))) || !mayUse(world, lane - 1, type) || (tick - slots.laneTick[slot]) * input.dt < REST) return false
  const v = cells.speed[cell]
  const free = freeAcceleration(v, Math.min(paths.limit[lane] * cells.factor[cell], drivers.speedMax[type]), type)
  const lead = cell - 1
  const now = cell === paths.first[lane] ? free : followAcceleration(cells.position[lead] - cells.length[lead] - cells.position[cell], v, cells.speed[lead], free, type, input.dt)
  return gainOf(world, lane, lane - 1, cell, free, now) > THRESHOLD - 2 * RIGHT_BIAS && chooseChange(world, lane, lane - 1, cell, slot, Need.choice, 0)
}

/** How far behind them drivers notice an emergency vehicle, m; assumed. */
const SIREN = 60

/** Whether an emergency vehicle comes up behind in the lane and the driver leaves it, to the right if there is a lane. */
function makeWay(world: World, lane: number, link: number, cell: number): boolean {
  const { cells, paths, input } = world
  const type = cells.class[cell]
  const end = paths.first[lane] + paths.count[lane]
  if (type === VehicleClass.emergency || cells.position[cell] < cells.length[cell]) return false
  let behind = cell + 1
  while (behind < end && cells.class[behind] !== VehicleClass.emergency && cells.position[cell] - cells.position[behind] < SIREN) behind++
  if (behind === end || cells.class[behind] !== VehicleClass.emergency || cells.position[cell] - cells.position[behind] >= SIREN) return false
  const { laneFirst, laneCount } = input.network.links
  for (const target of lane > laneFirst[link] ? [lane - 1, lane + 1] : [lane + 1])
    if (target < laneFirst[link] + laneCount[link] && mayUse(world, target, type)) return chooseChange(world, lane, target, cell, cells.slot[cell], Need.route, 0.5)
  return false
}

function mayUse(world: World, lane: number, type: number): boolean {
  const bit = 1 << type
  return (world.input.network.lanes.allowed[lane] & bit) !== 0 && (world.lanes.closed[lane] & bit) === 0
}

/** First cell of `lane` behind `position`. */
function cellBehind(world: World, lane: number, position: number): number {
  const { paths, cells } = world
  let low = paths.first[lane]
  let high = low + paths.count[lane]
  while (low < high) {
    const middle = (low + high) >> 1
    if (cells.position[middle] > position) low = middle + 1
    else high = middle
  }
  return low
}

/** MOBIL's incentive, m/s2: own gain, and what the one who will be behind loses, weighed by politeness. */
function gainOf(world: World, lane: number, target: number, cell: number, free: number, now: number): number {
  const { cells, paths, index, input } = world
  const type = cells.class[cell]
  const v = cells.speed[cell]
  const position = (cells.position[cell] * index.pathLength[target]) / index.pathLength[lane]
  const behind = cellBehind(world, target, position)
  let then = free
  if (behind > paths.first[target]) {
    const lead = behind - 1
    then = followAcceleration(cells.position[lead] - cells.length[lead] - position, v, cells.speed[lead], free, type, input.dt)
  }
  let loss = 0
  if (behind < paths.first[target] + paths.count[target]) {
    const w = cells.speed[behind]
    const kind = cells.class[behind]
    const freely = freeAcceleration(w, Math.min(paths.limit[target] * cells.factor[behind], drivers.speedMax[kind]), kind)
    const before = behind > paths.first[target]
      ? followAcceleration(cells.position[behind - 1] - cells.length[behind - 1] - cells.position[behind], w, cells.speed[behind - 1], freely, kind, input.dt)
      : freely
    loss = before - followAcceleration(position - cells.length[cell] - cells.position[behind], w, v, freely, kind, input.dt)
  }
  return then - now - POLITENESS * loss
}

function chooseChange(world: World, lane: number, target: number, cell: number, slot: number, need: number, urgency: number): boolean {
  if (!canChange(world, lane, target, cell, slot, need, urgency)) return false
  wish(world, lane, target, slot, need, urgency)
  return true
}

/** Whether a change of lane is safe; in need, otherwise, the driver fits in and asks for a gap. */
function canChange(world: World, lane: number, target: number, cell: number, slot: number, need: number, urgency: number): boolean {
  const needed = need !== Need.choice
  const hard = need === Need.end
  const { cells, paths, lanes, index, slots, input, tick } = world
  const v = cells.speed[cell]
  const type = cells.class[cell]
  const dt = input.dt
  const ratio = index.pathLength[target] / index.pathLength[lane]
  const position = cells.position[cell] * ratio
  const first = paths.first[target]
  const end = first + paths.count[target]
  const behind = cellBehind(world, target, position)
  if (position > index.pathLength[target] - 0.5 || position < cells.length[cell]) return false
  // Who has stood at the end of his lane for long pushes in.
  const pushes = hard && slots.standSince[slot] >= 0 && (tick - slots.standSince[slot]) * dt > PATIENCE
  const braking = pushes ? 6 : needed ? 2 + 2 * urgency : BRAKING_SAFE * 0.6
  const standing = needed && v < 1
  let fits = true
  if (behind > first) {
    const lead = behind - 1
    const gap = cells.position[lead] - cells.length[lead] - position
    if (gap < (standing ? 0.3 : needed ? 1 : 2)) fits = false
    else if (!standing && followAcceleration(gap, v, cells.speed[lead], 9, type, dt) < -braking - 1) fits = false
    if (!fits && hard && v > 4) {
      // Falls back behind the vehicle beside or ahead.
      const follow = followAcceleration(gap < 1 ? 1 : gap, v, cells.speed[lead], 9, type, dt)
      const most = -0.5 - 2 * urgency
      const ease = follow < most ? most : follow
      if (ease < cells.cap[cell]) cells.cap[cell] = ease
    }
  } else {
    // First of its lane: must be able to stop at its end.
    const left = index.pathLength[target] - position
    if (v * v > 2 * 6 * left) fits = false
    else if (left < 40) {
      lookBeyond(world, target)
      const gap = left + beyond.gap
      if (gap < 1 || followAcceleration(gap, v, beyond.speed, 9, type, dt) < -braking - 1) fits = false
    }
  }
  const rear = position - cells.length[cell]
  if (behind < end) {
    const w = cells.speed[behind]
    const gap = rear - cells.position[behind]
    const near = standing && w < 0.1
    if (gap < (near ? 0.3 : needed ? 1 : 2) || (!near && followAcceleration(gap, w, v, 9, cells.class[behind], dt) < -braking)) {
      fits = false
      if (needed && urgency > (hard ? 0.2 : 0.5)) askForGap(world, target, gap > 0.3 ? behind : behind + 1, rear, v, urgency, pushes ? Infinity : COURTESY)
    }
  } else if (rear < lanes.roomTaken[target] || (rear < 70 && !upstreamIsSafe(world, target, rear, v, braking))) fits = false
  const reserved = first + lanes.reserved[target]
  for (let after = behind; after < reserved && fits; after++) {
    const room = index.pathLength[target] - cells.position[after]
    fits = needed && cells.speed[after] * cells.speed[after] < 2 * GIVE_WAY * (room - 1)
  }
  return fits
}

function moveOver(world: World, lane: number, target: number, cell: number, slot: number): void {
  const { cells, paths, lanes, index, slots, tick } = world
  const position = (cells.position[cell] * index.pathLength[target]) / index.pathLength[lane]
  const behind = cellBehind(world, target, position)
  if (behind < paths.first[target] + lanes.reserved[target]) takeBack(world, target, behind)
  transferCell(world, cell, lane, target, position, cells.position[cell] - position)
  slots.laneTick[slot] = tick
  slots.previous0[slot] = slots.previous1[slot] = slots.previous2[slot] = slots.previous3[slot] = -1
  planLanes(world, slot)
  planTurn(world, slot, target)
}

/** Asks a driver of the other lane, who is still behind, to open a gap, gently. Whoever is alongside goes first. */
function askForGap(world: World, lane: number, cell: number, rear: number, speed: number, urgency: number, longest: number): void {
  const { cells, paths, input, slots, tick } = world
  if (cell >= paths.first[lane] + paths.count[lane]) return
  const slot = cells.slot[cell]
  const room = cell > paths.first[lane] ? cells.position[cell - 1] - cells.length[cell - 1] - cells.position[cell] : Infinity
  if (room > 2 * cells.length[cell]) {
    if ((tick - slots.yieldTick[slot]) * input.dt > 4) slots.yieldSince[slot] = tick
    slots.yieldTick[slot] = tick
    if ((tick - slots.yieldSince[slot]) * input.dt > longest) return
  }
  const gap = rear - cells.position[cell]
  const follow = followAcceleration(gap < 0.5 ? 0.5 : gap, cells.speed[cell], speed, 9, cells.class[cell], input.dt)
  const most = -0.5 - 2 * urgency
  const ease = follow < most ? most : follow
  if (ease < cells.cap[cell]) cells.cap[cell] = ease
}

/** Seconds for which a driver who stands at the end of a wrong lane hopes for a gap, whatever another way costs. */
const PATIENCE = 12
/** Detour that he takes for each second that he has stood longer than that, s. */
const DETOUR_RATE = 10

/**
 * In a lane that does not lead on: slows down towards its end, and there takes another way, the longer the more he has
 * waited. Where none leads to his destination he waits for his lane, and those in it let him in.
 */
function keepFromEnd(world: World, lane: number, cell: number): void {
  const { cells, slots, paths, index, input, tick } = world
  const slot = cells.slot[cell]
  if (slots.nextHop[slot] < 0) return
  const v = cells.speed[cell]
  const left = index.pathLength[lane] - cells.position[cell]
  const need = (v * v) / (2 * (left > 1 ? left : 1))
  if (need > 1.5 && -need < cells.cap[cell]) cells.cap[cell] = need > 4 ? -4 : -need
  // A look at other ways takes a search; who has looked in vain does so again two seconds later.
  if (((tick + slot) & 3) !== 0) return
  if (need > 3 && left < 60) { wish(world, lane, -1, slot, Need.end, Infinity); return }
  if (cell !== paths.first[lane] + world.lanes.reserved[lane]) return
  const { flags, class: roadClass } = input.network.links
  const link = world.index.pathLink[lane]
  const fast = roadClass[link] <= 3 && (flags[link] & LinkFlag.roundabout) === 0
  const stood = slots.standSince[slot] >= 0 ? (tick - slots.standSince[slot]) * input.dt : 0
  if (fast && left < 25 && (v > 6 || stood > 4)) wish(world, lane, -1, slot, Need.end, Infinity)
  else if (stood > PATIENCE && (left < 6 || stood > 90)) wish(world, lane, -1, slot, Need.end, (stood - PATIENCE) * DETOUR_RATE)
}
