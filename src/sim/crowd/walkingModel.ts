import { exponential } from '../core/power'
import type { WalkingParameters } from './crowdTypes'

/**
 * Parameters of the walking model, SI units: the collision-free speed model (Tordeux, Chraibi & Seyfried 2016,
 * doi:10.1007/978-3-319-33482-0_29) with the walls of JuPedSim's version 2 and a heading that turns in time.
 *
 *   e* = norm(e0 + aside + sum over neighbours A exp((l - d) / D) n + sum over walls Aw exp((r - d) / Dw) n),  l = ri + rj
 *   de/dt = (e* - e) / tau                                    (Xu, Chraibi, Tordeux & Zhang 2019, doi:10.1016/j.physa.2019.122449)
 *   v = clamp(s / T, 0, v0),  s = least d - l among neighbours ahead whose lateral offset is at most l
 *
 * A, D, Aw, Dw and the cutoff's scale are JuPedSim's defaults. The time gap is that of people in single file, d = 0.36 m
 * + 1.06 s v (Seyfried, Steffen, Klingsch & Boltes 2005, doi:10.1088/1742-5468/2005/10/P10002); the radius is ours, by
 * measurement with that gap: flows at doors and speeds by density in docs/crowd-model.md.
 */
export const walkingDefaults: WalkingParameters = {
  /** m; r, of who has none of their own. */
  radius: 0.13,
  /** s; T. */
  timeGap: 1.06,
  /** A and D (m). */
  neighbourStrength: 8,
  neighbourRange: 0.1,
  /** Aw and Dw (m). */
  wallStrength: 5,
  wallRange: 0.02,
  /**
   * How strongly one turns aside for somebody ahead, over what remains of the gap after `foresight` (s) of coming
   * nearer, by range (m); half as much again for who stands, twice for who comes towards one. The sideways term is that of
   * the anticipation velocity model (Xu, Chraibi & Seyfried 2021, doi:10.1016/j.trc.2021.103464); strength and range are
   * ours: lanes form in two-way corridors, and slower people are overtaken.
   */
  asideStrength: 0.5,
  asideRange: 0.2,
  foresight: 1,
  /**
   * m; who comes towards one is passed on the right unless they will be this far to the right: side preference of
   * Moussaid et al. (2009, doi:10.1098/rspb.2009.0405); the distance is ours, by two crowds that meet.
   */
  sidePreference: 0.4,
  /** s; tau. JuPedSim's version 3 has 0.3. */
  turningTime: 0.3,
  /**
   * s; time gap on a running escalator, so that 1 m of width, where two stand side by side, carries 8190 p/h at
   * 0.65 m/s (GB 50157): 2 x 0.65 / 2.275 = 0.57 m from middle to middle.
   */
  beltTimeGap: 0.48,
  /** m; distance beyond which neighbours are not seen. v0 T + l = 1.68 m for the mean walker. */
  cutoff: 1.6,
}

const STEPS = 128
const LEAST = -1
const MOST = 8
const exponentials = Float64Array.from({ length: (MOST - LEAST) * STEPS + 2 }, (_, at) => exponential(-(LEAST + at / STEPS)))

/** exp(-u), interpolated in a table: relative error below 1e-5; 0 from u = 8, and e from u = -1 down. */
export function decay(u: number): number {
  if (u >= MOST) return 0
  const place = u <= LEAST ? 0 : (u - LEAST) * STEPS
  const at = place | 0
  const low = exponentials[at]
  return low + (place - at) * (exponentials[at + 1] - low)
}
