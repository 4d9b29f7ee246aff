import { Mesh, Scene, type Camera, type Material, type Object3D, type WebGLRenderer } from 'three'

/**
 * Has the driver translate what is new before it is drawn. A frame that draws a material whose program is still being
 * translated stops the page until it is done, a second at a time on a slow machine; here it appears when it is ready.
 */
export class Programs {
  readonly #known = new WeakSet<Material>()
  readonly #look = (object: Object3D): void => {
    const { material } = object as Partial<Mesh>
    if (!material || Array.isArray(material) || this.#known.has(material)) return
    this.#known.add(material)
    this.#fresh.push(object as Mesh)
  }
  #fresh: Mesh[] = []

  constructor(private readonly renderer: WebGLRenderer) {}

  /** Looks through what is about to be drawn. */
  prepare(scene: Scene, camera: Camera): void {
    scene.traverse(this.#look)
    if (this.#fresh.length === 0) return
    const shown: Material[] = [], examples = new Scene()
    for (const { geometry, material } of this.#fresh as { geometry: Mesh['geometry']; material: Material }[]) {
      if (!material.visible || this.renderer.properties.has(material)) continue // hidden by its layer, or drawn before
      material.visible = false
      shown.push(material)
      examples.add(new Mesh(geometry, material))
    }
    this.#fresh = []
    const show = (): void => { for (const material of shown) material.visible = true }
    void this.renderer.compileAsync(examples, camera).then(show, show)
  }
}
