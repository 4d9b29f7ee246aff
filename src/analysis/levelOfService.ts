export type Grade = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'

/**
 * Vehicles that a grade of a road is of at least. Travel speeds on a street with signals vary by about 0.4 of their mean
 * from one vehicle to the next, so the mean of ten lies within 25 % (1.96 x 0.4 / sqrt(10)), about one grade. Assumed;
 * travel time studies ask for as many runs (Turner et al. 1998, Travel Time Data Collection Handbook, FHWA-PL-98-035, ch. 3).
 */
export const GRADED_LEAST = 10

/**
 * Level of service of an urban street by travel speed as a share of free-flow speed: A above 85 %, B 67, C 50, D 40,
 * E 30, else F. Source: Highway Capacity Manual 2010, exhibit 16-4 (volume below capacity).
 */
export function streetLevelOfService(speed: number, freeFlowSpeed: number): Grade {
  const share = speed / freeFlowSpeed
  if (share > 0.85) return 'A'
  if (share > 0.67) return 'B'
  if (share > 0.5) return 'C'
  if (share > 0.4) return 'D'
  return share > 0.3 ? 'E' : 'F'
}
