import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import { measureReopening } from '../../bench/reopening'
import { runRoutingBench, tinyRouting, type RoutingBenchCase } from '../../bench/routing'
import { gridCases, runTrafficBench, tinyCases, type TrafficBenchCase, type TrafficBenchRow } from '../../bench/traffic'
import { fileURLToPath } from 'node:url'
import { crowdBench } from './benchCrowd'
import { mesoBenches } from './benchMeso'
import { startHelper, threadCount } from './crew'
import { failFile, UsageError } from './failure'
import { loadCity, openScenario } from './input'
import { printJson } from './output'

/** Shennan Avenue, both ways, shut for a quarter of an hour of the morning. */
const reopened = fileURLToPath(new URL('../../bench/reopening.json', import.meta.url))
const peak = fileURLToPath(new URL('../../assets/scenarios/morning-peak.json', import.meta.url))

/** `bench traffic`: speed of the engine on made-up grids and on the peak of the default city. */
export function benchCommand(): Command {
  const bench = new Command('bench').description('measure speed')
  bench.command('traffic').description('vehicle updates a second on grids and on the peak of the default city')
    .option('--cases <list>', 'tiny, grid, city; several with commas', 'grid,city')
    .option('--threads <list>', 'numbers of threads to compare, several with commas', '1,2,4').option('--json', 'one JSON document on stdout').action(trafficBench)
  bench.command('routing').description('routes, their weights and plain Dijkstra on the default city')
    .option('--cases <list>', 'tiny, city; both with a comma', 'city').option('--json', 'one JSON document on stdout').action(routingBench)
  bench.command('reopening [scenario]').description('what a closed road carries when it is open again, by the same day without the closure')
    .option('--settle <seconds>', 'time that drivers have to find back', '900').option('--pack <folder>', 'folder of a city pack; else assets/<city>').option('--json', 'one JSON document on stdout').action(reopeningBench)
  for (const each of mesoBenches()) bench.addCommand(each)
  bench.addCommand(crowdBench())
  return bench
}

async function trafficBench(options: { cases: string; threads: string; json?: boolean }): Promise<void> {
  const threads = options.threads.split(',').map(each => threadCount(each))
  const rows: TrafficBenchRow[] = []
  for (const name of options.cases.split(',')) {
    for (const each of await casesOf(name)) {
      process.stderr.write(`bench: ${each.name}\n`)
      rows.push(...runTrafficBench(each, threads, { startHelper, cores: availableParallelism(), clock: () => performance.now() }))
    }
  }
  if (options.json) printJson({ bench: 'traffic', node: process.version, rows })
  else {
    for (const row of rows) {
      process.stdout.write(`${row.case}: ${row.vehicles} vehicles, ${row.threads} thread${row.threads === 1 ? '' : 's'}, ${(row.vehicleUpdatesPerSecond / 1e6).toFixed(2)} M updates/s, ${row.realTimeFactor.toFixed(1)} x real time, `
        + `${row.bytesPerVehicle.toFixed(0)} bytes a vehicle, ${row.tickMedian.toFixed(2)} ms a tick (spread ${row.tickSpread.toFixed(2)}), checksum ${row.checksum}\n`)
    }
  }
}

async function reopeningBench(scenario: string | undefined, { settle, pack, json }: { settle: string; pack?: string; json?: boolean }): Promise<void> {
  if (!/^\d{1,5}$/.test(settle)) throw new UsageError('--settle', `--settle ${settle}: is no number of seconds.`, 'Give a whole number such as 900.')
  const { compiled } = await openScenario(scenario ?? reopened, pack === undefined ? {} : { pack })
  const [edit] = compiled.applied
  if (!edit || edit.links.length === 0) return failFile('bench/no-closure', scenario ?? reopened, 'closes no road, so none can open again', 'Give a scenario with a closure that ends within its window.')
  const found = measureReopening({ input: compiled, ...edit, settle: Number(settle), endTick: compiled.endTick })
  if (json) return printJson({ bench: 'reopening', node: process.version, settleSeconds: Number(settle), ...found })
  process.stdout.write(`left the closed links before, during and after the closure: ${found.variant.join(', ')}; without it: ${found.baseline.join(', ')}; recovered ${(100 * found.recovered).toFixed(1)} %\n`)
}

async function casesOf(name: string): Promise<readonly TrafficBenchCase[]> {
  if (name === 'tiny') return tinyCases
  if (name === 'grid') return gridCases
  if (name !== 'city') throw new UsageError('--cases', `--cases ${name}: there is no such case.`, 'Choose from tiny, grid, city.')
  const { scenario, compiled } = await openScenario(peak)
  return [{ name: `${scenario.city}, morning peak`, input: () => compiled, warmUp: 1200, ticks: 600 }]
}

async function routingBench(options: { cases: string; json?: boolean }): Promise<void> {
  const cases: RoutingBenchCase[] = []
  for (const name of options.cases.split(',')) {
    if (name === 'tiny') cases.push(...tinyRouting)
    else if (name !== 'city') throw new UsageError('--cases', `--cases ${name}: there is no such case.`, 'Choose from tiny, city.')
    else {
      const { network } = await loadCity('shenzhen')
      cases.push({ name: 'shenzhen', network: () => network, routes: 50_000, dijkstra: 400 })
    }
  }
  const rows = runRoutingBench(cases)
  if (options.json) printJson({ bench: 'routing', node: process.version, rows })
  else {
    for (const { case: name, what, times, seconds, min, median, spread, checksum } of rows) {
      process.stdout.write(`${name}: ${what}: ${times} in ${seconds.toFixed(3)} s, each ${median.toFixed(1)} us (least ${min.toFixed(1)}, spread ${spread.toFixed(1)}), checksum ${checksum}\n`)
    }
  }
}
