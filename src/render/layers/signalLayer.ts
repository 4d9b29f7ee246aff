import { Group, type DataTexture } from 'three'
import type { SignalMesh } from '../../city'
import { Light } from '../../sim'
import { cityMaterial } from '../material'
import { pulledMesh } from '../meshes'
import { signalFragment, signalVertex } from '../shaders/props'
import { byteTexture, floatTexture } from '../textures'
import type { SharedUniforms } from '../uniforms'

const WIDTH = 1024, CORNERS = 108
const REACH = 650 // m within which heads are drawn

/** Signal heads with their live state, one byte a group. */
export class SignalLayer {
  readonly group = new Group()
  readonly #own
  readonly #mesh
  #lights: DataTexture | null = null
  #count = 0

  constructor(shared: SharedUniforms) {
    this.#own = { uHeads: { value: shared.blank }, uLights: { value: shared.blank as DataTexture }, uReach: { value: REACH } }
    this.#mesh = pulledMesh(cityMaterial(shared, 'signals', signalVertex, signalFragment, this.#own), 0)
    this.#mesh.visible = false
    this.#mesh.renderOrder = 5
    this.group.add(this.#mesh)
  }

  setSignals({ heads, count }: SignalMesh): void {
    this.#count = count
    const rows = Math.max(1, Math.ceil((count * 2) / WIDTH))
    const data = new Float32Array(WIDTH * rows * 4)
    data.set(heads)
    this.#own.uHeads.value = floatTexture(data, WIDTH, rows)
    const lightRows = Math.max(1, Math.ceil(count / WIDTH))
    const lights = byteTexture(new Uint8Array(WIDTH * lightRows).fill(Light.red), WIDTH, lightRows, 1)
    this.#lights = lights
    this.#own.uLights.value = lights
    Object.assign(this.#mesh.geometry.getAttribute('position'), { count: count * CORNERS })
    this.#mesh.geometry.setDrawRange(0, count * CORNERS)
  }

  setStates(states: Uint8Array): void {
    if (!this.#lights || !this.#mesh.visible) return
    ;(this.#lights.image.data as Uint8Array).set(states.subarray(0, this.#count))
    this.#lights.needsUpdate = true
  }

  /** @param heightOfEye  m above the ground */
  update(heightOfEye: number): void {
    this.#mesh.visible = this.#count > 0 && heightOfEye < REACH
  }
}
