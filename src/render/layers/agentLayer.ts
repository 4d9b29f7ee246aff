import { BufferAttribute, BufferGeometry, AdditiveBlending, Group, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, Vector3, type Camera, type DataTexture, type IUniform, type Material } from 'three'
import type { PathTexture } from '../../city'
import { EMPTY_SLOT, type Snapshot } from '../../sim'
import type { SnapshotFeed } from '../../workers'
import { cityMaterial } from '../material'
import { pulledMesh } from '../meshes'
import type { Pickable } from '../picking'
import { boxFragment, boxVertex, farFragment, farVertex, lightFragment, lightVertex, modelFragment, modelVertex } from '../shaders/agents'
import { floatTexture, integerTexture, type RowWriter } from '../textures'
import type { SharedUniforms } from '../uniforms'
import { buildVehicleModels } from '../vehicleModels'

const STATE_WIDTH = 1024
const NEAR_MAX = 2000, MIDDLE_MAX = 12000 // vehicles that the lists hold
const SCAN_FRAMES = 8 // frames that one pass over all slots takes
const MARGIN = 1.12 // lists reach a little farther than the limits that the shaders apply

export interface AgentPose { x: number; y: number; z: number; headingX: number; headingY: number; speed: number; class: number; path: number }

/**
 * All vehicles. A snapshot's arrays go to the GPU as they are; JavaScript only keeps lists of who is near, refreshed
 * an eighth of the slots a frame. What is drawn how is decided in the shaders by true distance.
 */
export class AgentLayer {
  readonly group = new Group()
  /** How many are drawn as models and boxes, and how far off at most, m: by quality tier. */
  reach = { nearMax: NEAR_MAX, middleMax: MIDDLE_MAX, nearFarthest: 320, middleFarthest: 1800 }
  readonly #scanned = new Vector3(1e9, 0, 0)
  readonly #own
  #feed: SnapshotFeed | null = null
  #paths: PathTexture | null = null
  #slots = 0
  #used = 0
  #now: [DataTexture, DataTexture] | null = null
  #before: [DataTexture, DataTexture] | null = null
  #snapshot: Snapshot | null = null
  #pathsNow: Uint32Array<ArrayBuffer> | null = null
  #statesNow: Uint32Array<ArrayBuffer> | null = null
  #pathsBefore: Uint32Array<ArrayBuffer> | null = null
  #statesBefore: Uint32Array<ArrayBuffer> | null = null
  #lastTick = -1
  #lastSequence = -1
  #arrivedAt = 0
  #interval = 500
  #blendFixed = -1
  readonly #far
  readonly #box
  readonly #light
  readonly #models: { mesh: Mesh<InstancedBufferGeometry>; slots: InstancedBufferAttribute }[] = []
  readonly #list
  readonly #listTexture
  #scanAt = 0
  #middleScan = 600
  #nearScan = 160
  #middleFound = 0
  #nearFound: number[]
  readonly #nearNext: Float32Array[]
  readonly #middleNext: Uint32Array
  #origin: readonly [number, number] = [0, 0]

  constructor(shared: SharedUniforms) {
    const blank = integerTexture(1, 1)
    this.#listTexture = integerTexture(STATE_WIDTH, Math.ceil(MIDDLE_MAX / STATE_WIDTH))
    this.#list = this.#listTexture.image.data as unknown as Uint32Array
    this.#middleNext = new Uint32Array(this.#list.length)
    const models = buildVehicleModels()
    this.#nearFound = models.map(() => 0)
    this.#nearNext = models.map(() => new Float32Array(NEAR_MAX))
    this.#own = {
      uPathNow: { value: blank }, uStateNow: { value: blank }, uPathBefore: { value: blank }, uStateBefore: { value: blank },
      uHeaders: { value: shared.blank }, uPoints: { value: shared.blank },
      uOrigin: { value: new Vector3() }, uBlend: { value: 1 }, uNearLimit: { value: 0 }, uMiddleLimit: { value: 0 },
      uColourMode: { value: 0 }, uFarPixels: { value: 2.6 }, uList: { value: this.#listTexture },
    }
    const far = cityMaterial(shared, 'agents far', farVertex, farFragment, this.#own, { transparent: true })
    const box = cityMaterial(shared, 'agents boxes', boxVertex, boxFragment, this.#own)
    const light = cityMaterial(shared, 'agent lights', lightVertex, lightFragment, this.#own, { transparent: true, depthWrite: false, blending: AdditiveBlending })
    const model = cityMaterial(shared, 'agent models', modelVertex, modelFragment, this.#own)
    this.#far = pulledMesh(far, 0)
    this.#box = pulledMesh(box, MIDDLE_MAX * 30)
    this.#light = pulledMesh(light, MIDDLE_MAX * 18)
    this.#far.renderOrder = 6
    this.#box.renderOrder = 5
    this.#light.renderOrder = 9
    for (const mesh of [this.#far, this.#box, this.#light]) { mesh.geometry.setDrawRange(0, 0); mesh.visible = false }
    for (const data of models) {
      const geometry = new InstancedBufferGeometry()
      geometry.setAttribute('position', new BufferAttribute(data.position, 3))
      geometry.setAttribute('normal', new BufferAttribute(data.normal, 3))
      geometry.setAttribute('part', new BufferAttribute(data.part, 1))
      const slots = new InstancedBufferAttribute(new Float32Array(NEAR_MAX), 1)
      geometry.setAttribute('slot', slots)
      geometry.instanceCount = 0
      const mesh = new Mesh(geometry, model)
      mesh.frustumCulled = false
      mesh.visible = false
      mesh.renderOrder = 5
      this.#models.push({ mesh, slots })
      this.group.add(mesh)
    }
    this.group.add(this.#far, this.#box, this.#light)
  }

  /** Uniforms with the agents' textures, for the picking pass. */
  get uniforms(): Record<string, IUniform> { return this.#own }

  /** What the picking pass draws. */
  pickables(far: Material, box: Material, model: Material): Pickable[] {
    return [{ mesh: this.#far, material: far }, { mesh: this.#box, material: box }, ...this.#models.map(({ mesh }) => ({ mesh, material: model }))]
  }

  get paths(): PathTexture | null { return this.#paths }
  /** Link that a lane belongs to. */
  linkOfLane(lane: number): number { return this.#paths?.header[lane * 8 + 4] ?? -1 }
  get slotsUsed(): number { return this.#used }
  get farMesh(): Mesh<BufferGeometry> { return this.#far }
  get snapshot(): Snapshot | null { return this.#snapshot }

  setPaths(paths: PathTexture): void {
    this.#paths = paths
    this.#origin = paths.origin
    this.#own.uHeaders.value = floatTexture(paths.header, paths.width, paths.headerHeight)
    this.#own.uPoints.value = floatTexture(paths.points, paths.width, paths.pointsHeight)
  }

  setFeed(feed: SnapshotFeed | null): void {
    this.#feed = feed
    this.#snapshot = null
    this.#lastTick = this.#lastSequence = -1
    this.#used = 0
    for (const pair of [this.#now, this.#before]) pair?.forEach(texture => texture.dispose())
    this.#now = this.#before = null
    if (!feed) return
    this.#slots = feed.layout.capacity
    const rows = Math.max(1, Math.ceil(this.#slots / STATE_WIDTH))
    this.#now = [integerTexture(STATE_WIDTH, rows), integerTexture(STATE_WIDTH, rows)]
    this.#before = [integerTexture(STATE_WIDTH, rows), integerTexture(STATE_WIDTH, rows)]
    const cells = STATE_WIDTH * rows
    this.#pathsNow = new Uint32Array(cells).fill(EMPTY_SLOT); this.#statesNow = new Uint32Array(cells)
    this.#pathsBefore = new Uint32Array(cells).fill(EMPTY_SLOT); this.#statesBefore = new Uint32Array(cells)
  }

  setColourMode(mode: 'class' | 'speed'): void { this.#own.uColourMode.value = mode === 'speed' ? 1 : 0 }

  /** Draws at a fixed point between two snapshots, for pictures that repeat; -1 = by the clock. */
  fixBlend(blend: number): void { this.#blendFixed = blend }

  /** Takes the newest snapshot, moves the near lists on and sets uniforms. */
  update(write: RowWriter, camera: Camera, time: number): void {
    const feed = this.#feed
    if (!feed || !this.#paths || !this.#now || !this.#before) return
    const newest = feed.newest()
    if (newest && newest.head[0] !== this.#lastSequence && newest.head[0]! % 2 === 0) this.#take(write, newest, time)
    this.#own.uBlend.value = this.#blendFixed >= 0 ? this.#blendFixed : Math.min(1, (time - this.#arrivedAt) / this.#interval)
    const { x, y, z } = camera.position
    this.#own.uOrigin.value.set(this.#origin[0] - x, this.#origin[1] - y, -z)
    this.#scan(camera)
    this.#far.geometry.setDrawRange(0, this.#used * 6)
    Object.assign(this.#far.geometry.getAttribute('position'), { count: this.#used * 6 })
    this.#far.visible = this.#used > 0
  }

  #take(write: RowWriter, snapshot: Snapshot, time: number): void {
    const sequence = snapshot.head[0]!, tick = snapshot.head[1]!
    const continuous = tick > this.#lastTick && this.#lastTick >= 0
    ;[this.#now, this.#before] = [this.#before!, this.#now!]
    ;[this.#pathsNow, this.#pathsBefore] = [this.#pathsBefore, this.#pathsNow]
    ;[this.#statesNow, this.#statesBefore] = [this.#statesBefore, this.#statesNow]
    const used = Math.min(snapshot.head[2]!, this.#slots)
    const most = Math.max(used, this.#used)
    this.#pathsNow!.set(snapshot.path.subarray(0, most))
    this.#statesNow!.set(snapshot.state.subarray(0, most))
    if (snapshot.head[0] !== sequence) { // the writer overtook us: keep what we had
      ;[this.#now, this.#before] = [this.#before, this.#now]
      ;[this.#pathsNow, this.#pathsBefore] = [this.#pathsBefore, this.#pathsNow]
      ;[this.#statesNow, this.#statesBefore] = [this.#statesBefore, this.#statesNow]
      return
    }
    const rows = Math.max(1, Math.ceil(most / STATE_WIDTH))
    write(this.#now![0], this.#pathsNow!, rows)
    write(this.#now![1], this.#statesNow!, rows)
    if (!continuous) {
      this.#pathsBefore!.set(this.#pathsNow!)
      this.#statesBefore!.set(this.#statesNow!)
      write(this.#before![0], this.#pathsBefore!, rows)
      write(this.#before![1], this.#statesBefore!, rows)
    }
    this.#own.uPathNow.value = this.#now![0]
    this.#own.uStateNow.value = this.#now![1]
    this.#own.uPathBefore.value = this.#before![0]
    this.#own.uStateBefore.value = this.#before![1]
    if (this.#lastTick >= 0) {
      const gap = Math.min(2000, Math.max(16, time - this.#arrivedAt))
      this.#interval += (gap - this.#interval) * (gap > this.#interval ? 0.5 : 0.25)
    }
    this.#arrivedAt = time
    this.#lastTick = tick
    this.#lastSequence = sequence
    this.#used = used
    this.#snapshot = snapshot
  }

  #scan(camera: Camera): void {
    const own = this.#own, height = Math.max(0, camera.position.z - 20)
    const middleReach = this.#middleScan * MARGIN
    if (height > this.reach.middleFarthest) {
      own.uMiddleLimit.value = own.uNearLimit.value = 0
      this.#show(0, this.#models.map(() => 0))
      this.#scanAt = this.#middleFound = 0
      this.#nearFound.fill(0)
      return
    }
    const nearReach = this.#nearScan * MARGIN
    const { header, points } = this.#paths!
    const ox = this.#origin[0] - camera.position.x, oy = this.#origin[1] - camera.position.y, cz = camera.position.z
    const middleSquared = middleReach * middleReach, nearSquared = nearReach * nearReach
    const path = this.#pathsNow!, state = this.#statesNow!
    // After a leap of the camera the old lists are of no use: look at everybody at once.
    const leapt = this.#scanned.distanceTo(camera.position) > 60 + nearReach * 0.5
    if (leapt) { this.#scanAt = this.#middleFound = 0; this.#nearFound.fill(0) }
    if (this.#scanAt === 0) this.#scanned.copy(camera.position)
    const end = Math.min(this.#used, this.#scanAt + (leapt ? this.#used : Math.ceil(this.#used / SCAN_FRAMES)))
    for (let slot = this.#scanAt; slot < end; slot++) {
      const row = path[slot]!
      if (row === EMPTY_SLOT) continue
      const at = row * 8
      const i = (header[at]! + Math.floor(((state[slot]! & 0xffff) / 65536) * header[at + 1]!)) * 4
      const dx = points[i]! + ox, dy = points[i + 1]! + oy, dz = points[i + 2]! - cz
      const squared = dx * dx + dy * dy + dz * dz
      const slack = header[at + 2]! / header[at + 1]! // the point found lies up to one segment behind the vehicle
      if (squared > middleSquared + slack * (slack + 2 * middleReach)) continue
      if (this.#middleFound < MIDDLE_MAX) this.#middleNext[this.#middleFound] = slot
      this.#middleFound++
      if (squared > nearSquared + slack * (slack + 2 * nearReach)) continue
      const kind = Math.min(this.#nearFound.length - 1, (state[slot]! >>> 24) & 7)
      if (this.#nearFound[kind]! < NEAR_MAX) this.#nearNext[kind]![this.#nearFound[kind]!] = slot
      this.#nearFound[kind]!++
    }
    this.#scanAt = end
    if (end < this.#used) return
    const near = this.#nearFound.reduce((sum, count) => sum + count, 0)
    this.#publish()
    own.uMiddleLimit.value = this.#middleScan * Math.min(1, Math.sqrt((this.reach.middleMax * 0.8) / this.#middleFound))
    own.uNearLimit.value = this.#nearScan * Math.min(1, Math.sqrt((this.reach.nearMax * 0.8) / near))
    // The next pass reaches as far as the lists have room for.
    this.#middleScan = adapted(this.#middleScan, this.#middleFound, this.reach.middleMax, this.reach.middleFarthest)
    this.#nearScan = adapted(this.#nearScan, near, this.reach.nearMax, this.reach.nearFarthest)
    this.#scanAt = this.#middleFound = 0
    this.#nearFound.fill(0)
  }

  #publish(): void {
    const middle = Math.min(this.#middleFound, MIDDLE_MAX)
    this.#list.set(this.#middleNext.subarray(0, middle))
    this.#listTexture.needsUpdate = true
    for (const [kind, { slots }] of this.#models.entries()) {
      const count = Math.min(this.#nearFound[kind]!, NEAR_MAX)
      ;(slots.array as Float32Array).set(this.#nearNext[kind]!.subarray(0, count))
      slots.clearUpdateRanges()
      slots.addUpdateRange(0, Math.max(1, count))
      slots.needsUpdate = true
    }
    this.#show(middle, this.#nearFound.map(count => Math.min(count, NEAR_MAX)))
  }

  #show(middle: number, near: readonly number[]): void {
    this.#box.geometry.setDrawRange(0, middle * 30)
    this.#light.geometry.setDrawRange(0, middle * 18)
    this.#box.visible = this.#light.visible = middle > 0
    for (const [kind, { mesh }] of this.#models.entries()) {
      mesh.geometry.instanceCount = near[kind]!
      mesh.visible = near[kind]! > 0
    }
  }

  /** Head lights only shine when lamps are on. */
  showLights(on: boolean): void { if (!on) this.#light.visible = false }

  /** Place of one vehicle now, as drawn; false if the slot is empty. */
  pose(slot: number, out: AgentPose): boolean {
    if (!this.#paths || !this.#pathsNow || slot < 0 || slot >= this.#used) return false
    const path = this.#pathsNow[slot]!
    if (path === EMPTY_SLOT) return false
    const state = this.#statesNow![slot]!
    this.#place(path, (state & 0xffff) / 65535, out)
    const before = this.#pathsBefore![slot]!
    const blend = this.#own.uBlend.value
    if (before !== EMPTY_SLOT && blend < 1) {
      const { x, y, z, headingX, headingY } = out
      this.#place(before, (this.#statesBefore![slot]! & 0xffff) / 65535, out)
      if (Math.hypot(x - out.x, y - out.y) < 120) {
        out.x += (x - out.x) * blend; out.y += (y - out.y) * blend; out.z += (z - out.z) * blend
        out.headingX += (headingX - out.headingX) * blend; out.headingY += (headingY - out.headingY) * blend
      } else Object.assign(out, { x, y, z, headingX, headingY })
    }
    out.speed = ((state >>> 16) & 255) * 0.25
    out.class = (state >>> 24) & 7
    out.path = path
    return true
  }

  #place(path: number, share: number, out: AgentPose): void {
    const { header, points, origin } = this.#paths!
    const t = share * header[path * 8 + 1]!
    const i = Math.min(Math.floor(t), header[path * 8 + 1]! - 1)
    const a = (header[path * 8]! + i) * 4, f = t - i
    const dx = points[a + 4]! - points[a]!, dy = points[a + 5]! - points[a + 1]!
    const norm = Math.hypot(dx, dy) || 1
    out.x = points[a]! + dx * f + origin[0]
    out.y = points[a + 1]! + dy * f + origin[1]
    out.z = points[a + 2]! + (points[a + 6]! - points[a + 2]!) * f
    out.headingX = dx / norm
    out.headingY = dy / norm
  }
}

function adapted(reach: number, found: number, most: number, farthest: number): number {
  if (found > most * 0.95) return Math.max(40, reach * Math.sqrt((most * 0.85) / found))
  if (found < most * 0.6) return Math.min(farthest, reach * 1.35 + 5)
  return reach
}
