import { enterBody } from '../admit'
import { Draw, uniform } from '../../core/random'
import { CrowdCount, type Crowd } from '../crowd'
import { WalkerState } from '../crowdTypes'
import { lowerBound } from './gridLinks'
import { LiftState } from './navigationTables'
import { isWithin } from './shapes'
import { gridCell, LINKS_FROM } from './walkGrid'

/** Places that are tried for one who steps out, in a tick. */
const TRIES = 8

/**
 * Alone: lifts. At a landing with open doors first those get out who want to, then those get in who wait in its area and
 * whose way leads by this lift, nearest first, while there is room. It goes on in its direction as long as somebody
 * wants to go or waits there, then turns; with nobody, it stays where it is with open doors.
 */
export function runLifts(crowd: Crowd): void {
  const { navigation: { lifts }, counts, input } = crowd
  const time = counts[CrowdCount.tick] * input.dt
  for (let lift = 0; lift < lifts.rows; lift++) {
    if (lifts.state[lift] === LiftState.moving) {
      if (time < lifts.at[lift] - input.dt / 2) continue
      lifts.state[lift] = LiftState.open
      lifts.at[lift] = time + lifts.doorTime[lift]
    }
    const leaving = getOut(crowd, lift)
    if (leaving > 0) { lifts.at[lift] = Math.max(lifts.at[lift], time + input.dt); continue }
    const boarded = getIn(crowd, lift)
    // The first to come finds the doors open; they close a door time later.
    if (boarded > 0 && lifts.persons[lift] === boarded && lifts.at[lift] < time) lifts.at[lift] = time + lifts.doorTime[lift]
    if (time < lifts.at[lift] - input.dt / 2) continue
    const next = nextLanding(crowd, lift)
    if (next < 0) continue
    lifts.at[lift] = time + lifts.travelTime[lift] * Math.abs(next - lifts.landing[lift])
    lifts.direction[lift] = next > lifts.landing[lift] ? 1 : -1
    lifts.landing[lift] = next
    lifts.state[lift] = LiftState.moving
  }
}

/** Puts those down who are where they want to be; how many could not yet get out. */
function getOut(crowd: Crowd, lift: number): number {
  const { navigation: { lifts, members, intents, landingFloor, landingBounds }, input, counts, persons } = crowd
  const tick = counts[CrowdCount.tick]
  const landing = lifts.landing[lift]
  const { area } = input.space.lifts[lift].landings[landing]
  const floor = landingFloor[lifts.landingFirst[lift] + landing]
  const bounds = 4 * (lifts.landingFirst[lift] + landing)
  const west = landingBounds[bounds]
  const south = landingBounds[bounds + 1]
  const east = landingBounds[bounds + 2]
  const north = landingBounds[bounds + 3]
  const first = lifts.memberFirst[lift]
  let kept = 0
  let leaving = 0
  for (let at = 0; at < lifts.persons[lift]; at++) {
    const walker = members[first + at]
    let out = false
    if (intents.landing[walker] === landing && persons.state[walker] === WalkerState.inLift) {
      for (let go = 0; go < TRIES && !out; go++) {
        const u = uniform(input.seed, Draw.walkerPlace, input.walkers.id[walker], 2 * (tick * TRIES + go))
        const v = uniform(input.seed, Draw.walkerPlace, input.walkers.id[walker], 2 * (tick * TRIES + go) + 1)
        const x = west + u * (east - west)
        const y = south + v * (north - south)
        out = isWithin(area, x, y) && enterBody(crowd, walker, floor, x, y)
      }
      if (out) intents.board[walker] = intents.landing[walker] = -1
      else leaving++
    }
    if (!out) members[first + kept++] = walker
  }
  lifts.persons[lift] = kept
  return leaving
}

/** Lets in who waits; how many. They leave the floor when this tick's steps are taken. */
function getIn(crowd: Crowd, lift: number): number {
  const { navigation, now, cellFirst } = crowd
  const { lifts, members, intents, landingCells, landingFloor } = navigation
  const at = lifts.landingFirst[lift] + lifts.landing[lift]
  let boarded = 0
  while (lifts.persons[lift] < lifts.capacity[lift]) {
    let best = -1
    let to = -1
    for (let k = landingCells.first[at]; k < landingCells.first[at + 1] && best < 0; k++)
      for (let row = cellFirst[landingCells.cell[k]]; row < cellFirst[landingCells.cell[k] + 1] && best < 0; row++) {
        if (now.floor[row] !== landingFloor[at] || intents.board[now.walker[row]] >= 0) continue
        to = landingWanted(crowd, lift, row)
        if (to >= 0) best = now.walker[row]
      }
    if (best < 0) break
    intents.board[best] = lift
    intents.landing[best] = to
    members[lifts.memberFirst[lift] + lifts.persons[lift]++] = best
    boarded++
  }
  return boarded
}

/** Landing to which a body's way leads by this lift, from the cell where it is; -1 = it leads elsewhere. */
function landingWanted({ navigation, now, persons, counts }: Crowd, lift: number, row: number): number {
  const { grid, fields, openings, openingsIfOpen } = navigation
  const walker = now.walker[row]
  if (persons.field[walker] < 0 || counts[CrowdCount.tick] < persons.startTick[walker]) return -1
  const field = fields[persons.field[walker]]
  const { links: open, passes } = field.waits ? openingsIfOpen : openings
  const cell = gridCell(grid, now.floor[row], now.x[row], now.y[row])
  if (cell < 0 || field.made[0] === 0 || !(passes[cell] & LINKS_FROM) || field.heading[2 * cell] !== 0 || field.heading[2 * cell + 1] !== 0) return -1
  const { links } = grid
  let best = -1
  let soonest = Infinity
  for (let link = lowerBound(links.from, cell); link < links.from.length && links.from[link] === cell; link++) {
    if (!open[link] || links.lift[link] !== lift) continue
    const by = field.time[links.to[link]] + field.extra[link]
    if (by < soonest) { soonest = by; best = links.landing[link] }
  }
  return best
}

/** The next landing where somebody wants to get out or waits: onwards first, then back; -1 = nobody anywhere. */
function nextLanding(crowd: Crowd, lift: number): number {
  const { lifts } = crowd.navigation
  for (let turn = 1; turn >= -1; turn -= 2) {
    const direction = turn * lifts.direction[lift]
    for (let landing = lifts.landing[lift] + direction; landing >= 0 && landing < lifts.landings[lift]; landing += direction)
      if (isCalled(crowd, lift, landing)) return landing
  }
  return -1
}

function isCalled(crowd: Crowd, lift: number, landing: number): boolean {
  const { navigation: { lifts, members, intents, landingCells, landingFloor }, now, cellFirst } = crowd
  const first = lifts.memberFirst[lift]
  for (let at = 0; at < lifts.persons[lift]; at++) if (intents.landing[members[first + at]] === landing) return true
  if (lifts.persons[lift] >= lifts.capacity[lift]) return false
  const at = lifts.landingFirst[lift] + landing
  for (let k = landingCells.first[at]; k < landingCells.first[at + 1]; k++)
    for (let row = cellFirst[landingCells.cell[k]]; row < cellFirst[landingCells.cell[k] + 1]; row++)
      if (now.floor[row] === landingFloor[at] && intents.board[now.walker[row]] < 0 && landingWanted(crowd, lift, row) >= 0) return true
  return false
}
