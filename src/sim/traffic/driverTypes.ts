/**
 * Driver and vehicle parameters by VehicleClass, SI.
 *
 * Car: the set that was measured at a stop line with this model and step: 1,919 veh/h per lane saturation flow, 2.2 s
 * start-up loss (a 1.8, b 2.5, T 1.1, s0 2, length 5). Bus and lorry: a and b of the same order as SUMO's vehicle
 * classes (1.2 and 1.0 m/s2), lengths of a 12 m city bus (GB 1589) and a two-axle lorry; their longer time gap is
 * assumed, no source yet. Speed caps: GB 7258 and the road traffic law, 80 km/h in town for a bus, 90 for a lorry.
 * E-bike: 25 km/h and at most 1.9 m by GB 17761-2018; a and b of SUMO 1.15's bicycle (1.2 and 3 m/s2, Vehicle Type
 * Parameter Defaults); gap and time gap assumed. Emergency vehicle: follows like a car; length of a van-sized ambulance.
 */
export interface DriverTypes {
  /** a, m/s2 */
  readonly acceleration: Float64Array
  /** b, m/s2 */
  readonly braking: Float64Array
  /** T, s */
  readonly timeGap: Float64Array
  /** s0, m */
  readonly gapMin: Float64Array
  /** 1 / (2 sqrt(a b)), s2/m */
  readonly approach: Float64Array
  /** m */
  readonly length: Float64Array
  /** m/s, whatever the limit says */
  readonly speedMax: Float64Array
}

const acceleration = [1.8, 1.8, 1.2, 1.0, 1.2, 1.8]
const braking = [2.5, 2.5, 2.2, 2.2, 3, 2.5]

export const drivers: DriverTypes = {
  acceleration: Float64Array.from(acceleration),
  braking: Float64Array.from(braking),
  timeGap: Float64Array.of(1.1, 1.1, 1.4, 1.4, 1.1, 1.1),
  gapMin: Float64Array.of(2, 2, 2.5, 2.5, 1, 2),
  approach: Float64Array.from(acceleration, (a, row) => 1 / (2 * Math.sqrt(a * braking[row]))),
  length: Float64Array.of(5, 5, 12, 9, 1.9, 6),
  speedMax: Float64Array.of(36, 36, 22.3, 25, 25 / 3.6, 36),
}

/** Hardest braking of any vehicle, m/s2: what the safe-speed rule counts on (dry asphalt). */
export const BRAKING_HARD = 8
/** Below this a vehicle counts as standing, m/s. */
export const STANDING = 0.5
/** Nobody comes closer than this to what is ahead, m; the rule of the safe speed, not of comfort. */
export const GAP_HARD = 0.5
export const LENGTH_MAX = 12
