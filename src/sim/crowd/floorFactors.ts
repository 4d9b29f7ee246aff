import type { Floor } from './walkSpace'

/**
 * Speed in plan on a floor, as a share of the free speed on the level.
 *
 * Stairs: mean horizontal speeds 0.610 m/s up and 0.694 m/s down against 1.34 m/s on the level (Weidmann 1993,
 * Transporttechnik der Fussgänger, IVT 90, ch. 2). Ramps: Weidmann's relation by slope, taken as straight lines:
 * uphill 1 - 1.9 slope, downhill 1 up to a slope of 0.1, then 1 - 1.1 (slope - 0.1).
 * An escalator that runs carries: who stands on it keeps its speed. One that stands is a stair.
 */
export function floorFactors({ surface, ascent }: Floor): { readonly up: number; readonly down: number } {
  if (surface === 'stairs' || surface === 'escalator') return { up: 0.61 / 1.34, down: 0.694 / 1.34 }
  if (surface === 'level' || !ascent) return { up: 1, down: 1 }
  const { slope } = ascentOf(ascent)
  return { up: Math.max(0.4, 1 - 1.9 * slope), down: Math.max(0.4, 1 - 1.1 * Math.max(0, slope - 0.1)) }
}

/** Plan direction of ascent, and rise over run. */
export function ascentOf({ from, to, rise }: NonNullable<Floor['ascent']>): { readonly x: number; readonly y: number; readonly slope: number; readonly cosine: number } {
  const dx = to[0] - from[0]
  const dy = to[1] - from[1]
  const run = Math.sqrt(dx * dx + dy * dy)
  return { x: dx / run, y: dy / run, slope: rise / run, cosine: run / Math.sqrt(run * run + rise * rise) }
}
