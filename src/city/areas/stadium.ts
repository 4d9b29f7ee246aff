import type { Point, Polygon, Ring } from '../layers/compile/geometry'
import { frameOf, onGrid } from './shapes'
import { Basis } from '../layers/areas'
import type { SpaceDraft } from './spaceDraft'

/** An oval stadium with one tier of seats around its field. */
export interface StadiumSpec {
  readonly id: string
  readonly middle: Point
  /** Direction of the long axis, radians from east. */
  readonly bearing: number
  /** Height of the ring concourse behind the seats, which lies on the ground around, m. */
  readonly ground: number
  readonly seats: number
  /** Doors in the facade. */
  readonly doors: number
}

/** Half axes, m: inner edge of the seats (around a field of 105 x 68 m), their outer edge, the facade. Assumed. */
const INNER = [74, 52] as const
const OUTER = [98, 76] as const
const FACADE = [110, 88] as const
/** Sectors of seats, each with one vomitory to the ring concourse. */
const SECTORS = 24
const VOMITORY = 2.4
/** The lowest row lies this far under the ring concourse, m: a tier of 24 m at 22 degrees. */
const TIER = 9.6
/** Clear width of a facade door, m. */
const DOOR = 5

/**
 * Adds the seats (an area goal a sector, where people begin), the ring concourse and the doors of the facade. Returns the
 * outline that the ground around must leave free, and joins the doors to it.
 */
export function addStadium(draft: SpaceDraft, spec: StadiumSpec, ground: string): { footprint: Polygon; joinGround: () => void } {
  const axis: Point = [Math.cos(spec.bearing), Math.sin(spec.bearing)]
  const at = (axes: readonly [number, number], angle: number): Point => {
    const [u, v] = [axes[0] * Math.cos(angle), axes[1] * Math.sin(angle)]
    return onGrid([spec.middle[0] + u * axis[0] - v * axis[1], spec.middle[1] + u * axis[1] + v * axis[0]])
  }
  const step = (2 * Math.PI) / SECTORS
  const oval = (axes: readonly [number, number]): Ring => Array.from({ length: SECTORS }, (_, i) => at(axes, (i - 0.5) * step))
  const concourse = `${spec.id}:ring`
  draft.floors.push({ id: concourse, height: spec.ground, outlines: [oval(FACADE), [...oval(OUTER)].reverse()], surface: 'level', cell: 0.5 })
  for (let i = 0; i < SECTORS; i++) addSector(draft, spec, i, concourse, [at(INNER, (i - 0.5) * step), at(INNER, (i + 0.5) * step), at(OUTER, (i + 0.5) * step), at(OUTER, (i - 0.5) * step)])
  draft.figure('', '座位数', 'seats', spec.seats, '', Basis.measured)
  draft.figure(concourse, '看台、环廊与出口的尺寸', 'dimensions of seats, ring concourse and doors', 1, '', Basis.assumed)
  const facade = oval(FACADE)
  return {
    footprint: [facade],
    joinGround: () => {
      const gap = Math.max(1, Math.round(SECTORS / spec.doors))
      for (let i = 0; i < SECTORS; i += gap) {
        const frame = frameOf(facade[i]!, facade[(i + 1) % SECTORS]!)
        draft.join(`${spec.id}:door${i / gap + 1}`, concourse, ground, [frame.at(frame.length / 2 - DOOR / 2, 0), frame.at(frame.length / 2 + DOOR / 2, 0)])
      }
    },
  }
}

/** One sector: rows of seats that rise to the ring concourse, where its vomitory is. */
function addSector(draft: SpaceDraft, spec: StadiumSpec, index: number, concourse: string, [a, b, c, d]: [Point, Point, Point, Point]): void {
  const floor = `${spec.id}:sector${index + 1}`
  const middle = (p: Point, q: Point): Point => onGrid([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2])
  const back = frameOf(d, c)
  draft.floors.push({ id: floor, height: spec.ground - TIER, outlines: [[a, d, c, b]], surface: 'stairs', ascent: { from: middle(a, b), to: middle(d, c), rise: TIER }, cell: 0.25 })
  draft.join(`${floor}:vomitory`, floor, concourse, [back.at(back.length / 2 - VOMITORY / 2, 0), back.at(back.length / 2 + VOMITORY / 2, 0)])
  // Seats keep half a metre from the edges of their sector.
  const inset = (p: Point, q: Point, along: number, up: number): Point => onGrid([
    p[0] + (q[0] - p[0]) * along + ((d[0] + c[0] - a[0] - b[0]) / 2) * up, p[1] + (q[1] - p[1]) * along + ((d[1] + c[1] - a[1] - b[1]) / 2) * up,
  ])
  draft.goals.push({
    id: `seats:${index + 1}`, floor, kind: 'area', open: true, room: Math.ceil(spec.seats / SECTORS),
    shape: [inset(a, b, 0.05, 0.03), inset(a, b, 0.95, 0.03), inset(d, c, 0.95, -0.03), inset(d, c, 0.05, -0.03)],
  })
}
