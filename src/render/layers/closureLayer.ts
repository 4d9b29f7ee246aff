import { Group } from 'three'
import type { PathTexture } from '../../city'
import { placeProps, PROP_FLOATS } from '../closureProps'
import { cityMaterial } from '../material'
import { pulledMesh } from '../meshes'
import { closureFragment, closureVertex } from '../shaders/closure'
import { floatTexture } from '../textures'
import type { SharedUniforms } from '../uniforms'

const WIDTH = 512, CORNERS = 102

/** Barriers and cones of the roads that are closed now: one draw call, made anew whenever the set of closed lanes changes. */
export class ClosureLayer {
  readonly group = new Group()
  /** Props that stand. */
  count = 0
  readonly #own
  readonly #mesh

  constructor(private readonly shared: SharedUniforms) {
    this.#own = { uProps: { value: shared.blank } }
    this.#mesh = pulledMesh(cityMaterial(shared, 'closures', closureVertex, closureFragment, this.#own), 0)
    this.#mesh.visible = false
    this.#mesh.renderOrder = 5
    this.group.add(this.#mesh)
  }

  setClosed(lanes: readonly number[], paths: PathTexture): void {
    const props = placeProps(lanes, paths)
    this.count = props.length / PROP_FLOATS
    this.#mesh.visible = this.count > 0
    if (this.#own.uProps.value !== this.shared.blank) this.#own.uProps.value.dispose()
    this.#own.uProps.value = this.shared.blank
    if (this.count === 0) return
    const rows = Math.ceil((this.count * 2) / WIDTH)
    const texels = new Float32Array(WIDTH * rows * 4)
    for (let prop = 0; prop < this.count; prop++) texels.set(props.subarray(prop * PROP_FLOATS, (prop + 1) * PROP_FLOATS), prop * 8)
    this.#own.uProps.value = floatTexture(texels, WIDTH, rows)
    Object.assign(this.#mesh.geometry.getAttribute('position'), { count: this.count * CORNERS })
    this.#mesh.geometry.setDrawRange(0, this.count * CORNERS)
  }
}
