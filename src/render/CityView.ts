import { ColorManagement, LinearSRGBColorSpace, Mesh, Scene, type BufferGeometry, type WebGLRenderer } from 'three'
import { heightAt, type CityPiece, type HeightField } from '../city'
import { buildCityMeshes, type GeometryJob, type SnapshotFeed } from '../workers'
import { CameraRig, type CameraPose } from './cameraRig'
import { daylightAt } from './daylight'
import { congestionColours, differenceColours, differenceScale } from './colours'
import { AgentLayer, type AgentPose } from './layers/agentLayer'
import { BuildingLayer } from './layers/buildingLayer'
import { GroundLayer } from './layers/groundLayer'
import { LabelLayer, type LabelLanguage } from './layers/labelLayer'
import { MetroLayer } from './layers/metroLayer'
import { RoadLayer, type RoadColourMode } from './layers/roadLayer'
import { SignalLayer } from './layers/signalLayer'
import { TreeLayer } from './layers/treeLayer'
import { cityMaterial } from './material'
import { pulledMesh } from './meshes'
import { PickMaterials } from './pickMaterials'
import { Picker, type Pick } from './picking'
import { qualityTiers, type QualityTier } from './quality'
import { skyFragment, skyVertex } from './shaders/sky'
import { Shadows } from './shadows'
import { applyDaylight, sharedUniforms } from './uniforms'

ColorManagement.enabled = false // the shaders work in linear light and write display values themselves

const COLOUR_EVERY = 1000 // ms between two refreshes of congestion colours

export type ViewLayer = 'buildings' | 'vehicles' | 'metro' | 'labels' | 'districts' | 'trees'

export interface CitySource {
  /** Base address of the pack: manifest.json lies there. */
  readonly url: string
  /** West, south, east, north of the modelled area. */
  readonly core: readonly [number, number, number, number]
}

/**
 * The render core: owns buffers, scene, camera and the work of a frame. React only mounts it. All coordinates are
 * metres from the false origin, z up; times are seconds of the day.
 */
export class CityView {
  readonly rig: CameraRig
  readonly scene = new Scene()
  readonly #uniforms = sharedUniforms()
  readonly #ground = new GroundLayer(this.#uniforms)
  readonly #roads = new RoadLayer(this.#uniforms)
  readonly #buildings = new BuildingLayer(this.#uniforms)
  readonly #trees = new TreeLayer(this.#uniforms)
  readonly #signals = new SignalLayer(this.#uniforms)
  readonly #agents = new AgentLayer(this.#uniforms)
  readonly #metro = new MetroLayer(this.#uniforms)
  readonly #labels = new LabelLayer(this.#uniforms)
  readonly #shadows = new Shadows(this.#uniforms)
  #wide: HeightField | null = null
  #core: HeightField | null = null
  #job: GeometryJob | null = null
  #time = 8 * 3600
  #timeShown = -1
  #last = 0
  #frozen: number | null = null
  #follow = -1
  readonly #pose: AgentPose = { x: 0, y: 0, z: 0, headingX: 0, headingY: 0, speed: 0, class: 0, path: 0 }
  #frameMs = 0
  #agentMs = 0
  #width = 1
  #height = 1
  #picker: Picker | null = null
  #pickMaterials: PickMaterials | null = null
  #colourMode: RoadColourMode = 'none'
  #colours = new Uint8Array(0)
  #coloursAt = 0
  #closed: ReadonlyMap<number, number> = new Map()
  #highlighted: readonly number[] = []

  constructor(readonly renderer: WebGLRenderer, readonly element: HTMLElement, tier: QualityTier = 'medium') {
    renderer.outputColorSpace = LinearSRGBColorSpace
    renderer.autoClear = true
    renderer.info.autoReset = false
    this.rig = new CameraRig(element)
    this.rig.groundAt = (x, y) => this.groundAt(x, y)
    const sky = pulledMesh(cityMaterial(this.#uniforms, 'sky', skyVertex, skyFragment, {}, { depthWrite: false }), 3)
    sky.renderOrder = 3.5 // after the large opaque things, so that only open sky is shaded
    this.scene.add(sky, this.#ground.group, this.#roads.group, this.#buildings.group, this.#trees.group, this.#signals.group, this.#agents.group, this.#metro.group, this.#labels.group)
    this.scene.matrixWorldAutoUpdate = false
    this.setQuality(tier)
  }

  /** Starts to build and draw a city; what is ready appears. The promise settles when everything is there. */
  load(source: CitySource, focus: readonly [number, number]): Promise<void> {
    this.#uniforms.uCore.value.set(...source.core)
    this.#job?.stop()
    this.#job = buildCityMeshes({ cityUrl: source.url, focus }, piece => this.#add(piece))
    return this.#job.done
  }

  #add(piece: CityPiece): void {
    switch (piece.kind) {
      case 'terrain':
        this.#wide = piece.wide
        this.#core = piece.core
        return this.#ground.addTerrain(piece.meshes)
      case 'groundMap': return this.#ground.setMap(piece.which, piece.map)
      case 'links':
        this.#roads.setLinks(piece.data, piece.width, piece.height, piece.count)
        this.#colours = new Uint8Array(Math.max(1, Math.ceil(piece.count / 256)) * 256 * 4)
        this.#roads.setHighlighted(this.#highlighted)
        return this.#roads.setClosed(this.#closed)
      case 'roads': return this.#roads.addTiles(piece.tiles)
      case 'structures': return this.#roads.addStructures(piece.tiles)
      case 'paths': return this.#agents.setPaths(piece.paths)
      case 'signals': return this.#signals.setSignals(piece.signals)
      case 'buildings': return this.#buildings.addTile(piece.mesh)
      case 'metro': return this.#metro.setMetro(piece.metro)
      case 'labels': return this.#labels.setLabels(piece.labels)
      case 'trees': return this.#trees.addTiles(piece.tiles)
    }
  }

  groundAt(x: number, y: number): number {
    const core = this.#core
    if (core && x > core.x0 && y > core.y0 && x < core.x0 + (core.columns - 1) * core.cell && y < core.y0 + (core.rows - 1) * core.cell) return heightAt(core, x, y)
    return this.#wide ? heightAt(this.#wide, x, y) : 0
  }

  setFeed(feed: SnapshotFeed | null): void { this.#agents.setFeed(feed) }
  setTimeOfDay(seconds: number): void { this.#time = seconds }
  flyTo(pose: CameraPose, smooth = true): void { this.#follow = -1; this.rig.flyTo(pose, smooth) }
  /** Keeps the camera on one vehicle; -1 lets go. */
  follow(slot: number): void { this.#follow = slot }

  /**
   * Colours of the roads. `congestion` follows the feed by itself. For `difference`, `values` holds one number a link,
   * positive is worse; `scale` is the size that takes the full colour, by default the 95th percentile.
   */
  setRoadColours(mode: RoadColourMode, values?: Float32Array, scale?: number): void {
    this.#colourMode = mode
    this.#metro.dim(mode !== 'none')
    this.#coloursAt = 0
    if (mode === 'none') return this.#roads.setColours(null)
    this.#colours.fill(0)
    if (mode === 'difference' && values) differenceColours(values.subarray(0, this.#roads.links), scale ?? differenceScale(values), this.#colours)
    this.#roads.setColours(this.#colours)
  }

  highlightLinks(rows: readonly number[]): void { this.#highlighted = rows; this.#roads.setHighlighted(rows) }
  /** Lights up what is under the pointer; -1 = nothing. */
  hoverLink(row: number): void { this.#roads.setHovered(row) }
  /** Hatches whole links red. */
  setClosed(links: readonly number[]): void { this.#setClosed(new Map(links.map(link => [link, 255]))) }

  /** Hatches single lanes red, by row of the lane table. */
  setClosedLanes(lanes: readonly number[]): void {
    const closed = new Map<number, number>()
    const first = new Map<number, number>()
    for (const lane of lanes) {
      const link = this.#agents.linkOfLane(lane)
      if (link < 0) continue
      if (!first.has(link)) {
        let at = lane
        while (at > 0 && this.#agents.linkOfLane(at - 1) === link) at--
        first.set(link, at)
      }
      closed.set(link, (closed.get(link) ?? 0) | (1 << Math.min(7, lane - first.get(link)!)))
    }
    this.#setClosed(closed)
  }

  #setClosed(closed: ReadonlyMap<number, number>): void { this.#closed = closed; this.#roads.setClosed(closed) }

  setLayer(name: ViewLayer, visible: boolean): void {
    switch (name) {
      case 'buildings': this.#buildings.group.visible = visible; return
      case 'vehicles': this.#agents.group.visible = visible; return
      case 'metro': this.#metro.group.visible = visible; return
      case 'labels': this.#labels.group.visible = visible; return
      case 'districts': this.#uniforms.uDistricts.value = visible ? 1 : 0; return
      case 'trees': this.#trees.group.visible = visible; return
    }
  }

  setLabelLanguage(language: LabelLanguage): void { this.#labels.setLanguage(language) }
  /** Vehicles in the colours of their class, or by speed. */
  setVehicleColours(mode: 'class' | 'speed'): void { this.#agents.setColourMode(mode) }

  /** What lies under a place of the canvas, px from its top left; near misses of thin things count. */
  async pick(x: number, y: number): Promise<Pick | null> {
    this.#picker ??= new Picker()
    this.#pickMaterials ??= new PickMaterials(this.#uniforms, this.#roads, this.#agents, this.#metro)
    const pickables = this.#pickMaterials.pickables(this.#ground, this.#roads, this.#buildings, this.#agents, this.#metro)
    return this.#picker.pick(this.renderer, this.rig.camera, x, y, this.#width, this.#height, pickables)
  }

  setQuality(tier: QualityTier): void {
    const quality = qualityTiers[tier]
    this.#shadows.enabled = quality.shadows
    this.#trees.reach = quality.treeReach
    this.#agents.reach = quality.agents
    this.#buildings.detail = quality.buildings
  }

  /** Pictures that repeat: waves, blinking and interpolation stand still at this second; null lets them run. */
  freeze(time: number | null): void {
    this.#frozen = time
    this.#agents.fixBlend(time === null ? -1 : 1)
  }

  resize(width: number, height: number): void {
    this.#width = width
    this.#height = height
    this.rig.resize(width, height)
  }

  /** One frame. `now` in ms. */
  frame(now: number): void {
    const start = performance.now()
    const delta = Math.min(0.25, (now - this.#last) / 1000)
    this.#last = now
    const { renderer, rig } = this
    if (this.#follow >= 0) this.#keepUp()
    rig.update(delta)
    this.#setUniforms(now)
    const agentStart = performance.now()
    this.#agents.update(renderer, rig.camera, this.#frozen ?? now)
    this.#agents.showLights(this.#uniforms.uLampsOn.value > 0.02)
    this.#agentMs += (performance.now() - agentStart - this.#agentMs) * 0.1
    this.#signals.update(rig.camera, this.groundAt(rig.camera.position.x, rig.camera.position.y))
    if (this.#agents.snapshot) this.#signals.setStates(this.#agents.snapshot.groupState)
    this.#buildings.update(rig.camera)
    this.#trees.update(rig.camera)
    this.#labels.update(rig.camera, rig.camera.position.distanceTo(rig.target), this.#width, this.#height, this.#frozen !== null)
    if (this.#colourMode === 'congestion' && this.#agents.snapshot && now - this.#coloursAt > COLOUR_EVERY) {
      this.#coloursAt = now
      congestionColours(this.#agents.snapshot.linkSpeed.subarray(0, this.#roads.links), this.#colours)
      this.#roads.setColours(this.#colours)
    }
    renderer.info.reset()
    this.#shadows.update(renderer, rig.camera, rig.target, [...this.#buildings.meshes, ...this.#trees.meshes], this.#buildings.shadowMaterial)
    renderer.render(this.scene, rig.camera)
    this.#frameMs += (performance.now() - start - this.#frameMs) * 0.1
  }

  #keepUp(): void {
    if (!this.#agents.pose(this.#follow, this.#pose)) { this.#follow = -1; return }
    const { x, y, z } = this.#pose
    void this.rig.controls.moveTo(x, y, z + 1, true)
  }

  #setUniforms(now: number): void {
    const { camera } = this.rig
    const uniforms = this.#uniforms
    if (Math.abs(this.#time - this.#timeShown) > 1) {
      this.#timeShown = this.#time
      applyDaylight(uniforms, daylightAt(this.#time), ((this.#time / 3600) % 24 + 24) % 24)
    }
    camera.updateMatrixWorld()
    uniforms.uViewToWorld.value.setFromMatrix4(camera.matrixWorld)
    uniforms.uCamera.value.copy(camera.position)
    uniforms.uInverseProjection.value.copy(camera.projectionMatrixInverse)
    uniforms.uTime.value = this.#frozen !== null ? this.#frozen / 1000 : now / 1000
    this.renderer.getDrawingBufferSize(uniforms.uViewport.value)
    uniforms.uPixel.value = (2 * Math.tan((camera.fov * Math.PI) / 360)) / uniforms.uViewport.value.y
  }

  stats(): ViewStats {
    const { render } = this.renderer.info
    return { drawCalls: render.calls, triangles: render.triangles, frameMs: this.#frameMs, agentMs: this.#agentMs, agents: this.#agents.slotsUsed }
  }

  dispose(): void {
    this.#job?.stop()
    this.#picker?.dispose()
    this.rig.dispose()
    this.#shadows.dispose()
    this.scene.traverse(object => { if (object instanceof Mesh) (object.geometry as BufferGeometry).dispose() })
    this.scene.clear()
  }
}

export interface ViewStats {
  readonly drawCalls: number
  readonly triangles: number
  /** JavaScript of one frame, smoothed, ms. */
  readonly frameMs: number
  /** The share of it that vehicles take before drawing: snapshots, lists, uniforms. */
  readonly agentMs: number
  readonly agents: number
}
