import { Group, NormalBlending, type Mesh } from 'three'
import type { MetroMesh } from '../../city'
import { cityMaterial } from '../material'
import { meshOf, pulledMesh } from '../meshes'
import { metroFragment, metroVertex, stationFragment, stationVertex } from '../shaders/overlay'
import { floatTexture } from '../textures'
import type { SharedUniforms } from '../uniforms'

const WIDTH = 1024
const OVER = 0.85, THROUGH = 0.16 // opacity of what is seen, and of what is hidden

/** Metro lines, seen faintly through what stands above them, and their stations. */
export class MetroLayer {
  readonly group = new Group()
  readonly #shared: SharedUniforms
  readonly stationUniforms
  readonly #over = { value: OVER }
  readonly #through = { value: THROUGH }
  readonly stationMeshes: Mesh[] = []

  constructor(shared: SharedUniforms) {
    this.#shared = shared
    this.stationUniforms = { uStations: { value: shared.blank } }
  }

  /** Steps back while the roads carry colours of their own. */
  dim(on: boolean): void {
    this.#over.value = on ? 0.22 : OVER
    this.#through.value = on ? 0 : THROUGH
  }

  setMetro({ lines, stations, count }: MetroMesh): void {
    if (lines) {
      const over = cityMaterial(this.#shared, 'metro', metroVertex, metroFragment, { uStrength: this.#over }, { transparent: true, depthWrite: false, blending: NormalBlending })
      const through = cityMaterial(this.#shared, 'metro below', metroVertex, metroFragment, { uStrength: this.#through }, { transparent: true, depthWrite: false, depthTest: false })
      const mesh = meshOf(lines, over)
      const shadow = mesh.clone()
      shadow.material = through
      mesh.renderOrder = 7
      shadow.renderOrder = 6.5
      this.group.add(mesh, shadow)
    }
    const rows = Math.max(1, Math.ceil((count * 2) / WIDTH))
    const data = new Float32Array(WIDTH * rows * 4)
    data.set(stations)
    this.stationUniforms.uStations.value = floatTexture(data, WIDTH, rows)
    const mesh = pulledMesh(cityMaterial(this.#shared, 'stations', stationVertex, stationFragment, this.stationUniforms, { transparent: true, depthWrite: false }), count * 6)
    this.stationMeshes.push(mesh)
    mesh.renderOrder = 8
    this.group.add(mesh)
  }
}
