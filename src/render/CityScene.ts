import { Group, Mesh, type BufferGeometry, type PerspectiveCamera, type Vector3 } from 'three'
import { heightAt, type CityArea, type CityPiece, type HeightField } from '../city'
import { buildCityMeshes, type GeometryJob, type SnapshotFeed } from '../workers'
import { daylightAt } from './daylight'
import type { BesideRun } from './besideRun'
import { closedByLink } from './closedByLink'
import type { CrowdLayers } from './crowdLayers'
import type { GroundMark } from './groundMarks'
import type { CrowdHeatMode, CrowdPlace } from './layers/crowdHeatLayer'
import { congestionColours, differenceColours, differenceScale, type Palette } from './colours'
import { AgentLayer, type AgentPose } from './layers/agentLayer'
import type { PersonPose } from './layers/peopleLayer'
import { GroundLayer } from './layers/groundLayer'
import type { LabelLanguage, PanelBox } from './layers/labelLayer'
import { RoadLayer, type RoadColourMode } from './layers/roadLayer'
import type { LateLayers } from './lateLayers'
import { qualityTiers, type QualityTier } from './quality'
import { isHidden } from './sight'
import type { RowWriter } from './textures'
import type { RainLayer } from './layers/rainLayer'
import { applyDaylight, dimForRain, sharedUniforms } from './uniforms'

const COLOUR_EVERY = 1000 // ms between two refreshes of congestion colours
const HILLS = 950 // m above the sea that no hill of Shenzhen reaches

export type ViewLayer = 'buildings' | 'vehicles' | 'people' | 'areas' | 'metro' | 'labels' | 'districts' | 'trees'

export interface CitySource {
  /** Base address of the pack: manifest.json lies there. */
  readonly url: string
  /** West, south, east, north of the modelled area. */
  readonly core: readonly [number, number, number, number]
}

/** From where, when and how large a frame is seen. */
export interface Frame {
  readonly camera: PerspectiveCamera
  /** ms */
  readonly now: number
  /** m from the eye to what it looks at. */
  readonly distance: number
  /** Size of the picture as laid out, px. */
  readonly width: number
  readonly height: number
  /** Puts the vehicles' words into their textures. */
  readonly write: RowWriter
}

/**
 * What is drawn of a city and of its run, whoever draws it: the city view with three, or the globe. All coordinates
 * are metres from the false origin, z up; times are seconds of the day.
 */
export class CityScene {
  readonly group = new Group()
  /** All that stands on the ground. */
  protected readonly detail = new Group()
  protected readonly uniforms = sharedUniforms()
  protected readonly ground = new GroundLayer(this.uniforms)
  protected readonly roads = new RoadLayer(this.uniforms)
  protected readonly agents = new AgentLayer(this.uniforms)
  /** What stands on ground and roads; null until the first of it has been built. */
  protected late: LateLayers | null = null
  #loadingLate: Promise<LateLayers> | null = null
  /** People on foot; null until there are some. */
  protected crowd: CrowdLayers | null = null
  #loadingCrowd: Promise<CrowdLayers> | null = null
  /** Another run of the city, drawn by `drawBeside`; null = there is none. */
  protected beside: BesideRun | null = null
  #besideFeed: SnapshotFeed | null = null
  /** From `load` to `buildRest`: the machine is busy with what will be drawn. */
  protected opening = false
  protected frozen: number | null = null
  protected agentMs = 0
  #wide: HeightField | null = null
  #core: HeightField | null = null
  #skyline: HeightField | null = null
  #highest = HILLS
  #areas: readonly CityArea[] = []
  #marks: readonly [readonly GroundMark[], number] = [[], -1]
  #job: GeometryJob | null = null
  #tier: QualityTier = 'medium'
  #rain = 0
  #falling: Promise<RainLayer> | null = null
  #time = 8 * 3600
  #timeShown = -1
  #palette: Palette = 'usual'
  #colourMode: RoadColourMode = 'none'
  #colours = new Uint8Array(0)
  #coloursAt = 0
  #difference: { readonly values: Float32Array; readonly scale: number } | null = null
  #closed: ReadonlyMap<number, number> = new Map()
  #closedLanes: readonly number[] = []
  #highlighted: readonly number[] = []
  /** The last word on everything that a scene can be told, for a second one that is to show the same. */
  readonly #told = new Map<string, (scene: CityScene) => void>()
  #mirror: CityScene | null = null

  constructor() {
    this.detail.add(this.roads.group, this.agents.group)
    this.group.add(this.ground.group, this.detail)
  }

  /** Lets another drawing show what this one shows, from now on; null ends it. */
  mirrorTo(other: CityScene | null): void {
    this.#mirror = other
    if (other) for (const say of this.#told.values()) say(other)
  }

  #tell(what: string, say: (scene: CityScene) => void): void {
    this.#told.set(what, say)
    if (this.#mirror) say(this.#mirror)
  }

  /** Starts to build and draw a city; what is ready appears. The promise settles when everything is there. */
  load(source: CitySource, focus: readonly [number, number]): Promise<void> {
    this.#tell('city', scene => void scene.load(source, focus))
    this.uniforms.uCore.value.set(...source.core)
    this.opening = true
    this.#job?.stop()
    this.#job = buildCityMeshes({ cityUrl: source.url, focus }, piece => this.#add(piece))
    return this.#job.done
  }

  /** Lets what stands on the ground be built too, now that traffic moves. */
  buildRest(): void {
    this.opening = false
    this.#tell('rest', scene => scene.buildRest())
    this.#job?.buildRest()
  }

  #add(piece: CityPiece): void {
    switch (piece.kind) {
      case 'terrain':
        this.#wide = piece.wide
        this.#core = piece.core
        if (this.#areas.length > 0) void this.#withCrowd(crowd => crowd.areas.setAreas(this.#areas, (x, y) => this.groundAt(x, y), true))
        if (this.#marks[0].length > 0) this.setMarks(...this.#marks)
        return this.ground.setTerrain(piece.meshes)
      case 'groundMap': return this.ground.setMap(piece.which, piece.map)
      case 'links':
        this.roads.setLinks(piece.data, piece.width, piece.height, piece.count)
        this.#colours = new Uint8Array(Math.max(1, Math.ceil(piece.count / 256)) * 256 * 4)
        this.roads.paint.setHighlighted(this.#highlighted)
        this.#colourRoads()
        return this.roads.paint.setClosed(this.#closed)
      case 'roads': return this.roads.addTiles(piece.tiles)
      case 'structures': return this.roads.addStructures(piece.tiles)
      case 'paths':
        this.agents.setPaths(piece.paths)
        return this.setClosedLanes(this.#closedLanes)
      case 'skyline':
        this.#skyline = piece.skyline
        this.#highest = piece.skyline.height.reduce((most, top) => Math.max(most, top), HILLS)
        return
      default: void this.#withLate(late => late.add(piece))
    }
  }

  /** Does something with the layers that come late, and fetches their code first where that has not been done. */
  async #withLate(act: (late: LateLayers) => void): Promise<void> {
    this.#loadingLate ??= import('./lateLayers').then(({ LateLayers }) => {
      const late = new LateLayers(this.uniforms)
      late.setQuality(qualityTiers[this.#tier])
      this.late = late
      this.detail.add(late.group)
      for (const what of ['colours', 'closed', 'language', 'panels', 'buildings', 'metro', 'labels', 'trees']) this.#told.get(what)?.(this)
      return late
    })
    act(await this.#loadingLate)
  }

  /** The same with what shows crowds. */
  async #withCrowd(act: (crowd: CrowdLayers) => void): Promise<void> {
    this.#loadingCrowd ??= import('./crowdLayers').then(({ CrowdLayers }) => {
      const crowd = new CrowdLayers(this.uniforms)
      crowd.setQuality(this.#tier)
      crowd.heat.groundAt = (x, y) => this.groundAt(x, y)
      crowd.people.fixBlend(this.frozen === null ? -1 : 1)
      this.crowd = crowd
      this.detail.add(crowd.group)
      for (const what of ['people', 'areas']) this.#told.get(what)?.(this)
      return crowd
    })
    act(await this.#loadingCrowd)
  }

  groundAt(x: number, y: number): number {
    const core = this.#core
    if (core && x > core.x0 && y > core.y0 && x < core.x0 + (core.columns - 1) * core.cell && y < core.y0 + (core.rows - 1) * core.cell) return heightAt(core, x, y)
    return this.#wide ? heightAt(this.#wide, x, y) : 0
  }

  readonly #isHidden = (x: number, y: number, z: number, eye: Vector3, byBuildings: boolean): boolean =>
    isHidden(x, y, z, eye, (px, py) => this.groundAt(px, py), byBuildings && this.late?.buildings.group.visible ? this.#skyline : null, this.#highest)

  /** Where panels lie over the picture, px from its top left: names keep clear of them. */
  setPanels(panels: () => readonly PanelBox[]): void {
    this.#tell('panels', scene => scene.setPanels(panels))
    if (this.late) this.late.labels.panels = panels
  }

  setFeed(feed: SnapshotFeed | null): void {
    this.#tell('feed', scene => scene.setFeed(feed))
    this.agents.setFeed(feed)
    if (this.#loadingCrowd || (feed && feed.layout.people > 0)) void this.#withCrowd(({ people }) => people.setFeed(feed))
  }

  /** Shows another run of the same city beside this one, in the part of the picture that is drawn by `drawBeside`; null ends it. */
  async setBeside(feed: SnapshotFeed | null): Promise<void> {
    this.beside?.dispose()
    if (this.beside) this.detail.remove(this.beside.group)
    this.beside = this.#besideFeed = null
    const { paths } = this.agents
    if (!feed || !paths) return
    this.#besideFeed = feed
    const { BesideRun } = await import('./besideRun')
    if (this.#besideFeed !== feed) return
    const beside = new BesideRun(this.uniforms, this.roads.links)
    this.beside = beside
    beside.agents.setPaths(paths)
    beside.heat.groundAt = (x, y) => this.groundAt(x, y)
    beside.setFeed(feed)
    beside.paint.setHighlighted(this.#highlighted)
    this.#suit(beside)
    this.#colourRoads()
    this.detail.add(beside.group)
    for (const what of ['heat', 'floors', 'vehicle colours', 'palette']) this.#told.get(what)?.(this)
  }

  #suit(beside: BesideRun): void {
    beside.agents.reach = this.agents.reach
    if (this.crowd) beside.people.reach = this.crowd.people.reach
  }

  /** Lanes that are closed in the run beside, by row of the lane table. */
  setClosedBeside(lanes: readonly number[]): void {
    const { beside } = this
    const { paths } = this.agents
    if (!beside || !paths) return
    beside.paint.setClosed(closedByLink(lanes, lane => this.agents.linkOfLane(lane)))
    beside.closures.setClosed(lanes, paths)
  }

  /** Does something, such as drawing, with the run beside in the place of this one. */
  protected drawBeside(draw: () => void): void {
    const { beside, crowd, late, roads, agents } = this
    if (!beside) return
    const own = [agents.group, ...(crowd ? [crowd.people.group, crowd.heat.group, crowd.marks.group] : []), ...(late ? [late.closures.group] : [])].filter(({ visible }) => visible)
    beside.agents.group.visible = agents.group.visible
    beside.people.group.visible = crowd?.people.group.visible ?? true
    for (const group of own) group.visible = false
    beside.group.visible = true
    roads.wear(beside.paint)
    if (beside.lights) late?.signals.setStates(beside.lights)
    draw()
    beside.group.visible = false
    for (const group of own) group.visible = true
    roads.wear(roads.paint)
    if (agents.snapshot) late?.signals.setStates(agents.snapshot.groupState)
  }

  /** Where a vehicle is drawn now; false = the slot is empty. */
  vehicle(slot: number, out: AgentPose): boolean { return this.agents.pose(slot, out) }

  /** Where a person is drawn now; false = the slot is empty. */
  person(slot: number, out: PersonPose): boolean { return this.crowd?.people.pose(slot, out) ?? false }

  /** Squares, stadiums and stations where people walk; as they are now, with what is closed. */
  setAreas(areas: readonly CityArea[]): void {
    this.#tell('walk spaces', scene => scene.setAreas(areas))
    this.#areas = areas
    void this.#withCrowd(crowd => { if (this.#areas === areas) crowd.areas.setAreas(areas, (x, y) => this.groundAt(x, y)) })
  }

  /** What planners put on the ground where people walk; `chosen` is the row of the one that is looked at, -1 = none. */
  setMarks(marks: readonly GroundMark[], chosen: number): void {
    this.#tell('marks', scene => scene.setMarks(marks, chosen))
    const now = this.#marks = [marks, chosen]
    if (marks.length > 0 || this.#loadingCrowd) void this.#withCrowd(crowd => { if (this.#marks === now) crowd.marks.setMarks(marks, chosen, (x, y) => this.groundAt(x, y)) })
  }

  /** What is being drawn on the ground just now. */
  setSketch(sketch: readonly GroundMark[]): void {
    this.#tell('sketch', scene => scene.setSketch(sketch))
    void this.#withCrowd(crowd => crowd.marks.setSketch(sketch, (x, y) => this.groundAt(x, y)))
  }

  /** Shows only who stands between two heights above the sea, m, through whatever lies above them; null = everybody. */
  setFloors(range: readonly [low: number, high: number] | null): void {
    this.#tell('floors', scene => scene.setFloors(range))
    this.beside?.people.setFloors(range)
    this.beside?.heat.setFloors(range)
    if (range || this.#loadingCrowd) void this.#withCrowd(crowd => crowd.setFloors(range))
  }

  /** How densely people stand, as Fruin levels or as a ramp. */
  setCrowdHeat(mode: CrowdHeatMode): void {
    this.#tell('heat', scene => scene.setCrowdHeat(mode))
    this.beside?.heat.setMode(mode)
    if (mode !== 'none' || this.#loadingCrowd) void this.#withCrowd(({ heat }) => heat.setMode(mode))
  }

  /** Persons a square metre at a place, as the heat map shows it; null while it does not. */
  crowdDensityAt(x: number, y: number): number | null { return this.crowd?.heat.densityAt(x, y) ?? null }

  /** Where the heat map shows most, around what the camera looks at. */
  densestCrowd(): CrowdPlace | null { return this.crowd?.heat.densest() ?? null }

  setTimeOfDay(seconds: number): void {
    this.#tell('time', scene => scene.setTimeOfDay(seconds))
    this.#time = seconds
  }

  /** Rain over the city: 0 none .. 1 heavy. */
  setRain(strength: number): void {
    if (strength === this.#rain) return
    this.#rain = strength
    this.#timeShown = -1
    this.#falling ??= import('./layers/rainLayer').then(({ RainLayer }) => {
      const layer = new RainLayer(this.uniforms)
      this.group.add(layer.group)
      return layer
    })
    void this.#falling.then(layer => layer.setStrength(this.#rain))
  }

  /**
   * Colours of the roads. `congestion` follows the feed by itself. For `difference`, `values` holds one number a link,
   * positive is worse; `scale` is the size that takes the full colour, by default the 95th percentile.
   */
  setRoadColours(mode: RoadColourMode, values?: Float32Array, scale?: number): void {
    this.#tell('colours', scene => scene.setRoadColours(mode, values, scale))
    this.#colourMode = mode
    this.#difference = values ? { values, scale: scale ?? differenceScale(values) } : null
    this.late?.metro.dim(mode !== 'none')
    this.#colourRoads()
  }

  /** Colours of roads that everybody tells apart, or the usual ones. */
  setPalette(palette: Palette): void {
    this.#tell('palette', scene => scene.setPalette(palette))
    this.#palette = palette
    if (this.beside) this.beside.palette = palette
    this.#colourRoads()
  }

  #colourRoads(): void {
    this.#coloursAt = 0
    if (this.beside) this.beside.congestion = this.#colourMode === 'congestion'
    if (this.#colourMode === 'none') return this.#paint(null)
    this.#colours.fill(0)
    if (this.#colourMode === 'difference' && this.#difference) differenceColours(this.#difference.values.subarray(0, this.roads.links), this.#difference.scale, this.#colours, this.#palette)
    this.#paint(this.#colours)
  }

  /** Both runs begin with the same colours. */
  #paint(colours: Uint8Array | null): void {
    this.roads.paint.setColours(colours)
    this.beside?.paint.setColours(colours)
  }

  highlightLinks(rows: readonly number[]): void {
    this.#tell('highlighted', scene => scene.highlightLinks(rows))
    this.#highlighted = rows
    this.roads.paint.setHighlighted(rows)
    this.beside?.paint.setHighlighted(rows)
  }

  /** Lights up what is under the pointer; -1 = nothing. */
  hoverLink(row: number): void { this.roads.paint.setHovered(row) }

  /** Hatches single lanes red, by row of the lane table, and bars them. */
  setClosedLanes(lanes: readonly number[]): void {
    this.#tell('closed', scene => scene.setClosedLanes(lanes))
    this.#closedLanes = lanes
    this.#closed = closedByLink(lanes, lane => this.agents.linkOfLane(lane))
    this.roads.paint.setClosed(this.#closed)
    const { paths } = this.agents
    if (paths && (this.late || lanes.length > 0)) void this.#withLate(late => { if (this.#closedLanes === lanes) late.closures.setClosed(lanes, paths) })
  }

  setLayer(name: ViewLayer, visible: boolean): void {
    this.#tell(name, scene => scene.setLayer(name, visible))
    if (name === 'vehicles') this.agents.group.visible = visible
    else if (name === 'people' || name === 'areas') { if (this.crowd) this.crowd[name].group.visible = visible }
    else if (name === 'districts') this.uniforms.uDistricts.value = visible ? 1 : 0
    else if (this.late) this.late[name].group.visible = visible
  }

  setLabelLanguage(language: LabelLanguage): void {
    this.#tell('language', scene => scene.setLabelLanguage(language))
    this.late?.labels.setLanguage(language)
  }

  /** Vehicles in the colours of their class, or by speed. */
  setVehicleColours(mode: 'class' | 'speed'): void {
    this.#tell('vehicle colours', scene => scene.setVehicleColours(mode))
    this.agents.setColourMode(mode)
    this.beside?.agents.setColourMode(mode)
  }

  setQuality(tier: QualityTier): void {
    this.#tier = tier
    this.agents.reach = qualityTiers[tier].agents
    this.late?.setQuality(qualityTiers[tier])
    this.crowd?.setQuality(tier)
    if (this.beside) this.#suit(this.beside)
  }

  /** Pictures that repeat: waves, blinking and interpolation stand still at this second; null lets them run. */
  freeze(time: number | null): void {
    this.frozen = time
    this.agents.fixBlend(time === null ? -1 : 1)
    this.crowd?.people.fixBlend(time === null ? -1 : 1)
  }

  /** Brings everything up to a frame, before it is drawn. */
  protected prepare({ camera, now, distance, width, height, write }: Frame): void {
    if (Math.abs(this.#time - this.#timeShown) > 1) {
      this.#timeShown = this.#time
      applyDaylight(this.uniforms, daylightAt(this.#time), ((this.#time / 3600) % 24 + 24) % 24)
      dimForRain(this.uniforms, this.#rain)
    }
    this.uniforms.uTime.value = (this.frozen ?? now) / 1000
    const agentStart = performance.now()
    this.agents.update(write, camera, this.frozen ?? now)
    this.crowd?.update(write, camera, this.frozen ?? now)
    const lampsOn = this.uniforms.uLampsOn.value > 0.02
    this.agents.showLights(lampsOn)
    this.beside?.update(write, camera, this.frozen ?? now, now, lampsOn)
    this.roads.wear(this.roads.paint)
    this.agentMs += (performance.now() - agentStart - this.agentMs) * 0.1
    const { snapshot } = this.agents
    this.late?.update({
      camera, distance, width, height, now, still: this.frozen !== null, hidden: this.#isHidden,
      lights: snapshot?.groupState ?? null, heightOfEye: camera.position.z - this.groundAt(camera.position.x, camera.position.y),
    })
    if (this.#colourMode === 'congestion' && snapshot && now - this.#coloursAt > COLOUR_EVERY) {
      this.#coloursAt = now
      congestionColours(snapshot.linkSpeed.subarray(0, this.roads.links), this.#colours, this.#palette)
      this.roads.paint.setColours(this.#colours)
    }
  }

  dispose(): void {
    this.#mirror = null
    this.#job?.stop()
    this.beside?.dispose()
    this.group.traverse(object => { if (object instanceof Mesh) (object.geometry as BufferGeometry).dispose() })
    this.group.clear()
  }
}
