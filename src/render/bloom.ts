import { type BufferGeometry, GLSL3, LinearFilter, NoBlending, PerspectiveCamera, RawShaderMaterial, Scene, Vector2, WebGLRenderTarget, type Camera, type Mesh, type Texture, type WebGLRenderer } from 'three'
import { pulledMesh } from './meshes'

const LEVELS = 4 // halvings: the halo of a lamp reaches some forty pixels
const SAMPLES = 4

const vertexShader = /* glsl */ `
out vec2 vPlace;
void main() {
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  vPlace = corner;
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`

const head = /* glsl */ `
precision highp float;
uniform sampler2D uFrom;
uniform vec2 uTexel;
in vec2 vPlace;
out vec4 outColour;
vec3 at(float x, float y) { return texture(uFrom, vPlace + vec2(x, y) * uTexel).rgb; }
`
/** Four taps around the middle; the first pass keeps only what shines. Bjorge (2015), "Bandwidth-efficient rendering". */
const downFragment = `${head}uniform float uThreshold;
vec3 shining(vec3 c) { float b = max(c.r, max(c.g, c.b)); return c * smoothstep(uThreshold, uThreshold + 0.35, b); }
void main() {
  vec3 sum = shining(at(0.0, 0.0)) * 4.0 + shining(at(-1.0, -1.0)) + shining(at(1.0, -1.0)) + shining(at(-1.0, 1.0)) + shining(at(1.0, 1.0));
  outColour = vec4(sum / 8.0, 1.0);
}`
const upFragment = `${head}uniform sampler2D uWith;
void main() {
  vec3 sum = at(-2.0, 0.0) + at(2.0, 0.0) + at(0.0, 2.0) + at(0.0, -2.0) + 2.0 * (at(-1.0, 1.0) + at(1.0, 1.0) + at(-1.0, -1.0) + at(1.0, -1.0));
  outColour = vec4(sum / 12.0 * 0.75 + texture(uWith, vPlace).rgb * 0.6, 1.0);
}`
const lastFragment = `${head}uniform sampler2D uPicture;
uniform float uStrength;
void main() {
  vec3 picture = texture(uPicture, vPlace).rgb, halo = at(0.0, 0.0) * uStrength;
  outColour = vec4(picture + halo * (1.0 - picture), 1.0);
}`

type Pass = Mesh<BufferGeometry, RawShaderMaterial>

/** Halos around what shines at night, for the tier that has a graphics card to spare. Its code is fetched with the tier. */
export class Bloom {
  readonly #picture = new WebGLRenderTarget(1, 1, { samples: SAMPLES, minFilter: LinearFilter, magFilter: LinearFilter })
  readonly #halves = Array.from({ length: LEVELS }, () => new WebGLRenderTarget(1, 1, { depthBuffer: false, minFilter: LinearFilter, magFilter: LinearFilter }))
  readonly #rises = Array.from({ length: LEVELS - 1 }, () => new WebGLRenderTarget(1, 1, { depthBuffer: false, minFilter: LinearFilter, magFilter: LinearFilter }))
  readonly #down = pass(downFragment, { uThreshold: { value: 0 } })
  readonly #up = pass(upFragment, { uWith: { value: null } })
  readonly #last = pass(lastFragment, { uPicture: { value: null }, uStrength: { value: 0 } })
  readonly #scene = new Scene()
  readonly #camera = new PerspectiveCamera()
  readonly #size = new Vector2()

  /** Draws a scene with halos. `strength` 0..1. */
  render(renderer: WebGLRenderer, scene: Scene, camera: Camera, strength: number): void {
    renderer.getDrawingBufferSize(this.#size)
    const { x: width, y: height } = this.#size
    if (this.#picture.width !== width || this.#picture.height !== height) this.#resize(width, height)
    renderer.setRenderTarget(this.#picture)
    renderer.clear()
    renderer.render(scene, camera)
    let from = this.#picture
    for (const [level, half] of this.#halves.entries()) {
      this.#down.material.uniforms['uThreshold']!.value = level === 0 ? 0.55 : -1
      this.#draw(renderer, this.#down, from, half)
      from = half
    }
    for (let level = LEVELS - 2; level >= 0; level--) {
      this.#up.material.uniforms['uWith']!.value = this.#halves[level]!.texture
      this.#draw(renderer, this.#up, from, this.#rises[level]!)
      from = this.#rises[level]!
    }
    this.#last.material.uniforms['uPicture']!.value = this.#picture.texture
    this.#last.material.uniforms['uStrength']!.value = strength
    this.#draw(renderer, this.#last, from, null)
  }

  #draw(renderer: WebGLRenderer, mesh: Pass, from: WebGLRenderTarget, to: WebGLRenderTarget | null): void {
    mesh.material.uniforms['uFrom']!.value = from.texture
    mesh.material.uniforms['uTexel']!.value.set(1 / from.width, 1 / from.height)
    this.#scene.children = [mesh]
    renderer.setRenderTarget(to)
    renderer.render(this.#scene, this.#camera)
  }

  #resize(width: number, height: number): void {
    this.#picture.setSize(width, height)
    const half = (size: number, level: number): number => Math.max(1, size >> (level + 1))
    for (const [level, target] of this.#halves.entries()) target.setSize(half(width, level), half(height, level))
    for (const [level, target] of this.#rises.entries()) target.setSize(half(width, level), half(height, level))
  }

  dispose(): void {
    for (const target of [this.#picture, ...this.#halves, ...this.#rises]) target.dispose()
    for (const { material, geometry } of [this.#down, this.#up, this.#last]) { material.dispose(); geometry.dispose() }
  }
}

function pass(fragmentShader: string, own: Record<string, { value: Texture | number | null }>): Pass {
  const material = new RawShaderMaterial({
    glslVersion: GLSL3, vertexShader: `precision highp float;${vertexShader}`, fragmentShader, depthTest: false, depthWrite: false, blending: NoBlending,
    uniforms: { uFrom: { value: null }, uTexel: { value: new Vector2() }, ...own },
  })
  return pulledMesh(material, 3) as Pass
}
