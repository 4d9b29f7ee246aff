import type { Network } from '../sim'
import { emissions } from './emissions'
import { streetLevelOfService } from './levelOfService'
import type { RunRecord } from './record'
import { mean, quantile } from './statistics'

/** Indicators of people on foot: null where the run has none, and of times that did not come within it. */
const peopleKpis = [
  'clearT50', 'clearT95', 'clearT100', 'personsArrived', 'personsWaiting', 'taxiWaitMean', 'personMinutes4', 'personMinutes5',
  'platformLoadMax', 'platformClearMax', 'leftBehind', 'entryQueueMax', 'lineFlowMax', 'exitBalance',
] as const

/** Names of the indicators, in the order in which they are shown. */
export const kpiUnits = {
  vehicleHours: 'veh·h', vehicleKm: 'veh·km', meanSpeed: 'km/h', delay: 'veh·h', delayMean: 's', travelTimeMean: 's', travelTimeP50: 's',
  travelTimeP95: 's', waitingHours: 'veh·h', queueMax: 'veh', queuedLinks: 'links', levelOfServiceEF: '%', co2: 't', energy: 'GJ',
  arrived: 'trips', unreachable: 'trips', interventions: '1',
  clearT50: 's', clearT95: 's', clearT100: 's', personsArrived: 'persons', personsWaiting: 'persons', taxiWaitMean: 's',
  personMinutes4: 'p·min', personMinutes5: 'p·min', platformLoadMax: 'persons', platformClearMax: 'min', leftBehind: 'persons', entryQueueMax: 'persons', lineFlowMax: 'p/m/min', exitBalance: '%',
} as const
export type KpiName = keyof typeof kpiUnits
export const kpiNames = Object.keys(kpiUnits) as KpiName[]
/** Indicators of the travel time: null where the run has no trip that counts. */
type TravelTimeName = 'travelTimeMean' | 'travelTimeP50' | 'travelTimeP95'
type PeopleName = (typeof peopleKpis)[number]
type NullableName = TravelTimeName | PeopleName
export type Kpis = Readonly<Record<Exclude<KpiName, NullableName>, number> & Record<NullableName, number | null>>

const peopleNames: ReadonlySet<KpiName> = new Set<KpiName>(peopleKpis)

/** Indicators to show of these runs: those of people only where there are any. */
export const shownKpis = (runs: readonly Kpis[]): KpiName[] => kpiNames.filter(name => !peopleNames.has(name) || runs.some(({ personsArrived }) => personsArrived !== null))

/** Vehicles standing on one link at once that make it count as queued. */
const QUEUED = 20
/** Trips that leave this late in a run cannot show how long they take; s. In runs below an hour, half of the run. */
const TAIL = 1800
/** Trips of the first seconds were put on the road part of the way; s. */
const HEAD = 30

/**
 * Indicators of one run. Travel times are of the trips that departed at least half an hour before the end; those that
 * have not arrived count with the time they have taken so far, so that a standstill cannot hide by never arriving.
 * Where no trip departed then they are null, which is not 0 s.
 * Delay is travel time, waiting for room included, less the time of the first route on an empty road; of trips under way
 * the time so far less that of the whole route, which is the least that it can be. `delayMean` is by trip that set out.
 */
export function computeKpis(network: Network, run: RunRecord): Kpis {
  const { totals } = run
  const times = travelTimes(run)
  const { co2, energy } = runEmissions(run)
  return {
    vehicleHours: totals.vehicleHours,
    vehicleKm: totals.vehicleKm,
    meanSpeed: totals.vehicleKm / Math.max(1e-9, totals.vehicleHours - totals.waitingHours),
    delay: times.delaySum / 3600,
    delayMean: times.delaySum / Math.max(1, times.delayCount),
    travelTimeMean: times.sorted.length > 0 ? mean(Array.from(times.sorted)) : null,
    travelTimeP50: times.sorted.length > 0 ? quantile(times.sorted, 0.5) : null,
    travelTimeP95: times.sorted.length > 0 ? quantile(times.sorted, 0.95) : null,
    waitingHours: totals.waitingHours,
    ...queues(run),
    levelOfServiceEF: 100 * poorServiceShare(network, run),
    co2: co2 / 1000,
    energy: energy / 1000,
    arrived: totals.arrived,
    unreachable: totals.unreachable,
    interventions: totals.interventions,
    ...kpisOfPeople(run),
  }
}

/**
 * Clearing is counted from the moment at which the first leave their places, until so many of those who come have left
 * the area for good. The longest line is that before gates and ways into areas and stations; the balance is of ways to
 * the street, 100 % = as wide as they are; see docs/people.md.
 */
function kpisOfPeople({ people }: RunRecord): Pick<Kpis, PeopleName> {
  if (!people) return Object.fromEntries(peopleKpis.map(name => [name, null])) as Pick<Kpis, PeopleName>
  const { report: { places, ranks, exposure, platforms, stops, queues, lines, exitBalance, clear } } = people
  const most = (values: readonly number[]): number | null => (values.length > 0 ? Math.max(...values) : null)
  const served = ranks.reduce((sum, rank) => sum + rank.served, 0)
  return {
    clearT50: clear.t50, clearT95: clear.t95, clearT100: clear.t100, personsArrived: places.arrived,
    personsWaiting: places.taxiRank + places.car + stops.reduce((sum, stop) => sum + stop.waiting, 0),
    taxiWaitMean: served > 0 ? ranks.reduce((sum, { waitMean, served: each }) => sum + (waitMean ?? 0) * each, 0) / served : null,
    personMinutes4: exposure[0] / 60, personMinutes5: exposure[1] / 60,
    platformLoadMax: most(platforms.map(platform => platform.most)), platformClearMax: most(platforms.map(({ clearMost }) => clearMost.platform)),
    leftBehind: stops.reduce((sum, stop) => sum + stop.leftBehind, 0), entryQueueMax: most(queues.map(queue => queue.most)) ?? 0,
    lineFlowMax: most(lines.map(({ peak }) => peak?.flow ?? 0)), exitBalance: exitBalance === null ? null : 100 * exitBalance,
  }
}

function travelTimes({ trips, ticks, dt }: RunRecord): { sorted: Float64Array; delaySum: number; delayCount: number } {
  const duration = ticks * dt
  const last = (duration - (duration >= 2 * TAIL ? TAIL : duration / 2)) / dt
  const first = HEAD / dt
  const times: number[] = []
  let delaySum = 0
  let delayCount = 0
  for (let row = 0; row < trips.departTick.length; row++) {
    const depart = trips.departTick[row]!
    if (depart >= ticks || trips.unreachableReason[row]! !== 0) continue
    const arrive = trips.arriveTick[row]!
    // Of those that still wait to enter, all of it: they have no route yet.
    const free = trips.insertTick[row]! < 0 ? 0 : trips.freeFlowTime[row]!
    delaySum += Math.max(0, ((arrive >= 0 ? arrive : ticks) - depart) * dt - free)
    delayCount++
    if (depart < first || depart > last) continue
    times.push(((arrive >= 0 ? arrive : ticks) - depart) * dt)
  }
  return { sorted: Float64Array.from(times).sort(), delaySum, delayCount }
}

function runEmissions({ links }: RunRecord): { co2: number; energy: number } {
  let co2 = 0
  let energy = 0
  for (const { vehicleSeconds, vehicleMetres } of links.bins) {
    for (let link = 0; link < vehicleSeconds.length; link++) {
      const seconds = vehicleSeconds[link]!
      const metres = vehicleMetres[link]!
      if (seconds <= 0 || metres <= 0) continue
      const part = emissions(metres, metres / seconds)
      co2 += part.co2
      energy += part.energy
    }
  }
  return { co2, energy }
}

function queues({ links: { total } }: RunRecord): { queueMax: number; queuedLinks: number } {
  let queueMax = 0
  let queuedLinks = 0
  for (const most of total.queueMax) {
    queueMax = Math.max(queueMax, most)
    if (most >= QUEUED) queuedLinks++
  }
  return { queueMax, queuedLinks }
}

/** Share of the time driven on links and five minutes at level of service E or F. */
function poorServiceShare(network: Network, { links }: RunRecord): number {
  let all = 0
  let poor = 0
  for (const { vehicleSeconds, vehicleMetres } of links.bins) {
    for (let link = 0; link < vehicleSeconds.length; link++) {
      const seconds = vehicleSeconds[link]!
      if (seconds <= 0) continue
      all += seconds
      const grade = streetLevelOfService(vehicleMetres[link]! / seconds, network.links.speedLimit[link]!)
      if (grade === 'E' || grade === 'F') poor += seconds
    }
  }
  return all > 0 ? poor / all : 0
}
