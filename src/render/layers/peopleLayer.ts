import { BufferAttribute, Group, InstancedBufferGeometry, Mesh, Vector2, Vector3, type Camera, type DataTexture, type IUniform, type Material, type RawShaderMaterial } from 'three'
import { PersonBit, type PeopleSnapshot } from '../../sim'
import type { SnapshotFeed } from '../../workers'
import { cityMaterial } from '../material'
import { pulledMesh } from '../meshes'
import type { Pickable } from '../picking'
import { buildFigure, buildSimpleFigure, type PersonModel } from '../personModels'
import { farPeopleFragment, farPeopleVertex, figureFragment, figureVertex, peopleShadeFragment, peopleShadeVertex } from '../shaders/people'
import { integerTexture, type RowWriter } from '../textures'
import type { SharedUniforms } from '../uniforms'

const STATE_WIDTH = 1024
const NEAR_MAX = 3072, MIDDLE_MAX = 20480 // persons that the lists hold
const SCAN_FRAMES = 8 // frames that one pass over all slots takes
const BINS = 128 // of the square of the distance, for how far a list reaches
const MARGIN = 1.15 // lists reach a little farther than the limits that the shaders apply
const BESIDE = 0.20 // rad beyond the edges of the picture that the lists hold as well
const TURN = 0.10 // rad that the camera may turn before the lists are made anew at once
const PRESENT = PersonBit.present >>> 0
const STRIDE_BITS = 0x7fe00000 // bits 21-30 of the last word: place in the stride, the page's own
const LEAP = 30 // m between two snapshots beyond which nobody walked
const FARTHEST = 14_000 // m

export interface PersonPose { x: number; y: number; z: number; headingX: number; headingY: number; speed: number; mode: number; standing: boolean }

/** How many are drawn as articulated and as simple figures, and how far off at most, m. */
export interface PeopleReach { readonly nearMax: number; readonly middleMax: number; readonly nearFarthest: number; readonly middleFarthest: number }

/**
 * Everybody on foot. A snapshot's words go to the graphics card as they are, but for the place in the stride, which
 * is kept here from one to the next. JavaScript keeps lists of who is near and in the picture, refreshed an eighth of
 * the slots a frame; what is drawn how is decided in the shaders by true distance.
 */
export class PeopleLayer {
  readonly group = new Group()
  reach: PeopleReach = { nearMax: 600, middleMax: 6000, nearFarthest: 60, middleFarthest: 240 }
  readonly #own
  readonly #far
  readonly #shade
  readonly #near
  readonly #middle
  readonly #nearList
  readonly #middleList
  readonly #scanned = new Vector3(1e9, 0, 0)
  readonly #scannedAhead = new Vector3()
  readonly #ahead = new Vector3()
  readonly #sides: Sides = [new Vector3(), new Vector3(), new Vector3(), new Vector3()]
  #feed: SnapshotFeed | null = null
  #slots = 0
  #used = 0
  #textureNow: DataTexture | null = null
  #textureBefore: DataTexture | null = null
  #now = new Uint32Array(0)
  #before = new Uint32Array(0)
  #placesNow = new Float32Array(0)
  #placesBefore = new Float32Array(0)
  #lastTick = -1
  #lastSequence = -1
  #arrivedAt = 0
  #interval = 500
  #blendFixed = -1
  #scanAt = 0
  #nearScan = 15
  #middleScan = 60
  readonly #nearBins = new Uint32Array(BINS)
  readonly #middleBins = new Uint32Array(BINS)
  #nearFound = 0
  #middleFound = 0
  readonly #nearNext = new Uint32Array(NEAR_MAX)
  readonly #middleNext = new Uint32Array(MIDDLE_MAX)

  constructor(shared: SharedUniforms) {
    const blank = integerTexture(1, 1, 4)
    const lists = [NEAR_MAX, MIDDLE_MAX].map(most => integerTexture(STATE_WIDTH, most / STATE_WIDTH))
    this.#nearList = lists[0]!
    this.#middleList = lists[1]!
    this.#own = {
      uNow: { value: blank }, uBefore: { value: blank }, uBlend: { value: 1 }, uNearLimit: { value: 0 }, uMiddleLimit: { value: 0 }, uFarPixels: { value: 2.4 },
      uFloors: { value: new Vector2(-1e6, 1e6) }, uThrough: { value: 0 },
    }
    const listed = { near: { ...this.#own, uList: { value: this.#nearList }, uDetailed: { value: 1 } }, middle: { ...this.#own, uList: { value: this.#middleList }, uDetailed: { value: 0 } } }
    this.#near = figures(buildFigure(), cityMaterial(shared, 'people near', figureVertex, figureFragment, listed.near))
    this.#middle = figures(buildSimpleFigure(), cityMaterial(shared, 'people', figureVertex, figureFragment, listed.middle))
    this.#shade = pulledMesh(cityMaterial(shared, 'shade of people', peopleShadeVertex, peopleShadeFragment, listed.middle, { transparent: true, depthWrite: false }), MIDDLE_MAX * 6)
    this.#far = pulledMesh(cityMaterial(shared, 'people far', farPeopleVertex, farPeopleFragment, this.#own, { transparent: true }), 0)
    this.#shade.renderOrder = 4.5
    this.#far.renderOrder = 6
    this.group.add(this.#shade, this.#near, this.#middle, this.#far)
    this.#hide()
  }

  /** What the picking pass draws: every mesh with a material of its own, made of the same uniforms. */
  pickables(materialOf: (own: Record<string, IUniform>, vertex: string) => Material): Pickable[] {
    return [[this.#near, figureVertex], [this.#middle, figureVertex], [this.#far, farPeopleVertex]].map(([mesh, vertex]) =>
      ({ mesh: mesh as Mesh, material: materialOf(((mesh as Mesh).material as RawShaderMaterial).uniforms, vertex as string) }))
  }

  /** Words of everybody as last taken, four a slot. */
  get state(): Uint32Array { return this.#now }
  /** The same words as floats: the first three of a slot are its place. */
  get places(): Float32Array { return this.#placesNow }
  get slotsUsed(): number { return this.#used }

  setFeed(feed: SnapshotFeed | null): void {
    this.#feed = feed
    this.#lastTick = this.#lastSequence = -1
    this.#used = 0
    this.#textureNow?.dispose()
    this.#textureBefore?.dispose()
    this.#textureNow = this.#textureBefore = null
    this.#hide()
    if (!feed || feed.layout.people === 0) return
    this.#slots = feed.layout.people
    const rows = Math.max(1, Math.ceil(this.#slots / STATE_WIDTH))
    this.#textureNow = integerTexture(STATE_WIDTH, rows, 4)
    this.#textureBefore = integerTexture(STATE_WIDTH, rows, 4)
    this.#now = new Uint32Array(STATE_WIDTH * rows * 4)
    this.#before = new Uint32Array(STATE_WIDTH * rows * 4)
    this.#placesNow = new Float32Array(this.#now.buffer)
    this.#placesBefore = new Float32Array(this.#before.buffer)
  }

  /** Draws at a fixed point between two snapshots, for pictures that repeat; -1 = by the clock. */
  fixBlend(blend: number): void { this.#blendFixed = blend }

  /** Draws only who stands between two heights above the sea, m, and seen through what lies above; null = everybody, as the eye sees them. */
  setFloors(range: readonly [low: number, high: number] | null): void {
    this.#own.uFloors.value.set(...(range ?? [-1e6, 1e6]) as [number, number])
    this.#own.uThrough.value = range ? 1 : 0
  }

  /** Takes the newest snapshot, moves the lists on and sets uniforms. */
  update(write: RowWriter, camera: Camera, time: number): void {
    if (!this.#feed || !this.#textureNow) return
    const newest = this.#feed.newest()
    if (newest?.people && newest.head[0] !== this.#lastSequence && newest.head[0]! % 2 === 0) this.#take(write, newest.people, newest.head, time)
    this.#own.uBlend.value = this.#blendFixed >= 0 ? this.#blendFixed : Math.min(1, (time - this.#arrivedAt) / this.#interval)
    if (this.#used === 0 || camera.position.z > FARTHEST) return this.#hide()
    this.#scan(camera)
    this.#far.geometry.setDrawRange(0, this.#used * 6)
    Object.assign(this.#far.geometry.getAttribute('position'), { count: this.#used * 6 })
    this.#far.visible = true
  }

  #take(write: RowWriter, people: PeopleSnapshot, head: Int32Array, time: number): void {
    const sequence = head[0]!, tick = people.head[1]!
    const continuous = tick > this.#lastTick && this.#lastTick >= 0
    const used = Math.min(people.head[2]!, this.#slots), most = Math.max(used, this.#used)
    this.#before.set(people.state.subarray(0, most * 4)) // what was before will be overwritten: the two change places below
    if (head[0] !== sequence) { // the writer overtook us
      this.#before.set(this.#now.subarray(0, most * 4))
      return
    }
    ;[this.#textureNow, this.#textureBefore] = [this.#textureBefore, this.#textureNow]
    ;[this.#now, this.#before] = [this.#before, this.#now]
    ;[this.#placesNow, this.#placesBefore] = [this.#placesBefore, this.#placesNow]
    advanceStrides(this.#now, this.#placesNow, this.#before, this.#placesBefore, most)
    const rows = Math.max(1, Math.ceil(most / STATE_WIDTH))
    write(this.#textureNow!, this.#now, rows)
    if (!continuous) {
      this.#before.set(this.#now)
      write(this.#textureBefore!, this.#before, rows)
    }
    this.#own.uNow.value = this.#textureNow!
    this.#own.uBefore.value = this.#textureBefore!
    if (this.#lastTick >= 0) {
      const gap = Math.min(2000, Math.max(16, time - this.#arrivedAt))
      this.#interval += (gap - this.#interval) * (gap > this.#interval ? 0.5 : 0.25)
    }
    this.#arrivedAt = time
    this.#lastTick = tick
    this.#lastSequence = sequence
    this.#used = used
  }

  #scan(camera: Camera): void {
    const { position } = camera
    camera.getWorldDirection(this.#ahead)
    // After a leap or a turn the old lists are of no use: look at everybody at once, and once more for how far there is room.
    const leapt = this.#scanned.distanceTo(position) > 4 + this.#nearScan * 0.3 || this.#scannedAhead.angleTo(this.#ahead) > TURN
    if (leapt) {
      this.#scanAt = 0
      this.#scanOn(camera, this.#used)
    }
    this.#scanOn(camera, leapt ? this.#used : Math.ceil(this.#used / SCAN_FRAMES))
  }

  /** Looks at the next `slots`; at the end of a pass the lists are made known. */
  #scanOn(camera: Camera, slots: number): void {
    const { x: eyeX, y: eyeY, z: eyeZ } = camera.position
    if (this.#scanAt === 0) {
      this.#scanned.copy(camera.position)
      this.#scannedAhead.copy(this.#ahead)
      this.#nearFound = this.#middleFound = 0
      this.#nearBins.fill(0)
      this.#middleBins.fill(0)
      setSides(camera, this.#sides)
    }
    const { nearMax, middleMax, nearFarthest, middleFarthest } = this.reach
    const nearReach = this.#nearScan * MARGIN, middleReach = this.#middleScan * MARGIN
    const nearSquared = nearReach * nearReach, middleSquared = middleReach * middleReach, farthestSquared = middleFarthest * middleFarthest
    const nearBin = BINS / (nearFarthest * nearFarthest), middleBin = BINS / farthestSquared
    const [{ x: ax, y: ay, z: az }, { x: bx, y: by, z: bz }, { x: cx, y: cy, z: cz }, { x: dx, y: dy, z: dz }] = this.#sides
    const now = this.#now, places = this.#placesNow, nearBins = this.#nearBins, middleBins = this.#middleBins
    const end = Math.min(this.#used, this.#scanAt + slots)
    for (let slot = this.#scanAt, at = slot * 4; slot < end; slot++, at += 4) {
      const x = places[at]! - eyeX, y = places[at + 1]! - eyeY, z = places[at + 2]! - eyeZ
      const squared = x * x + y * y + z * z
      if (!(squared < farthestSquared) || now[at + 3]! < PRESENT) continue
      if (x * ax + y * ay + z * az < -4 || x * bx + y * by + z * bz < -4 || x * cx + y * cy + z * cz < -4 || x * dx + y * dy + z * dz < -4) continue
      middleBins[(squared * middleBin) | 0]!++
      if (squared * nearBin < BINS) nearBins[(squared * nearBin) | 0]!++
      if (squared >= middleSquared) continue
      if (this.#middleFound < MIDDLE_MAX) this.#middleNext[this.#middleFound] = slot
      this.#middleFound++
      if (squared >= nearSquared) continue
      if (this.#nearFound < NEAR_MAX) this.#nearNext[this.#nearFound] = slot
      this.#nearFound++
    }
    this.#scanAt = end
    if (end < this.#used) return
    this.#publish()
    // The lists of the next pass reach as far as there is room for who was counted in this one.
    const nearNext = reachFor(nearBins, nearMax, nearFarthest), middleNext = reachFor(middleBins, middleMax, middleFarthest)
    this.#own.uNearLimit.value = Math.min(nearNext, this.#nearScan)
    this.#own.uMiddleLimit.value = Math.min(middleNext, this.#middleScan)
    this.#nearScan = nearNext
    this.#middleScan = middleNext
    this.#scanAt = 0
  }

  #publish(): void {
    const near = Math.min(this.#nearFound, NEAR_MAX), middle = Math.min(this.#middleFound, MIDDLE_MAX)
    for (const [texture, list, count] of [[this.#nearList, this.#nearNext, near], [this.#middleList, this.#middleNext, middle]] as const) {
      ;(texture.image.data as unknown as Uint32Array).set(list.subarray(0, count))
      texture.needsUpdate = true
    }
    this.#near.geometry.instanceCount = near
    this.#middle.geometry.instanceCount = middle
    this.#shade.geometry.setDrawRange(0, middle * 6)
    this.#near.visible = near > 0
    this.#middle.visible = this.#shade.visible = middle > 0
  }

  #hide(): void { for (const mesh of [this.#near, this.#middle, this.#shade, this.#far]) mesh.visible = false }

  /** Place of one person now, as drawn; false if the slot is empty. */
  pose(slot: number, out: PersonPose): boolean {
    const at = slot * 4
    if (slot < 0 || slot >= this.#used || this.#now[at + 3]! < PRESENT) return false
    const word = this.#now[at + 3]!
    const angle = ((word & 255) / 128) * Math.PI
    out.x = this.#placesNow[at]!; out.y = this.#placesNow[at + 1]!; out.z = this.#placesNow[at + 2]!
    const blend = this.#own.uBlend.value
    if (blend < 1 && this.#before[at + 3]! >= PRESENT) {
      const x = this.#placesBefore[at]!, y = this.#placesBefore[at + 1]!, z = this.#placesBefore[at + 2]!
      if (Math.hypot(out.x - x, out.y - y) < LEAP) { out.x = x + (out.x - x) * blend; out.y = y + (out.y - y) * blend; out.z = z + (out.z - z) * blend }
    }
    out.headingX = Math.cos(angle); out.headingY = Math.sin(angle)
    out.speed = ((word >>> 8) & 255) * 0.02
    out.mode = (word >>> 16) & 15
    out.standing = (word & PersonBit.stands) !== 0
    return true
  }
}

/** Carries the place in the stride on by the way walked since the snapshot before: strides of 0.48 m + 0.60 s x speed, as in the shader. */
export function advanceStrides(now: Uint32Array, placesNow: Float32Array, before: Uint32Array, placesBefore: Float32Array, slots: number): void {
  for (let slot = 0, at = 0; slot < slots; slot++, at += 4) {
    const word = now[at + 3]!
    if (word < PRESENT) continue
    const wordBefore = before[at + 3]!
    let phase = 0
    if (wordBefore >= PRESENT) {
      phase = (wordBefore & STRIDE_BITS) >>> 21
      const dx = placesNow[at]! - placesBefore[at]!, dy = placesNow[at + 1]! - placesBefore[at + 1]!
      const squared = dx * dx + dy * dy
      if (squared > 1e-6 && squared < LEAP * LEAP) phase += (Math.sqrt(squared) / (0.48 + 0.012 * ((word >>> 8) & 255))) * 1024
    }
    now[at + 3] = ((word & ~STRIDE_BITS) | ((phase & 1023) << 21)) >>> 0
  }
}

/** How far, m, the `most` nearest stand, counted in bins of the square of the distance up to `farthest`. */
function reachFor(bins: Uint32Array, most: number, farthest: number): number {
  let sum = 0
  for (let bin = 0; bin < BINS; bin++) {
    sum += bins[bin]!
    if (sum > most) return farthest * Math.sqrt(Math.max(1, bin) / BINS)
  }
  return farthest
}

function figures({ position, normal, bone, part, index }: PersonModel, material: RawShaderMaterial): Mesh<InstancedBufferGeometry, RawShaderMaterial> {
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(position, 3))
  geometry.setAttribute('normal', new BufferAttribute(normal, 3))
  geometry.setAttribute('bone', new BufferAttribute(bone, 1))
  geometry.setAttribute('part', new BufferAttribute(part, 1))
  geometry.setIndex(new BufferAttribute(index, 1))
  geometry.instanceCount = 0
  const mesh = new Mesh(geometry, material)
  mesh.frustumCulled = false
  mesh.matrixAutoUpdate = false
  mesh.renderOrder = 5
  return mesh
}

/** Inward normals of four planes through the eye that bound what is listed: the sides of the picture, opened by BESIDE. */
type Sides = readonly [Vector3, Vector3, Vector3, Vector3]

const right = new Vector3(), up = new Vector3(), back = new Vector3()

function setSides(camera: Camera, [a, b, c, d]: Sides): void {
  const { elements: p } = camera.projectionMatrix
  camera.matrixWorld.extractBasis(right, up, back)
  const across = Math.min(1.5, Math.atan(1 / p[0]!) + BESIDE), upward = Math.min(1.5, Math.atan(1 / p[5]!) + BESIDE)
  for (const [axis, angle, positive, negative] of [[right, across, a, b], [up, upward, c, d]] as const) {
    positive.copy(back).multiplyScalar(-Math.sin(angle)).addScaledVector(axis, Math.cos(angle))
    negative.copy(back).multiplyScalar(-Math.sin(angle)).addScaledVector(axis, -Math.cos(angle))
  }
}
