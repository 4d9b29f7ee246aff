import { basename } from 'node:path'
import { assembleNetwork } from '../../sim'
import { refuse } from './importError'
import { countNetwork, Notes, type ImportReport } from './importReport'
import type { ListedTrip } from './listedTrips'
import { readSource } from './readSource'
import { easeShortLinks } from './shortLinks'
import { joinJunctions } from './sumo/joinJunctions'
import { findPlainFiles, readPlain } from './sumo/readPlain'
import { readNet } from './sumo/readNet'
import { readRoutes } from './sumo/readRoutes'
import { specOfSumo } from './sumo/specOfSumo'
import { aroundJoined, tripsOfSumo } from './sumo/tripsOfSumo'
import type { Imported } from './imported'
import { rootOf } from './xml'

/**
 * Reads a SUMO network (.net.xml, or one of the plain files with the others beside it) and route files, each also .gz.
 * Nothing is written.
 *
 * @param startTime  s of the day of SUMO's second 0
 */
export function importSumo(netPath: string, routePaths: readonly string[], options: { startTime: number; seed: number }): Imported {
  const source = readSource(netPath)
  const root = rootOf(source)
  const plain = ['nodes', 'edges', 'connections', 'tlLogics', 'types'].includes(root) ? findPlainFiles(netPath) : undefined
  if (!plain && root !== 'net') {
    refuse({ file: netPath, line: 1 }, 'root', `the root element is <${root}>, which is no SUMO network`, 'Give a .net.xml, or a .nod.xml with .edg.xml beside it, and the routes after it.')
  }
  const approximated = new Notes(), leftOut = new Notes()
  const asRead = plain ? readPlain(plain) : readNet(source)
  const { net, inside } = joinJunctions(asRead, approximated)
  const { spec, linkOf } = specOfSumo(net, approximated, leftOut)
  const asGiven = assembleNetwork(spec)
  const eased = easeShortLinks(spec, asGiven, approximated)
  const network = eased === spec ? asGiven : assembleNetwork(eased)
  const trips: ListedTrip[] = []
  for (const path of routePaths) {
    const vehicles = readRoutes(readSource(path), options.seed, approximated, leftOut).map(vehicle => aroundJoined(vehicle, inside, linkOf, approximated))
    trips.push(...tripsOfSumo(vehicles, network, linkOf, new Set(asRead.edges.keys()), options.startTime, options.seed, approximated))
  }
  if (routePaths.length > 0 && trips.length === 0) {
    refuse({ file: routePaths[0]!, line: 0 }, 'no-trips', 'holds no vehicle that can drive', 'Give a file with <vehicle>, <trip> or <flow>, or use --random-trips.')
  }
  const files = [...plain ? Object.values(plain).map(({ file }) => file as string) : [source.file], ...routePaths.map(path => basename(path))]
  const report: ImportReport = { files, placed: net.placed, network: countNetwork(network), approximated: approximated.list(), leftOut: leftOut.list(), repaired: [] }
  return { network, ...(routePaths.length > 0 ? { trips } : {}), report }
}
