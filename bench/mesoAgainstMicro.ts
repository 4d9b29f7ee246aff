import { createMeso, createWorld, MESO_STEP, step, stepMeso, vehicleReport, type GivenRoutes, type WorldInput } from '../src/sim'

/** Passages of links: vehicles that came over a junction and left over the next one, by link, between two times of the run. */
interface Passages { readonly seconds: Float64Array; readonly vehicles: Int32Array }

const noPassages = (links: number): Passages => ({ seconds: new Float64Array(links), vehicles: new Int32Array(links) })

/** A run of the micro engine, watched: the way that each trip drove, or meant to drive, and its passages. */
function watchMicro(input: WorldInput, seconds: number, from: number): { routes: GivenRoutes; passages: Passages } {
  const world = createWorld(input)
  const { slots, index, capacity } = world
  const { pathLink } = index
  const trip = new Int32Array(capacity).fill(-1)
  const link = new Int32Array(capacity)
  const since = new Float64Array(capacity)
  const driven: number[][] = Array.from({ length: input.trips.rows }, () => [])
  const passages = noPassages(input.network.links.rows)
  while (world.tick * input.dt < seconds) {
    step(world)
    const now = world.tick * input.dt
    for (let slot = 0; slot < capacity; slot++) {
      const row = slots.trip[slot]!
      if (row < 0) { trip[slot] = -1; continue }
      const on = pathLink[slots.path[slot]!]!
      if (trip[slot] === row && link[slot] === on) continue
      if (trip[slot] === row && since[slot]! >= 0 && now > from) {
        passages.seconds[link[slot]!]! += now - since[slot]!
        passages.vehicles[link[slot]!]!++
      }
      since[slot] = trip[slot] === row ? now : -1
      trip[slot] = row
      link[slot] = on
      driven[row]!.push(on)
    }
  }
  // Those under way go on as they mean to.
  for (let slot = 0; slot < capacity; slot++) {
    const report = vehicleReport(world, slot)
    if (!report) continue
    const rest = report.route.slice(report.route.indexOf(driven[report.row]!.at(-1)!) + 1)
    driven[report.row]!.push(...rest)
  }
  const first = new Int32Array(input.trips.rows + 1)
  for (let row = 0; row < input.trips.rows; row++) first[row + 1] = first[row]! + driven[row]!.length
  return { routes: { first, link: Int32Array.from(driven.flat()) }, passages }
}

/** The same of the meso engine. */
function watchMeso(input: WorldInput, seconds: number, from: number): Passages {
  const world = createMeso(input)
  const { hops, index: { nextFirst } } = world
  const passages = noPassages(input.network.links.rows)
  while (world.tick * MESO_STEP < seconds) {
    if (world.tick * MESO_STEP === from) {
      hops.secondsSum.fill(0)
      hops.vehiclesSum.fill(0)
    }
    stepMeso(world)
  }
  for (let link = 0; link < input.network.links.rows; link++)
    for (let hop = nextFirst[link]!; hop < nextFirst[link + 1]!; hop++) {
      passages.seconds[link]! += hops.secondsSum[hop]!
      passages.vehicles[link]! += hops.vehiclesSum[hop]!
    }
  return passages
}

export interface EngineComparison {
  /** Links with at least PASSAGES_MIN passages in the micro run, and those passages. */
  readonly links: number
  readonly passages: number
  /** Share of the passages, and of their hours, on links whose mean time is within 15 % of the micro engine's. */
  readonly within: number
  readonly withinHours: number
  /** Ratio of the times, meso / micro, of the passage in the middle. */
  readonly median: number
  /** veh h of those passages; of the meso engine at its mean times. */
  readonly micro: number
  readonly meso: number
}

const PASSAGES_MIN = 60
const TOLERANCE = 0.15

/**
 * Mean link times of both engines over a part of a run, s after its start: same network, seed, trips and signals, and
 * every trip of the meso run keeps to the way that it drove in the micro run, so that only the models of links and
 * junctions differ. A passage begins as a vehicle enters a link over a junction and ends as it enters the next one.
 */
export function compareEngines(input: WorldInput, hour: { readonly from: number; readonly to: number }, say?: (done: string) => void): EngineComparison {
  const { routes, passages: micro } = watchMicro(input, hour.to, hour.from)
  say?.('micro run done')
  const meso = watchMeso({ ...input, rerouteShare: 0, routes }, hour.to, hour.from)
  const rows: { ratio: number; passages: number; seconds: number }[] = []
  for (let link = 0; link < input.network.links.rows; link++) {
    const passages = micro.vehicles[link]!
    if (passages < PASSAGES_MIN || meso.vehicles[link] === 0) continue
    rows.push({ passages, seconds: micro.seconds[link]!, ratio: meso.seconds[link]! / meso.vehicles[link]! / (micro.seconds[link]! / passages) })
  }
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((all, row) => all + of(row), 0)
  const close = (row: (typeof rows)[number]): number => (Math.abs(row.ratio - 1) <= TOLERANCE ? 1 : 0)
  const passages = sum(row => row.passages)
  const seconds = sum(row => row.seconds)
  rows.sort((a, b) => a.ratio - b.ratio)
  let before = 0
  const middle = rows.find(row => (before += row.passages) >= passages / 2)
  return {
    links: rows.length, passages, within: sum(row => close(row) * row.passages) / passages, withinHours: sum(row => close(row) * row.seconds) / seconds,
    median: middle?.ratio ?? NaN, micro: seconds / 3600, meso: sum(row => row.ratio * row.seconds) / 3600,
  }
}
