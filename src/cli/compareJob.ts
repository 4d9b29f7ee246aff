import { runScenario, summarise, type RunSummary } from '../analysis'
import type { Scenario } from '../scenario'
import { compileOrFail, loadCity, untilTick } from './input'

/** One of the runs of a comparison, as it is handed to a worker thread. */
export interface CompareJob {
  readonly scenario: Scenario
  readonly until: string | undefined
  readonly pack: string | undefined
  readonly path: string
}

export async function executeJob({ scenario, ...job }: CompareJob, onProgress: (share: number) => void): Promise<RunSummary> {
  const city = await loadCity(scenario.city, job.pack, job.path, scenario)
  const compiled = compileOrFail(scenario, city, job.path)
  const run = await runScenario(compiled, {
    untilTick: untilTick(job.until, compiled, scenario), onProgress: ({ tick, endTick }) => onProgress(tick / endTick),
  })
  return summarise(city.network, run)
}
