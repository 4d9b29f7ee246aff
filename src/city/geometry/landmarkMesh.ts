import { areaOf, middleOf, Part, plant, roof, scaled, square, SUNK, sweep, walls, type BuildingVertices } from './buildingVertices'

/** Share of the height, and share of the outline that is left there. */
type Profile = readonly (readonly [share: number, scale: number])[]

/** Outlines of towers that everybody knows, read off published elevations; the map has one polygon and one height. */
interface Silhouette {
  readonly profile: Profile
  /** A round plan of the same area instead of the map's outline. */
  readonly round?: true
  /** Masts beside the middle, m along the longer side, and the height of their tips, m above the ground. */
  readonly masts?: readonly (readonly [along: number, tip: number])[]
  /** Half cylinders that carry the masts: radius, m, and share of the height where they start. */
  readonly cylinders?: readonly [radius: number, from: number]
}

const silhouettes: Readonly<Record<string, Silhouette>> = {
  // Straight for a good half, then tapering into a steel pyramid.
  平安金融中心: { profile: [[0, 1], [0.10, 1], [0.13, 0.98], [0.62, 0.93], [0.78, 0.85], [0.87, 0.70], [0.935, 0.47], [0.98, 0.19], [1, 0.05]] },
  // A slender slab that closes in a curve like a fountain.
  京基100: { profile: [[0, 0.96], [0.35, 1], [0.66, 0.99], [0.79, 0.95], [0.87, 0.87], [0.925, 0.76], [0.962, 0.62], [0.985, 0.46], [1, 0.26]] },
  // Two cylinders rise out of a slab and carry two masts.
  地王大厦: { profile: [[0, 1], [0.86, 1], [0.862, 0.86], [0.93, 0.86], [0.932, 0.62], [0.96, 0.62]], cylinders: [8.5, 0.86], masts: [[-17, 384], [17, 384]] },
  // "Spring bamboo": a round shaft that swells and closes to a point.
  中国华润大厦: { round: true, profile: [[0, 0.80], [0.06, 0.86], [0.18, 0.95], [0.34, 1], [0.50, 0.98], [0.64, 0.89], [0.76, 0.75], [0.86, 0.57], [0.94, 0.34], [0.98, 0.17], [1, 0.03]] },
  赛格广场: { profile: [[0, 1], [0.90, 1], [0.902, 0.82], [0.96, 0.82], [0.962, 0.60], [1, 0.60]], masts: [[-5, 353], [5, 353]] },
}

/** Height of the floating podium of the stock exchange above the ground, and its own height, m. */
const FLOATING = { from: 36, height: 24 }

/** Civic Centre: length and width of the roof, m; two towers stand through it. */
const CIVIC = { length: 486, width: 154, tower: 84.7, block: 32 }

/** Draws a landmark in its own shape, in place of its outline pulled up; false = this name has none. */
export function addLandmark(out: BuildingVertices, name: string, ring: Float64Array, ground: number, height: number): boolean {
  if (name === '市民中心') return addCivicCentre(out, ring, ground, height)
  if (name === '深圳证券交易所' && height < 60) return addFloatingPodium(out, ring, ground)
  if (name === '深圳湾体育馆') return addCocoon(out, ring, ground, height)
  const silhouette = silhouettes[name]
  if (!silhouette) return false
  addSilhouette(out, silhouette, ring, ground, height)
  return true
}

function addSilhouette(out: BuildingVertices, { profile, round, masts, cylinders }: Silhouette, ring: Float64Array, ground: number, height: number): void {
  const [cx, cy] = middleOf(ring)
  const plan = round ? circle(cx, cy, Math.sqrt(Math.abs(areaOf(ring)) / Math.PI), 28) : ring
  const levels = profile.map(([share, scale]) => ({ ring: scaled(plan, cx, cy, scale), z: share === 0 ? ground - SUNK : ground + height * share }))
  sweep(out, levels)
  roof(out, [levels.at(-1)!.ring], levels.at(-1)!.z)
  const [ax, ay] = longAxis(ring)
  for (const [along, tip] of masts ?? []) {
    const x = cx + ax * along, y = cy + ay * along
    if (cylinders) {
      const [radius, from] = cylinders
      const tube = circle(x, y, radius, 14)
      walls(out, tube, ground + height * from, ground + height)
      roof(out, [tube], ground + height)
    }
    plant(out, square(x, y, 0.9), ground + height * 0.95, ground + tip)
  }
}

/** Four bodies on the map: two blocks, and between them a round yellow and a square red tower. The roof lies over all. */
function addCivicCentre(out: BuildingVertices, ring: Float64Array, ground: number, height: number): boolean {
  const [cx, cy] = middleOf(ring)
  if (height > CIVIC.block * 1.5) {
    const west = isWestTower(cx)
    const plan = west ? circle(cx, cy, 16.5, 28) : square(cx, cy, 14.5)
    out.seed = west ? 255 : 0
    out.height = CIVIC.tower
    walls(out, plan, ground - SUNK, ground + CIVIC.tower, Part.painted)
    roof(out, [plan], ground + CIVIC.tower - 1.5)
    return true
  }
  const east = cx > CIVIC_MIDDLE[0]
  walls(out, ring, ground - SUNK, ground + height)
  roof(out, [ring], ground + height - 1)
  if (east) addWings(out, ground)
  return true
}

/** Middle of the Civic Centre, m from the false origin (114.05453 E, 22.54635 N). */
const CIVIC_MIDDLE = [609, 301] as const
const isWestTower = (x: number): boolean => x < CIVIC_MIDDLE[0]

/** The roof, "a roc spreading its wings": low over the towers, arched over each wing, thin at its edges. */
function addWings(out: BuildingVertices, ground: number): void {
  const across = 12, along = 64
  const half = CIVIC.length / 2
  out.height = CIVIC.tower
  const shape = (i: number, j: number): { x: number; y: number; top: number; under: number; fromEdge: number } => {
    const w = (i / along) * 2 - 1, u = Math.abs(w)
    const reach = (CIVIC.width / 2) * (0.74 + 0.26 * Math.sin(Math.min(1, u / 0.62) * Math.PI * 0.5)) * (1 - 0.42 * smooth(0.6, 1, u))
    const t = (j / across) * 2 - 1
    const arch = 50 + 17 * smooth(0.02, 0.55, u) - 13 * smooth(0.55, 1, u)
    const z = ground + arch + 5 * (1 - t * t) - 2 * smooth(0.85, 1, Math.abs(t))
    const thick = 1 + 5 * (1 - t * t) * (1 - 0.6 * u)
    return { x: CIVIC_MIDDLE[0] + w * half, y: CIVIC_MIDDLE[1] - 16 * u * u + t * reach, top: z, under: z - thick, fromEdge: reach * (1 - Math.abs(t)) }
  }
  for (const side of ['top', 'under'] as const) {
    const first = out.count
    for (let i = 0; i <= along; i++) {
      for (let j = 0; j <= across; j++) {
        const point = shape(i, j)
        out.vertex(point.x, point.y, point[side], point.fromEdge, Part.wing)
      }
    }
    for (let i = 0; i < along; i++) {
      for (let j = 0; j < across; j++) {
        const a = first + i * (across + 1) + j, b = a + across + 1
        out.index.push(a, b, b + 1)
        out.index.push(a, b + 1, a + 1)
      }
    }
  }
  const rim: [number, number][] = []
  for (let i = 0; i < along; i++) rim.push([i, 0])
  for (let j = 0; j < across; j++) rim.push([along, j])
  for (let i = along; i > 0; i--) rim.push([i, across])
  for (let j = across; j > 0; j--) rim.push([0, j])
  const edge = rim.map(([i, j]) => shape(i, j))
  const line = Float64Array.from(edge.flatMap(({ x, y }) => [x, y]))
  const first = out.count
  for (let k = 0; k <= edge.length; k++) {
    const { x, y, top, under } = edge[k % edge.length]!
    out.vertex(x, y, under, 0, Part.wing)
    out.vertex(x, y, top, 0, Part.wing)
  }
  for (let k = 0; k < line.length / 2; k++) {
    const a = first + 2 * k
    out.index.push(a, a + 2, a + 3)
    out.index.push(a, a + 3, a + 1)
  }
  // Slender columns from the blocks up to the wings.
  for (let i = 6; i <= along - 6; i += 4) {
    for (const j of [3, 9]) {
      const { x, y, under } = shape(i, j)
      if (Math.abs(x - CIVIC_MIDDLE[0]) < 60) continue
      walls(out, square(x, y, 0.7), ground + CIVIC.block - 1, under + 0.5, Part.plant)
    }
  }
}

/** The stock exchange wears its podium as a skirt, three storeys thick and high above the street. */
function addFloatingPodium(out: BuildingVertices, ring: Float64Array, ground: number): boolean {
  const { from, height } = FLOATING
  out.ground = ground + from
  out.height = height
  walls(out, ring, ground + from, ground + from + height)
  roof(out, [ring], ground + from, Part.plant)
  roof(out, [ring], ground + from + height - 1)
  return true
}

/** "Spring cocoon": one white latticed shell over arena and pools, on an oval plan. */
function addCocoon(out: BuildingVertices, ring: Float64Array, ground: number, height: number): boolean {
  const [cx, cy] = middleOf(ring)
  const [ax, ay] = longAxis(ring)
  const [long, short] = extents(ring, cx, cy, ax, ay)
  const plan = circle(0, 0, 1, 40)
  const oval = (scale: number): Float64Array => plan.map((_, i) => {
    const u = plan[i & ~1]! * long * scale, v = plan[i | 1]! * short * scale
    return i % 2 === 0 ? cx + ax * u - ay * v : cy + ay * u + ax * v
  })
  const levels = [[0, 0.96], [0.25, 1.02], [0.5, 0.99], [0.72, 0.88], [0.86, 0.72], [0.95, 0.48], [1, 0.22]] as const
  sweep(out, levels.map(([share, scale]) => ({ ring: oval(scale), z: share === 0 ? ground - SUNK : ground + height * share })), Part.shell)
  roof(out, [oval(0.22)], ground + height, Part.shell)
  return true
}

function circle(x: number, y: number, radius: number, corners: number): Float64Array {
  return Float64Array.from({ length: corners * 2 }, (_, i) => {
    const angle = ((i >> 1) / corners) * 2 * Math.PI
    return i % 2 === 0 ? x + radius * Math.cos(angle) : y + radius * Math.sin(angle)
  })
}

/** Direction of the longest side of an outline. */
function longAxis(ring: Float64Array): [number, number] {
  const n = ring.length
  let best: [number, number] = [1, 0], longest = 0
  for (let i = 0; i < n; i += 2) {
    const dx = ring[(i + 2) % n]! - ring[i]!, dy = ring[(i + 3) % n]! - ring[i + 1]!
    const length = Math.hypot(dx, dy)
    if (length > longest) { longest = length; best = [dx / length, dy / length] }
  }
  return best
}

/** Half lengths of an outline along an axis and across it. */
function extents(ring: Float64Array, cx: number, cy: number, ax: number, ay: number): [number, number] {
  let long = 0, short = 0
  for (let i = 0; i < ring.length; i += 2) {
    const dx = ring[i]! - cx, dy = ring[i + 1]! - cy
    long = Math.max(long, Math.abs(dx * ax + dy * ay))
    short = Math.max(short, Math.abs(dy * ax - dx * ay))
  }
  return [long, short]
}

function smooth(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
