import { exponential } from '../core/power'
import { createTable } from '../core/table'
import { MESO_BIN_SECONDS, MESO_STEP, mesoBinColumns, type MesoBin, type MesoWorld } from './mesoWorld'

/** How often flows and link times are smoothed, s. */
const MINUTE = 60
/** Of the last minute in a smoothed flow: three minutes, two cycles of a signal, weigh most. */
const FLOW_SHARE = 0.3
/** Nobody who gives way waits longer for one gap, s: those with priority hold back for him, as in the micro engine. */
const GAP_WAIT_MAX = 15

/** The bin of the present step; opens a new one every five minutes. */
export function mesoBinNow(world: MesoWorld): MesoBin {
  const wanted = Math.floor((world.tick * MESO_STEP) / MESO_BIN_SECONDS)
  while (world.bins.length <= wanted) world.bins.push(createTable(mesoBinColumns, world.links.rows))
  return world.bins[wanted]
}

/** Once a minute: link times as drivers learn of them, flows, and the gaps that they leave. */
export function recordMeso(world: MesoWorld): void {
  if (world.tick === 0 || world.tick % (MINUTE / MESO_STEP) !== 0) return
  smoothTimes(world)
  findGaps(world)
}

/**
 * Smoothed like the micro engine's live times: one vehicle more is assumed, which passes as on the empty road, so that
 * one vehicle at a red light is no jam. A hop that nobody could take lasts as long as those who want to have waited.
 */
function smoothTimes(world: MesoWorld): void {
  const { links, hops, lanes, slots, index, input, tick } = world
  const { laneFirst, laneCount } = input.network.links
  const { hopTime, turnHop } = index
  const bin = mesoBinNow(world)
  const now = tick * MESO_STEP
  for (let link = 0; link < links.rows; link++) {
    let queue = 0
    for (let lane = laneFirst[link]; lane < laneFirst[link] + laneCount[link]; lane++) {
      const head = lanes.head[lane]
      if (head < 0) continue
      const hop = turnHop[slots.turn[head]]
      if (hops.vehicles[hop] === 0) {
        hops.seconds[hop] += now - slots.entered[head]
        hops.vehicles[hop]++
      }
      for (let slot = head; slot >= 0 && slots.ready[slot] < now; slot = slots.next[slot]) queue++
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

/**
 * What the flow q of those with priority leaves to each turn that gives way: capacity q exp(-q tc) / (1 - exp(-q tf)),
 * and the mean wait of one that comes alone, (exp(q tc) - 1) / q - tc.
 *
 * Source: Harders (1968), as in the Highway Capacity Manual 6th ed., eq. 20-18; Adams (1936) for the wait.
 */
export function findGaps({ turns, fixed }: MesoWorld): void {
  const { flow, passed, gapHeadway, gapDelay } = turns
  for (let turn = 0; turn < flow.length; turn++) {
    flow[turn] += FLOW_SHARE * (passed[turn] / MINUTE - flow[turn])
    passed[turn] = 0
  }
  const { yielding, majorFirst, major, majorWeight, criticalGap, followUp } = fixed
  for (let at = 0; at < yielding.length; at++) {
    let q = 0
    for (let row = majorFirst[at]; row < majorFirst[at + 1]; row++) q += majorWeight[row] * flow[major[row]]
    const turn = yielding[at]
    if (q < 1e-4) {
      gapHeadway[turn] = followUp[at]
      gapDelay[turn] = 0
      continue
    }
    const grown = exponential(q * criticalGap[at])
    gapHeadway[turn] = Math.min(GAP_WAIT_MAX, (grown * (1 - exponential(-q * followUp[at]))) / q)
    gapDelay[turn] = Math.min(GAP_WAIT_MAX, (grown - 1) / q - criticalGap[at])
  }
}
