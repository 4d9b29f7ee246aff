import { Draw, drawKey, uniformOf } from '../core/random'
import { BRAKING_HARD, GAP_HARD, drivers } from './driverTypes'

const { acceleration, timeGap, gapMin, approach } = drivers

/**
 * Free-road term of IDM+, m/s2: a [1 - (v/v0)^4]; above v0 it brakes with at most 2 m/s2.
 *
 * Source: Treiber, Hennecke & Helbing (2000), Phys. Rev. E 62, 1805.
 */
export function freeAcceleration(speed: number, speedDesired: number, type: number): number {
  const ratio = speed / speedDesired
  const square = ratio * ratio
  const free = acceleration[type] * (1 - square * square)
  return free < -2 ? -2 : free
}

/**
 * Acceleration of IDM+ behind a leader or a standing obstacle, bounded by the safe speed, m/s2; negative is braking.
 *
 *   min(free, a [1 - (d/s)^2]),   d = s0 + max(0, v T + v (v - vl) / (2 sqrt(a b)))
 *
 * The bound is that of Gipps (1981): after this step the vehicle can still stop behind a leader who brakes as hard as
 * anyone can, so that gaps stay positive whatever the leader does within that limit.
 *
 * @param gap          s, to the leader's rear bumper, m; Infinity with nobody ahead
 * @param leaderSpeed  vl, m/s
 * @param free         free-road term, m/s2
 * @param type         VehicleClass, row of `drivers`
 * @param gapFactor    T by that of a dry day on a free road
 * @param noise        by which the driver misjudges it, m/s2, unless he brakes hard
 *
 * Source: Schakel, van Arem & Netten (2010), IDM+, IEEE ITSC; Treiber & Kesting (2013), ch. 11.3 and 11.6.
 */
export function followAcceleration(
  gap: number, speed: number, leaderSpeed: number, free: number, type: number, dt: number, gapFactor = 1, noise = 0,
): number {
  let wish = speed * timeGap[type] * gapFactor + speed * (speed - leaderSpeed) * approach[type]
  if (wish < 0) wish = 0
  const ratio = (gapMin[type] + wish) / (gap > 0.1 ? gap : 0.1)
  let a = acceleration[type] * (1 - ratio * ratio)
  if (a > free) a = free
  if (a > ATTENTIVE) a += noise
  if (a < -BRAKING_HARD) a = -BRAKING_HARD
  let next = speed + a * dt
  if (next < 0) next = 0
  const room = gap - GAP_HARD + (leaderSpeed * leaderSpeed) / (2 * BRAKING_HARD)
  return 0.5 * (speed + next) * dt + (next * next) / (2 * BRAKING_HARD) > room ? safeAcceleration(room, speed, a, dt) : a
}

/** Acceleration, at most `a`, after which a vehicle can stop within `room` m. Apart, so that the model itself is short enough to be inlined. */
function safeAcceleration(room: number, speed: number, a: number, dt: number): number {
  const left = room - 0.5 * speed * dt
  const next = left <= 0 ? 0 : BRAKING_HARD * (Math.sqrt(0.25 * dt * dt + (2 * left) / BRAKING_HARD) - 0.5 * dt)
  const safe = (next - speed) / dt
  return safe < a ? safe : a
}

/** Who brakes harder than this, m/s2, does so on purpose. */
const ATTENTIVE = -2
/** How long a driver misjudges his acceleration by the same, s. */
export const NOISE_SECONDS = 2
/** At most so much, from standstill, m/s2. Assumed: grows the wave of Sugiyama's ring in a quarter of an hour. */
const NOISE_MOST = 0.45
/** Noisy drivers keep larger gaps, since the gap counts by its inverse square; with this mean, m/s2, flow is what it is without noise. */
const NOISE_MEAN = 0.07

/** Key of all draws of a driver's noise. */
export const noiseKey = (seed: number, tripId: number): number => drawKey(seed, Draw.acceleration, tripId)

/**
 * Acceleration noise of a driver who starts off, m/s2, for the time after `tick`; less the nearer he is to the speed
 * that he wants, none there. Flow that is stable by itself gets stop-and-go waves from it. Treiber & Kesting (2017),
 * Transp. Res. B 117, 613; that it goes down with speed: Yuan, Laval, Knoop, Jiang & Hoogendoorn (2019),
 * Transportmetrica B 7, 915.
 */
export const accelerationNoise = (key: number, tick: number): number => NOISE_MOST * (2 * uniformOf(key, tick) - 1) + NOISE_MEAN

/** Distance, m, beyond which nothing that stands can make a driver brake: more than d of `followAcceleration` at any desired speed. */
export const lookAhead = (speed: number): number => 16 + 1.5 * speed + speed * speed * 0.24

/** True if a vehicle at `speed` can stay behind one `gap` ahead that brakes hard, itself braking with `braking` at most. */
export function isSafeBehind(gap: number, speed: number, leaderSpeed: number, braking: number, dt: number): boolean {
  return gap - GAP_HARD - speed * dt * 0.5 + (leaderSpeed * leaderSpeed) / (2 * BRAKING_HARD) >= (speed * speed) / (2 * braking)
}
