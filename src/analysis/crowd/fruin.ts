import { fruinRoom } from '../../sim'

export type FruinLevel = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'
export type FruinSurface = 'walkway' | 'stairs' | 'queue'

const levels: readonly FruinLevel[] = ['A', 'B', 'C', 'D', 'E', 'F']

/** Greatest flow of levels A to E, persons a metre and minute; more than the last is F. Of queues there is none. Source: that of `fruinRoom`. */
export const fruinFlow: Readonly<Record<'walkway' | 'stairs', readonly number[]>> = {
  walkway: [23, 33, 49, 66, 82],
  stairs: [16, 23, 33, 43, 56],
}

/** Level of a density, p/m2. A bound belongs to the better level. */
export function fruinByDensity(surface: FruinSurface, density: number): FruinLevel {
  // Densities are measured; the bounds are room, so that 1 / 3.24 p/m2 must be A in spite of its last digit.
  return levels[fruinRoom[surface].findIndex(room => density * room <= 1 + 1e-9)] ?? 'F'
}

/** Level of a specific flow, p/m/s. A bound belongs to the better level. */
export function fruinByFlow(surface: 'walkway' | 'stairs', specificFlow: number): FruinLevel {
  return levels[fruinFlow[surface].findIndex(most => specificFlow * 60 <= most * (1 + 1e-9))] ?? 'F'
}
