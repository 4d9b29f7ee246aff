import { DataTexture, LinearFilter, Matrix3, Matrix4, RedFormat, RepeatWrapping, Vector2, Vector3, Vector4, type Texture } from 'three'
import type { Daylight } from './daylight'

const CLEAR_FOG = 0.000036 // 1/m at sea level

/** Uniforms that all materials share by reference: set once a frame, seen by every shader. */
export function sharedUniforms() {
  const blank = new DataTexture(new Uint8Array([0, 0, 0, 0]), 1, 1)
  blank.needsUpdate = true
  return {
    uNoise: { value: noiseTexture() },
    uViewToWorld: { value: new Matrix3() },
    uCamera: { value: new Vector3() },
    uSunDirection: { value: new Vector3(0, 0, 1) },
    uSunColour: { value: new Vector3(1, 1, 1) },
    uZenith: { value: new Vector3() },
    uHorizon: { value: new Vector3() },
    uGlow: { value: new Vector3() },
    uAmbientSky: { value: new Vector3() },
    uAmbientGround: { value: new Vector3() },
    uNight: { value: 0 },
    uLampsOn: { value: 0 },
    uHour: { value: 12 },
    uFog: { value: CLEAR_FOG },
    uTime: { value: 0 },
    uExposure: { value: 1 },
    uPixel: { value: 0.001 },
    uViewport: { value: new Vector2(1, 1) },
    uShadowMap: { value: null as Texture | null },
    uShadowMatrix: { value: new Matrix4() },
    uShadowOn: { value: 0 },
    uDistricts: { value: 1 },
    uCore: { value: new Vector4(-1e9, -1e9, 1e9, 1e9) },
    uLift: { value: blank as Texture },
    uLiftBounds: { value: new Vector4(1e9, 1e9, 1, 0) },
    uInverseProjection: { value: new Matrix4() },
    blank,
  }
}

export type SharedUniforms = ReturnType<typeof sharedUniforms>

export function applyDaylight(uniforms: SharedUniforms, light: Daylight, hour: number): void {
  uniforms.uSunDirection.value.set(...light.sunDirection)
  uniforms.uSunColour.value.set(...light.sunColour)
  uniforms.uZenith.value.set(...light.zenith)
  uniforms.uHorizon.value.set(...light.horizon)
  uniforms.uGlow.value.set(...light.glow)
  uniforms.uAmbientSky.value.set(...light.ambientSky)
  uniforms.uAmbientGround.value.set(...light.ambientGround)
  uniforms.uNight.value = light.night
  uniforms.uLampsOn.value = light.lamps
  uniforms.uHour.value = hour
  uniforms.uExposure.value = light.exposure
}

/** Clouds take the sun and the colours of the sky, and rain the view. `rain` from 0 to 1. */
export function dimForRain({ uSunColour, uGlow, uAmbientSky, uZenith, uHorizon, uFog }: SharedUniforms, rain: number): void {
  uFog.value = CLEAR_FOG * (1 + 2.2 * rain)
  uSunColour.value.multiplyScalar(1 - 0.8 * rain)
  uGlow.value.multiplyScalar(1 - 0.9 * rain)
  uAmbientSky.value.multiplyScalar(1 - 0.12 * rain)
  for (const { value } of [uZenith, uHorizon]) value.lerp(new Vector3().setScalar((value.x + value.y + value.z) / 3.4), 0.75 * rain)
}

/** Bytes that look random and are the same every time: noise by one texture fetch instead of four hashes. */
function noiseTexture(): DataTexture {
  const bytes = new Uint8Array(256 * 256)
  let state = 0x2545f491
  for (let i = 0; i < bytes.length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[i] = state >>> 24
  }
  const texture = new DataTexture(bytes, 256, 256, RedFormat)
  texture.wrapS = texture.wrapT = RepeatWrapping
  texture.minFilter = texture.magFilter = LinearFilter
  texture.needsUpdate = true
  return texture
}
