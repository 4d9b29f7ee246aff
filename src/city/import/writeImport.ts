import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createTable, type Network } from '../../sim'
import {
  cellColumns, connectedColumns, demandLayer, endColumns, endUseColumns, matrixColumns, placeColumns, profileColumns,
} from '../layers/demand'
import { connectedLinks } from '../layers/compile/demand/connected'
import { compileRoadDemand } from '../layers/compile/demand/roadDemand'
import { networkLayer } from '../layers/networkLayer'
import { layerFile } from '../pack/layerKind'
import type { PackManifest, SourceEntry } from '../pack/manifest'
import { whyNotWritable } from '../pack/outputFolder'
import { writePack, type LayerBuild } from '../pack/writePack'
import { FALSE_ORIGIN, PLANE_PROJ4 } from '../projection'
import { refuse } from './importError'
import type { ImportReport } from './importReport'
import { tripsFile, type ListedTrip } from './listedTrips'

export interface ImportedCity {
  /** Id of the city, and folder of its pack beside the scenario. */
  readonly id: string
  readonly network: Network
  /** Absent = demand is assumed from the roads. */
  readonly trips?: readonly ListedTrip[]
  /** Scenario document, as JSON; made by whoever knows that format. */
  readonly scenario: unknown
  readonly report: ImportReport
}

const REPORT = 'import-report.json'

/** Refuses what is no folder, or a folder that holds anything but an earlier import, before any work is done. */
export function checkOutput(folder: string): void {
  const target = resolve(folder)
  const reason = whyNotWritable(folder)
  if (reason !== null) refuse({ file: folder, line: 0 }, 'output', reason, reason.startsWith('cannot') ? 'Give a folder that you may write to with -o.' : 'Give a new folder with -o.')
  if (existsSync(target) && readdirSync(target).length > 0 && !existsSync(join(target, REPORT))) {
    refuse({ file: folder, line: 0 }, 'output', 'is not empty and holds no earlier import', 'Give a new folder with -o.')
  }
}

/** Writes city pack, scenario and report as a whole or not at all: into a new folder, which then takes the place of `folder`. */
export async function writeImport(folder: string, city: ImportedCity): Promise<void> {
  checkOutput(folder)
  const target = resolve(folder)
  await mkdir(dirname(target), { recursive: true })
  const temporary = join(dirname(target), `.import-${randomUUID()}`)
  const previous = `${temporary}-old`
  await mkdir(temporary)
  try {
    const { id, network, trips, report } = city
    const sources: SourceEntry[] = [{ name: report.files.join(', '), attribution: 'the files that were imported', licence: 'theirs', date: 'theirs' }]
    const builds: LayerBuild[] = [{ layer: layerFile(networkLayer, network, network.strings), sources }]
    if (trips) builds.push(emptyDemand(network, sources), { layer: tripsFile(trips), sources })
    else builds.push(compileRoadDemand(network))
    await writePack(join(temporary, id), head(id, network), builds)
    await writeFile(join(temporary, 'scenario.json'), `${JSON.stringify(city.scenario, null, 2)}\n`)
    await writeFile(join(temporary, REPORT), `${JSON.stringify(report, null, 2)}\n`)
    if (existsSync(target)) await rename(target, previous)
    await rename(temporary, target)
  } finally {
    await rm(temporary, { recursive: true, force: true })
    if (existsSync(previous) && !existsSync(target)) await rename(previous, target)
    await rm(previous, { recursive: true, force: true })
  }
}

function head(id: string, { points }: Network): Omit<PackManifest, 'layers'> {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity]
  for (let row = 0; row < points.rows; row++) {
    bounds[0] = Math.min(bounds[0]!, points.x[row]!); bounds[1] = Math.min(bounds[1]!, points.y[row]!)
    bounds[2] = Math.max(bounds[2]!, points.x[row]!); bounds[3] = Math.max(bounds[3]!, points.y[row]!)
  }
  const box = bounds.map(Math.round) as unknown as PackManifest['bounds']
  const name = { zh: id, en: id }
  return {
    format: 'pengcheng-city', version: 1, id, name, crs: { epsg: 4547, proj4: PLANE_PROJ4, falseOrigin: FALSE_ORIGIN }, bounds: box, core: { bounds: box, name },
    compiler: 'pengcheng 0.1.0',
  }
}

/** A demand layer that draws no trips: where they are listed one by one. */
function emptyDemand(network: Network, sources: readonly SourceEntry[]): LayerBuild {
  const { links } = connectedLinks(network)
  const connected = createTable(connectedColumns, links.length)
  connected.link.set(links)
  const layer = layerFile(demandLayer, {
    ends: createTable(endColumns, 0), endUses: createTable(endUseColumns, 0), places: createTable(placeColumns, 0), matrices: createTable(matrixColumns, 0),
    cells: createTable(cellColumns, 0), profiles: createTable(profileColumns, 0), connected,
  }, [], { links: network.links.rows })
  return { layer, sources }
}
