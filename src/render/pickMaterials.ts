import { NoBlending, type Material, type Texture } from 'three'
import { cityMaterial } from './material'
import type { Pickable, PickLayers } from './picking'
import { boxVertex, farVertex, modelVertex } from './shaders/agents'
import { buildingVertex } from './shaders/building'
import { groundVertex } from './shaders/ground'
import { markVertex } from './shaders/marks'
import { stationVertex } from './shaders/overlay'
import { pickAgentFragment, pickBuildingFragment, pickMarkFragment, pickNothingFragment, pickPersonFragment, pickRoadFragment, pickStationFragment } from './shaders/pick'
import { roadVertex } from './shaders/road'
import type { SharedUniforms } from './uniforms'

/** Materials of the picking pass: the vertex shaders of the picture with rows as colours. Made at the first click. */
export class PickMaterials {
  readonly #ground: Material
  readonly #road: Material
  readonly #building: Material
  readonly #station
  readonly #stations = { uStations: { value: null as Texture | null } }
  readonly #agents: readonly [Material, Material, Material]
  #people: Pickable[] | null = null
  #mark: Material | null = null

  constructor(private readonly shared: SharedUniforms, { roads, agents }: PickLayers) {
    const options = { blending: NoBlending }
    this.#ground = cityMaterial(shared, 'pick nothing', groundVertex, pickNothingFragment, {}, options)
    this.#road = cityMaterial(shared, 'pick road', roadVertex, pickRoadFragment, roads.shader.uniforms, options)
    this.#building = cityMaterial(shared, 'pick building', buildingVertex, pickBuildingFragment, {}, options)
    this.#station = cityMaterial(shared, 'pick station', stationVertex, pickStationFragment, this.#stations, options)
    this.#agents = [farVertex, boxVertex, modelVertex].map(vertex =>
      cityMaterial(shared, 'pick agents', vertex, pickAgentFragment, agents.uniforms, options)) as unknown as [Material, Material, Material]
  }

  /** What can be hit now. */
  pickables({ ground, roads, agents, late, crowd }: PickLayers): Pickable[] {
    const layers = late()
    if (layers) this.#stations.uStations.value = layers.metro.stationUniforms.uStations.value
    const people = crowd()?.people
    if (people) this.#people ??= people.pickables((own, vertex) => cityMaterial(this.shared, 'pick people', vertex, pickPersonFragment, own, { blending: NoBlending }))
    const marks = crowd()?.marks
    if (marks && marks.meshes.length > 0) this.#mark ??= cityMaterial(this.shared, 'pick marks', markVertex, pickMarkFragment, marks.uniforms, { blending: NoBlending })
    return [
      ...ground.meshes.map(mesh => ({ mesh, material: this.#ground })),
      ...roads.pickables(this.#road),
      ...(layers?.buildings.group.visible ? [...layers.buildings.meshes].map(mesh => ({ mesh, material: this.#building })) : []),
      ...(agents.group.visible ? agents.pickables(...this.#agents) : []),
      ...(people?.group.visible ? this.#people ?? [] : []),
      ...(marks && this.#mark ? marks.meshes.map(mesh => ({ mesh, material: this.#mark! })) : []),
      ...(layers?.metro.group.visible ? layers.metro.stationMeshes.map(mesh => ({ mesh, material: this.#station })) : []),
    ]
  }
}
