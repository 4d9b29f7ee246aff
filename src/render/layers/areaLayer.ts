import { Group, Vector2, type Camera, type Mesh } from 'three'
import type { CityArea } from '../../city'
import { AreaLift } from '../areaLift'
import { buildArea, planArea } from '../areaMeshes'
import { cityMaterial } from '../material'
import { meshOf, pulledMesh } from '../meshes'
import { areaFragment, areaVertex, veilFragment, veilVertex } from '../shaders/areas'
import type { SharedUniforms } from '../uniforms'

interface DrawnArea { readonly area: CityArea; readonly mesh: Mesh; readonly lift: AreaLift | null; readonly x: number; readonly y: number }

const FARTHEST = 9000 // m

/** Squares, stadiums and stations where people walk: floors, walls, steps, fences, gates. */
export class AreaLayer {
  readonly group = new Group()
  /** Which floors are shown, and whether through what lies above them. */
  readonly floors = { uFloors: { value: new Vector2(-1e6, 1e6) }, uThrough: { value: 0 } }
  readonly #material
  readonly #veil
  #drawn: DrawnArea[] = []
  #wanted: readonly CityArea[] = []

  constructor(private readonly shared: SharedUniforms) {
    this.#material = cityMaterial(shared, 'areas', areaVertex, areaFragment, this.floors)
    this.#veil = pulledMesh(cityMaterial(shared, 'veil', veilVertex, veilFragment, {}, { transparent: true, depthWrite: false }), 3)
    this.#veil.renderOrder = 8
    this.#veil.visible = false
    this.group.add(this.#veil)
  }

  /** Areas that were there before stay as they are; none are kept where the ground under them has `changed`. */
  setAreas(areas: readonly CityArea[], groundAt: (x: number, y: number) => number, changed = false): void {
    const kept = new Set(changed ? [] : this.#drawn.filter(({ area }) => areas.includes(area)))
    for (const drawn of this.#drawn) {
      if (kept.has(drawn)) continue
      this.group.remove(drawn.mesh)
      drawn.mesh.geometry.dispose()
      drawn.lift?.texture.dispose()
    }
    this.#drawn = [...kept]
    this.#liftOf(null)
    this.#wanted = areas
    const there = new Set(this.#drawn.map(({ area }) => area))
    void this.#build(areas.filter(area => !there.has(area)), groundAt, areas)
  }

  /** One at a time, with room for the page between them: a square takes some 40 ms. */
  async #build(missing: readonly CityArea[], groundAt: (x: number, y: number) => number, wanted: readonly CityArea[]): Promise<void> {
    for (const area of missing) {
      await new Promise(done => setTimeout(done))
      if (this.#wanted !== wanted) return
      const plan = planArea(area.space, groundAt)
      const lift = plan.open.length > 0 ? new AreaLift(plan, groundAt) : null
      const mesh = meshOf(buildArea(area, plan, (x, y, z) => lift?.at(x, y, z) ?? 0), this.#material)
      mesh.renderOrder = 2.2
      this.group.add(mesh)
      this.#drawn.push({ area, mesh, lift, x: mesh.position.x, y: mesh.position.y })
    }
  }

  /** Only floors between two heights above the sea, m, seen through what lies above them; null = all, as the eye sees them. */
  setFloors(range: readonly [low: number, high: number] | null): void {
    this.floors.uFloors.value.set(...(range ?? [-1e6, 1e6]) as [number, number])
    this.floors.uThrough.value = range ? 1 : 0
    this.#veil.visible = range !== null
  }

  /** The ground gives way to the area nearest to the eye; farther ones are too small for anybody to see into. */
  update({ position }: Camera): void {
    let nearest: DrawnArea | null = null, least = FARTHEST
    for (const area of this.#drawn) {
      const distance = Math.hypot(area.x - position.x, area.y - position.y, position.z)
      area.mesh.visible = distance < FARTHEST
      if (distance < least && area.lift && this.group.visible) { nearest = area; least = distance }
    }
    this.#liftOf(nearest?.lift ?? null)
  }

  #liftOf(lift: AreaLift | null): void {
    const { uLift, uLiftBounds, blank } = this.shared
    uLift.value = lift?.texture ?? blank
    if (lift) uLiftBounds.value.copy(lift.bounds)
    else uLiftBounds.value.set(1e9, 1e9, 1, 0)
  }
}
