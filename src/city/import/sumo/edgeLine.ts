import type { SumoEdge, SumoLane, SumoNet } from './sumoNet'

export interface EdgeLine {
  /** x, y, z triples on the city's plane. */
  readonly points: number[]
  readonly placement: 'centre' | 'left'
  /** The length that the source gives differs from that of the shape. */
  readonly mismatch: boolean
}

/** Line of a road: between its outer lanes where these have shapes, else the edge's own shape, else straight. */
export function lineOfEdge(net: SumoNet, edge: SumoEdge, lanes: readonly SumoLane[]): EdgeLine {
  const [first, last] = [lanes[0]!, lanes.at(-1)!]
  if (first.shape.length >= 6 && last.shape.length >= 6) {
    const points = onPlane(net, between(first.shape, last.shape))
    const length = lengthOf(points)
    return { points, placement: 'centre', mismatch: first.length !== undefined && Math.abs(first.length - length) > Math.max(1, 0.02 * length) }
  }
  const from = net.nodes.get(edge.from)!, to = net.nodes.get(edge.to)!
  const [start, end] = [[from.x, from.y, from.z], [to.x, to.y, to.z]]
  const shape = edge.shape.length >= 6 ? edge.shape : [...start, ...edge.shape, ...end]
  return { points: onPlane(net, shape), placement: edge.spread === 'right' ? 'left' : 'centre', mismatch: false }
}

function onPlane(net: SumoNet, shape: readonly number[]): number[] {
  const points: number[] = []
  for (let i = 0; i < shape.length; i += 3) points.push(...net.toPlane(shape[i]!, shape[i + 1]!), shape[i + 2]!)
  return points
}

/** The line half way between two that run side by side. */
function between(a: readonly number[], b: readonly number[]): number[] {
  if (a === b) return [...a]
  const whole = lengthOf(a)
  const points: number[] = []
  let walked = 0
  for (let i = 0; i < a.length; i += 3) {
    if (i > 0) walked += Math.hypot(a[i]! - a[i - 3]!, a[i + 1]! - a[i - 2]!)
    const other = a.length === b.length ? b.slice(i, i + 3) : at(b, whole === 0 ? 0 : walked / whole)
    for (let axis = 0; axis < 3; axis++) points.push((a[i + axis]! + other[axis]!) / 2)
  }
  return points
}

/** The point of a line at a share of its length. */
function at(line: readonly number[], share: number): number[] {
  let left = lengthOf(line) * share
  for (let i = 3; i < line.length; i += 3) {
    const edge = Math.hypot(line[i]! - line[i - 3]!, line[i + 1]! - line[i - 2]!)
    if (left <= edge || i === line.length - 3) {
      const t = edge === 0 ? 0 : Math.min(1, left / edge)
      return [0, 1, 2].map(axis => line[i - 3 + axis]! + (line[i + axis]! - line[i - 3 + axis]!) * t)
    }
    left -= edge
  }
  return line.slice(0, 3)
}

function lengthOf(line: readonly number[]): number {
  let sum = 0
  for (let i = 3; i < line.length; i += 3) sum += Math.hypot(line[i]! - line[i - 3]!, line[i + 1]! - line[i - 2]!)
  return sum
}
