export type Grade = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'

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
