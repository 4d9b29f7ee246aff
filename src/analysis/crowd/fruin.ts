export type FruinLevel = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'
export type FruinSurface = 'walkway' | 'stairs' | 'queue'

const levels: readonly FruinLevel[] = ['A', 'B', 'C', 'D', 'E', 'F']

/**
 * Least room of levels A to E, m2 a person; less than the last is F.
 *
 * Source: Fruin (1971), Pedestrian Planning and Design, ch. 4, in metric units as planners print them: walkways 35, 25,
 * 15, 10 and 5 square feet; stairs 20, 15, 10, 7 and 4; queues 13, 10, 7, 3 and 2.
 */
export const fruinRoom: Readonly<Record<FruinSurface, readonly number[]>> = {
  walkway: [3.24, 2.32, 1.39, 0.93, 0.46],
  stairs: [1.85, 1.39, 0.93, 0.65, 0.37],
  queue: [1.21, 0.93, 0.65, 0.28, 0.19],
}

/** Greatest flow of levels A to E, persons a metre and minute; more than the last is F. Of queues there is none. Source: as above. */
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
