import { existsSync } from 'node:fs'
import { ALL_CLASSES } from '../../../sim'
import { Complaints, refuse } from '../importError'
import { placeNet, placePoints, type Located } from '../plane'
import { readSource, type Source } from '../readSource'
import { walkXml, type Element } from '../xml'
import { allowedBits } from './permissions'
import { shapeOf, signalReader } from './readParts'
import type { SumoConnection, SumoEdge, SumoLane, SumoNet, SumoNode } from './sumoNet'

/** The plain files of one network: nodes and edges must be there. */
export interface PlainFiles {
  readonly nodes: Source
  readonly edges: Source
  readonly connections?: Source
  readonly signals?: Source
  readonly types?: Source
}

/** Finds the plain files that belong to `path`, one of them: x.nod.xml, x.edg.xml, x.con.xml, x.tll.xml, x.typ.xml, each also .gz. */
export function findPlainFiles(path: string): PlainFiles {
  const found = /^(.*)\.(?:nod|edg|con|tll|typ)\.xml(?:\.gz)?$/.exec(path)
  if (!found) {
    refuse({ file: path, line: 0 }, 'name', 'is a plain SUMO file whose name does not end in .nod.xml, .edg.xml, .con.xml or .tll.xml', 'Rename it so that the other files can be found beside it.')
  }
  const beside = (kind: string): Source | undefined => {
    const name = ['', '.gz'].map(end => `${found![1]!}.${kind}.xml${end}`).find(existsSync)
    return name === undefined ? undefined : readSource(name)
  }
  const [nodes, edges, connections, signals, types] = ['nod', 'edg', 'con', 'tll', 'typ'].map(beside)
  for (const [kind, source] of [['nod', nodes], ['edg', edges]] as const) {
    if (!source) refuse({ file: path, line: 0 }, 'missing', `has no ${found![1]!}.${kind}.xml beside it`, 'Plain networks need nodes (.nod.xml) and edges (.edg.xml); write both with netconvert --plain-output-prefix.')
  }
  return { nodes: nodes!, edges: edges!, ...(connections ? { connections } : {}), ...(signals ? { signals } : {}), ...(types ? { types } : {}) }
}

interface EdgeType { lanes: number; speed: number; priority: number; width: number; allowed: number }
type OpenEdge = Omit<SumoEdge, 'lanes'> & { lanes: SumoLane[]; readonly ownAllowed: number; readonly ownSpeed: number; readonly ownWidth: number }

/** Reads plain SUMO XML. What netconvert would compute and the files do not say is left to the assembler. */
export function readPlain(files: PlainFiles): SumoNet {
  const complaints = new Complaints()
  const skipped = new Map<string, number>()
  const skip = (what: string): void => void skipped.set(what, (skipped.get(what) ?? 0) + 1)
  const types = files.types ? readTypes(files.types, complaints) : new Map<string, EdgeType>()
  const { nodes, located } = readNodes(files.nodes, complaints)
  const edges = readEdges(files.edges, complaints, types, skip)
  const connections = new Map<string, SumoConnection>()
  if (files.connections) readConnections(files.connections, complaints, connections, skip)
  const signals = signalReader()
  if (files.signals) {
    // Their connections only say which link of which signal each connection is.
    readRoot(files.signals, complaints, 'tlLogics', element => {
      if (element.name === 'connection') {
        const connection = readConnection(element)
        const known = connections.get(keyOf(connection))
        if (known) [known.tl, known.linkIndex] = [connection.tl, connection.linkIndex]
        else connections.set(keyOf(connection), connection)
      } else signals.open(element)
    })
  }
  complaints.stop()
  const points = [...nodes.values()]
  const { toPlane, placed } = located && points.some(({ x, y }) => Math.abs(x) > 180 || Math.abs(y) > 90) ? placeNet(located, points) : placePoints(points)
  return {
    file: files.edges.file, nodes, edges, connections: [...connections.values()], programs: signals.finish(complaints), toPlane, placed, trimmed: false, skipped,
  }
}

function readRoot(source: Source, complaints: Complaints, root: string, open: (element: Element, path: readonly string[]) => void, close?: (name: string) => void): void {
  const found = walkXml(source, complaints, { open: (element, path) => { if (path.length > 0) open(element, path) }, ...(close ? { close } : {}) })
  if (found !== root) refuse({ file: source.file, line: 1 }, 'root', `the root element is <${found}>, not <${root}>`, 'Is the name of the file right? Write the plain files anew with netconvert --plain-output-prefix.')
}

function readTypes(source: Source, complaints: Complaints): Map<string, EdgeType> {
  const types = new Map<string, EdgeType>()
  readRoot(source, complaints, 'types', element => {
    if (element.name !== 'type') return
    types.set(element.text('id'), {
      lanes: element.whole('numLanes', 1, [1, 64]), speed: element.number('speed', 13.89, [0.1, 150]), priority: element.number('priority', -1),
      width: element.number('width', 3.2, [-1, 20]), allowed: allowedBits(element.optional('allow'), element.optional('disallow')),
    })
  })
  return types
}

function readNodes(source: Source, complaints: Complaints): { nodes: Map<string, SumoNode>; located: Located | undefined } {
  const nodes = new Map<string, SumoNode>()
  let located: Located | undefined
  readRoot(source, complaints, 'nodes', element => {
    if (element.name === 'location') {
      const offset = element.text('netOffset').split(',').map(Number)
      located = { offset: [offset[0] ?? 0, offset[1] ?? 0], projection: element.optional('projParameter') ?? '!' }
    }
    if (element.name !== 'node') return
    const node: SumoNode = {
      file: element.file, line: element.line, id: element.text('id'), x: element.number('x'), y: element.number('y'), z: element.number('z', 0),
      type: element.optional('type') ?? 'priority', tl: element.optional('tl'), responses: [], incoming: [],
    }
    if (nodes.has(node.id)) element.complain('duplicate', `node "${node.id}" is there twice`, 'Remove one of the two.')
    nodes.set(node.id, node)
  })
  return { nodes, located }
}

/** Lanes and speed of an edge of which neither file nor type says anything: SUMO's own defaults. */
const typeDefault: EdgeType = { lanes: 1, speed: 13.89, priority: -1, width: 3.2, allowed: ALL_CLASSES }

function readEdges(source: Source, complaints: Complaints, types: ReadonlyMap<string, EdgeType>, skip: (what: string) => void): Map<string, SumoEdge> {
  const edges = new Map<string, SumoEdge>()
  let edge: OpenEdge | undefined
  readRoot(source, complaints, 'edges', element => {
    if (element.name === 'edge') {
      edge = readEdge(element, types)
      if (edges.has(edge.id)) element.complain('duplicate', `edge "${edge.id}" is there twice`, 'Remove one of the two.')
      edges.set(edge.id, edge)
    } else if (element.name === 'lane' && edge) {
      const index = element.whole('index', undefined, [0, edge.lanes.length - 1])
      const own = edge.lanes[index]
      if (own) {
        edge.lanes[index] = {
          ...own, speed: element.number('speed', edge.ownSpeed, [0.1, 150]), width: laneWidth(element.number('width', edge.ownWidth, [-1, 20])),
          allowed: element.has('allow') || element.has('disallow') ? allowedBits(element.optional('allow'), element.optional('disallow')) : edge.ownAllowed,
        }
      }
    } else if (element.name === 'split') skip('<split> of edges: the edge keeps its lanes throughout')
    else if (element.name === 'delete') element.complain('delete', '<delete> changes a network that is not here', 'Apply it with netconvert first.')
  })
  return edges
}

const laneWidth = (width: number): number => (width > 0 ? width : 3.2) // -1 is SUMO's word for the default

function readEdge(element: Element, types: ReadonlyMap<string, EdgeType>): OpenEdge {
  const type = types.get(element.optional('type') ?? '') ?? typeDefault
  const speed = element.number('speed', type.speed, [0.1, 150])
  const width = element.number('width', type.width, [-1, 20])
  const allowed = element.has('allow') || element.has('disallow') ? allowedBits(element.optional('allow'), element.optional('disallow')) : type.allowed
  const lane: SumoLane = { allowed, speed, width: laneWidth(width), length: undefined, shape: [] }
  return {
    file: element.file, line: element.line, id: element.text('id'), name: element.optional('name'), from: element.text('from'), to: element.text('to'),
    priority: element.number('priority', type.priority), type: element.optional('type') ?? '', shape: shapeOf(element, 'shape', 1) ?? [],
    spread: element.optional('spreadType') ?? 'right', lanes: Array.from({ length: element.whole('numLanes', type.lanes, [1, 64]) }, () => lane),
    ownAllowed: allowed, ownSpeed: speed, ownWidth: width,
  }
}

function readConnections(source: Source, complaints: Complaints, connections: Map<string, SumoConnection>, skip: (what: string) => void): void {
  readRoot(source, complaints, 'connections', element => {
    if (element.name === 'connection') {
      const connection = readConnection(element)
      connections.set(keyOf(connection), connection)
    } else if (element.name === 'prohibition') skip('<prohibition>: the roads decide who goes first')
    else if (element.name === 'delete') element.complain('delete', '<delete> changes a network that is not here', 'Apply it with netconvert first.')
    else if (element.name === 'crossing' || element.name === 'walkingArea') skip('footways')
  })
}

function readConnection(element: Element): SumoConnection {
  return {
    file: element.file, line: element.line, from: element.text('from'), to: element.optional('to') ?? '',
    fromLane: element.whole('fromLane', -1, [-1, 64]), toLane: element.whole('toLane', -1, [-1, 64]),
    tl: element.optional('tl'), linkIndex: element.whole('linkIndex', -1, [-1, 1e6]), via: -1,
  }
}

const keyOf = ({ from, to, fromLane, toLane }: SumoConnection): string => `${from} ${fromLane} ${to} ${toLane}`
