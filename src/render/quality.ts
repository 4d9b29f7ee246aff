/** What costs the graphics card most, by tier. `low` is for software rendering. */
export const qualityTiers = {
  low: { antialias: false, shadows: false, treeReach: 700, pixelRatio: 0.8, buildings: [[3500, 0.6], [7000, 0.35], [12000, 0.2], [20000, 0.12]], agents: { nearMax: 150, middleMax: 1500, nearFarthest: 140, middleFarthest: 700 } },
  medium: { antialias: true, shadows: true, treeReach: 3200, pixelRatio: 1.5, buildings: [[12000, 0.7], [22000, 0.45]], agents: { nearMax: 1000, middleMax: 6000, nearFarthest: 240, middleFarthest: 1500 } },
  high: { antialias: true, shadows: true, treeReach: 6000, pixelRatio: 2, buildings: [[24000, 0.7]], agents: { nearMax: 2000, middleMax: 12000, nearFarthest: 320, middleFarthest: 1800 } },
} as const
export type QualityTier = keyof typeof qualityTiers

/** The tier that suits this machine: `low` without a graphics card. */
export function suggestedTier(): QualityTier {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) return 'low'
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return /swiftshader|llvmpipe|software|basic render/i.test(name) ? 'low' : 'medium'
}
