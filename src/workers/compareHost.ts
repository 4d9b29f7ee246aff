import { compareRuns, differenceMaps, groupRoads, runScenario, summarise, type RunSummary } from '../analysis'
import { openPackUrl, type CityPack } from '../city'
import { compileScenario } from '../scenario'
import type { Network, Outcome } from '../sim'
import { problemOf } from './problemOf'
import type { CompareHost, ComparisonResult } from './compareProtocol'
import type { HostEnvironment } from './simHost'

/** Wall seconds between two reports of progress. */
const REPORT_EVERY = 0.2
const ROADS = 10

/** Runs one side of a comparison; holds nothing between runs but the city's network. */
export function createCompareHost({ now, pause, openPack = openPackUrl }: HostEnvironment): CompareHost {
  let network: Network | null = null
  return {
    async run({ scenario, cityUrl }, onProgress): Promise<Outcome<RunSummary>> {
      try {
        const pack: CityPack = await openPack(cityUrl)
        const compiled = await compileScenario(scenario, pack)
        if (!compiled.ok) return compiled
        network = compiled.value.network
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
        return { ok: true, value: summarise(network, record) }
      } catch (error) {
        return { ok: false, problems: [problemOf(error, 'compare/stopped')] }
      }
    },

    async compare(baselines, variants): Promise<ComparisonResult> {
      if (!network) throw new Error('no run was measured here')
      const { kpis, events, roads, linkDifferences, trips, series, hashes } = compareRuns(network, baselines, variants, ROADS)
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
