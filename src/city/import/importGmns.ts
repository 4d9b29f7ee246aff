import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ALL_CLASSES, assembleNetwork, Control, LinkFlag, NodeKind, RoadClass, VehicleClass, type LinkSpec, type NetworkSpec, type NodeSpec, type TurnSpec } from '../../sim'
import { readTable, type Row } from './csv'
import { Complaints, refuse } from './importError'
import type { Imported } from './imported'
import { countNetwork, Notes } from './importReport'
import { LENGTH_MAX, placePoints, type Placement } from './plane'
import { readSource, type Source } from './readSource'
import { classGuessed, classNamed } from './roadClass'
import { easeShortLinks } from './shortLinks'
import { lineOfWkt } from './wkt'

interface Node { readonly row: Row; readonly id: string; readonly x: number; readonly y: number; readonly z: number; readonly control: number }
interface Link { readonly id: string; readonly spec: LinkSpec }

/**
 * Reads a folder of GMNS tables: node.csv, link.csv, and movement.csv, geometry.csv and config.csv where they are.
 *
 * Source: General Modeling Network Specification 0.96 (Zephyr Foundation): lanes are numbered from the left, length and
 * speed in the units of config.csv (km/h where it has none).
 */
export function importGmns(folder: string): Imported {
  const beside = (name: string): Source | undefined => {
    const path = [join(folder, name), join(folder, `${name}.gz`)].find(existsSync)
    return path === undefined ? undefined : readSource(path)
  }
  const [nodeFile, linkFile, movementFile, geometryFile, configFile] = ['node.csv', 'link.csv', 'movement.csv', 'geometry.csv', 'config.csv'].map(beside)
  for (const [name, source] of [['node.csv', nodeFile], ['link.csv', linkFile]] as const)
    if (!source) refuse({ file: folder, line: 0 }, 'missing', `holds no ${name}`, 'Give the folder of a GMNS network: node.csv and link.csv, and movement.csv if there is one.')
  const complaints = new Complaints()
  const approximated = new Notes(), leftOut = new Notes()
  const kmh = configFile ? speedUnit(configFile, complaints) : 1
  if (!configFile) approximated.add('no config.csv: free_speed taken as km/h')
  const nodes = readNodes(nodeFile!, complaints)
  const shapes = geometryFile ? readGeometry(geometryFile, complaints) : new Map<string, [number, number][]>()
  const placement = placePoints([...nodes.values()])
  const rows = new Map([...nodes.keys()].map((id, row) => [id, row]))
  const links = readLinks(linkFile!, nodes, rows, shapes, placement, kmh, complaints, approximated, leftOut)
  complaints.stop()
  if (links.length === 0) refuse({ file: linkFile!.file, line: 0 }, 'empty', 'holds no link that a car, taxi, bus or lorry may use', 'Give a road network.')
  const { turns, bans, listed } = movementFile ? readMovements(movementFile, links, complaints) : { turns: [], bans: [], listed: new Set<number>() }
  complaints.stop()
  const specs = markEnds(links.map(({ spec }) => spec), nodes.size, listed)
  const gateways = new Set(specs.flatMap(({ from, to, flags }) => [...(flags & LinkFlag.gatewayIn ? [from] : []), ...(flags & LinkFlag.gatewayOut ? [to] : [])]))
  const used = new Set(specs.flatMap(({ from, to }) => [from, to]))
  for (const [id, row] of rows) if (!used.has(row)) leftOut.add('nodes without a link', id)
  const spec = compact({ nodes: [...nodes.values()].map((node, row) => nodeSpec(node, gateways.has(row), placement)), links: specs, bans, turns }, used)
  const asGiven = assembleNetwork(spec)
  const eased = easeShortLinks(spec, asGiven, approximated)
  const network = eased === spec ? asGiven : assembleNetwork(eased)
  const files = [nodeFile, linkFile, movementFile, geometryFile, configFile].flatMap(source => (source ? [source.file] : []))
  return { network, report: { files, placed: placement.placed, network: countNetwork(network), approximated: approximated.list(), leftOut: leftOut.list(), repaired: [] } }
}

/** km/h of one unit of speed. */
function speedUnit(source: Source, complaints: Complaints): number {
  const row = readTable(source, ['speed'], complaints)[0]
  const unit = row?.text('speed').toLowerCase() ?? ''
  if (/^(mph|miles?\/h(ou)?r?|mi\/h)$/.test(unit)) return 1.609344
  if (/^(km\/h|kph|kmh|km\/hr)$/.test(unit)) return 1
  if (/^m\/s$/.test(unit)) return 3.6
  row?.complain('unit', `speed is "${unit}", which is no unit that is known`, 'Give mph, km/h or m/s.')
  return 1
}

const controls: Readonly<Record<string, number>> = {
  signal: Control.signal, signal_with_rtor: Control.signal, signalized: Control.signal, stop_4_way: Control.allWay, '4_stop': Control.allWay, all_way_stop: Control.allWay,
  stop_2_way: Control.priority, stop: Control.priority, yield: Control.priority, no_control: Control.priority, none: Control.priority, roundabout: Control.roundabout,
}

function readNodes(source: Source, complaints: Complaints): Map<string, Node> {
  const nodes = new Map<string, Node>()
  for (const row of readTable(source, ['node_id', 'x_coord', 'y_coord'], complaints)) {
    const id = row.text('node_id')
    if (nodes.has(id)) row.complain('duplicate', `node ${id} is there twice`, 'Remove one of the two.')
    const control = row.optional('ctrl_type')?.toLowerCase()
    if (control !== undefined && !(control in controls)) row.complain('control', `ctrl_type is "${control}", which is not known`, `Use one of ${Object.keys(controls).join(', ')}.`)
    nodes.set(id, {
      row, id, x: row.number('x_coord'), y: row.number('y_coord'), z: row.number('z_coord', 0), control: controls[control ?? 'no_control'] ?? Control.priority,
    })
  }
  return nodes
}

function readGeometry(source: Source, complaints: Complaints): Map<string, [number, number][]> {
  const shapes = new Map<string, [number, number][]>()
  for (const row of readTable(source, ['geometry_id', 'geometry'], complaints)) {
    const line = lineOfWkt(row.text('geometry'))
    if (!line) row.complain('geometry', 'geometry is no WKT LINESTRING', 'Correct it, or remove the row.')
    else shapes.set(row.text('geometry_id'), line)
  }
  return shapes
}

const TRUE = /^(1|true|t|yes)$/i
const FALSE = /^(0|false|f|no)$/i
/** Words of allowed_uses that let our vehicles in. */
const uses: Readonly<Record<string, number>> = {
  auto: 0b11, car: 0b11, da: 0b11, sov: 0b11, hov: 0b11, hov2: 0b11, hov3: 0b11, taxi: 1 << VehicleClass.taxi, bus: 1 << VehicleClass.bus, transit: 1 << VehicleClass.bus,
  truck: 1 << VehicleClass.lorry, lorry: 1 << VehicleClass.lorry, freight: 1 << VehicleClass.lorry,
}

function allowedBy(text: string | undefined): number {
  if (text === undefined || /\b(all|any|motor|vehicle)/i.test(text)) return ALL_CLASSES
  const bits = text.toLowerCase().split(/[\s,;|]+/).reduce((sum, word) => sum | (uses[word] ?? 0), 0)
  return bits === 0b1111 ? ALL_CLASSES : bits
}

function readLinks(
  source: Source, nodes: ReadonlyMap<string, Node>, rows: ReadonlyMap<string, number>, shapes: ReadonlyMap<string, [number, number][]>, { toPlane }: Placement,
  kmh: number, complaints: Complaints, approximated: Notes, leftOut: Notes,
): Link[] {
  const links: Link[] = []
  const ids = new Set<string>()
  for (const row of readTable(source, ['link_id', 'from_node_id', 'to_node_id'], complaints)) {
    const id = row.text('link_id')
    if (ids.has(id)) row.complain('duplicate', `link ${id} is there twice`, 'Remove one of the two.')
    ids.add(id)
    const ends = (['from_node_id', 'to_node_id'] as const).map(column => {
      const node = nodes.get(row.text(column))
      if (!node && row.optional(column) !== undefined) row.complain('unknown-node', `${column} is ${row.text(column)}, and node.csv has no such node`, 'Add the node, or correct the id.')
      return node
    })
    const lanes = row.number('lanes', 1, [0, 16])
    if (row.optional('lanes') === undefined) approximated.add('links without lanes: 1', id)
    const speedKmh = row.number('free_speed', 50 / kmh, [0, 300]) * kmh
    if (row.optional('free_speed') === undefined) approximated.add('links without free_speed: 50 km/h', id)
    const allowed = allowedBy(row.optional('allowed_uses'))
    const given = row.optional('geometry') ?? ''
    const shape = given === '' ? shapes.get(row.optional('geometry_id') ?? '') : lineOfWkt(given)
    if (given !== '' && !shape) row.complain('geometry', 'geometry is no WKT LINESTRING', 'Correct it, or leave it empty for a straight link.')
    const directed = row.optional('directed') ?? '1'
    if (!TRUE.test(directed) && !FALSE.test(directed)) row.complain('directed', `directed is "${directed}", which is neither true nor false`, 'Write 1 or 0.')
    const [from, to] = ends
    if (!from || !to) continue
    if (allowed === 0) { leftOut.add('links whose allowed_uses let no car, taxi, bus or lorry in', id); continue }
    if (lanes < 1 || speedKmh < 1) { leftOut.add('links with no lane or no speed', id); continue }
    if (from === to && !shape) { leftOut.add('links from a node to itself without geometry', id); continue }
    const reversed = row.optional('dir_flag') === '-1'
    const corners: (readonly [number, number])[] = shape ? (reversed ? shape.toReversed() : shape) : [[from.x, from.y], [to.x, to.y]]
    const points = corners.flatMap(([x, y], at) => [...toPlane(x, y), from.z + ((to.z - from.z) * at) / (corners.length - 1)])
    const length = points.reduce((sum, _, i) => (i % 3 === 0 && i > 0 ? sum + Math.hypot(points[i]! - points[i - 3]!, points[i + 1]! - points[i - 2]!) : sum), 0)
    if (length > LENGTH_MAX) { row.complain('long', `link ${id} is ${Math.round(length / 1000)} km long`, 'Are its coordinates right?'); continue }
    if (length < 0.5) { leftOut.add('links shorter than 0.5 m', id); continue }
    const name = row.optional('name')
    const speed = speedKmh / 3.6
    const spec: LinkSpec = {
      id, ...(name ? { name } : {}), from: rows.get(from.id)!, to: rows.get(to.id)!, class: classNamed(row.optional('facility_type') ?? '') ?? classGuessed(speed, Math.round(lanes)),
      speedLimit: speed, flags: 0, layer: 0, zone: -1, points, placement: 'centre',
      lanes: Array.from({ length: Math.max(1, Math.round(lanes)) }, () => ({ width: 3.25, allowed, marks: 0 })),
    }
    links.push({ id, spec })
    if (FALSE.test(directed)) {
      const back = Array.from({ length: points.length / 3 }, (_, at) => points.slice(points.length - 3 * (at + 1), points.length - 3 * at)).flat()
      links.push({ id: `${id}-reverse`, spec: { ...spec, id: `${id}-reverse`, from: spec.to, to: spec.from, points: back } })
    }
  }
  // Halves of a two-way road lie side by side.
  const pairs = new Set(links.map(({ spec: { from, to } }) => `${from} ${to}`))
  return links.map(({ id, spec }) => (pairs.has(`${spec.to} ${spec.from}`) ? { id, spec: { ...spec, placement: 'left' } } : { id, spec: { ...spec, flags: LinkFlag.oneway } }))
}

/** Turns of movement.csv. Links into a node that has movements lead nowhere but where these say. */
function readMovements(source: Source, links: readonly Link[], complaints: Complaints): { turns: TurnSpec[]; bans: { from: number; to: number }[]; listed: Set<number> } {
  const rowOf = new Map(links.map(({ id }, row) => [id, row]))
  const turns: TurnSpec[] = []
  const seen = new Set<string>()
  const listed = new Set<number>()
  const loose = new Set<string>()
  for (const row of readTable(source, ['ib_link_id', 'ob_link_id'], complaints)) {
    const [from, to] = (['ib_link_id', 'ob_link_id'] as const).map(column => {
      const link = rowOf.get(row.text(column))
      if (link === undefined && row.optional(column) !== undefined) row.complain('unknown-link', `${column} is ${row.text(column)}, and link.csv has no such link for road vehicles`, 'Add the link, or correct the id.')
      return link
    })
    if (from === undefined || to === undefined) continue
    const [a, b] = [links[from]!.spec, links[to]!.spec]
    if (a.to !== b.from) { row.complain('apart', `link ${links[from]!.id} does not end where link ${links[to]!.id} begins`, 'Correct the movement.'); continue }
    listed.add(a.to)
    const lanesOf = (side: 'ib' | 'ob', count: number): number[] | undefined => {
      if (row.optional(`start_${side}_lane`) === undefined) return undefined
      const start = row.number(`start_${side}_lane`, undefined, [1, count]), end = row.number(`end_${side}_lane`, start, [1, count])
      // From the left in the table, from the kerb here.
      return Array.from({ length: Math.abs(end - start) + 1 }, (_, at) => count - Math.max(start, end) + at)
    }
    const inner = lanesOf('ib', a.lanes.length)
    const outer = lanesOf('ob', b.lanes.length) ?? b.lanes.map((_, lane) => lane)
    if (!inner) { loose.add(`${from} ${to}`); continue }
    for (let at = 0; at < Math.max(inner.length, outer.length); at++) {
      const [fromLane, toLane] = [inner[Math.min(at, inner.length - 1)]!, outer[Math.min(at, outer.length - 1)]!]
      const key = `${from} ${fromLane} ${to} ${toLane}`
      if (!seen.has(key)) turns.push({ from, fromLane, to, toLane })
      seen.add(key)
    }
  }
  const withLanes = new Set(turns.map(({ from }) => from))
  // Where other movements of the approach name lanes, those that do not take all of them, side by side.
  for (const [from, to] of [...loose].map(key => key.split(' ').map(Number) as [number, number])) {
    if (!withLanes.has(from)) continue
    const [inner, outer] = [links[from]!.spec.lanes.length, links[to]!.spec.lanes.length]
    for (let lane = 0; lane < Math.max(inner, outer); lane++) turns.push({ from, fromLane: Math.min(lane, inner - 1), to, toLane: Math.min(lane, outer - 1) })
  }
  const bans = links.flatMap(({ spec: { to: node } }, from) => (listed.has(node) && !withLanes.has(from)
    ? links.flatMap(({ spec }, to) => (spec.from === node && !loose.has(`${from} ${to}`) ? [{ from, to }] : [])) : []))
  return { turns, bans, listed }
}

/** Ends of main roads become gateways. */
function markEnds(links: readonly LinkSpec[], nodes: number, listed: ReadonlySet<number>): LinkSpec[] {
  const neighbours: Set<number>[] = Array.from({ length: nodes }, () => new Set())
  for (const { from, to } of links) { neighbours[from]!.add(to); neighbours[to]!.add(from) }
  const isEnd = (node: number): boolean => neighbours[node]!.size === 1 && !listed.has(node)
  return links.map(link => (link.class > RoadClass.tertiaryLink ? link
    : { ...link, flags: link.flags | (isEnd(link.from) ? LinkFlag.gatewayIn : 0) | (isEnd(link.to) ? LinkFlag.gatewayOut : 0) }))
}

function nodeSpec(node: Node, gateway: boolean, { toPlane }: Placement): NodeSpec {
  const [x, y] = toPlane(node.x, node.y)
  return { id: node.id, x, y, z: node.z, kind: gateway ? NodeKind.gateway : NodeKind.junction, control: gateway ? Control.none : node.control }
}

/** The spec without nodes that no link touches; over a gateway nobody turns round. */
function compact(spec: NetworkSpec, used: ReadonlySet<number>): NetworkSpec {
  const kept = spec.nodes.map((_, row) => row).filter(row => used.has(row))
  const rowOf = new Map(kept.map((row, at) => [row, at]))
  const links = spec.links.map(link => ({ ...link, from: rowOf.get(link.from)!, to: rowOf.get(link.to)! }))
  const around = links.flatMap((link, from) => (link.flags & LinkFlag.gatewayOut ? links.flatMap((exit, to) => (exit.from === link.to ? [{ from, to }] : [])) : []))
  return { ...spec, nodes: kept.map(row => spec.nodes[row]!), links, bans: [...spec.bans, ...around] }
}
