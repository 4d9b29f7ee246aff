import earcut from 'earcut'
import { LinkFlag, NodeKind, type Network } from '../../sim'

/** Asphalt of one junction: a polygon through the corners of its arms, rounded at the kerbs. */
export interface JunctionArea { readonly x: number[]; readonly y: number[]; readonly z: number[]; readonly triangles: number[] }

interface Arm {
  /** Middle of the carriageway's end, and unit vector out of the junction. */
  readonly x: number; readonly y: number; readonly z: number; readonly dx: number; readonly dy: number
  readonly half: number
  angle: number
}

/** The area between the ends of all carriageways at a node; null where two ends meet without a junction. */
export function junctionArea(network: Network, widths: Float32Array, node: number): JunctionArea | null {
  const { nodes } = network
  if (nodes.kind[node] !== NodeKind.junction) return null
  const arms = armsOf(network, widths, node)
  if (arms.length < 3) return null
  const cx = arms.reduce((sum, arm) => sum + arm.x, 0) / arms.length, cy = arms.reduce((sum, arm) => sum + arm.y, 0) / arms.length
  for (const arm of arms) arm.angle = Math.atan2(arm.y - cy, arm.x - cx)
  arms.sort((a, b) => a.angle - b.angle)
  const x: number[] = [], y: number[] = [], z: number[] = []
  for (const [k, arm] of arms.entries()) {
    const next = arms[(k + 1) % arms.length]!
    // Counter-clockwise round the junction: first the corner clockwise of the arm, then the other one.
    x.push(arm.x + arm.dy * arm.half, arm.x - arm.dy * arm.half)
    y.push(arm.y - arm.dx * arm.half, arm.y + arm.dx * arm.half)
    z.push(arm.z, arm.z)
    roundKerb(arm, next, x, y, z)
  }
  if (signedArea(x, y) <= 1) return null
  const flat: number[] = []
  for (let i = 0; i < x.length; i++) flat.push(x[i]!, y[i]!)
  return { x, y, z, triangles: earcut(flat) }
}

function roundKerb(arm: Arm, next: Arm, x: number[], y: number[], z: number[]): void {
  const ax = arm.x - arm.dy * arm.half, ay = arm.y + arm.dx * arm.half
  const bx = next.x + next.dy * next.half, by = next.y - next.dx * next.half
  // Where the two kerb lines meet, going inwards along both.
  const cross = arm.dx * next.dy - arm.dy * next.dx
  if (Math.abs(cross) < 0.25) return
  const t = ((bx - ax) * next.dy - (by - ay) * next.dx) / cross
  const u = ((bx - ax) * arm.dy - (by - ay) * arm.dx) / cross
  if (t > 0 || u > 0 || t < -45 || u < -45) return
  const px = ax + arm.dx * t, py = ay + arm.dy * t
  for (const s of [0.25, 0.5, 0.75]) {
    const r = 1 - s
    x.push(r * r * ax + 2 * r * s * px + s * s * bx)
    y.push(r * r * ay + 2 * r * s * py + s * s * by)
    z.push(r * arm.z + s * next.z)
  }
}

function armsOf({ links, nodes, points, turns, nodeTurns, lanes }: Network, widths: Float32Array, node: number): Arm[] {
  const seen = new Set<number>()
  const arms: Arm[] = []
  const first = nodes.turnFirst[node]!
  for (let k = first; k < first + nodes.turnCount[node]!; k++) {
    const turn = nodeTurns.turn[k]!
    for (const [link, entering] of [[lanes.link[turns.fromLane[turn]!]!, true], [lanes.link[turns.toLane[turn]!]!, false]] as const) {
      const key = link * 2 + (entering ? 1 : 0)
      if (seen.has(key) || links.flags[link]! & LinkFlag.tunnel) continue
      seen.add(key)
      const from = links.pointFirst[link]!, to = from + links.pointCount[link]! - 1
      const end = entering ? to : from, inner = entering ? to - 1 : from + 1
      const dx = points.x[inner]! - points.x[end]!, dy = points.y[inner]! - points.y[end]!
      const norm = Math.hypot(dx, dy) || 1
      arms.push({ x: points.x[end]!, y: points.y[end]!, z: points.z[end]!, dx: dx / norm, dy: dy / norm, half: widths[link]! / 2, angle: 0 })
    }
  }
  return arms
}

/** Whether a point lies in the area. */
export function contains({ x, y }: JunctionArea, px: number, py: number): boolean {
  let inside = false
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    if ((y[i]! > py) !== (y[j]! > py) && px < ((x[j]! - x[i]!) * (py - y[i]!)) / (y[j]! - y[i]!) + x[i]!) inside = !inside
  }
  return inside
}

function signedArea(x: readonly number[], y: readonly number[]): number {
  let area = 0
  for (let i = 0; i < x.length; i++) {
    const j = (i + 1) % x.length
    area += (x[i]! * y[j]! - x[j]! * y[i]!) / 2
  }
  return area
}
