import { assembleNetwork, type Network } from '../../sim'
import { networkLayer } from '../layers/networkLayer'
import { compileNetwork, qualityReport, type CompileOptions, type QualityReport } from '../network'
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

export function buildNetwork(data: OsmData, options: CompileOptions, sources: readonly SourceEntry[]): NetworkBuild {
  const { spec, notes } = compileNetwork(data, options)
  const network = assembleNetwork(spec)
  const quality = qualityReport(network, notes)
  const meta: NetworkMeta = { quality, roadNames: notes.roadNames }
  return { build: { layer: layerFile(networkLayer, network, network.strings, { ...meta }), sources }, network, quality }
}
