import {
  ALL_CLASSES, assembleNetwork, Control, LinkFlag, metresPerSecond, NodeKind, RoadClass, type LaneSpec, type LinkSpec, type Network, type NetworkSpec, type NodeSpec,
} from '../../sim'

/** Made-up networks of the cases, drawn node by node. */
export class Draft {
  readonly nodes: NodeSpec[] = []
  readonly links: LinkSpec[] = []

  node(x: number, y: number, control: number = Control.none, more: Partial<NodeSpec> = {}): number {
    this.nodes.push({ id: `n${this.nodes.length}`, x, y, z: 0, kind: NodeKind.junction, control, ...more })
    return this.nodes.length - 1
  }

  gateway(x: number, y: number): number {
    return this.node(x, y, Control.none, { kind: NodeKind.gateway })
  }

  /** One-way carriageway; 50 km/h, one lane, straight, unless told otherwise. */
  link(from: number, to: number, lanes = 1, more: Partial<LinkSpec> = {}): number {
    const a = this.nodes[from]!
    const b = this.nodes[to]!
    const lane: LaneSpec = { width: 3.25, allowed: ALL_CLASSES, marks: 0 }
    const flags = LinkFlag.oneway | (a.kind === NodeKind.gateway ? LinkFlag.gatewayIn : 0) | (b.kind === NodeKind.gateway ? LinkFlag.gatewayOut : 0)
    this.links.push({
      id: `l${this.links.length}`, from, to, class: RoadClass.secondary, speedLimit: metresPerSecond(50), flags, layer: 0, zone: -1,
      points: [a.x, a.y, 0, b.x, b.y, 0], placement: 'centre', lanes: Array.from({ length: lanes }, () => lane), ...more,
    })
    return this.links.length - 1
  }

  network(bans: NetworkSpec['bans'] = []): Network {
    return assembleNetwork({ nodes: this.nodes, links: this.links, bans })
  }
}

/** A part of a straight road, m and m/s. */
export interface Part { readonly length: number; readonly lanes?: number; readonly speedLimit?: number }

/** A straight one-way road along x, one link a part, from a gateway to a gateway; `control` is that of all nodes between. */
export function road(parts: readonly Part[], control: number = Control.none): Network {
  const draft = new Draft()
  let x = 0
  let before = draft.gateway(0, 0)
  for (const [at, { length, lanes, speedLimit }] of parts.entries()) {
    x += length
    const node = at === parts.length - 1 ? draft.gateway(x, 0) : draft.node(x, 0, control)
    draft.link(before, node, lanes, speedLimit === undefined ? {} : { speedLimit })
    before = node
  }
  return draft.network()
}

/** A circular road of one lane in two links, so smooth that nobody slows for a bend. */
export function ring(circumference: number, speedLimit: number): Network {
  const radius = circumference / (2 * Math.PI)
  const draft = new Draft()
  const at = (angle: number): [number, number, number] => [radius * Math.cos(angle), radius * Math.sin(angle), 0]
  const nodes = [0, Math.PI].map(angle => draft.node(at(angle)[0], at(angle)[1]))
  for (let half = 0; half < 2; half++) {
    const pieces = 90
    const points = Array.from({ length: pieces + 1 }, (_, piece) => at(Math.PI * (half + piece / pieces))).flat()
    draft.link(nodes[half]!, nodes[1 - half]!, 1, { speedLimit, points })
  }
  return draft.network()
}
