import { Group } from 'three'
import { cityMaterial } from '../material'
import { pulledMesh } from '../meshes'
import { rainFragment } from '../shaders/rain'
import { skyVertex } from '../shaders/sky'
import type { SharedUniforms } from '../uniforms'

/** Falling rain, before everything else. */
export class RainLayer {
  readonly group = new Group()
  readonly #own = { uRain: { value: 0 } }

  constructor(shared: SharedUniforms) {
    const mesh = pulledMesh(cityMaterial(shared, 'rain', skyVertex, rainFragment, this.#own, { transparent: true, depthWrite: false, depthTest: false }), 3)
    mesh.renderOrder = 12
    this.group.add(mesh)
  }

  /** 0 none .. 1 heavy. */
  setStrength(strength: number): void {
    this.#own.uRain.value = strength
    this.group.visible = strength > 0
  }
}
