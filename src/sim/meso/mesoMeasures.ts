import { createTable } from '../core/table'
import { LANE_BYTES, Lane, SLOT_BYTES, Slot, TURN_BYTES, Turn } from './mesoTables'
import { MESO_BIN_SECONDS, MESO_STEP, mesoBinColumns, type MesoBin, type MesoWorld } from './mesoWorld'

/** How often flows and link times are smoothed, s. */
const MINUTE = 60

/** The bin of the present step; opens a new one every five minutes. */
export function mesoBinNow(world: MesoWorld): MesoBin {
  const wanted = Math.floor((world.tick * MESO_STEP) / MESO_BIN_SECONDS)
  while (world.bins.length <= wanted) world.bins.push(createTable(mesoBinColumns, world.links.rows))
  return world.bins[wanted]
}

/** Once a minute: what was counted on turns goes to links and hops, and to what drivers learn of times. Ends the minute before its bin does. */
export function recordMeso(world: MesoWorld, bin: MesoBin): void {
  if (world.tick % (MINUTE / MESO_STEP) !== 0) return
  const { turns: { i32, f64 }, hops } = world
  addTurns(world, bin)
  for (let turn = 0; turn < world.turns.rows; turn++) {
    const at = turn * (TURN_BYTES / 4)
    if (i32[at + Turn.passed] === 0) continue
    hops.seconds[i32[at + Turn.hop]] += f64[at / 2 + Turn.seconds]
    hops.vehicles[i32[at + Turn.hop]] += i32[at + Turn.passed]
    f64[at / 2 + Turn.seconds] = i32[at + Turn.passed] = 0
  }
  smoothTimes(world, bin)
}

/** Adds what was counted on turns since the last minute ended to a bin of links. */
export function addTurns({ turns: { rows, i32, f64, f32 }, lanes, index }: MesoWorld, bin: MesoBin): void {
  for (let turn = 0; turn < rows; turn++) {
    const at = turn * (TURN_BYTES / 4)
    const passed = i32[at + Turn.passed]
    if (passed === 0) continue
    const link = index.pathLink[i32[at + Turn.lane]]
    bin.seconds[link] += f64[at / 2 + Turn.seconds]
    bin.metres[link] += passed * (lanes.f32[i32[at + Turn.lane] * (LANE_BYTES / 4) + Lane.length] + f32[at + Turn.length])
    bin.left[link] += passed
  }
}

/**
 * Smoothed like the micro engine's live times: one vehicle more is assumed, which passes as on the empty road, so that
 * one vehicle at a red light is no jam. A hop that nobody could take lasts as long as those who want to have waited.
 */
function smoothTimes(world: MesoWorld, bin: MesoBin): void {
  const { links, hops, lanes, slots, index, input, tick } = world
  const { laneFirst, laneCount } = input.network.links
  const { hopTime, turnHop } = index
  const now = tick * MESO_STEP
  for (let link = 0; link < links.rows; link++) {
    let queue = 0
    for (let lane = laneFirst[link]; lane < laneFirst[link] + laneCount[link]; lane++) {
      const head = lanes.i32[lane * (LANE_BYTES / 4) + Lane.head]
      if (head < 0) continue
      const hop = turnHop[slots.i32[head * (SLOT_BYTES / 4) + Slot.turn]]
      if (hops.vehicles[hop] === 0) {
        hops.seconds[hop] += now - slots.f64[head * (SLOT_BYTES / 8) + Slot.entered]
        hops.vehicles[hop]++
      }
      for (let slot = head; slot >= 0 && slots.f64[slot * (SLOT_BYTES / 8) + Slot.ready] < now; slot = slots.i32[slot * (SLOT_BYTES / 4) + Slot.next]) queue++
    }
    if (queue > bin.queueMax[link]) bin.queueMax[link] = queue
  }
  for (let hop = 0; hop < hops.rows; hop++) {
    const empty = hopTime[hop]
    let time = (hops.seconds[hop] + empty) / (hops.vehicles[hop] + 1)
    const most = 10 * empty + 240
    if (time > most) time = most
    hops.time[hop] += 0.4 * (time - hops.time[hop])
    hops.timeUsual[hop] += 0.04 * (time - hops.timeUsual[hop])
    hops.secondsSum[hop] += hops.seconds[hop]
    hops.vehiclesSum[hop] += hops.vehicles[hop]
    hops.seconds[hop] = 0
    hops.vehicles[hop] = 0
  }
}
