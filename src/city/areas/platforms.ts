import { type Point, type Polygon, type Ring } from '../layers/compile/geometry'
import { addFlights, flightsWidth } from './flights'
import { RUN_PER_RISE } from './entrances'
import { box, frameOf, ringInside, type Frame } from './shapes'
import { Basis } from '../layers/areas'
import type { SpaceDraft } from './spaceDraft'

/** A platform of a line: from its one end to its other, in the line's order of stations. */
export interface PlatformSpec {
  readonly line: string
  readonly from: Point
  readonly to: Point
  /** Cars of a train. */
  readonly cars: number
  readonly kind: 'island' | 'side'
  /** m under the concourse. */
  readonly depth: number
  /** Width of the paid side of the concourse above it, m. */
  readonly paidWidth?: number
}

/** An A-car: length over couplers, m; doors a side; clear width of a door, m (GB 50157; CJ/T 533). */
const CAR = 22.8
const DOORS = 5
const DOOR = 1.4
/** Island platform; between its stairs and its edge GB 50157 wants 2.5 m at least. Side platform. m, assumed. */
const ISLAND = 12
const SIDE = 6
/** Both tracks between two side platforms, m. */
const TRACKS = 9
const STAIR = 2.4
/** Stairs keep this far from the walls of the hall, m. */
const CLEAR = 2
/** The paid side reaches this far beyond the last stair, m. */
const BEYOND = 9
/** Exit lines lie this far inside the edge of the floor, so that a body reaches them, m. */
export const INSET = 0.4
const LIFT = { shaft: 2.2, capacity: 13, doorTime: 12, travelTime: 12 }

export interface PlatformPart {
  readonly paid: Polygon
  /** Holes of stairs and lifts in the concourse. */
  readonly holes: readonly Ring[]
  /** Adds stairs and lifts once both floors stand. */
  connect(): void
}

/** Adds the platform floors of one line with their doors; says what they need of the concourse above. */
export function addPlatforms(draft: SpaceDraft, station: string, spec: PlatformSpec, hall: Polygon, concourse: { floor: string; height: number }, others: readonly Ring[]): PlatformPart {
  const whole = frameOf(spec.from, spec.to)
  const train = spec.cars * CAR
  const height = Math.round((concourse.height - spec.depth) * 100) / 100
  const offsets = spec.kind === 'island' ? [0] : [-(TRACKS + SIDE) / 2, (TRACKS + SIDE) / 2]
  const width = spec.kind === 'island' ? ISLAND : SIDE
  const escalators = spec.kind === 'island' ? 2 : 1
  const flight = spec.kind === 'island' ? flightsWidth(STAIR, 2) : flightsWidth(STAIR - 0.6, 1)
  const run = spec.depth * RUN_PER_RISE
  const holes: Ring[] = []
  const connections: (() => void)[] = []
  let [first, last] = [Infinity, -Infinity]
  let groups = 0
  for (const [index, d] of offsets.entries()) {
    const floor = `${station}:platform:${spec.line}${spec.kind === 'island' ? '' : index === 0 ? ':f' : ':r'}`
    const at = (s0: number, s1: number, half: number): Ring => box(whole, s0, s1, d - half, d + half)
    const own: Ring[] = []
    for (const middle of [-0.36, -0.14, 0.14, 0.36].map(share => whole.length / 2 + share * train)) {
      const [s0, s1] = [middle - run / 2, middle + run / 2]
      if (!ringInside(at(s0 - CLEAR, s1 + CLEAR, flight / 2 + CLEAR), hall) || others.some(ring => ringsMeet(ring, at(s0 - 1, s1 + 1, flight / 2 + 1)))) continue
      const hole = at(s0, s1, flight / 2 + 0.3)
      own.push(hole)
      ;[first, last] = [Math.min(first, s0), Math.max(last, s1)]
      // Stairs of the front half rise to the front end of the hall, the others to the other, where the gates are.
      const up = middle > whole.length / 2
      const frame = up ? frameOf(whole.at(s0, d), whole.at(s1, d)) : frameOf(whole.at(s1, d), whole.at(s0, d))
      const id = `${floor}:flight${groups++}`
      connections.push(() => addFlights(draft, id, {
        frame, run: frame.length, width: flight, escalatorsUp: 1, escalatorsDown: escalators - 1, low: { floor, height }, high: concourse,
      }))
    }
    const lift = addLiftHole(whole, whole.length / 2, d, hall, [...own, ...others])
    const ring = at(0, whole.length, width / 2)
    draft.floors.push({ id: floor, height, outlines: [ring, ...own, ...(lift ? [lift.hole] : [])], surface: 'level', cell: 0.25 })
    holes.push(...own)
    if (lift) {
      holes.push(lift.hole)
      draft.lifts.push({ id: `${floor}:lift`, landings: [{ floor, area: lift.landing }, { floor: concourse.floor, area: lift.landing }], capacity: LIFT.capacity, doorTime: LIFT.doorTime, travelTime: LIFT.travelTime })
    }
    // Trains keep to the right: the track forward lies to the right of an island, and of two side platforms the right one serves it.
    if (spec.kind === 'island' || index === 0) addDoors(draft, spec, floor, whole, d + (spec.kind === 'island' ? -width / 2 : width / 2), spec.kind === 'island' ? 1 : -1, 'f')
    if (spec.kind === 'island' || index === 1) addDoors(draft, spec, floor, whole, d + (spec.kind === 'island' ? width / 2 : -width / 2), spec.kind === 'island' ? -1 : 1, 'r')
    draft.figure(floor, '站台长度', 'length of the platform', whole.length, 'm', Basis.assumed)
    draft.figure(floor, '站台宽度', 'width of the platform', width, 'm', Basis.assumed)
    draft.figure(floor, '站台至站厅的高差', 'height from platform to concourse', spec.depth, 'm', Basis.assumed)
  }
  if (groups === 0) throw new Error(`${station}, line ${spec.line}: no stair between platform and concourse fits into the hall. Move the platform in the areas file.`)
  const half = (spec.paidWidth ?? flight + 0.6 + 2 * 2.7) / 2
  const reach = Math.max(...offsets)
  return { paid: [box(whole, first - BEYOND, last + BEYOND, -reach - half, reach + half)], holes, connect: () => connections.forEach(connect => connect()) }
}

/** A lift shaft in the middle with its landing in front, where there is room in the hall and between the stairs. */
function addLiftHole(frame: Frame, s: number, d: number, hall: Polygon, taken: readonly Ring[]): { hole: Ring; landing: Ring } | null {
  const half = LIFT.shaft / 2
  const around = box(frame, s - half - CLEAR, s + half + 2.5, d - half - 1, d + half + 1)
  if (!ringInside(around, hall) || taken.some(ring => ringsMeet(ring, around))) return null
  return { hole: box(frame, s - half, s + half, d - half, d + half), landing: box(frame, s + half + 0.1, s + half + 1.8, d - half, d + half) }
}

/**
 * Doors of a train along a platform edge at `edge`, numbered from its front, each with the place where people wait for
 * it. `inward` is the side of the edge on which the platform lies (1 = left of the direction of the line).
 */
function addDoors(draft: SpaceDraft, spec: PlatformSpec, floor: string, whole: Frame, edge: number, inward: 1 | -1, way: 'f' | 'r'): void {
  const doors = spec.cars * DOORS
  for (let k = 0; k < doors; k++) {
    const behindFront = (k + 0.5) * (CAR / DOORS)
    const s = whole.length / 2 + (way === 'f' ? 1 : -1) * ((doors * CAR) / DOORS / 2 - behindFront)
    const line = [whole.at(s - DOOR / 2, edge + inward * INSET), whole.at(s + DOOR / 2, edge + inward * INSET)] as const
    const [near, far] = [edge + inward * 0.9, edge + inward * 2.6]
    draft.goals.push({ id: `door:${spec.line}:${way}:${k}`, floor, shape: line, kind: 'exit', open: true })
    draft.goals.push({ id: `wait:${spec.line}:${way}:${k}`, floor, shape: box(whole, s - 1.9, s + 1.9, Math.min(near, far), Math.max(near, far)), kind: 'area', open: true })
  }
}

/** Whether two rectangles overlap: some side line parts them, or they do. */
function ringsMeet(a: Ring, b: Ring): boolean {
  return ![a, b].some(ring => ring.some((p, i) => {
    const q = ring[(i + 1) % ring.length]!
    const side = ([x, y]: Point): number => (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0])
    const other = ring === a ? b : a
    return other.every(point => side(point) <= 0)
  }))
}
