import type { ColumnArray } from '../core/table'
import { CrowdCount, type Crowd } from '../crowd/crowd'
import type { Sidewalks } from '../sidewalks'
import type { Transit } from '../transit'
import { countCrowd, countFootways, createLineCounts, flowAt, lineViews, resumeLines, type LineCounts } from './countLines'
import { alarmViews, createAlarms, ENDS_BELOW, noteAlarm, settleAlarms, type Alarms } from './alarms'
import { AlarmKind } from './crowdLimits'
import { createWatch, WATCH_SECONDS, watchCrowd, watchViews, type CrowdWatch } from './crowdWatch'
import type { PeopleInput } from './peopleTypes'
import { createPlaceSeries, notePlaces } from './placeSeries'
import { clearMinutes, createPlatformLoads, loadOf, platformViews, watchPlatforms, type PlatformLoads } from './platformLoads'
import { countGates, createQueueWatch, queueViews, resumeQueues, watchQueues, type QueueWatch } from './queueWatch'

/** Everything that is measured of people while they walk, wait and ride. */
export interface PeopleWatch {
  readonly crowd: CrowdWatch
  readonly alarms: Alarms
  readonly lines: LineCounts
  readonly platforms: PlatformLoads
  readonly queues: QueueWatch
  readonly places: Int32Array
}

export function createPeopleWatch(input: PeopleInput, crowd: Crowd, sidewalks: Sidewalks | null): PeopleWatch {
  return {
    crowd: createWatch(crowd), alarms: createAlarms(crowd.input.space, input.limits), lines: createLineCounts(crowd, sidewalks, input.countLines), platforms: createPlatformLoads(crowd, input),
    queues: createQueueWatch(crowd), places: createPlaceSeries(),
  }
}

/** After every step of the crowd: who crossed a line or went through a gate in it. */
export function watchSteps({ lines, queues }: PeopleWatch, crowd: Crowd): void {
  countCrowd(lines, crowd)
  countGates(queues, crowd)
}

/** Once in `WATCH_SECONDS`, when everybody has moved. @param counts  persons by place, first */
export function watchPeople({ crowd: watch, alarms, lines, platforms, queues, places }: PeopleWatch, crowd: Crowd, transit: Transit | null, counts: Int32Array): void {
  const tick = crowd.counts[CrowdCount.tick]
  const seconds = tick * crowd.input.dt
  watchCrowd(watch, alarms, crowd)
  watchPlatforms(platforms, crowd, transit)
  watchQueues(queues, crowd, WATCH_SECONDS)
  notePlaces(places, counts, seconds - WATCH_SECONDS)
  alarmPlatforms(alarms, platforms, crowd, transit, tick)
  if (Math.round(seconds) % 60 === 0) alarmFlows(alarms, lines, tick, seconds)
  settleAlarms(alarms, WATCH_SECONDS, tick, crowd.input.dt)
}

export { countFootways as watchFootways }

/** Lines over which more went in the minute that has just ended than one should reckon with. */
function alarmFlows(alarms: Alarms, counts: LineCounts, tick: number, seconds: number): void {
  const { lines, stepped, crossings } = counts
  for (let line = 0; line < lines.length; line++) {
    const flow = flowAt(counts, line, seconds - 30)
    const limit = stepped[line] === 1 ? alarms.limits.flowStepped : alarms.limits.flowLevel
    const [a, b] = lines[line].line
    if (flow > ENDS_BELOW * limit) noteAlarm(alarms, AlarmKind.flow, flow, limit, 0, crossings.lines[line].floors[0] ?? -1, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, tick)
  }
}

function alarmPlatforms(alarms: Alarms, loads: PlatformLoads, { input: { space, startTime, dt } }: Crowd, transit: Transit | null, tick: number): void {
  const { floors, capacity } = loads
  const { limits } = alarms
  for (let platform = 0; platform < floors.length; platform++) {
    const { toClear } = loadOf(loads, platform, transit, startTime + tick * dt)
    const { platform: clear, safety } = clearMinutes(toClear, capacity[platform])
    if (clear <= ENDS_BELOW * limits.platform && safety <= ENDS_BELOW * limits.safety) continue
    const [x, y] = middleOf(space.floors[floors[platform]].outlines[0])
    if (safety > limits.safety) noteAlarm(alarms, AlarmKind.safety, safety, limits.safety, toClear, floors[platform], x, y, tick)
    else noteAlarm(alarms, AlarmKind.platform, clear, limits.platform, toClear, floors[platform], x, y, tick)
  }
}

function middleOf(ring: readonly (readonly [number, number])[]): [number, number] {
  let [x, y] = [0, 0]
  for (const point of ring) {
    x += point[0] / ring.length
    y += point[1] / ring.length
  }
  return [x, y]
}

/** What is saved and hashed, in fixed order. */
export function* peopleWatchViews({ crowd, lines, platforms, queues, places }: PeopleWatch): Generator<ColumnArray> {
  yield* watchViews(crowd)
  yield* lineViews(lines)
  yield* platformViews(platforms)
  yield* queueViews(queues)
  yield places
}

/** What is saved besides. */
export const alarmStateViews = ({ alarms }: PeopleWatch): Generator<ColumnArray> => alarmViews(alarms)

/** After a restored state was laid in, in which other lines and gates may have been. */
export function resumeWatch({ lines, queues }: PeopleWatch, crowd: Crowd, sidewalks: Sidewalks | null): void {
  resumeLines(lines, crowd, sidewalks)
  resumeQueues(queues, crowd)
}
