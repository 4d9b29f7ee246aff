import { BufferAttribute, BufferGeometry, CanvasTexture, DynamicDrawUsage, Group, LinearFilter, Mesh, Sphere, Vector3, type PerspectiveCamera } from 'three'
import { LabelKind, type MapLabel } from '../../city'
import { cityMaterial } from '../material'
import { labelFragment, labelVertex } from '../shaders/overlay'
import type { SharedUniforms } from '../uniforms'

const ATLAS = 2048, MAX = 140 // texels a side; labels at a time
const EVERY = 130 // ms between two choices of what shows
const FADE_IN = 220, FADE_OUT = 160 // ms
const SCALE_HEIGHT = 1080, SCALE_MAX = 2 // px of a picture from which names grow with it, for walls; and how far
const ASK_AT_ONCE = 40 // names that are drawn into the atlas in one go
const FONT = '"Noto Sans SC Variable", "Inter Variable", "Noto Sans CJK SC", sans-serif'

export type LabelLanguage = 'zh' | 'en' | 'both'

interface Style { readonly size: number; readonly weight: number; readonly ink: string; readonly halo: string; readonly spacing: number }
const halo = 'rgba(12,18,28,0.78)'
const STYLES: Readonly<Record<number, Style>> = {
  [LabelKind.district]: { size: 19, weight: 700, ink: '#ffffff', halo, spacing: 3 },
  [LabelKind.core]: { size: 15, weight: 600, ink: '#ffd98a', halo, spacing: 1 },
  [LabelKind.place]: { size: 14, weight: 600, ink: '#ffffff', halo, spacing: 0 },
  [LabelKind.station]: { size: 12, weight: 500, ink: '#e8f1ff', halo: 'rgba(20,44,84,0.82)', spacing: 0 },
  [LabelKind.road]: { size: 12, weight: 500, ink: '#ffe9c4', halo: 'rgba(40,30,14,0.74)', spacing: 0.5 },
  [LabelKind.green]: { size: 13, weight: 600, ink: '#d5f5c5', halo: 'rgba(14,40,18,0.8)', spacing: 0 },
  [LabelKind.water]: { size: 13, weight: 500, ink: '#cfeaff', halo: 'rgba(8,36,60,0.75)', spacing: 2 },
  [LabelKind.tower]: { size: 13, weight: 600, ink: '#ffffff', halo, spacing: 0 },
  [LabelKind.quarter]: { size: 13, weight: 500, ink: '#e9edf3', halo, spacing: 2 },
}

/** Kinds that name a whole area, which no building hides. */
const AREAS: ReadonlySet<number> = new Set([LabelKind.district, LabelKind.core, LabelKind.quarter, LabelKind.water])

/** Kinds that would crowd the horizon in a view from the street. */
const LOW: ReadonlySet<number> = new Set([LabelKind.road, LabelKind.station, LabelKind.quarter, LabelKind.green, LabelKind.water])

/** A panel that lies over the picture, px from its top left. */
export interface PanelBox { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** What names need to know of a frame. */
export interface LabelFrame {
  readonly camera: PerspectiveCamera
  /** m from the eye to what it looks at. */
  readonly distance: number
  readonly width: number
  readonly height: number
  /** ms */
  readonly now: number
  /** Everything at once, for pictures that repeat. */
  readonly still: boolean
  /** Whether hills, or buildings too, hide a place from the eye. */
  hidden(x: number, y: number, z: number, eye: Vector3, byBuildings: boolean): boolean
}

interface Cell { readonly u0: number; readonly v0: number; readonly u1: number; readonly v1: number; readonly width: number; readonly height: number }

/** Names over the map: one draw call, one atlas filled as names first appear, collisions solved a few times a second. */
export class LabelLayer {
  readonly group = new Group()
  language: LabelLanguage = 'both'
  /** Boxes to keep clear of. */
  panels: () => readonly PanelBox[] = () => []
  #labels: readonly MapLabel[] = []
  readonly #cells = new Map<string, Cell>()
  #shown: { label: MapLabel; cell: Cell; fade: number; wanted: boolean }[] = []
  readonly #geometry = new BufferGeometry()
  readonly #canvas: HTMLCanvasElement | null
  readonly #texture: CanvasTexture | null = null
  #x = 2
  #y = 2
  #rowHeight = 0
  #last = 0
  #chosen = -EVERY
  #ratio = 1
  #scale = 1
  readonly #projected = new Vector3()
  readonly #asked = new Set<string>()

  constructor(shared: SharedUniforms) {
    this.#canvas = typeof document === 'undefined' ? null : document.createElement('canvas')
    if (!this.#canvas) return
    this.#canvas.width = this.#canvas.height = ATLAS
    this.#ratio = Math.min(2, Math.max(1, devicePixelRatio))
    this.#texture = new CanvasTexture(this.#canvas)
    this.#texture.generateMipmaps = false
    this.#texture.minFilter = this.#texture.magFilter = LinearFilter
    this.#texture.flipY = false
    this.#texture.premultiplyAlpha = false
    for (const [name, size] of [['position', 3], ['offset', 2], ['place', 2], ['fade', 1]] as const) {
      const attribute = new BufferAttribute(new Float32Array(MAX * 4 * size), size)
      attribute.setUsage(DynamicDrawUsage)
      this.#geometry.setAttribute(name, attribute)
    }
    const index = new Uint16Array(MAX * 6)
    for (let k = 0; k < MAX; k++) index.set([4 * k, 4 * k + 1, 4 * k + 2, 4 * k, 4 * k + 2, 4 * k + 3], k * 6)
    this.#geometry.setIndex(new BufferAttribute(index, 1))
    this.#geometry.boundingSphere = new Sphere(new Vector3(), Infinity)
    this.#geometry.setDrawRange(0, 0)
    const material = cityMaterial(shared, 'labels', labelVertex, labelFragment, { uAtlas: { value: this.#texture } }, { transparent: true, depthTest: false, depthWrite: false })
    const mesh = new Mesh(this.#geometry, material)
    mesh.frustumCulled = false
    mesh.renderOrder = 20
    this.group.add(mesh)
  }

  setLabels(labels: readonly MapLabel[]): void { this.#labels = labels }

  update(frame: LabelFrame): void {
    if (!this.group.visible || !this.#texture || this.#labels.length === 0) return
    const { now, still, height } = frame
    const scale = Math.min(SCALE_MAX, Math.max(1, Math.round((height / SCALE_HEIGHT) * 4) / 4))
    if (scale !== this.#scale) {
      this.#scale = scale
      this.#forget()
    }
    const passed = Math.max(0, now - this.#last)
    this.#last = now
    const choose = still || now - this.#chosen >= EVERY
    if (choose) {
      this.#chosen = now
      this.#choose(frame)
    }
    let moving = false
    for (const item of this.#shown) {
      const next = still ? (item.wanted ? 1 : 0) : Math.min(1, Math.max(0, item.fade + (item.wanted ? passed / FADE_IN : -passed / FADE_OUT)))
      if (next !== item.fade) { item.fade = next; moving = true }
    }
    if (moving || choose) this.#write()
  }

  /** Goes through the names by rank and keeps those that are in view, in sight and clear of others and of panels. */
  #choose({ camera, distance, width, height, hidden }: LabelFrame): void {
    const taken: number[] = []
    for (const { left, top, right, bottom } of this.panels()) taken.push((left + right) / 2, height - (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2)
    const keep = new Set<MapLabel>()
    const names = new Set<string>()
    const ask: MapLabel[] = []
    for (const label of this.#labels) {
      if (keep.size >= MAX * 0.6) break
      if (distance < label.near || distance > label.far) continue
      const p = this.#projected.set(label.x, label.y, label.z)
      const away = p.distanceTo(camera.position)
      if (away > label.far * 1.5 + 300 || (LOW.has(label.kind) && away > distance * 4 + 500)) continue
      p.project(camera)
      if (p.z > 1 || Math.abs(p.x) > 1.02 || Math.abs(p.y) > 1.02) continue
      if (label.kind !== LabelKind.road && names.has(label.zh)) continue
      const cell = this.#cells.get(this.#keyOf(label))
      const x = (p.x + 1) * 0.5 * width, y = (p.y + 1) * 0.5 * height
      const w = (cell?.width ?? 60) / 2 + 9, h = (cell?.height ?? 16) / 2 + 6
      let free = true
      for (let k = 0; k < taken.length && free; k += 4) free = Math.abs(x - taken[k]!) > w + taken[k + 2]! || Math.abs(y - taken[k + 1]!) > h + taken[k + 3]!
      if (!free || hidden(label.x, label.y, label.z, camera.position, !AREAS.has(label.kind))) continue
      if (!cell) { if (ask.length < ASK_AT_ONCE) ask.push(label); continue }
      taken.push(x, y, w, h)
      keep.add(label)
      names.add(label.zh)
    }
    this.#draw(ask)
    for (const item of this.#shown) item.wanted = keep.delete(item.label)
    this.#shown = this.#shown.filter(item => item.wanted || item.fade > 0.01)
    for (const label of keep) {
      if (this.#shown.length < MAX) this.#shown.push({ label, cell: this.#cells.get(this.#keyOf(label))!, fade: 0, wanted: true })
    }
  }

  #keyOf(label: MapLabel): string { return `${this.language}${label.kind}${label.zh}${label.en}` }

  /** Puts names into the atlas, once their glyphs have been loaded. */
  #draw(labels: readonly MapLabel[]): void {
    const fresh = labels.filter(label => !this.#asked.has(this.#keyOf(label)))
    if (fresh.length === 0) return
    for (const label of fresh) this.#asked.add(this.#keyOf(label))
    const text = fresh.map(label => label.zh + label.en).join('')
    const language = this.language
    const paint = (): void => { if (language === this.language) for (const label of fresh) this.#paint(label) }
    document.fonts.load(`600 16px ${FONT}`, text).then(paint, paint)
  }

  #paint(label: MapLabel): void {
    const key = this.#keyOf(label)
    const context = this.#canvas!.getContext('2d')!
    const style = STYLES[label.kind]!, ratio = this.#ratio * this.#scale
    const lines = this.language === 'zh' ? [label.zh] : this.language === 'en' ? [label.en] : label.en !== label.zh ? [label.zh, label.en] : [label.zh]
    const fontOf = (line: number): string => `${line === 0 ? style.weight : 500} ${style.size * ratio * (line === 0 ? 1 : 0.74)}px ${FONT}`
    let width = 0
    for (const [k, line] of lines.entries()) {
      context.font = fontOf(k)
      context.letterSpacing = `${k === 0 ? style.spacing * ratio : 0}px`
      width = Math.max(width, context.measureText(line).width)
    }
    const pad = 5 * ratio
    const w = Math.ceil(width + pad * 2), h = Math.ceil(style.size * ratio * (lines.length > 1 ? 2.25 : 1.3) + pad)
    if (this.#x + w > ATLAS) { this.#x = 2; this.#y += this.#rowHeight + 2; this.#rowHeight = 0 }
    if (this.#y + h > ATLAS) return this.#forget() // full: begin anew with what shows now
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    for (const [k, line] of lines.entries()) {
      context.font = fontOf(k)
      context.letterSpacing = `${k === 0 ? style.spacing * ratio : 0}px`
      const x = this.#x + w / 2, y = this.#y + pad * 0.5 + style.size * ratio * (k === 0 ? 0.65 : 1.66)
      context.strokeStyle = style.halo
      context.lineWidth = (k === 0 ? 3.4 : 2.8) * ratio
      context.strokeText(line, x, y)
      context.fillStyle = style.ink
      context.fillText(line, x, y)
    }
    this.#cells.set(key, { u0: this.#x / ATLAS, v0: this.#y / ATLAS, u1: (this.#x + w) / ATLAS, v1: (this.#y + h) / ATLAS, width: w / this.#ratio, height: h / this.#ratio })
    this.#x += w + 2
    this.#rowHeight = Math.max(this.#rowHeight, h)
    this.#texture!.needsUpdate = true
    this.#chosen = -EVERY
  }

  /** Empties the atlas. */
  #forget(): void {
    this.#cells.clear()
    this.#asked.clear()
    this.#shown = []
    this.#canvas!.getContext('2d')!.clearRect(0, 0, ATLAS, ATLAS)
    this.#x = this.#y = 2
    this.#rowHeight = 0
  }

  #write(): void {
    const attribute = (name: string): Float32Array => this.#geometry.getAttribute(name).array as Float32Array
    const position = attribute('position'), offset = attribute('offset'), place = attribute('place'), fade = attribute('fade')
    const ratio = this.#ratio
    let k = 0
    for (const { label, cell, fade: alpha } of this.#shown) {
      const w = (cell.width * ratio) / 2, h = (cell.height * ratio) / 2
      for (const [i, [sx, sy]] of ([[-1, -1], [1, -1], [1, 1], [-1, 1]] as const).entries()) {
        const at = k * 4 + i
        position.set([label.x, label.y, label.z], at * 3)
        offset.set([sx * w, sy * h], at * 2)
        place.set([sx < 0 ? cell.u0 : cell.u1, sy < 0 ? cell.v1 : cell.v0], at * 2)
        fade[at] = alpha
      }
      k++
    }
    this.#geometry.setDrawRange(0, k * 6)
    for (const name of ['position', 'offset', 'place', 'fade']) (this.#geometry.getAttribute(name) as BufferAttribute).needsUpdate = true
  }

  setLanguage(language: LabelLanguage): void {
    if (language === this.language) return
    this.language = language
    this.#shown = []
    this.#chosen = -EVERY
  }
}
