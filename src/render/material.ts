import { DoubleSide, GLSL3, RawShaderMaterial, type IUniform, type ShaderMaterialParameters } from 'three'
import type { SharedUniforms } from './uniforms'

/** A material of our own GLSL over the shared uniforms. */
export function cityMaterial(
  shared: SharedUniforms, name: string, vertexShader: string, fragmentShader: string,
  own: Record<string, IUniform> = {}, options: ShaderMaterialParameters = {},
): RawShaderMaterial {
  const { blank: _, ...uniforms } = shared
  return new RawShaderMaterial({
    name, glslVersion: GLSL3, vertexShader, fragmentShader, uniforms: { ...uniforms, ...own }, side: DoubleSide, ...options,
  })
}
