import { Direction, type Network } from '../../sim'
import { linkWidths } from './roadIndex'

/** Signal heads: one RGBA float texel pair a head, read by vertex pulling. */
export interface SignalMesh {
  /** Eight floats a head: x, y, z of the pole's foot, group | ux, uy of the approach's direction, arm length m, Direction. */
  readonly heads: Float32Array<ArrayBuffer>
  readonly count: number
}

/** A head for every signal group, side by side on an arm over the right-hand kerb of its approach. */
export function buildSignals(network: Network): SignalMesh {
  const { groups, links, points } = network
  const widths = linkWidths(network)
  const heads = new Float32Array(Math.max(1, groups.rows) * 8)
  const onLink = new Map<number, number>()
  for (let group = 0; group < groups.rows; group++) {
    const link = groups.link[group]!
    const at = links.pointFirst[link]! + links.pointCount[link]! - 1
    const dx = points.x[at]! - points.x[at - 1]!, dy = points.y[at]! - points.y[at - 1]!
    const norm = Math.hypot(dx, dy) || 1
    const ux = dx / norm, uy = dy / norm
    const half = widths[link]! / 2
    const before = onLink.get(link) ?? 0
    onLink.set(link, before + 1)
    const direction = groups.direction[group]!
    // Right turns hang nearest the kerb, left turns nearest the middle of the road.
    const reach = direction === Direction.right ? 0.25 : direction === Direction.straight ? 0.5 : 0.8
    heads.set([
      points.x[at]! + uy * (half + 0.9) + ux * 0.6, points.y[at]! - ux * (half + 0.9) + uy * 0.6, points.z[at]!, group,
      ux, uy, 0.9 + Math.min(9, half * 2 * reach), direction,
    ], group * 8)
  }
  return { heads, count: groups.rows }
}
