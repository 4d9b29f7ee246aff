import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { compareEngines, type EngineComparison } from '../../bench/mesoAgainstMicro'
import { mesoCases, runMesoBench, type MesoBenchCase, type MesoBenchRow } from '../../bench/meso'
import { UsageError } from './failure'
import { compileOrFail, openScenario } from './input'
import { printJson } from './output'

const peak = fileURLToPath(new URL('../../assets/scenarios/morning-peak.json', import.meta.url))
/** s after 07:00: the hour whose link times are compared, 07:30-08:30. */
const HOUR = { from: 1800, to: 5400 }

/** `bench meso`: speed of the meso engine. `bench engines`: its link times against those of the micro engine. */
export function mesoBenches(): Command[] {
  return [
    new Command('meso').description('link moves a second of the meso engine, everything included and the loading of the network alone')
      .option('--cases <list>', 'grid, peak, day; several with commas', 'grid,peak').option('--json', 'one JSON document on stdout').action(speed),
    new Command('engines').description('link times of the meso engine against the micro engine, every trip on the way it drove there')
      .option('--json', 'one JSON document on stdout').action(engines),
  ]
}

async function speed(options: { cases: string; json?: boolean }): Promise<void> {
  const rows: MesoBenchRow[] = []
  for (const name of options.cases.split(',')) {
    for (const each of await casesOf(name)) {
      process.stderr.write(`bench: ${each.name}\n`)
      rows.push(...runMesoBench([each]))
    }
  }
  if (options.json) { printJson({ bench: 'meso', node: process.version, rows }); return }
  for (const { case: name, moves, movesPerSecond, seconds, realTimeFactor, loading, randomRead, checksum } of rows) {
    process.stdout.write(`${name}: ${(moves / 1e6).toFixed(1)} M moves in ${seconds.toFixed(1)} s, ${realTimeFactor.toFixed(0)} x real time, ${(movesPerSecond / 1e6).toFixed(2)} M/s with everything; `
      + `loading alone ${(loading.movesPerSecond / 1e6).toFixed(2)} M/s, ${loading.nanosecondsPerMove} ns a move = ${(loading.nanosecondsPerMove / randomRead).toFixed(1)} reads of ${randomRead.toFixed(0)} ns (processor time); checksum ${checksum}\n`)
  }
}

async function casesOf(name: string): Promise<readonly MesoBenchCase[]> {
  if (name === 'grid') return mesoCases
  if (name !== 'peak' && name !== 'day') throw new UsageError('--cases', `--cases ${name}: there is no such case.`, 'Choose from grid, peak, day.')
  const { scenario, city } = await openScenario(peak)
  const compiled = compileOrFail(name === 'peak' ? scenario : { ...scenario, window: { start: '00:00', end: '24:00' } }, city, peak)
  return [{ name: `${scenario.city}, ${name === 'peak' ? 'morning peak' : 'whole day'}`, input: () => compiled, seconds: compiled.endTick * compiled.dt }]
}

async function engines({ json }: { json?: boolean }): Promise<void> {
  const { compiled } = await openScenario(peak)
  const found = compareEngines(compiled, HOUR, done => process.stderr.write(`${done}\n`))
  if (json) printJson({ bench: 'engines', node: process.version, ...found })
  else process.stdout.write(plainText(found))
}

function plainText({ links, passages, within, withinHours, median, micro, meso }: EngineComparison): string {
  return `${links} links with 60 passages and more, ${passages} passages: ${(100 * within).toFixed(1)} % of them (${(100 * withinHours).toFixed(1)} % of their hours) on links whose mean time is within 15 % of the micro engine's; median ratio ${median.toFixed(2)}\n`
    + `vehicle hours on them: micro ${micro.toFixed(0)}, meso ${meso.toFixed(0)}\n`
}
