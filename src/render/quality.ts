/** What costs the graphics card most, by tier. `low` is for software rendering. */
export const qualityTiers = {
  low: { antialias: false, shadows: false, bloom: false, treeReach: 700, pixelRatio: 0.8, buildings: [[3500, 0.6], [7000, 0.35], [12000, 0.2], [20000, 0.12]], agents: { nearMax: 150, middleMax: 1500, nearFarthest: 140, middleFarthest: 700 } },
  medium: { antialias: true, shadows: true, bloom: false, treeReach: 3200, pixelRatio: 1.5, buildings: [[12000, 0.7], [22000, 0.45]], agents: { nearMax: 1000, middleMax: 6000, nearFarthest: 240, middleFarthest: 1500 } },
  high: { antialias: true, shadows: true, bloom: true, treeReach: 6000, pixelRatio: 2, buildings: [[24000, 0.7]], agents: { nearMax: 2000, middleMax: 12000, nearFarthest: 320, middleFarthest: 1800 } },
} as const
export type QualityTier = keyof typeof qualityTiers

/** A canvas with WebGL2 and the tier that suits it. */
export interface DrawingContext { readonly canvas: HTMLCanvasElement; readonly gl: WebGL2RenderingContext; readonly tier: QualityTier }

/**
 * A canvas to draw on, null = no WebGL2. Whether a graphics card draws is known only from a context, and a context
 * costs a second without one: so the first is made as the tier `low` wants it, and only a graphics card makes another.
 */
export function openContext(wanted?: QualityTier): DrawingContext | null {
  const open = (antialias: boolean): { canvas: HTMLCanvasElement; gl: WebGL2RenderingContext } | null => {
    const canvas = document.createElement('canvas')
    const gl = canvas.getContext('webgl2', { antialias, powerPreference: 'high-performance', stencil: false })
    return gl && { canvas, gl }
  }
  const first = open(wanted ? qualityTiers[wanted].antialias : false)
  if (!first) return null
  const tier = wanted ?? (drawsInSoftware(first.gl) ? 'low' : 'medium')
  if (wanted || !qualityTiers[tier].antialias) return { ...first, tier }
  first.gl.getExtension('WEBGL_lose_context')?.loseContext()
  const second = open(true)
  return second && { ...second, tier }
}

function drawsInSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  return /swiftshader|llvmpipe|software|basic render/i.test(String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)))
}
