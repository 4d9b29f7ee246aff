import type { QualityTier } from '../render'

/** `?quality=low|medium|high`, else low where WebGL runs in software and medium where a graphics card draws. */
export function qualityHere(): QualityTier {
  const wanted = new URLSearchParams(location.search).get('quality')
  if (wanted === 'low' || wanted === 'medium' || wanted === 'high') return wanted
  const context = document.createElement('canvas').getContext('webgl2')
  const info = context?.getExtension('WEBGL_debug_renderer_info')
  const name = info ? String(context!.getParameter(info.UNMASKED_RENDERER_WEBGL)) : ''
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return /swiftshader|llvmpipe|software|basic render/i.test(name) ? 'low' : 'medium'
}
