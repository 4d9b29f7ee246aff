import { Draw, uniform } from '../../core/random'
import { Mode, type Crowd } from '../crowd'
import { isWithin } from './shapes'
import { StageKind } from './navigationTables'
import { sees } from './targets'

/** Places that are tried for one who is to stay in an area, and how far from others' feet. */
const SPOT_TRIES = 12

/** Row of the stage that a walker is in; -1 = the journey is done. */
export function stageOf({ navigation, persons, input }: Crowd, walker: number): number {
  const journey = input.walkers.journey[walker]
  const stage = navigation.journeyFirst[journey] + persons.stage[walker]
  return stage < navigation.journeyFirst[journey + 1] ? stage : -1
}

/** Begins the stage that `persons.stage` says, at x, y. */
export function beginStage(crowd: Crowd, walker: number, floor: number, x: number, y: number, tick: number): void {
  const { navigation, persons, input } = crowd
  const { intents, stages } = navigation
  intents.stageTick[walker] = tick
  intents.targetX[walker] = intents.targetY[walker] = NaN
  intents.until[walker] = intents.gate[walker] = intents.slot[walker] = intents.permit[walker] = -1
  intents.serviceEnd[walker] = intents.gained[walker] = Infinity
  persons.progressX[walker] = x
  persons.progressY[walker] = y
  persons.progressTick[walker] = tick
  const stage = stageOf(crowd, walker)
  if (stage < 0) {
    persons.mode[walker] = Mode.standing
    persons.field[walker] = -1
    return
  }
  persons.mode[walker] = Mode.walking
  if (stages.kind[stage] === StageKind.stay) {
    persons.field[walker] = -1
    if (stages.seconds[stage] < Infinity) intents.until[walker] = tick + Math.round(stages.seconds[stage] / input.dt)
    if (stages.until[stage] < Infinity) intents.until[walker] = Math.round((stages.until[stage] - input.startTime) / input.dt)
    if (stages.own[stage] && input.walkers.leaveTick[walker] > 0) intents.until[walker] = input.walkers.leaveTick[walker]
    chooseSpot(crowd, walker, floor, x, y)
  }
  else {
    persons.field[walker] = stages.field[stage]
    persons.goal[walker] = intents.place[walker] = -1
  }
}

/** Begins the stage after this one. */
export function nextStage(crowd: Crowd, walker: number, floor: number, x: number, y: number, tick: number): void {
  crowd.persons.stage[walker] += 1
  beginStage(crowd, walker, floor, x, y, tick)
}

/** A place of one's own in the area where one stays: the spot of the input, else drawn evenly over what can be seen of the area from here. */
function chooseSpot(crowd: Crowd, walker: number, floor: number, x: number, y: number): void {
  const { navigation: { intents }, input, index, persons, goalBounds } = crowd
  const place = intents.place[walker]
  persons.goal[walker] = place
  const shape = place < 0 ? [] : input.space.goals[place].shape
  if (shape.length < 3) return
  const { x: spotX, y: spotY } = input.walkers
  if (input.walkers.from[walker] >= 0 && !Number.isNaN(spotX[walker]) && sees(index, floor, x, y, spotX[walker], spotY[walker])) {
    intents.targetX[walker] = spotX[walker]
    intents.targetY[walker] = spotY[walker]
    return
  }
  const id = input.walkers.id[walker]
  for (let go = 0; go < SPOT_TRIES; go++) {
    const key = (persons.stage[walker] * SPOT_TRIES + go) * 2
    const u = uniform(input.seed, Draw.waitingSpot, id, key)
    const v = uniform(input.seed, Draw.waitingSpot, id, key + 1)
    const placeX = goalBounds[4 * place] + u * (goalBounds[4 * place + 2] - goalBounds[4 * place])
    const placeY = goalBounds[4 * place + 1] + v * (goalBounds[4 * place + 3] - goalBounds[4 * place + 1])
    if (!isWithin(shape, placeX, placeY) || !sees(index, floor, x, y, placeX, placeY)) continue
    intents.targetX[walker] = placeX
    intents.targetY[walker] = placeY
    return
  }
}

/** Whether a stay is over. */
export function isStayOver(crowd: Crowd, walker: number, stage: number, tick: number): boolean {
  const { navigation: { intents, stages, goals }, input } = crowd
  if (intents.until[walker] >= 0 && tick >= intents.until[walker]) return true
  const place = intents.place[walker]
  if (!stages.release[stage] || place < 0) return false
  const released = goals.releaseTick[place]
  if (released < intents.stageTick[walker]) return false
  const spread = goals.spread[place]
  return spread === 0 || tick >= released + Math.floor(spread * uniform(input.seed, Draw.release, input.walkers.id[walker], released))
}
