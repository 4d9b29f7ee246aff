import { assembleNetwork, orderSpec, type Network } from '../../sim'
import { networkLayer } from '../layers/networkLayer'
import { compileNetwork, largestComponent, qualityReport, withoutLinks, type CompileOptions, type Dropped, type QualityReport } from '../network'
import type { OsmData } from '../osm'
import { layerFile } from '../pack/layerKind'
import type { SourceEntry } from '../pack/manifest'
import type { LayerBuild } from '../pack/writePack'

/** The network layer, with its quality report and the English names of its roads as settings. */
export interface NetworkBuild {
  readonly build: LayerBuild
  readonly network: Network
  readonly quality: QualityReport
}

/** `meta` of a network layer that the city compiler wrote. */
export interface NetworkMeta {
  readonly quality: QualityReport
  /** Road names with their English form. */
  readonly roadNames: Readonly<Record<string, string>>
}

const ROUNDS_MAX = 4

export function buildNetwork(data: OsmData, options: CompileOptions, sources: readonly SourceEntry[]): NetworkBuild {
  const compiled = compileNetwork(data, options)
  let { notes } = compiled
  let spec = orderSpec(compiled.spec)
  let network = assembleNetwork(spec)
  // Lanes and turns, known only now, leave a few links that nobody can reach or leave.
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { outside } = largestComponent(network)
    if (outside.size === 0) break
    notes = { ...notes, dropped: [...notes.dropped, ...[...outside].map(row => unreachable(network, row))] }
    spec = withoutLinks(spec, outside)
    network = assembleNetwork(spec)
  }
  const quality = qualityReport(network, notes)
  const meta: NetworkMeta = { quality, roadNames: notes.roadNames }
  return { build: { layer: layerFile(networkLayer, network, network.strings, { ...meta }), sources }, network, quality }
}

function unreachable({ links, points, strings }: Network, row: number): Dropped {
  const point = links.pointFirst[row]!
  const name = strings[links.name[row]!] ?? strings[links.id[row]!]!
  return { reason: 'unconnected', name, length: links.length[row]!, edges: 1, at: [points.x[point]!, points.y[point]!] }
}
