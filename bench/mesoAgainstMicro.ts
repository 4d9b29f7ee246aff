import { createMeso, createWorld, MESO_STEP, step, stepMeso, type GivenRoutes, type MesoWorld, type World, type WorldInput } from '../src/sim'

/** Passages of links: vehicles that came over a junction and left over the next one, by link, between two times of the run. */
export interface Passages { readonly seconds: Float64Array; readonly vehicles: Int32Array }

const noPassages = (links: number): Passages => ({ seconds: new Float64Array(links), vehicles: new Int32Array(links) })

/** A run of the micro engine, watched: the way that each trip drove, or meant to drive, and its passages. */
export function watchMicro(input: WorldInput, seconds: number, windowFrom: number, each?: (world: World) => void): { routes: GivenRoutes; passages: Passages; world: World } {
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
      if (trip[slot] === row && since[slot]! >= 0 && now > windowFrom) {
        passages.seconds[link[slot]!]! += now - since[slot]!
        passages.vehicles[link[slot]!]!++
      }
      since[slot] = trip[slot] === row ? now : -1
      trip[slot] = row
      link[slot] = on
      driven[row]!.push(on)
    }
    each?.(world)
  }
  const first = new Int32Array(input.trips.rows + 1)
  for (let row = 0; row < input.trips.rows; row++) first[row + 1] = first[row]! + driven[row]!.length
  return { routes: { first, link: Int32Array.from(driven.flat()) }, passages, world }
}

/** A run of the meso engine, watched as the other one. */
export function watchMeso(input: WorldInput, seconds: number, windowFrom: number, each?: (world: MesoWorld) => void): { passages: Passages; world: MesoWorld } {
  const world = createMeso(input)
  const { turnHop } = world.index
  const passages = noPassages(input.network.links.rows)
  const linkOf = new Int32Array(world.hops.rows)
  for (let turn = 0; turn < turnHop.length; turn++) linkOf[turnHop[turn]!] = input.network.lanes.link[input.network.turns.fromLane[turn]!]!
  while (world.tick * MESO_STEP < seconds) {
    if (world.tick * MESO_STEP === windowFrom) { world.hops.secondsSum.fill(0); world.hops.vehiclesSum.fill(0) }
    stepMeso(world)
    each?.(world)
  }
  for (let hop = 0; hop < linkOf.length; hop++) {
    passages.seconds[linkOf[hop]!]! += world.hops.secondsSum[hop]!
    passages.vehicles[linkOf[hop]!]! += world.hops.vehiclesSum[hop]!
  }
  return { passages, world }
}
