import { createAssignmentDemand, createAssignmentLinks, type AssignmentProblem } from '../../sim'
import { Complaints, type Place } from './importError'

/**
 * The TNTP format of the Transportation Networks for Research: a network file and a trips file, each with metadata
 * tags in angle brackets up to `<END OF METADATA>`, and with comments from `~` to the end of the line.
 *
 * Source: Transportation Networks for Research Core Team, https://github.com/bstabler/TransportationNetworks
 */
export interface TntpNetwork {
  /** Zones are nodes 1 .. zones. */
  readonly zones: number
  readonly nodes: number
  /** Nodes of a lower number start and end routes, but none leads through. */
  readonly firstThroughNode: number
  readonly links: readonly TntpLink[]
  /** Where the file names them: weights of toll and length in a link's cost. */
  readonly tollFactor?: number
  readonly distanceFactor?: number
}

/** Units are the file's own. */
export interface TntpLink {
  readonly from: number
  readonly to: number
  readonly capacity: number
  readonly length: number
  readonly freeFlowTime: number
  readonly b: number
  readonly power: number
  readonly toll: number
  readonly line: number
}

export interface TntpTrips {
  readonly zones: number
  readonly pairs: readonly { readonly origin: number; readonly destination: number; readonly trips: number; readonly line: number }[]
  /** Sum that the file claims; NaN if it claims none. */
  readonly totalClaimed: number
}

const columns = ['init_node', 'term_node', 'capacity', 'length', 'free_flow_time', 'b', 'power', 'speed', 'toll', 'link_type']

/** Reads a network; throws an ImportError that names every fault's line. */
export function readTntpNetwork(text: string, file: string): TntpNetwork {
  const complaints = new Complaints()
  const { tags, rows } = splitFile(text, file, complaints)
  const nodes = wholeTag(tags, 'NUMBER OF NODES', file, complaints)
  const zones = wholeTag(tags, 'NUMBER OF ZONES', file, complaints)
  const firstThroughNode = wholeTag(tags, 'FIRST THRU NODE', file, complaints, 'Write 1 where routes may lead through every node')
  const declared = wholeTag(tags, 'NUMBER OF LINKS', file, complaints)
  complaints.stop()
  if (zones > nodes) complaints.add(placeOf(tags, 'NUMBER OF ZONES', file), 'tntp/zones', `${zones} zones among ${nodes} nodes`, 'Zones are the first nodes: correct one of the two numbers.')
  const links: TntpLink[] = []
  for (const { line, text: row } of rows) {
    const link = readLink(row, { file, line }, nodes, complaints)
    if (link) links.push(link)
  }
  complaints.stop()
  if (links.length !== declared) {
    complaints.add(placeOf(tags, 'NUMBER OF LINKS', file), 'tntp/links', `declares ${declared} links, but the file has ${links.length}`, 'Fetch the file again if it was cut off, else correct the number.')
  }
  const tollFactor = factorTag(tags, 'TOLL FACTOR', file, complaints)
  const distanceFactor = factorTag(tags, 'DISTANCE FACTOR', file, complaints)
  complaints.stop()
  return { zones, nodes, firstThroughNode, links, ...(tollFactor === undefined ? {} : { tollFactor }), ...(distanceFactor === undefined ? {} : { distanceFactor }) }
}

function readLink(row: string, place: Place, nodes: number, complaints: Complaints): TntpLink | null {
  const words = row.replace(/;\s*$/, '').trim().split(/[\s,]+/)
  const fault = (code: string, what: string, remedy: string): null => {
    complaints.add(place, `tntp/${code}`, what, remedy)
    return null
  }
  if (words.length < 7 || words.length > columns.length) return fault('columns', `a link with ${words.length} values`, `Give ${columns.join(' ')}, then a semicolon; the last three may be left out.`)
  const values = words.map(Number)
  const bad = values.findIndex(value => !Number.isFinite(value))
  if (bad >= 0) return fault('number', `${columns[bad]} is "${words[bad]}", not a number`, 'Write a plain number such as 25900.2.')
  const [from, to, capacity, length, freeFlowTime, b, power, , toll = 0] = values as [number, number, number, number, number, number, number, number?, number?]
  for (const [name, node] of [['init_node', from], ['term_node', to]] as const) {
    if (!Number.isInteger(node) || node < 1 || node > nodes) return fault('node', `${name} is ${node}, but nodes are 1 to ${nodes}`, 'Correct it, or <NUMBER OF NODES>.')
  }
  for (const [name, value] of [['length', length], ['free_flow_time', freeFlowTime], ['b', b], ['power', power]] as const) {
    if (value < 0) return fault('negative', `${name} is ${value}`, 'It must be 0 or more.')
  }
  if (capacity <= 0 && b !== 0 && freeFlowTime !== 0) return fault('capacity', `capacity is ${capacity} while the time grows with flow`, 'Give a capacity above 0, or b 0 for a road that never fills.')
  return { from, to, capacity, length, freeFlowTime, b, power, toll, line: place.line }
}

/** Reads a table of trips; throws an ImportError that names every fault's line. */
export function readTntpTrips(text: string, file: string): TntpTrips {
  const complaints = new Complaints()
  const { tags, rows } = splitFile(text, file, complaints)
  const zones = wholeTag(tags, 'NUMBER OF ZONES', file, complaints)
  complaints.stop()
  const claimed = Number(tags.get('TOTAL OD FLOW')?.value || NaN)
  const pairs: { origin: number; destination: number; trips: number; line: number }[] = []
  const given = new Map<number, number>()
  /** 0 where its number was refused already. */
  let origin: number | null = null
  const zone = (word: string, what: string, place: Place): number => {
    const value = Number(word)
    if (Number.isInteger(value) && value >= 1 && value <= zones) return value
    complaints.add(place, 'tntp/zone', `${what} is "${word}", but zones are 1 to ${zones}`, 'Correct it, or <NUMBER OF ZONES>.')
    return 0
  }
  for (const { line, text: row } of rows) {
    const place = { file, line }
    const head = /^\s*origin\s+(\S+)\s*(.*)$/i.exec(row)
    if (head) origin = zone(head[1]!, 'origin', place)
    for (const entry of (head ? head[2]! : row).split(';')) {
      if (entry.trim() === '') continue
      const parts = /^\s*(\S+)\s*:\s*(\S+)\s*$/.exec(entry)
      if (!parts) { complaints.add(place, 'tntp/entry', `"${entry.trim().slice(0, 40)}" is no entry of trips`, 'Write destination : trips; after a line with Origin and its number.'); continue }
      if (origin === null) { complaints.add(place, 'tntp/origin', 'trips before any origin', 'Begin with a line such as "Origin 1".'); continue }
      const destination = zone(parts[1]!, 'destination', place)
      const trips = Number(parts[2])
      if (!Number.isFinite(trips) || trips < 0) { complaints.add(place, 'tntp/trips', `trips to zone ${parts[1]} are "${parts[2]}"`, 'Write a number, 0 or more.'); continue }
      if (origin === 0 || destination === 0) continue
      const key = origin * (zones + 1) + destination
      const before = given.get(key)
      if (before !== undefined) { complaints.add(place, 'tntp/twice', `trips from zone ${origin} to zone ${destination} stand in line ${before} already`, 'Keep one of the two.'); continue }
      given.set(key, line)
      if (trips > 0) pairs.push({ origin, destination, trips, line })
    }
  }
  complaints.stop()
  return { zones, pairs, totalClaimed: claimed }
}

export interface TntpFactors {
  /** Cost of a unit of toll, in units of time. */
  readonly tollFactor: number
  /** Cost of a unit of length, in units of time. */
  readonly distanceFactor: number
}

/** Puts network and trips together: cost = time + tollFactor x toll + distanceFactor x length. Node n becomes row n - 1. */
export function tntpAssignment(network: TntpNetwork, trips: TntpTrips, factors: TntpFactors, files: { net: string; trips: string }): AssignmentProblem {
  const complaints = new Complaints()
  if (trips.zones > network.zones) {
    complaints.add({ file: files.trips, line: 0 }, 'tntp/zones', `has ${trips.zones} zones, but ${files.net} has ${network.zones}`, 'Give the two files of one network.')
  }
  const links = createAssignmentLinks(network.links.length)
  network.links.forEach((link, row) => {
    links.fromNode[row] = link.from - 1
    links.toNode[row] = link.to - 1
    links.freeFlowTime[row] = link.freeFlowTime
    links.capacity[row] = link.capacity
    links.b[row] = link.b
    links.power[row] = link.power
    links.fixedCost[row] = factors.tollFactor * link.toll + factors.distanceFactor * link.length
    if (link.freeFlowTime + links.fixedCost[row]! < 0) {
      complaints.add({ file: files.net, line: link.line }, 'tntp/cost', `toll ${link.toll} makes the cost of the empty link negative`, 'Tolls and factors must leave every cost at 0 or more.')
    }
  })
  const demand = createAssignmentDemand(trips.pairs.length)
  trips.pairs.forEach((pair, row) => {
    demand.origin[row] = pair.origin - 1
    demand.destination[row] = pair.destination - 1
    demand.trips[row] = pair.trips
  })
  complaints.stop()
  return { nodes: network.nodes, firstThroughNode: network.firstThroughNode - 1, links, demand }
}

interface Tag { readonly value: string; readonly line: number }
interface Row { readonly line: number; readonly text: string }

/** Metadata and the lines after it, comments and empty lines left out. */
function splitFile(text: string, file: string, complaints: Complaints): { tags: Map<string, Tag>; rows: Row[] } {
  const tags = new Map<string, Tag>()
  const rows: Row[] = []
  let ended = false
  text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).forEach((raw, at) => {
    const line = at + 1
    const content = raw.replace(/~.*$/, '')
    if (content.trim() === '') return
    const tag = /^\s*<([^>]*)>\s*(.*?)\s*$/.exec(content)
    if (tag) {
      const name = tag[1]!.trim().toUpperCase().replace(/\s+/g, ' ')
      if (name === 'END OF METADATA') ended = true
      else tags.set(name, { value: tag[2]!, line })
    } else if (ended) rows.push({ line, text: content })
    else complaints.add({ file, line }, 'tntp/metadata', `"${content.trim().slice(0, 40)}" stands before <END OF METADATA>`, 'Metadata are lines such as "<NUMBER OF ZONES> 24", up to <END OF METADATA>.')
  })
  if (!ended) {
    // Without the tag every row was complained about; this says it all.
    const whole = new Complaints()
    whole.add({ file, line: 0 }, 'tntp/metadata', 'has no <END OF METADATA>', 'Is it a file in the TNTP format? Its rows begin after that tag.')
    whole.stop()
  }
  return { tags, rows }
}

const placeOf = (tags: ReadonlyMap<string, Tag>, name: string, file: string): Place => ({ file, line: tags.get(name)?.line ?? 0 })

function wholeTag(tags: ReadonlyMap<string, Tag>, name: string, file: string, complaints: Complaints, hint = ''): number {
  const tag = tags.get(name)
  const value = Number(tag?.value || NaN)
  if (tag === undefined) complaints.add({ file, line: 0 }, 'tntp/tag', `has no <${name}>`, `${hint || `Add it with its number`} before <END OF METADATA>.`)
  else if (!Number.isInteger(value) || value < 1) complaints.add({ file, line: tag.line }, 'tntp/tag', `<${name}> is "${tag.value}"`, 'Write a whole number, 1 or more.')
  return value
}

function factorTag(tags: ReadonlyMap<string, Tag>, name: string, file: string, complaints: Complaints): number | undefined {
  const tag = tags.get(name)
  if (tag === undefined || tag.value === '') return undefined
  const value = Number(tag.value)
  if (!Number.isFinite(value) || value < 0) complaints.add({ file, line: tag.line }, 'tntp/tag', `<${name}> is "${tag.value}"`, 'Write a number, 0 or more, or leave the tag out.')
  return value
}
