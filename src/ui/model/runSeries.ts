import type { RunTotals } from '../../sim'

/** The running city at one moment. */
export interface RunPoint {
  /** Second of the day. */
  readonly time: number
  readonly vehicles: number
  readonly waiting: number
  /** Of the last minute, km/h; null where nobody drove. */
  readonly speed: number | null
  /** Trips of the last minute. */
  readonly arrivals: number
}

/** s over which speed and arrivals are told. */
const OVER = 60

/** Recorded moments, oldest first, as curves of at most `most` points, the newest among them. */
export function runSeries(moments: readonly RunTotals[], startTime: number, dt: number, most = 240): RunPoint[] {
  const every = Math.max(1, Math.ceil(moments.length / most))
  const points: RunPoint[] = []
  let from = 0
  for (const [at, now] of moments.entries()) {
    while ((now.tick - moments[from]!.tick) * dt > OVER) from++
    // Before the first moment nobody had driven.
    const before = from > 0 ? moments[from - 1]! : null
    const hours = now.vehicleHours - now.waitingHours - (before ? before.vehicleHours - before.waitingHours : 0)
    const seconds = (now.tick - (before?.tick ?? 0)) * dt
    if ((moments.length - 1 - at) % every !== 0) continue
    points.push({
      time: startTime + now.tick * dt, vehicles: now.running, waiting: now.waiting,
      speed: hours > 0 ? (now.vehicleKm - (before?.vehicleKm ?? 0)) / hours : null,
      arrivals: seconds > 0 ? ((now.arrived - (before?.arrived ?? 0)) * OVER) / seconds : 0,
    })
  }
  return points
}
