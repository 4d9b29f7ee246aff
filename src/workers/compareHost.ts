import { compareRuns, differenceMaps, districtOfZone, groupRoads, runScenario, summarise, traceJourney, type RunOptions } from '../analysis'
import { networkLayer, openPackUrl } from '../city'
import { compileScenario } from '../scenario'
import type { Outcome } from '../sim'
import { problemOf } from './problemOf'
import type { CompareHost, ComparisonResult } from './compareProtocol'
import type { HostEnvironment } from './simHost'

/** Wall seconds between two reports of progress. */
const REPORT_EVERY = 0.2
const ROADS = 10

/** Runs what is compared; holds nothing between runs but the city's network. */
export function createCompareHost({ now, pause, openPack = openPackUrl }: HostEnvironment): CompareHost {
  let open: { readonly url: string; readonly pack: ReturnType<typeof openPack> } | null = null
  const packAt = (url: string): ReturnType<typeof openPack> => {
    if (open?.url !== url) open = { url, pack: openPack(url) }
    return open.pack
  }
  /** Progress every now and then, and a look at the messages that wait. */
  const telling = (onProgress: (share: number) => void): Pick<RunOptions, 'onProgress' | 'pause'> => {
    let reported = now()
    return {
      onProgress: ({ tick, endTick }) => {
        if (now() - reported < REPORT_EVERY) return
        reported = now()
        onProgress(tick / endTick)
      },
      pause: () => pause(0),
    }
  }
  return {
    run: ({ scenario, cityUrl }, onProgress) => told(async () => {
      const compiled = await compileScenario(scenario, await packAt(cityUrl))
      if (!compiled.ok) return compiled
      const record = await runScenario(compiled.value, telling(onProgress))
      onProgress(1)
      return { ok: true, value: summarise(compiled.value.network, record) }
    }),

    trace: ({ scenario, cityUrl }, id, onProgress) => told(async () => {
      const compiled = await compileScenario(scenario, await packAt(cityUrl))
      if (!compiled.ok) return compiled
      const journey = await traceJourney(compiled.value, id, telling(onProgress))
      onProgress(1)
      return { ok: true, value: journey }
    }),

    async compare(cityUrl, baselines, variants): Promise<ComparisonResult> {
      const pack = await packAt(cityUrl)
      const network = await pack.layer(networkLayer)
      const { kpis, events, roads, linkDifferences, trips, series, hashes } = compareRuns(network, baselines, variants, ROADS, await districtOfZone(pack))
      const { vehicleSeconds } = linkDifferences
      const { names, ofLink } = groupRoads(network)
      const worst = new Map<string, number>()
      for (let link = 0; link < ofLink.length; link++) {
        const name = names[ofLink[link]!]!
        if (Math.abs(vehicleSeconds[link]!) > Math.abs(vehicleSeconds[worst.get(name) ?? -1] ?? 0) || !worst.has(name)) worst.set(name, link)
      }
      return {
        kpis, events, trips, series, hashes,
        roads: roads.map(road => ({ ...road, link: worst.get(road.name)! })),
        maps: differenceMaps(network, linkDifferences),
      }
    },
  }
}

/** What went wrong beyond what was expected, as a problem. */
async function told<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work()
  } catch (error) {
    return { ok: false, problems: [problemOf(error, 'compare/stopped')] }
  }
}
