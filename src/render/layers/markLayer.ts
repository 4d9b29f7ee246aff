import { CustomBlending, Group, OneMinusSrcAlphaFactor, SrcAlphaFactor, Vector2, type IUniform, type Mesh, type RawShaderMaterial } from 'three'
import type { MeshData } from '../../city'
import { buildMarks, type GroundMark } from '../groundMarks'
import { cityMaterial } from '../material'
import { meshOf } from '../meshes'
import { markFragment, markVertex } from '../shaders/marks'
import type { SharedUniforms } from '../uniforms'

/** First row of what is being drawn: never that of a mark that is looked at. */
const NOT_PICKED = 1e6

/** What planners put on the ground where people walk, and what they are drawing there just now. */
export class MarkLayer {
  readonly group = new Group()
  readonly uniforms: Record<string, IUniform>
  readonly #solid: RawShaderMaterial
  readonly #clear: RawShaderMaterial
  #standing: Mesh[] = []
  #sketched: Mesh[] = []

  /** @param floors  which floors are shown, as the areas have it */
  constructor(shared: SharedUniforms, floors: Record<string, IUniform>) {
    this.uniforms = { ...floors, uChosen: { value: -1 }, uPull: { value: new Vector2(1.7, 0.0038) } }
    this.#solid = cityMaterial(shared, 'marks', markVertex, markFragment, this.uniforms)
    // Drawn with the ground and before the people on it, so it may not wait for what is transparent; what stands is drawn over it.
    this.#clear = cityMaterial(shared, 'marks', markVertex, markFragment, { ...this.uniforms, uPull: { value: new Vector2(8, 0.02) } }, { depthWrite: false, blending: CustomBlending, blendSrc: SrcAlphaFactor, blendDst: OneMinusSrcAlphaFactor })
  }

  /** What stands, for the picking pass; a ground lies under people, and is found by its place. */
  get meshes(): readonly Mesh[] { return this.#standing.filter(({ material }) => material === this.#solid) }

  setMarks(marks: readonly GroundMark[], chosen: number, groundAt: (x: number, y: number) => number): void {
    this.uniforms['uChosen']!.value = chosen
    this.#standing = this.#replace(this.#standing, marks, groundAt, 0)
  }

  setSketch(sketch: readonly GroundMark[], groundAt: (x: number, y: number) => number): void {
    this.#sketched = this.#replace(this.#sketched, sketch, groundAt, NOT_PICKED)
  }

  #replace(old: readonly Mesh[], marks: readonly GroundMark[], groundAt: (x: number, y: number) => number, rowFirst: number): Mesh[] {
    for (const mesh of old) {
      this.group.remove(mesh)
      mesh.geometry.dispose()
    }
    const { upright, fills } = buildMarks(marks, groundAt, rowFirst)
    const add = (data: MeshData | null, material: RawShaderMaterial, order: number): Mesh[] => {
      if (!data) return []
      const mesh = meshOf(data, material)
      mesh.renderOrder = order
      this.group.add(mesh)
      return [mesh]
    }
    return [...add(fills, this.#clear, 2.4), ...add(upright, this.#solid, 4.6)]
  }
}
