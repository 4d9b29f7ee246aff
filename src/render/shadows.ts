import { DepthTexture, LessEqualCompare, Matrix4, NearestFilter, OrthographicCamera, Scene, UnsignedIntType, Vector3, WebGLRenderTarget, LinearFilter, type Material, type Mesh, type PerspectiveCamera, type WebGLRenderer } from 'three'
import type { SharedUniforms } from './uniforms'

const SIZE = 2048
const REACH_MIN = 260, REACH_MAX = 5200 // m, half width of the lit square
const ANGLE_MIN = 0.006 // rad the sun moves before shadows are drawn again

/** One shadow map around what the camera looks at, drawn again only when the sun or the view has moved on. */
export class Shadows {
  readonly #target
  readonly #camera = new OrthographicCamera(-1, 1, 1, -1, 1, 9000)
  readonly #scene = new Scene()
  readonly #centre = new Vector3(1e9, 0, 0)
  readonly #sun = new Vector3()
  #reach = 0
  #casters = 0
  #matrix = new Matrix4()
  enabled = true

  constructor(private readonly uniforms: SharedUniforms) {
    const depthTexture = new DepthTexture(SIZE, SIZE, UnsignedIntType)
    depthTexture.compareFunction = LessEqualCompare
    depthTexture.minFilter = depthTexture.magFilter = LinearFilter
    this.#target = new WebGLRenderTarget(SIZE, SIZE, { depthTexture, minFilter: NearestFilter, magFilter: NearestFilter, generateMipmaps: false })
    this.#scene.matrixWorldAutoUpdate = false
    this.#camera.up.set(0, 0, 1)
  }

  /** Draws the map if it is stale. `casters` are tiles; they are borrowed from the main scene for the pass. */
  update(renderer: WebGLRenderer, camera: PerspectiveCamera, target: Vector3, casters: readonly Mesh[], material: Material): void {
    const sun = this.uniforms.uSunDirection.value
    const distance = camera.position.distanceTo(target)
    const wanted = Math.min(REACH_MAX, Math.max(REACH_MIN, distance * 1.1))
    const visible = this.enabled && sun.z > 0.03 && distance < 12000
    this.uniforms.uShadowOn.value = visible ? Math.min(1, (12000 - distance) / 4000) * Math.min(1, (sun.z - 0.03) / 0.06) : 0
    if (!visible) return
    // The middle lies between the eye and what it looks at, so that the foreground is in.
    const middle = target.clone().lerp(camera.position, 0.25).setZ(0)
    const stale = this.#sun.angleTo(sun) > ANGLE_MIN || this.#centre.distanceTo(middle) > this.#reach * 0.22
      || wanted > this.#reach * 1.25 || wanted < this.#reach * 0.6 || casters.length !== this.#casters
    if (stale) this.#draw(renderer, middle, sun, wanted, casters, material)
    this.uniforms.uShadowMatrix.value.makeTranslation(camera.position.x, camera.position.y, camera.position.z).premultiply(this.#matrix)
    this.uniforms.uShadowMap.value = this.#target.depthTexture
  }

  #draw(renderer: WebGLRenderer, middle: Vector3, sun: Vector3, reach: number, casters: readonly Mesh[], material: Material): void {
    this.#sun.copy(sun); this.#centre.copy(middle); this.#reach = reach; this.#casters = casters.length
    const camera = this.#camera
    camera.left = camera.bottom = -reach
    camera.right = camera.top = reach
    camera.position.copy(middle).addScaledVector(sun, 4500)
    camera.lookAt(middle)
    camera.updateMatrixWorld()
    camera.updateProjectionMatrix()
    this.#matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse)
    const far = reach * 1.5 + 800 / Math.max(0.15, sun.z)
    const own: Mesh[] = []
    for (const mesh of casters) {
      if (Math.hypot(mesh.position.x - middle.x, mesh.position.y - middle.y) < far + 2300) own.push(mesh)
    }
    this.#scene.children = own
    this.#scene.overrideMaterial = material
    this.uniforms.uShadowMap.value = null
    const before = renderer.getRenderTarget()
    const autoClear = renderer.autoClear
    renderer.autoClear = true
    renderer.setRenderTarget(this.#target)
    renderer.render(this.#scene, camera)
    renderer.setRenderTarget(before)
    renderer.autoClear = autoClear
    this.#scene.children = []
  }

  dispose(): void { this.#target.dispose() }
}
