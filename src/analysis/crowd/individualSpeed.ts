import { type Trajectories } from './trajectories'

/**
 * What is done where a person's way begins or ends within the window:
 * `adaptive` takes the same, smaller number of frames on both sides (none at the very ends, which have no speed),
 * `singleSided` takes the present place in place of what is missing, `exclude` gives no speed there.
 */
export type SpeedBorder = 'adaptive' | 'singleSided' | 'exclude'

export interface IndividualSpeeds {
  /** m/s of each row of the trajectories; NaN where the rule of the border gives none. */
  readonly speed: Float64Array
  /** m/s. Along the direction alone, where one was given. */
  readonly vx: Float64Array
  readonly vy: Float64Array
}

/**
 * Speed of each person at each frame, from the places `window` frames before and after it:
 *
 *   v_i(t) = |x_i(t + n) - x_i(t - n)| / dt,   dt = frames between the two / frames per second
 *
 * @param window     n, frames on each side; >= 1
 * @param direction  speed is that along this vector alone, negative against it
 *
 * Source: Schrödter et al., PedPy - Pedestrian Trajectory Analyzer (doi 10.5281/zenodo.7194992), speed_calculator: the
 * same window and the same three rules for borders.
 */
export function individualSpeeds({ table, framesPerSecond, personFirst }: Trajectories, window: number, border: SpeedBorder = 'adaptive', direction?: readonly [number, number]): IndividualSpeeds {
  const { x, y, frame, rows } = table
  const speed = new Float64Array(rows).fill(NaN)
  const vx = new Float64Array(rows).fill(NaN)
  const vy = new Float64Array(rows).fill(NaN)
  const length = direction ? Math.hypot(...direction) : 1
  for (let person = 0; person + 1 < personFirst.length; person++) {
    const first = personFirst[person]!
    const last = personFirst[person + 1]! - 1
    for (let row = first; row <= last; row++) {
      let from = row - window
      let to = row + window
      if (border === 'adaptive') {
        const reach = Math.min(window, frame[row]! - frame[first]!, frame[last]! - frame[row]!)
        from = row - reach
        to = row + reach
        // Frames in which the person was not seen make the window lopsided: no speed then.
        if (from < first || to > last || frame[from] !== frame[row]! - reach || frame[to] !== frame[row]! + reach) continue
      } else if (border === 'singleSided') {
        if (from < first) from = row
        if (to > last) to = row
      } else if (from < first || to > last) continue
      const seconds = (frame[to]! - frame[from]!) / framesPerSecond
      if (seconds === 0) continue
      let dx = (x[to]! - x[from]!) / seconds
      let dy = (y[to]! - y[from]!) / seconds
      if (direction) {
        const along = (dx * direction[0] + dy * direction[1]) / length
        dx = (along * direction[0]) / length
        dy = (along * direction[1]) / length
        speed[row] = along
      } else speed[row] = Math.hypot(dx, dy)
      vx[row] = dx
      vy[row] = dy
    }
  }
  return { speed, vx, vy }
}
