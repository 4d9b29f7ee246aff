import { createTable } from '../core/table'
import { Draw, uniform } from '../core/random'
import { tripColumns, type TripTable } from '../worldTypes'
import type { LaneSpec, LinkSpec, NetworkSpec, NodeSpec } from './networkSpec'
import { ALL_CLASSES, Control, LinkFlag, NodeKind, RoadClass, type Network } from './networkTables'

/** Small made-up networks for tests and benches: the same call gives the same network, on every machine. */
class Sketch {
  readonly nodes: NodeSpec[] = []
  readonly links: LinkSpec[] = []
  readonly bans: { from: number; to: number }[] = []

  node(x: number, y: number, kind: number, control: number): number {
    this.nodes.push({ id: `n${this.nodes.length}`, x, y, z: 0, kind, control })
    return this.nodes.length - 1
  }

  /** One carriageway between two nodes; `placement` left: half of a two-way road. */
  link(from: number, to: number, lanes: number, options: Partial<LinkSpec> = {}): number {
    const a = this.nodes[from]
    const b = this.nodes[to]
    const lane: LaneSpec = { width: 3.25, allowed: ALL_CLASSES, marks: 0 }
    this.links.push({
      id: `l${this.links.length}`, from, to, class: RoadClass.secondary, speedLimit: 50 / 3.6, flags: 0, layer: 0, zone: -1,
      points: [a.x, a.y, a.z, b.x, b.y, b.z], placement: 'centre', lanes: Array.from({ length: lanes }, () => lane), ...options,
    })
    return this.links.length - 1
  }

  road(from: number, to: number, lanes: number, options: Partial<LinkSpec> = {}): [number, number] {
    return [
      this.link(from, to, lanes, { placement: 'left', ...options }),
      this.link(to, from, lanes, { placement: 'left', ...options }),
    ]
  }

  spec(): NetworkSpec {
    return { nodes: this.nodes, links: this.links, bans: this.bans }
  }
}

/** Signalised grid of n x n crossings, `spacing` m apart, with a gateway at the end of every street. */
export function gridSpec(n: number, options: { spacing?: number; lanes?: number; control?: number } = {}): NetworkSpec {
  const { spacing = 250, lanes = 2, control = Control.signal } = options
  const sketch = new Sketch()
  const at: number[][] = []
  for (let row = 0; row < n; row++) {
    at.push([])
    for (let column = 0; column < n; column++) at[row].push(sketch.node(column * spacing, row * spacing, NodeKind.junction, control))
  }
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++) {
      if (column + 1 < n) sketch.road(at[row][column], at[row][column + 1], lanes)
      if (row + 1 < n) sketch.road(at[row][column], at[row + 1][column], lanes)
    }
  const gateway = (node: number, x: number, y: number): void => {
    const end = sketch.node(x, y, NodeKind.gateway, Control.none)
    sketch.link(node, end, lanes, { placement: 'left', flags: LinkFlag.gatewayOut })
    sketch.link(end, node, lanes, { placement: 'left', flags: LinkFlag.gatewayIn })
  }
  for (let k = 0; k < n; k++) {
    gateway(at[k][0], -spacing, k * spacing)
    gateway(at[k][n - 1], n * spacing, k * spacing)
    gateway(at[0][k], k * spacing, -spacing)
    gateway(at[n - 1][k], k * spacing, n * spacing)
  }
  return sketch.spec()
}

/** One straight road in `parts` links of equal length, from a gateway to a gateway. */
export function straightSpec(length: number, options: { lanes?: number; parts?: number; signal?: boolean; speedLimit?: number } = {}): NetworkSpec {
  const { lanes = 1, parts = 1, signal = false, speedLimit = 50 / 3.6 } = options
  const sketch = new Sketch()
  let before = sketch.node(0, 0, NodeKind.gateway, Control.none)
  for (let part = 1; part <= parts; part++) {
    const last = part === parts
    const node = sketch.node((length * part) / parts, 0, last ? NodeKind.gateway : NodeKind.junction, last ? Control.none : signal ? Control.signal : Control.none)
    sketch.link(before, node, lanes, { speedLimit, flags: LinkFlag.oneway | (part === 1 ? LinkFlag.gatewayIn : 0) | (last ? LinkFlag.gatewayOut : 0) })
    before = node
  }
  return sketch.spec()
}

/** A ring of `parts` one-way links. */
export function ringSpec(length: number, options: { lanes?: number; parts?: number; speedLimit?: number } = {}): NetworkSpec {
  const { lanes = 1, parts = 12, speedLimit = 50 / 3.6 } = options
  const sketch = new Sketch()
  const radius = length / (2 * Math.PI)
  for (let part = 0; part < parts; part++) {
    const angle = (2 * Math.PI * part) / parts
    sketch.node(radius * Math.cos(angle), radius * Math.sin(angle), NodeKind.junction, Control.none)
  }
  for (let part = 0; part < parts; part++) sketch.link(part, (part + 1) % parts, lanes, { speedLimit, flags: LinkFlag.oneway })
  return sketch.spec()
}

/** A minor road that joins a major one at a right angle; control as given. */
export function teeSpec(options: { control?: number; lanes?: number; arm?: number } = {}): NetworkSpec {
  const { control = Control.priority, lanes = 1, arm = 300 } = options
  const sketch = new Sketch()
  const middle = sketch.node(0, 0, NodeKind.junction, control)
  const arms: readonly [number, number, number][] = [[-arm, 0, RoadClass.primary], [arm, 0, RoadClass.primary], [0, -arm, RoadClass.residential]]
  for (const [x, y, roadClass] of arms) {
    const end = sketch.node(x, y, NodeKind.gateway, Control.none)
    sketch.link(end, middle, lanes, { placement: 'left', class: roadClass, flags: LinkFlag.gatewayIn })
    sketch.link(middle, end, lanes, { placement: 'left', class: roadClass, flags: LinkFlag.gatewayOut })
  }
  return sketch.spec()
}

/** A crossing of two two-way roads. */
export function crossSpec(options: { control?: number; lanes?: number; arm?: number } = {}): NetworkSpec {
  const { control = Control.signal, lanes = 2, arm = 300 } = options
  return gridSpec(1, { spacing: arm, lanes, control })
}

/** Expressway with an on-ramp that joins it: the ramp's lane merges with the nearest one. */
export function rampSpec(options: { lanes?: number; length?: number } = {}): NetworkSpec {
  const { lanes = 2, length = 1200 } = options
  const sketch = new Sketch()
  const speedLimit = 80 / 3.6
  const fast = { class: RoadClass.motorway, speedLimit, flags: LinkFlag.oneway }
  const a = sketch.node(0, 0, NodeKind.gateway, Control.none)
  const merge = sketch.node(length / 2, 0, NodeKind.junction, Control.none)
  const b = sketch.node(length, 0, NodeKind.gateway, Control.none)
  const ramp = sketch.node(length / 2 - 300, -120, NodeKind.gateway, Control.none)
  sketch.link(a, merge, lanes, { ...fast, flags: fast.flags | LinkFlag.gatewayIn })
  sketch.link(merge, b, lanes, { ...fast, flags: fast.flags | LinkFlag.gatewayOut })
  sketch.link(ramp, merge, 1, { ...fast, class: RoadClass.motorwayLink, speedLimit: 60 / 3.6, flags: fast.flags | LinkFlag.gatewayIn })
  return sketch.spec()
}

/** A road that loses a lane half way. */
export function laneDropSpec(options: { lanes?: number; length?: number } = {}): NetworkSpec {
  const { lanes = 2, length = 1000 } = options
  const sketch = new Sketch()
  const a = sketch.node(0, 0, NodeKind.gateway, Control.none)
  const middle = sketch.node(length / 2, 0, NodeKind.junction, Control.none)
  const b = sketch.node(length, 0, NodeKind.gateway, Control.none)
  sketch.link(a, middle, lanes, { flags: LinkFlag.oneway | LinkFlag.gatewayIn })
  sketch.link(middle, b, lanes - 1, { flags: LinkFlag.oneway | LinkFlag.gatewayOut })
  return sketch.spec()
}

/** `count` trips spread evenly over `ticks`, each between two random links of a network (gateways if there are any, unless `everywhere`). */
export function randomTrips(network: Network, count: number, ticks: number, seed: number, everywhere = false): TripTable {
  const { links } = network
  const trips = createTable(tripColumns, count)
  const pick = (flag: number): number[] => {
    if (everywhere) return Array.from({ length: links.rows }, (_, link) => link)
    const found = Array.from({ length: links.rows }, (_, link) => link).filter(link => links.flags[link] & flag)
    return found.length > 0 ? found : Array.from({ length: links.rows }, (_, link) => link)
  }
  const sources = pick(LinkFlag.gatewayIn)
  const sinks = pick(LinkFlag.gatewayOut)
  for (let row = 0; row < count; row++) {
    const from = sources[Math.floor(uniform(seed, Draw.origin, row, 0) * sources.length)]
    let to = from
    for (let go = 0; go < 20 && (to === from || links.toNode[to] === links.fromNode[from]); go++) to = sinks[Math.floor(uniform(seed, Draw.destination, row, go) * sinks.length)]
    trips.id[row] = row
    trips.departTick[row] = Math.floor((row * ticks) / count)
    trips.originLink[row] = from
    trips.destinationLink[row] = to
    trips.originOffset[row] = links.flags[from] & LinkFlag.gatewayIn ? 0 : links.length[from] * 0.3
    trips.destinationOffset[row] = links.length[to] * 0.8
    trips.originZone[row] = trips.destinationZone[row] = -1
    const draw = uniform(seed, Draw.vehicleClass, row, 0)
    trips.class[row] = draw < 0.85 ? 0 : draw < 0.93 ? 1 : draw < 0.97 ? 2 : 3
    trips.purpose[row] = 1
  }
  return trips
}
