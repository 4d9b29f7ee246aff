import { compareRuns, differenceMaps, districtOfZone, groupRoads, runScenario, summarise, type RunSummary } from '../analysis'
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
  return {
    async run({ scenario, cityUrl }, onProgress): Promise<Outcome<RunSummary>> {
      try {
        const compiled = await compileScenario(scenario, await packAt(cityUrl))
        if (!compiled.ok) return compiled
        let reported = now()
        const record = await runScenario(compiled.value, {
          onProgress: ({ tick, endTick }) => {
            if (now() - reported < REPORT_EVERY) return
            reported = now()
            onProgress(tick / endTick)
          },
          pause: () => pause(0),
        })
        onProgress(1)
        return { ok: true, value: summarise(compiled.value.network, record) }
      } catch (error) {
        return { ok: false, problems: [problemOf(error, 'compare/stopped')] }
      }
    },

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
