import { CrowdCount } from '../crowd/crowd'
import { WalkerState } from '../crowd/crowdTypes'
import { flowAt } from './countLines'
import { MINUTES, minuteAt } from './minutes'
import type { People } from './people'
import type { LineReport, PlatformReport, QueueReport, StopReport } from './peopleReportTypes'
import { LegKind, type LocalName } from './peopleTypes'
import { clearMinutes, loadOf } from './platformLoads'
import { waitingAtDoor, waitingAtGate } from './queueWatch'

const secondsOf = ({ crowd: { counts, input } }: People): number => counts[CrowdCount.tick] * input.dt

/** Minutes that have begun. */
const minutesOf = (people: People): number => minuteAt(secondsOf(people)) + 1

export function lineReports(people: People): LineReport[] {
  const { lines: counts, alarms: { limits } } = people.watch
  const minutes = minutesOf(people)
  const seconds = secondsOf(people)
  return counts.lines.map(({ id }, line) => {
    const { peak, peakMinute, toLeft, toRight } = counts.table
    const at = 2 * line * MINUTES
    return {
      id, width: counts.width[line], toLeft: toLeft[line], toRight: toRight[line], flowNow: seconds < 60 ? 0 : flowAt(counts, line, seconds - 60),
      peak: peak[line] > 0 ? { flow: peak[line], time: 60 * peakMinute[line] } : null, limit: counts.stepped[line] === 1 ? limits.flowStepped : limits.flowLevel,
      leftByMinute: Array.from(counts.series.subarray(at, at + minutes)), rightByMinute: Array.from(counts.series.subarray(at + MINUTES, at + MINUTES + minutes)),
    }
  })
}

export function platformReports(people: People): PlatformReport[] {
  const { watch: { platforms: loads }, crowd, transit } = people
  const minutes = minutesOf(people)
  const time = crowd.input.startTime + secondsOf(people)
  return loads.floors.map((floor, row) => {
    const { floor: onFloor, doors, trains, toClear } = loadOf(loads, row, transit, time)
    return {
      floor: crowd.input.space.floors[floor].id, onFloor, atDoors: doors, inTrains: trains, most: loads.table.most[row], mostTime: loads.table.mostTick[row] * crowd.input.dt,
      capacity: loads.capacity[row], clearNow: clearMinutes(toClear, loads.capacity[row]), clearMost: clearMinutes(loads.table.mostToClear[row], loads.capacity[row]),
      mostByMinute: Array.from(loads.series.subarray(row * MINUTES, row * MINUTES + minutes)),
    }
  })
}

const unnamed = (row: number): LocalName => ({ zh: `${row}`, en: `${row}` })

export function stopReports({ transit, doorWaits, doorWaitOf, crowdSteps, crowd, input: { transitNames } }: People): StopReport[] {
  if (!transit) return []
  const { service: { stops: calls, routes }, stops } = transit
  const station = (stop: number): LocalName => transitNames?.stations[calls.place[stop]] ?? unnamed(calls.place[stop])
  const reports: StopReport[] = []
  const dt = crowdSteps * crowd.input.dt
  for (let stop = 0; stop < stops.rows; stop++) {
    const row = doorWaitOf[stop]
    const before = row < 0 ? 0 : doorWaits.waiting[row]
    if (before + stops.waiting[stop] + stops.boarded[stop] + stops.alighted[stop] + stops.leftBehind[stop] === 0) continue
    const got = row < 0 ? 0 : doorWaits.boarded[row]
    const route = calls.route[stop]
    reports.push({
      station: station(stop), line: transitNames?.lines[routes.line[route]] ?? unnamed(routes.line[route]), towards: station(routes.stopFirst[route] + routes.stopCount[route] - 1),
      waiting: before + stops.waiting[stop], waitingMost: row < 0 ? stops.waiting[stop] : doorWaits.waitingMost[row],
      waitMean: got > 0 ? (doorWaits.waitTicks[row] * dt) / got : null, waitMost: got > 0 ? doorWaits.waitMost[row] * dt : null, boarded: stops.boarded[stop], alighted: stops.alighted[stop], leftBehind: stops.leftBehind[stop],
    })
  }
  return reports
}

export function queueReports(people: People): QueueReport[] {
  const { watch: { queues: { gates, doors } }, crowd, input } = people
  const { space, dt } = input.crowd
  const entered = enteredAt(people)
  const reports: QueueReport[] = []
  const report = (kind: QueueReport['kind'], id: string, floor: string, shape: readonly (readonly [number, number])[], now: number, most: number, mostTick: number, passed: number, seconds: number): void => {
    if (most === 0) return
    const x = shape.reduce((sum, point) => sum + point[0], 0) / shape.length
    const y = shape.reduce((sum, point) => sum + point[1], 0) / shape.length
    reports.push({ kind, id, floor, x, y, now, most, mostTime: mostTick * dt, passed, waitMean: passed > 0 ? seconds / passed : null })
  }
  for (const [row, { id, floor, line }] of space.gates.entries()) report('gate', id, floor, line, waitingAtGate(crowd, row), gates.most[row], gates.mostTick[row], gates.passed[row], gates.seconds[row])
  for (const [row, { id, floor, shape }] of space.goals.entries()) report('entrance', id, floor, shape, waitingAtDoor(crowd, row), doors.most[row], doors.mostTick[row], entered[row], doors.seconds[row])
  return reports.sort((a, b) => b.most - a.most || (a.id < b.id ? -1 : 1))
}

/** By goal: persons who came into the walk space there. */
function enteredAt({ input: { legs, crowd: { space } }, crowd: { persons } }: People): Int32Array {
  const entered = new Int32Array(space.goals.length)
  for (let leg = 0; leg < legs.rows; leg++) {
    if (legs.kind[leg] !== LegKind.crowd || legs.from[leg] < 0) continue
    const state = persons.state[legs.ref[leg]]
    if (state !== WalkerState.notYet && state !== WalkerState.waitingToEnter) entered[legs.from[leg]]++
  }
  return entered
}
