import { Complaints, refuse } from '../importError'
import { placeNet, type Located } from '../plane'
import type { Source } from '../readSource'
import { walkXml, type Element } from '../xml'
import { allowedBits } from './permissions'
import { shapeOf, signalReader } from './readParts'
import type { SumoConnection, SumoEdge, SumoLane, SumoNet, SumoNode } from './sumoNet'

const REMEDY_NET = 'Write the network anew with netconvert.'

/** Reads a SUMO network (.net.xml). Internal edges, footways and rails are left out. */
export function readNet(source: Source): SumoNet {
  const complaints = new Complaints()
  const nodes = new Map<string, SumoNode>()
  const edges = new Map<string, SumoEdge>()
  const connections: SumoConnection[] = []
  const signals = signalReader()
  const through = new Map<string, number>() // speed of each lane inside a junction
  const vias = new Map<SumoConnection, string>()
  const skipped = new Map<string, number>()
  const skip = (what: string): void => void skipped.set(what, (skipped.get(what) ?? 0) + 1)
  let located: Located | undefined
  let edge: (Omit<SumoEdge, 'lanes'> & { lanes: SumoLane[] }) | undefined
  let node: SumoNode | undefined
  const root = walkXml(source, complaints, {
    open(element, path) {
      const within = path.at(-1)
      if (path.length === 0 && element.optional('lefthand') === 'true') {
        refuse(element, 'lefthand', 'is a network of left-hand traffic', 'Only right-hand traffic can be imported; convert the network with netconvert --lefthand false.')
      }
      if (element.name === 'location') located = readLocation(element)
      else if (element.name === 'edge' && within === 'net') {
        edge = undefined
        const purpose = element.optional('function') ?? 'normal'
        if (purpose === 'normal' || purpose === 'connector') edge = readEdge(element)
        else if (purpose !== 'internal') skip(`edges with function="${purpose}"`)
      } else if (element.name === 'lane' && edge) edge.lanes.push(readLane(element))
      else if (element.name === 'lane') through.set(element.text('id'), element.number('speed', 13.89, [0.1, 150]))
      else if (element.name === 'junction') {
        node = undefined
        if (element.optional('type') !== 'internal') {
          node = readJunction(element)
          if (nodes.has(node.id)) element.complain('duplicate', `junction "${node.id}" is there twice`, REMEDY_NET)
          nodes.set(node.id, node)
        }
      } else if (element.name === 'request' && node) node.responses[element.whole('index')] = element.text('response')
      else if (element.name === 'connection' && within === 'net') {
        const connection = readConnection(element)
        if (connection.from.startsWith(':')) return
        connections.push(connection)
        vias.set(connection, element.optional('via') ?? '')
      } else if (element.name === 'roundabout') return
      else signals.open(element)
    },
    close(name) {
      if (name === 'edge' && edge) {
        if (edge.lanes.length === 0) complaints.add(edge, 'lanes', `edge "${edge.id}" has no lanes`, REMEDY_NET)
        if (edges.has(edge.id)) complaints.add(edge, 'duplicate', `edge "${edge.id}" is there twice`, REMEDY_NET)
        edges.set(edge.id, edge)
        edge = undefined
      }
    },
  })
  if (root !== 'net') refuse({ file: source.file, line: 1 }, 'root', `the root element is <${root}>, not <net>`, 'Give a .net.xml, or a .nod.xml with .edg.xml beside it.')
  complaints.stop()
  for (const [connection, via] of vias) {
    const speed = through.get(via)
    if (speed !== undefined) connection.speed = speed
  }
  const { toPlane, placed } = placeNet(located, [...nodes.values()])
  return { file: source.file, nodes, edges, connections, programs: signals.finish(complaints), toPlane, placed, trimmed: true, skipped }
}

function readLocation(element: Element): Located {
  const offset = element.text('netOffset').split(',').map(Number)
  return { offset: [offset[0] ?? 0, offset[1] ?? 0], projection: element.optional('projParameter') ?? '!' }
}

function readEdge(element: Element): Omit<SumoEdge, 'lanes'> & { lanes: SumoLane[] } {
  return {
    file: element.file, line: element.line, id: element.text('id'), name: element.optional('name'), from: element.text('from'), to: element.text('to'),
    priority: element.number('priority', -1), type: element.optional('type') ?? '', shape: shapeOf(element, 'shape', 2) ?? [],
    spread: element.optional('spreadType') ?? 'right', lanes: [],
  }
}

function readLane(element: Element): SumoLane {
  return {
    allowed: allowedBits(element.optional('allow'), element.optional('disallow')),
    speed: element.number('speed', undefined, [0.1, 150]), width: element.number('width', 3.2, [0.1, 20]),
    length: element.number('length', undefined, [0, 1e6]), shape: shapeOf(element, 'shape', 2) ?? (element.text('shape'), []),
  }
}

function readJunction(element: Element): SumoNode {
  return {
    file: element.file, line: element.line, id: element.text('id'), x: element.number('x'), y: element.number('y'), z: element.number('z', 0),
    type: element.optional('type') ?? 'priority', tl: undefined, responses: [],
    incoming: (element.optional('incLanes') ?? '').split(' ').filter(lane => lane !== ''),
  }
}

function readConnection(element: Element): SumoConnection {
  const via = /_(\d+)_(\d+)$/.exec(element.optional('via') ?? '')
  return {
    file: element.file, line: element.line, from: element.text('from'), to: element.text('to'),
    fromLane: element.whole('fromLane'), toLane: element.whole('toLane'), tl: element.optional('tl'), linkIndex: element.whole('linkIndex', -1, [-1, 1e6]),
    via: via ? Number(via[1]) + Number(via[2]) : -1,
  }
}
