import { NoBlending, type Material } from 'three'
import type { AgentLayer } from './layers/agentLayer'
import type { BuildingLayer } from './layers/buildingLayer'
import type { GroundLayer } from './layers/groundLayer'
import type { MetroLayer } from './layers/metroLayer'
import type { RoadLayer } from './layers/roadLayer'
import { cityMaterial } from './material'
import type { Pickable } from './picking'
import { boxVertex, farVertex, modelVertex } from './shaders/agents'
import { buildingVertex } from './shaders/building'
import { groundVertex } from './shaders/ground'
import { stationVertex } from './shaders/overlay'
import { pickAgentFragment, pickBuildingFragment, pickNothingFragment, pickRoadFragment, pickStationFragment } from './shaders/pick'
import { roadVertex } from './shaders/road'
import type { SharedUniforms } from './uniforms'

/** Materials of the picking pass: the vertex shaders of the picture with rows as colours. Made at the first click. */
export class PickMaterials {
  readonly #ground: Material
  readonly #road: Material
  readonly #building: Material
  readonly #station: Material
  readonly #agents: readonly [Material, Material, Material]

  constructor(shared: SharedUniforms, roads: RoadLayer, agents: AgentLayer, metro: MetroLayer) {
    const options = { blending: NoBlending }
    this.#ground = cityMaterial(shared, 'pick nothing', groundVertex, pickNothingFragment, {}, options)
    this.#road = cityMaterial(shared, 'pick road', roadVertex, pickRoadFragment, roads.shader.uniforms, options)
    this.#building = cityMaterial(shared, 'pick building', buildingVertex, pickBuildingFragment, {}, options)
    this.#station = cityMaterial(shared, 'pick station', stationVertex, pickStationFragment, metro.stationUniforms, options)
    this.#agents = [farVertex, boxVertex, modelVertex].map(vertex =>
      cityMaterial(shared, 'pick agents', vertex, pickAgentFragment, agents.uniforms, options)) as unknown as [Material, Material, Material]
  }

  pickables(ground: GroundLayer, roads: RoadLayer, buildings: BuildingLayer, agents: AgentLayer, metro: MetroLayer): Pickable[] {
    return [
      ...ground.meshes.map(mesh => ({ mesh, material: this.#ground })),
      ...roads.pickables(this.#road),
      ...(buildings.group.visible ? [...buildings.meshes].map(mesh => ({ mesh, material: this.#building })) : []),
      ...(agents.group.visible ? agents.pickables(...this.#agents) : []),
      ...(metro.group.visible ? metro.stationMeshes.map(mesh => ({ mesh, material: this.#station })) : []),
    ]
  }
}
