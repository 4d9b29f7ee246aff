import { Control, LinkFlag, NodeKind, RoadClass, SignalKind, type LinkSpec, type NetworkSpec, type NodeSpec, type TurnSpec } from '../../../sim'
import { Complaints } from '../importError'
import type { Notes } from '../importReport'
import { LENGTH_MAX } from '../plane'
import { classGuessed, classNamed } from '../roadClass'
import { lineOfEdge } from './edgeLine'
import { convertProgram } from './signals'
import type { SumoConnection, SumoEdge, SumoNet, SumoNode } from './sumoNet'

/** A network spec, and where the edges of the source ended up. */
export interface SumoSpec {
  readonly spec: NetworkSpec
  /** Link index by edge id; edges that are no roads are absent. */
  readonly linkOf: ReadonlyMap<string, number>
}

interface Approach { readonly edge: SumoEdge; readonly row: number; /** Our lane of each of SUMO's; -1 = not for road vehicles. */ readonly laneOf: readonly number[] }
interface Turn extends TurnSpec { readonly connection: SumoConnection; yieldsTo?: number[] }

/** Turns a SUMO network into the assembler's terms. `approximated` and `leftOut` hear what cannot be carried over. */
export function specOfSumo(net: SumoNet, approximated: Notes, leftOut: Notes): SumoSpec {
  const complaints = new Complaints()
  for (const [what, count] of net.skipped) leftOut.add(what, undefined, count)
  const approaches = keepRoads(net, complaints, leftOut)
  const nodeRows = new Map<string, number>()
  for (const { edge } of approaches.values()) for (const id of [edge.from, edge.to]) if (!nodeRows.has(id)) nodeRows.set(id, nodeRows.size)
  const nodes = [...nodeRows.keys()].map(id => net.nodes.get(id)!)
  const { turns, bans } = makeTurns(net, approaches, complaints, approximated)
  complaints.stop()
  rightOfWay(net, nodes, turns)

  const links = [...approaches.values()].map(approach => linkOf(net, approach, nodeRows, approximated))
  for (const [row, { edge }] of [...approaches.values()].entries()) {
    const { points } = links[row]!
    if (points.some((value, i) => i > 2 && i % 3 < 2 && !(Math.abs(value - points[i - 3]!) < LENGTH_MAX)))
      complaints.add(edge, 'long', `edge "${edge.id}" is more than ${LENGTH_MAX / 1000} km long`, 'Are the coordinates of its shape and nodes right?')
  }
  complaints.stop()
  markGateways(nodes, links, turns)
  // Who leaves over a gateway does not turn round there.
  for (const [from, { to: node, flags }] of links.entries())
    if (flags & LinkFlag.gatewayOut) for (const [to, exit] of links.entries()) if (exit.from === node) bans.push({ from, to })
  const turnsOfNode: number[][] = nodes.map(() => [])
  for (const [index, turn] of turns.entries()) turnsOfNode[links[turn.from]!.to]!.push(index)
  const banned = new Set(bans.map(({ from, to }) => `${from} ${to}`))
  const complete = nodes.map(() => true)
  const given = new Set(turns.map(({ from }) => from))
  const leaving: number[][] = nodes.map(() => [])
  for (const [row, { from }] of links.entries()) leaving[from]!.push(row)
  for (const [row, link] of links.entries())
    if (!given.has(row) && leaving[link.to]!.some(to => !banned.has(`${row} ${to}`))) complete[link.to] = false
  const gateways = new Set(links.flatMap(({ from, to, flags }) => [...(flags & LinkFlag.gatewayIn ? [from] : []), ...(flags & LinkFlag.gatewayOut ? [to] : [])]))
  const ended = new Set(links.map(({ to }) => to))
  const kinds = nodes.map((_, row) => (gateways.has(row) ? NodeKind.gateway : ended.has(row) && leaving[row]!.length > 0 ? NodeKind.junction : NodeKind.end))
  const nodesOfProgram = new Map<string, Set<number>>()
  for (const [node, rows] of turnsOfNode.entries()) for (const index of rows) {
    const { tl } = turns[index]!.connection
    if (tl !== undefined) nodesOfProgram.set(tl, (nodesOfProgram.get(tl) ?? new Set()).add(node))
  }
  const nodeSpecs = nodes.map((node, row) => nodeOf(net, node, kinds[row]!, turnsOfNode[row]!, turns, complete[row]!, nodesOfProgram, approximated))
  const specTurns = turns.map(({ from, fromLane, to, toLane, yieldsTo, speed }): TurnSpec =>
    ({ from, fromLane, to, toLane, ...(yieldsTo ? { yieldsTo } : {}), ...(speed === undefined ? {} : { speed }) }))
  return { spec: { nodes: nodeSpecs, links, bans, turns: specTurns }, linkOf: new Map([...approaches].map(([id, { row }]) => [id, row])) }
}

function keepRoads(net: SumoNet, complaints: Complaints, leftOut: Notes): Map<string, Approach> {
  const approaches = new Map<string, Approach>()
  for (const edge of net.edges.values()) {
    for (const [end, id] of [['from', edge.from], ['to', edge.to]] as const)
      if (!net.nodes.has(id)) complaints.add(edge, 'unknown-node', `edge "${edge.id}" has ${end}="${id}", and there is no such node`, 'Add the node, or correct the id.')
    let lanes = 0
    const laneOf = edge.lanes.map(({ allowed }) => (allowed === 0 ? -1 : lanes++))
    if (lanes === 0) { leftOut.add('edges that no car, taxi, bus or lorry may use', edge.id); continue }
    if (lanes < edge.lanes.length) leftOut.add('lanes that no car, taxi, bus or lorry may use', edge.id, edge.lanes.length - lanes)
    if (lanes > 16) complaints.add(edge, 'lanes', `edge "${edge.id}" has ${lanes} lanes`, 'At most 16 can be simulated; split the road.')
    approaches.set(edge.id, { edge, row: approaches.size, laneOf })
  }
  if (approaches.size === 0) complaints.add({ file: net.file, line: 0 }, 'empty', 'holds no road that a car, taxi, bus or lorry may use', 'Give a road network.')
  return approaches
}

/** Lane-to-lane turns, and bans where the source says that an edge leads nowhere else. */
function makeTurns(net: SumoNet, approaches: ReadonlyMap<string, Approach>, complaints: Complaints, approximated: Notes): { turns: Turn[]; bans: { from: number; to: number }[] } {
  const turns: Turn[] = []
  const seen = new Set<string>()
  const exits = new Map<string, Set<string>>() // edges that each edge leads to by connections without lanes
  const withLanes = new Set<string>()
  for (const connection of net.connections) if (connection.fromLane >= 0 && connection.toLane >= 0) withLanes.add(connection.from)
  for (const connection of net.connections) {
    const from = approaches.get(connection.from), to = approaches.get(connection.to)
    for (const [end, id] of [['from', connection.from], ['to', connection.to]] as const)
      if (!net.edges.has(id) && id !== '' && !id.startsWith(':')) complaints.add(connection, 'unknown-edge', `<connection> has ${end}="${id}", and there is no such edge`, 'Remove the connection, or correct the id.')
    if (!from || connection.to === '') { if (from) exits.set(connection.from, exits.get(connection.from) ?? new Set()); continue }
    if (!to) continue
    if (from.edge.to !== to.edge.from) {
      complaints.add(connection, 'apart', `<connection> leads from edge "${connection.from}", which ends at node "${from.edge.to}", to edge "${connection.to}", which begins at "${to.edge.from}"`, 'Connect edges that meet.')
      continue
    }
    const pairs: [number, number][] = []
    if (connection.fromLane >= 0 && connection.toLane >= 0) pairs.push([connection.fromLane, connection.toLane])
    else if (!withLanes.has(connection.from)) {
      exits.set(connection.from, (exits.get(connection.from) ?? new Set()).add(connection.to))
      continue
    } else {
      approximated.add('connections without lanes on an edge that has some with lanes: lane to lane from the kerb', connection.from)
      for (let lane = 0; lane < from.edge.lanes.length; lane++) pairs.push([lane, Math.min(lane, to.edge.lanes.length - 1)])
    }
    for (const [fromLane, toLane] of pairs) {
      if (fromLane >= from.edge.lanes.length || toLane >= to.edge.lanes.length) {
        const [side, edge, lane] = fromLane >= from.edge.lanes.length ? ['fromLane', from.edge, fromLane] as const : ['toLane', to.edge, toLane] as const
        complaints.add(connection, 'lane', `<connection> has ${side}="${lane}", but edge "${edge.id}" has the lanes 0 to ${edge.lanes.length - 1}`, 'Correct the lane.')
        continue
      }
      if (from.laneOf[fromLane]! < 0 || to.laneOf[toLane]! < 0 || (from.edge.lanes[fromLane]!.allowed & to.edge.lanes[toLane]!.allowed) === 0) continue
      const key = `${from.row} ${fromLane} ${to.row} ${toLane}`
      if (seen.has(key)) continue
      seen.add(key)
      turns.push({ from: from.row, fromLane: from.laneOf[fromLane]!, to: to.row, toLane: to.laneOf[toLane]!, ...(connection.speed === undefined ? {} : { speed: connection.speed }), connection })
    }
  }
  const leaving = new Map<string, Approach[]>()
  for (const approach of approaches.values()) leaving.set(approach.edge.from, [...leaving.get(approach.edge.from) ?? [], approach])
  const connected = new Set(turns.map(({ from }) => from))
  const bans: { from: number; to: number }[] = []
  for (const { edge, row } of approaches.values()) {
    if (connected.has(row)) continue
    // A .net.xml names every connection; plain files leave those to netconvert about whose edge they say nothing.
    const allowed = exits.get(edge.id) ?? (net.trimmed || withLanes.has(edge.id) ? new Set<string>() : undefined)
    if (allowed) for (const exit of leaving.get(edge.to) ?? []) if (!allowed.has(exit.edge.id)) bans.push({ from: row, to: exit.row })
  }
  return { turns, bans }
}

/** Sets which turns go before each, from the requests of a .net.xml: link i lets link j go where bit j of its response is set. */
function rightOfWay(net: SumoNet, nodes: readonly SumoNode[], turns: readonly Turn[]): void {
  if (!net.trimmed) return
  const byLane = new Map<string, SumoConnection[]>()
  for (const connection of net.connections) {
    const key = `${connection.from}_${connection.fromLane}`
    byLane.set(key, [...byLane.get(key) ?? [], connection])
  }
  const turnOf = new Map(turns.map((turn, index) => [turn.connection, index]))
  for (const node of nodes) {
    const counted = node.incoming.flatMap(lane => byLane.get(lane) ?? [])
    const links = new Map<number, number>() // number of the link in the junction -> turn
    for (const [place, connection] of counted.entries()) {
      const turn = turnOf.get(connection)
      if (turn !== undefined) links.set(connection.via >= 0 ? connection.via : place, turn)
    }
    for (const [link, turn] of links) {
      const response = node.responses[link]
      if (response === undefined) continue
      turns[turn]!.yieldsTo = [...links].filter(([other]) => response[response.length - 1 - other] === '1').map(([, other]) => other)
    }
  }
}

function linkOf(net: SumoNet, { edge, laneOf }: Approach, nodeRows: ReadonlyMap<string, number>, approximated: Notes): LinkSpec {
  const lanes = edge.lanes.filter((_, lane) => laneOf[lane]! >= 0)
  const speed = Math.max(...lanes.map(lane => lane.speed))
  if (lanes.some(lane => lane.speed !== speed)) approximated.add('edges whose lanes have different speed limits: the highest holds', edge.id)
  const { points, placement, mismatch } = lineOfEdge(net, edge, lanes)
  if (mismatch) approximated.add('edges whose given length differs by more than 2 % from their shape: the shape holds', edge.id)
  return {
    id: edge.id, ...(edge.name ? { name: edge.name } : {}), from: nodeRows.get(edge.from)!, to: nodeRows.get(edge.to)!,
    class: classNamed(edge.type) ?? classGuessed(speed, lanes.length), speedLimit: speed, flags: 0, layer: 0, zone: -1, points, placement,
    ...(net.trimmed ? { trimmed: true } : {}), lanes: lanes.map(({ width, allowed }) => ({ width, allowed, marks: 0 })),
  }
}

/** Ends of the network on roads that lead on outside are gateways: where vehicles come in at the speed of the road. */
function markGateways(nodes: readonly SumoNode[], links: LinkSpec[], turns: readonly Turn[]): void {
  const neighbours: Set<number>[] = nodes.map(() => new Set())
  for (const { from, to } of links) { neighbours[from]!.add(to); neighbours[to]!.add(from) }
  const through = new Set(turns.map(turn => links[turn.from]!.to))
  const entered = new Set(links.map(({ to }) => to)), left = new Set(links.map(({ from }) => from))
  const reverse = new Set(links.map(({ from, to }) => `${from} ${to}`))
  for (const [row, link] of links.entries()) {
    const isEnd = (node: number): boolean => !through.has(node) && (neighbours[node]!.size === 1 || !entered.has(node) || !left.has(node))
    const major = link.class <= RoadClass.tertiaryLink
    const flags = (reverse.has(`${link.to} ${link.from}`) ? 0 : LinkFlag.oneway)
      | (major && isEnd(link.from) ? LinkFlag.gatewayIn : 0) | (major && isEnd(link.to) ? LinkFlag.gatewayOut : 0)
    links[row] = { ...link, flags }
  }
}

const controls: Readonly<Record<string, number>> = {
  priority: Control.priority, priority_stop: Control.priority, right_before_left: Control.allWay, left_before_right: Control.allWay,
  allway_stop: Control.allWay, zipper: Control.none, unregulated: Control.none, dead_end: Control.none,
  traffic_light: Control.signal, traffic_light_unregulated: Control.signal, traffic_light_right_on_red: Control.signal,
}

function nodeOf(
  net: SumoNet, node: SumoNode, kind: number, own: readonly number[], turns: readonly Turn[], complete: boolean,
  nodesOfProgram: ReadonlyMap<string, ReadonlySet<number>>, approximated: Notes,
): NodeSpec {
  const [x, y] = net.toPlane(node.x, node.y)
  const base = { id: node.id, x, y, z: node.z, kind }
  const ids = new Set(own.map(index => turns[index]!.connection.tl).filter(id => id !== undefined))
  // In a .net.xml a light is what the connections say; in plain files netconvert would make one by the type.
  const signalised = ids.size > 0 || (!net.trimmed && controls[node.type] === Control.signal)
  if (!signalised || own.length + Number(!complete) === 0) {
    if (node.type === 'right_before_left' || node.type === 'left_before_right') approximated.add('junctions of right before left: first come, first served where the requests do not say', node.id)
    if (!(node.type in controls)) approximated.add(`junctions of type ${node.type}: treated as priority`, node.id)
    return { ...base, control: kind === NodeKind.gateway ? Control.none : (controls[node.type] === Control.signal ? undefined : controls[node.type]) ?? Control.priority }
  }
  const signal = { ...base, control: Control.signal }
  const program = net.programs.get([...ids][0] ?? node.tl ?? node.id)
  const generated = (why: string): NodeSpec => {
    approximated.add(`signals with a generated program: ${why}`, node.id)
    return signal
  }
  if (!program || own.length === 0) return generated('the source has none')
  if (!complete) return generated('the source does not say which lane leads where')
  if (ids.size > 1) return generated('several programs of the source meet at the junction')
  const length = program.phases[0]!.state.length
  const lit = own.filter(index => turns[index]!.connection.tl !== undefined && turns[index]!.connection.linkIndex >= 0)
  if (lit.some(index => turns[index]!.connection.linkIndex >= length)) return generated('its phases have fewer letters than it has links')
  const converted = convertProgram(program, lit.map(index => turns[index]!.connection.linkIndex), lit)
  const dark = own.filter(index => !lit.includes(index))
  const stages = converted.signal.stages.map(stage => ({ ...stage, permittedTurns: [...stage.permittedTurns, ...dark] }))
  const patterns = new Set(own.map(index => stages.map(stage => (stage.protectedTurns.includes(index) ? 2 : stage.permittedTurns.includes(index) ? 1 : 0)).join('')))
  const never = own.filter(index => !stages.some(({ protectedTurns, permittedTurns }) => protectedTurns.includes(index) || permittedTurns.includes(index)))
  if (never.length > 0) return generated('some of its turns never get green')
  if (patterns.size > 32) return generated('it has more than 32 patterns of lights')
  if (converted.yellowAdded > 0) approximated.add('greens that end without yellow: their last 3 s became yellow', node.id, converted.yellowAdded)
  if (converted.lightsChanged > 0) approximated.add('lights that change within a yellow: they change after it', node.id, converted.lightsChanged)
  const joined = nodesOfProgram.get(program.id)!.size > 1
  if (joined && converted.kind === SignalKind.actuated) approximated.add('actuated programs of several junctions: fixed, so that the junctions stay in step', node.id)
  return { ...signal, signalKind: joined ? SignalKind.fixed : converted.kind, signal: { ...converted.signal, stages } }
}
