import { CrowdRecording } from '../analysis'
import type { CompiledScenario } from '../scenario'
import type { World } from '../sim'
import { UsageError } from './failure'
import { exportSqlite } from './measureOptions'

export interface WaysOptions { readonly crowd?: string; readonly crowdEvery?: string; readonly crowdFloor?: string; readonly engine?: string }

/** Ways of people on foot that `--crowd` asks for: watches a run, in whole ticks of it, then writes them as JuPedSim SQLite. Null without. */
export function recordedWays({ crowd: path, crowdEvery = '1', crowdFloor, engine = 'micro' }: WaysOptions, { people, dt }: CompiledScenario): { watch(world: World): void; write(): Promise<void> } | null {
  if (path === undefined) return null
  const every = crowdEvery.trim() === '' ? NaN : Number(crowdEvery)
  if (!(every > 0 && every <= 3600)) throw new UsageError('--crowd-every', `--crowd-every ${crowdEvery}: is no time between two looks.`, 'Give seconds, such as 0.5.')
  if (engine !== 'micro' || !people) throw new UsageError('--crowd', '--crowd: this run has no people on foot.', engine === 'micro' ? 'Take a scenario with an event on foot, such as stadium-evening.' : 'Leave --engine meso out.')
  const floors = people.crowd.space.floors.map(({ id }) => id)
  if (crowdFloor !== undefined && !floors.includes(crowdFloor)) throw new UsageError('--crowd-floor', `--crowd-floor ${crowdFloor}: is no floor of this run.`, `Floors: ${floors.join(', ')}.`)
  let recording: CrowdRecording | null = null
  return {
    watch(world) {
      if (!world.people) return
      recording ??= new CrowdRecording(world.people.crowd, Math.max(1, Math.round(every / dt)) * dt, crowdFloor)
      recording.look(world.people.crowd)
    },
    async write() {
      const ways = recording?.finish()
      if (!recording || !ways) return void process.stderr.write(`note: nobody walked on ${crowdFloor ?? recording?.floor ?? 'any floor'}, so ${path} was not written\n`)
      if (recording.fullAt !== null) process.stderr.write(`note: ways are written up to ${Math.round(recording.fullAt)} s after the start only; look less often with --crowd-every\n`)
      await exportSqlite(path, ways, recording.geometry)
    },
  }
}
