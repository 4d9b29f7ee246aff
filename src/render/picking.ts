import { Group, Mesh, NearestFilter, Scene, UnsignedByteType, WebGLRenderTarget, type Material, type PerspectiveCamera, type WebGLRenderer } from 'three'
import type { LateLayers } from './lateLayers'
import type { CrowdLayers } from './crowdLayers'
import type { AgentLayer } from './layers/agentLayer'
import type { GroundLayer } from './layers/groundLayer'
import type { RoadLayer } from './layers/roadLayer'
import { PickMaterials } from './pickMaterials'
import type { SharedUniforms } from './uniforms'

export type PickKind = 'link' | 'vehicle' | 'building' | 'station' | 'node' | 'person' | 'mark'
export interface Pick { readonly kind: PickKind; readonly row: number }

const SIDE = 17 // pixels of the pass, so that thin roads and small vehicles need no exact hit
const KINDS: readonly (PickKind | null)[] = [null, 'link', 'vehicle', 'building', 'station', 'node', 'person', 'mark']
/** Pixels that a hit counts as farther away than it is: what is small goes first. */
const PENALTY: readonly number[] = [99, 1.5, 0, 4.5, -1, 3, 0, -2]

/** What can be hit: a mesh of the picture, drawn once more with its row as its colour. */
export interface Pickable { readonly mesh: Mesh; readonly material: Material }

/** What can be hit, as far as it is there. */
export interface PickLayers { readonly ground: GroundLayer; readonly roads: RoadLayer; readonly agents: AgentLayer; late(): LateLayers | null; crowd(): CrowdLayers | null }

/** Finds what lies under a place on the screen by drawing a few pixels with rows instead of colours. */
export class Picker {
  readonly #target = new WebGLRenderTarget(SIDE, SIDE, { type: UnsignedByteType, minFilter: NearestFilter, magFilter: NearestFilter, generateMipmaps: false })
  readonly #scene = new Scene()
  readonly #bytes = new Uint8Array(SIDE * SIDE * 4)
  readonly #materials: PickMaterials

  constructor(uniforms: SharedUniforms, private readonly layers: PickLayers) {
    this.#scene.matrixWorldAutoUpdate = false
    this.#materials = new PickMaterials(uniforms, layers)
  }

  /**
   * Has the programs of the pass compiled and used while nobody waits. Otherwise the first click would do it, and stop
   * the page until the graphics process has finished the pictures before.
   */
  async warmUp(renderer: WebGLRenderer, camera: PerspectiveCamera): Promise<void> {
    const scene = new Scene()
    const seen = new Set<Material>()
    for (const { mesh, material } of this.#materials.pickables(this.layers)) {
      if (seen.has(material)) continue
      seen.add(material)
      const again = new Mesh(mesh.geometry, material)
      again.frustumCulled = false
      scene.add(again)
    }
    if (renderer.extensions.has('KHR_parallel_shader_compile')) await renderer.compileAsync(scene, camera)
    renderer.setRenderTarget(this.#target)
    renderer.render(scene, camera)
    renderer.setRenderTarget(null)
    scene.clear()
  }

  /** @param x, y  pixels from the top left of the canvas, in units of its layout size `width` x `height` */
  async pick(renderer: WebGLRenderer, camera: PerspectiveCamera, x: number, y: number, width: number, height: number): Promise<Pick | null> {
    const pickables = this.#materials.pickables(this.layers)
    const holder = new Group()
    const restore: (() => void)[] = []
    for (const { mesh, material } of pickables) {
      if (!mesh.visible) continue
      const own = mesh.material
      mesh.material = material
      restore.push(() => { mesh.material = own })
    }
    holder.children = pickables.filter(({ mesh }) => mesh.visible).map(({ mesh }) => mesh)
    this.#scene.children = [holder]
    const clear = renderer.getClearAlpha()
    camera.setViewOffset(width, height, x - SIDE / 2, y - SIDE / 2, SIDE, SIDE)
    renderer.setRenderTarget(this.#target)
    renderer.setClearAlpha(0)
    try {
      renderer.clear()
      renderer.render(this.#scene, camera)
    } finally {
      camera.clearViewOffset()
      renderer.setRenderTarget(null)
      renderer.setClearAlpha(clear)
      for (const undo of restore) undo()
      holder.children = []
      this.#scene.children = []
    }
    await renderer.readRenderTargetPixelsAsync(this.#target, 0, 0, SIDE, SIDE, this.#bytes)
    return nearestHit(this.#bytes, SIDE)
  }

  dispose(): void { this.#target.dispose() }
}

/** The hit closest to the middle of a square of pixels, counted with the penalty of its kind. */
export function nearestHit(bytes: Uint8Array, side: number): Pick | null {
  let best: Pick | null = null
  let least = side / 2 + 3
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const at = (j * side + i) * 4
      const kind = Math.round(bytes[at + 3]! / 32)
      const name = KINDS[kind]
      if (!name) continue
      const distance = Math.hypot(i - (side - 1) / 2, j - (side - 1) / 2) + PENALTY[kind]!
      if (distance < least) {
        least = distance
        best = { kind: name, row: bytes[at]! + bytes[at + 1]! * 256 + bytes[at + 2]! * 65536 }
      }
    }
  }
  return best
}
