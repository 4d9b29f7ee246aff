import { invariant } from '../core/invariant'
import { CrowdCount } from '../crowd/crowd'
import { WalkerState } from '../crowd/crowdTypes'
import { checkSidewalks } from '../sidewalks'
import { checkTransit, transitTotals } from '../transit'
import type { World } from '../world'
import { alarmsNow } from './alarms'
import { WatchCount } from './crowdWatch'
import { clearing, clearingByEvent } from './clearing'
import { exitReports } from './exitReports'
import { lineReports, platformReports, queueReports, stopReports } from './measureReports'
import type { PeopleReport, PeopleTotals, RankReport } from './peopleReportTypes'
import { PeopleCount, type People } from './people'
import { LegKind, Place, PLACES } from './peopleTypes'
import { placeSeries } from './placeSeries'

export function peopleTotals({ counts }: People): PeopleTotals {
  return Object.fromEntries(Object.entries(Place).map(([name, place]) => [name, counts[place]])) as PeopleTotals
}

export function rankReports({ ranks, input }: People, dt: number): RankReport[] {
  return input.ranks.map((name, row) => ({
    name, taxis: ranks.taxis[row], line: ranks.line[row], lineMost: ranks.lineMost[row], served: ranks.served[row],
    waitMean: ranks.served[row] > 0 ? (ranks.waitTicks[row] * dt) / ranks.served[row] : null,
  }))
}

/** Alarms that a report lists. */
const LISTED = 20

export function peopleReport(people: People, dt: number): PeopleReport {
  const { watch: { crowd: watch, alarms: { list, raised, limits }, places }, crowd, input } = people
  const { floors } = input.crowd.space
  const { counts, levels, exposure } = watch
  const seconds = (tick: number): number => tick * input.crowd.dt
  const alarmCount = Math.min(raised[0], list.rows)
  const { exits, balance } = exitReports(people)
  return {
    persons: input.persons.rows, places: peopleTotals(people), ranks: rankReports(people, dt),
    placesByMinute: Object.fromEntries(Object.entries(Place).map(([name, place]) => [name, placeSeries(places, place)] as const).filter(([, series]) => series.some(persons => persons > 0))),
    densityNow: counts[WatchCount.now],
    densest: counts[WatchCount.densest] === 0 ? null : {
      density: counts[WatchCount.densest], x: counts[WatchCount.densestX], y: counts[WatchCount.densestY],
      floor: floors[counts[WatchCount.densestFloor]].id, time: seconds(counts[WatchCount.densestTick]),
    },
    pressure: counts[WatchCount.pressure], walkwayLevels: Array.from(levels.subarray(0, 6)), stairLevels: Array.from(levels.subarray(6)),
    exposure: [exposure[0], exposure[1]], limits, alarmCount: raised[0], alarmsNow: alarmsNow(people.watch.alarms),
    alarms: Array.from({ length: Math.min(LISTED, alarmCount) }, (_, at) => alarmCount - 1 - at).map(row => ({
      kind: list.kind[row], peak: list.peak[row], limit: list.limit[row], persons: list.persons[row] || null, x: list.x[row], y: list.y[row], floor: floors[list.floor[row]]?.id ?? null,
      time: seconds(list.tick[row]), peakTime: seconds(list.peakTick[row]), endTime: list.endTick[row] < 0 ? null : seconds(list.endTick[row]),
    })),
    lines: lineReports(people), platforms: platformReports(people), stops: stopReports(people), queues: queueReports(people),
    exits, exitBalance: balance,
    clear: clearing(people), clearByEvent: clearingByEvent(people),
    replans: crowd.counts[CrowdCount.replans],
  }
}

/**
 * Nobody is lost and nobody is twice: each person is in the one place where the counts have them, whoever is in the
 * crowd has exactly one walker there, and who drives sits in a vehicle whose trip has begun and not ended.
 */
export function checkPeople(world: World, people: People): void {
  const { persons, counts, input: { persons: plans, legs, parties }, crowd } = people
  const found = new Int32Array(PLACES)
  for (let person = 0; person < plans.rows; person++) {
    const place = persons.place[person]
    found[place]++
    const who = (): string => `tick ${world.tick}: person ${plans.id[person]}`
    const leg = persons.leg[person]
    if (place === Place.before) invariant(leg === -1, () => `${who()} is not out yet, but on leg ${leg}`)
    else if (place === Place.arrived) invariant(leg === plans.legCount[person] && persons.endTick[person] >= 0, () => `${who()} arrived, but stands at leg ${leg} of ${plans.legCount[person]}`)
    const row = plans.legFirst[person] + leg
    if (place === Place.crowd) {
      const state = crowd.persons.state[legs.ref[row]]
      invariant(legs.kind[row] === LegKind.crowd && state !== WalkerState.left, () => `${who()} should be in the crowd, whose walker ${legs.ref[row]} has left`)
    }
    if (place === Place.driving) {
      const trip = parties.trip[legs.ref[row]]
      const called = trip < world.onCall || world.trips.callTick[trip] >= 0
      invariant(called && world.trips.arriveTick[trip] < 0, () => `${who()} is in a car whose trip ${world.input.trips.id[trip]} ${called ? 'has arrived' : 'was not called'}`)
    }
  }
  if (people.sidewalks) checkSidewalks(people.sidewalks)
  if (people.transit) {
    checkTransit(people.transit)
    const { waiting, aboard } = transitTotals(people.transit)
    invariant(waiting === found[Place.platform] && aboard === found[Place.train], () => `tick ${world.tick}: ${waiting} wait for trains and ${aboard} ride, but ${found[Place.platform]} and ${found[Place.train]} persons are there`)
  }
  for (let place = 0; place < PLACES; place++) invariant(found[place] === counts[place], () => `tick ${world.tick}: ${found[place]} persons in place ${place}, ${counts[place]} counted`)
  invariant(counts[PeopleCount.riding] <= parties.rows, () => `tick ${world.tick}: ${counts[PeopleCount.riding]} of ${parties.rows} parties ride`)
}
