import { ColorManagement, LinearSRGBColorSpace, Scene, Vector3, type WebGLRenderer } from 'three'
import { CameraRig, type CameraPose } from './cameraRig'
import { CityScene, type CitySource } from './CityScene'
import { current } from './current'
import type { PanelBox } from './layers/labelLayer'
import type { AgentPose } from './layers/agentLayer'
import type { PersonPose } from './layers/peopleLayer'
import type { Bloom } from './bloom'
import { cityMaterial } from './material'
import { pulledMesh } from './meshes'
import { Panes, type Division } from './panes'
import type { Pick, Picker } from './picking'
import { Programs } from './programs'
import { qualityTiers, type QualityTier } from './quality'
import { skyFragment, skyVertex } from './shaders/sky'
import { Shadows } from './shadows'
import { rowWriter } from './textures'

ColorManagement.enabled = false // the shaders work in linear light and write display values themselves

/** ms between frames while the city opens, where drawing takes the very processor that builds it. */
const OPENING_FRAME = 1000

const SLOW = 40 // ms of a frame from which one waits for what was clicked before the next is drawn
const HALO = 0.55 // strength of the halos around lamps in the dead of night

/** The render core of the city view: buffers, camera and the work of a frame. React only mounts it. */
export class CityView extends CityScene {
  readonly rig: CameraRig
  readonly scene = new Scene()
  #covering: Covering | null = null
  readonly #shadows = new Shadows(this.uniforms)
  readonly #write
  readonly #programs
  #last = 0
  #follow = -1
  #followPerson = -1
  readonly #personPose: PersonPose = { x: 0, y: 0, z: 0, headingX: 0, headingY: 0, speed: 0, mode: 0, standing: false }
  readonly #pose: AgentPose = { x: 0, y: 0, z: 0, headingX: 0, headingY: 0, speed: 0, class: 0, path: 0 }
  #frameMs = 0
  #height = 1
  #picker: Promise<Picker> | null = null
  #bloom: Bloom | null = null
  #answersAwaited = 0
  readonly #panes = new Panes()

  constructor(readonly renderer: WebGLRenderer, readonly element: HTMLElement, public tier: QualityTier = 'medium') {
    super()
    renderer.outputColorSpace = LinearSRGBColorSpace
    renderer.autoClear = true
    renderer.info.autoReset = false
    this.#write = rowWriter(renderer)
    this.#programs = new Programs(renderer)
    this.rig = new CameraRig(element)
    this.rig.groundAt = (x, y) => this.groundAt(x, y)
    const sky = pulledMesh(cityMaterial(this.uniforms, 'sky', skyVertex, skyFragment, {}, { depthWrite: false }), 3)
    sky.renderOrder = 3.5 // after the large opaque things, so that only open sky is shaded
    this.scene.add(sky, this.group)
    this.scene.matrixWorldAutoUpdate = false
    element.addEventListener('pointermove', ({ offsetX }) => { if (this.#panes.split) this.#aim(offsetX) })
    this.setQuality(tier)
    current.view = this
  }

  flyTo(pose: CameraPose, smooth = true): void {
    this.#follow = this.#followPerson = -1
    if (this.#covering) this.#covering.flyTo(pose, smooth)
    else this.rig.flyTo(pose, smooth)
  }

  /** Lets another view of the same city lie over this one and show what this one is told to; null uncovers it. */
  coverWith(other: Covering | null): void {
    this.#covering = other
    this.mirrorTo(other)
  }

  /** Keeps the camera on one vehicle; -1 lets go. */
  follow(slot: number): void {
    this.#follow = slot
    this.#followPerson = -1
  }

  /** Keeps the camera on one person; -1 lets go. */
  followPerson(slot: number): void {
    this.#follow = -1
    this.#followPerson = slot
  }

  /** Shares the picture with the run beside; null = it is all this run's. */
  divide(division: Division | null): void {
    this.#panes.division = division
    this.resize(this.#panes.width, this.#height)
  }

  /** Names keep clear of panels in both pictures. */
  override setPanels(panels: () => readonly PanelBox[]): void {
    super.setPanels(() => {
      const boxes = panels(), { split, ownLeft } = this.#panes
      return split ? [...boxes, ...boxes.map(({ left, right, top, bottom }) => ({ left: left - ownLeft, right: right - ownLeft, top, bottom }))] : boxes
    })
  }

  /** The place of the ground under a place of the canvas, px from its top left; null = sky. `level` m above the sea instead of the ground. */
  groundUnder(px: number, py: number, level: number | null = null): { readonly x: number; readonly y: number } | null {
    const { camera } = this.rig
    const { x, y, z } = camera.position
    const ray = new Vector3((this.#panes.inPane(px) / this.#panes.paneWidth) * 2 - 1, 1 - (py / this.#height) * 2, 0.5).unproject(camera).sub(camera.position)
    if (ray.z >= -1e-6) return null
    let height = level ?? this.groundAt(this.rig.target.x, this.rig.target.y)
    // The ground is nearly level over what two looks differ by.
    const looks = level === null ? 4 : 0
    for (let look = 0; look < looks; look++) height = this.groundAt(x + (ray.x * (height - z)) / ray.z, y + (ray.y * (height - z)) / ray.z)
    const t = (height - z) / ray.z
    return { x: x + ray.x * t, y: y + ray.y * t }
  }

  /** Where a place is on the canvas, px from its top left, in the picture of this run; and how far from the eye, m; null = behind it. */
  screenOf(x: number, y: number, z: number): { readonly left: number; readonly top: number; readonly distance: number } | null {
    const { camera } = this.rig
    const place = new Vector3(x, y, z)
    const distance = place.distanceTo(camera.position)
    place.project(camera)
    return place.z > 1 ? null : { left: ((place.x + 1) / 2) * this.#panes.paneWidth + this.#panes.ownLeft, top: ((1 - place.y) / 2) * this.#height, distance }
  }

  /** What lies under a place of the canvas, px from its top left; near misses of thin things count. */
  async pick(x: number, y: number): Promise<Pick | null> {
    const picker = await this.#openPicker()
    this.#answersAwaited += 1
    try {
      let answer: Promise<Pick | null> | undefined
      const ask = (): void => { answer = picker.pick(this.renderer, this.rig.camera, this.#panes.inPane(x), y, this.#panes.paneWidth, this.#height) }
      // Who moves in the run beside has no number in this one.
      if (this.#panes.isBeside(x)) this.drawBeside(ask)
      else ask()
      return await answer!
    } finally {
      this.#answersAwaited -= 1
    }
  }

  #openPicker(): Promise<Picker> {
    this.#picker ??= import('./picking').then(({ Picker }) => new Picker(this.uniforms, { ground: this.ground, roads: this.roads, agents: this.agents, late: () => this.late, crowd: () => this.crowd }))
    return this.#picker
  }

  override async load(source: CitySource, focus: readonly [number, number]): Promise<void> {
    await super.load(source, focus)
    const picker = await this.#openPicker()
    await picker.warmUp(this.renderer, this.rig.camera)
  }

  override setQuality(tier: QualityTier): void {
    super.setQuality(tier)
    this.tier = tier
    this.#shadows.enabled = qualityTiers[tier].shadows
    if (qualityTiers[tier].bloom) void import('./bloom').then(({ Bloom }) => { this.#bloom ??= new Bloom() })
    else { this.#bloom?.dispose(); this.#bloom = null }
  }

  resize(width: number, height: number): void {
    this.#panes.width = width
    this.#height = height
    this.rig.resize(this.#panes.paneWidth, height)
    this.#aim(width)
  }

  /** The wheel draws near to what is under the pointer in its own picture. */
  #aim(px: number): void {
    const { split, ownLeft, paneWidth } = this.#panes
    if (split) this.rig.controls.setViewport(this.#panes.isBeside(px) ? 0 : ownLeft, 0, paneWidth, this.#height)
    else this.rig.controls.setViewport(null, 0, 0, 0)
  }

  /** One frame. `now` in ms. */
  frame(now: number): void {
    if (this.#covering) return // nobody would see it
    if (this.#answersAwaited > 0 && this.#frameMs > SLOW) return // without a graphics card, more frames would only put the answer off
    if (this.opening && this.tier === 'low' && now - this.#last < OPENING_FRAME) return
    const start = performance.now()
    const delta = Math.min(0.25, (now - this.#last) / 1000)
    this.#last = now
    const { renderer, rig } = this
    if (this.#follow >= 0) this.#keepUp()
    else if (this.#followPerson >= 0) this.#keepUpWithPerson()
    rig.update(delta)
    this.#setUniforms()
    this.prepare({ camera: rig.camera, now, distance: rig.camera.position.distanceTo(rig.target), width: this.#panes.paneWidth, height: this.#height, write: this.#write })
    renderer.info.reset()
    // The first picture is worth the wait for it; what comes once the city runs must not hold it up.
    if (!this.opening) this.#programs.prepare(this.scene, rig.camera)
    if (this.late) this.#shadows.update(renderer, rig.camera, rig.target, [...this.late.buildings.meshes, ...this.late.trees.meshes], this.late.buildings.shadowMaterial)
    const lamps = this.uniforms.uLampsOn.value
    if (this.beside && this.#panes.division) this.#renderBoth()
    else if (this.#bloom && lamps > 0.05) this.#bloom.render(renderer, this.scene, rig.camera, lamps * HALO)
    else renderer.render(this.scene, rig.camera)
    this.#frameMs += (performance.now() - start - this.#frameMs) * 0.1
  }

  #renderBoth(): void {
    const { renderer, scene, rig } = this, { width, line, split, paneWidth, ownLeft } = this.#panes
    renderer.setScissorTest(true)
    if (split) renderer.setViewport(0, 0, paneWidth, this.#height)
    renderer.setScissor(0, 0, line, this.#height)
    this.drawBeside(() => renderer.render(scene, rig.camera))
    if (split) renderer.setViewport(ownLeft, 0, paneWidth, this.#height)
    renderer.setScissor(line, 0, width - line, this.#height)
    renderer.render(scene, rig.camera)
    renderer.setScissorTest(false)
    if (split) renderer.setViewport(0, 0, width, this.#height)
  }

  #keepUp(): void {
    if (!this.vehicle(this.#follow, this.#pose)) { this.#follow = -1; return }
    const { x, y, z } = this.#pose
    void this.rig.controls.moveTo(x, y, z + 1, true)
  }

  #keepUpWithPerson(): void {
    if (!this.person(this.#followPerson, this.#personPose)) { this.#followPerson = -1; return }
    const { x, y, z } = this.#personPose
    void this.rig.controls.moveTo(x, y, z + 1.2, true)
  }

  #setUniforms(): void {
    const { camera } = this.rig
    const { uniforms } = this
    camera.updateMatrixWorld()
    uniforms.uViewToWorld.value.setFromMatrix4(camera.matrixWorld)
    uniforms.uCamera.value.copy(camera.position)
    uniforms.uInverseProjection.value.copy(camera.projectionMatrixInverse)
    this.renderer.getDrawingBufferSize(uniforms.uViewport.value)
    if (this.#panes.split) uniforms.uViewport.value.x /= 2
    uniforms.uPixel.value = (2 * Math.tan((camera.fov * Math.PI) / 360)) / uniforms.uViewport.value.y
  }

  stats(): ViewStats {
    const { render } = this.renderer.info
    return { drawCalls: render.calls, triangles: render.triangles, frameMs: this.#frameMs, agentMs: this.agentMs, agents: this.agents.slotsUsed }
  }

  override dispose(): void {
    super.dispose()
    if (current.view === this) current.view = null
    void this.#picker?.then(picker => picker.dispose())
    this.rig.dispose()
    this.#shadows.dispose()
    this.#bloom?.dispose()
    this.scene.clear()
  }
}

/** A view that lies over the city view. */
export interface Covering extends CityScene { flyTo(pose: CameraPose, smooth: boolean): void }

export interface ViewStats {
  readonly drawCalls: number
  readonly triangles: number
  /** JavaScript of one frame, smoothed, ms. */
  readonly frameMs: number
  /** The share of it that vehicles take before drawing: snapshots, lists, uniforms. */
  readonly agentMs: number
  readonly agents: number
}
