import type { CityView } from '../render'
import { EMPTY_SLOT, type Network, type Snapshot } from '../sim'

export type Picked = { readonly kind: 'link'; readonly link: number } | { readonly kind: 'vehicle'; readonly slot: number }

/** Pixels around a click that still count; a fingertip more. */
const NEAR = 9
const VEHICLE_RADIUS = 2.6 // m
const LANE_HALF = 1.9 // m

/** The vehicle, else the road, under a point of the canvas (pixels from its top left corner). */
export function pickOnScreen(view: CityView, network: Network, snapshot: Snapshot | null, px: number, py: number): Picked | null {
  const project = projector(view)
  const slot = snapshot ? nearestVehicle(network, snapshot, project, px, py) : -1
  if (slot >= 0) return { kind: 'vehicle', slot }
  const link = nearestLink(network, project, px, py)
  return link >= 0 ? { kind: 'link', link } : null
}

/** Pixel x, pixel y and pixels per metre of a point, into `out`; false behind the camera. */
type Project = (x: number, y: number, z: number, out: Float64Array) => boolean

function projector({ rig: { camera }, element }: CityView): Project {
  camera.updateMatrixWorld()
  const m = camera.matrixWorld.elements
  const { clientWidth: width, clientHeight: height } = element
  const scale = height / 2 / Math.tan((camera.fov * Math.PI) / 360)
  const [cx, cy, cz] = [m[12]!, m[13]!, m[14]!]
  return (x, y, z, out) => {
    const [dx, dy, dz] = [x - cx, y - cy, z - cz]
    const depth = -(dx * m[8]! + dy * m[9]! + dz * m[10]!)
    if (depth < 1) return false
    out[0] = width / 2 + ((dx * m[0]! + dy * m[1]! + dz * m[2]!) / depth) * scale
    out[1] = height / 2 - ((dx * m[4]! + dy * m[5]! + dz * m[6]!) / depth) * scale
    out[2] = scale / depth
    return true
  }
}

function nearestLink({ links, points }: Network, project: Project, px: number, py: number): number {
  const a = new Float64Array(3)
  const b = new Float64Array(3)
  let best = -1
  let scoreBest = 1
  for (let link = 0; link < links.rows; link++) {
    const first = links.pointFirst[link]!
    const half = links.laneCount[link]! * LANE_HALF
    let last = project(points.x[first]!, points.y[first]!, points.z[first]!, a)
    for (let point = first + 1; point < first + links.pointCount[link]!; point++) {
      const shown = project(points.x[point]!, points.y[point]!, points.z[point]!, b)
      if (shown && last) {
        const reach = Math.max(NEAR, half * Math.max(a[2]!, b[2]!))
        const score = distanceToSegment(px, py, a, b) / reach
        if (score < scoreBest) { best = link; scoreBest = score }
      }
      a.set(b)
      last = shown
    }
  }
  return best
}

function nearestVehicle(network: Network, { head, path, state }: Snapshot, project: Project, px: number, py: number): number {
  const { lanes, turns, points } = network
  const out = new Float64Array(3)
  let best = -1
  let scoreBest = 1
  for (let slot = 0; slot < head[2]!; slot++) {
    const row = path[slot]!
    if (row === EMPTY_SLOT) continue
    const [table, index] = row < lanes.rows ? [lanes, row] as const : [turns, row - lanes.rows] as const
    // The share of the points stands for the share of the length: close enough to find the few that lie near.
    const first = table.pointFirst[index]!
    const along = ((state[slot]! & 0xffff) / 65535) * (table.pointCount[index]! - 1)
    const at = first + Math.min(table.pointCount[index]! - 2, Math.floor(along))
    const share = along - (at - first)
    const mix = (values: Float32Array): number => values[at]! + (values[at + 1]! - values[at]!) * share
    if (!project(mix(points.x), mix(points.y), mix(points.z), out)) continue
    const reach = VEHICLE_RADIUS * out[2]!
    if (reach < 1.5) continue // too far away to be meant
    const score = Math.hypot(px - out[0]!, py - out[1]!) / Math.max(NEAR / 2, reach)
    if (score < scoreBest) { best = slot; scoreBest = score }
  }
  return best
}

function distanceToSegment(px: number, py: number, a: Float64Array, b: Float64Array): number {
  const dx = b[0]! - a[0]!
  const dy = b[1]! - a[1]!
  const length2 = dx * dx + dy * dy
  const share = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((px - a[0]!) * dx + (py - a[1]!) * dy) / length2))
  return Math.hypot(px - a[0]! - share * dx, py - a[1]! - share * dy)
}
