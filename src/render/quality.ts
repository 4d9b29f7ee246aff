/** What costs the graphics card most, by tier. `low` is for software rendering. */
export const qualityTiers = {
  low: { shadows: false, treeReach: 1500, pixelRatio: 1, bloom: false },
  medium: { shadows: true, treeReach: 3600, pixelRatio: 1.5, bloom: false },
  high: { shadows: true, treeReach: 6000, pixelRatio: 2, bloom: true },
} as const
export type QualityTier = keyof typeof qualityTiers
