import { Command } from 'commander'
import { runRoutingBench, tinyRouting, type RoutingBenchCase } from '../../bench/routing'
import { gridCases, runTrafficBench, tinyCases, type TrafficBenchCase, type TrafficBenchRow } from '../../bench/traffic'
import { fileURLToPath } from 'node:url'
import { UsageError } from './failure'
import { loadCity, openScenario } from './input'
import { printJson } from './output'

const peak = fileURLToPath(new URL('../../assets/scenarios/morning-peak.json', import.meta.url))

/** `bench traffic`: speed of the engine on made-up grids and on the peak of the default city. */
export function benchCommand(): Command {
  const bench = new Command('bench').description('measure speed')
  bench.command('traffic').description('vehicle updates a second on grids and on the peak of the default city')
    .option('--cases <list>', 'tiny, grid, city; several with commas', 'grid,city').option('--json', 'one JSON document on stdout').action(trafficBench)
  bench.command('routing').description('routes, their weights and plain Dijkstra on the default city')
    .option('--cases <list>', 'tiny, city; both with a comma', 'city').option('--json', 'one JSON document on stdout').action(routingBench)
  return bench
}

async function trafficBench(options: { cases: string; json?: boolean }): Promise<void> {
  const rows: TrafficBenchRow[] = []
  for (const name of options.cases.split(',')) {
    for (const each of await casesOf(name)) {
      process.stderr.write(`bench: ${each.name}\n`)
      rows.push(...runTrafficBench([each]))
    }
  }
  if (options.json) printJson({ bench: 'traffic', node: process.version, rows })
  else {
    for (const row of rows) {
      process.stdout.write(`${row.case}: ${row.vehicles} vehicles, ${(row.vehicleUpdatesPerSecond / 1e6).toFixed(2)} M updates/s, ${row.realTimeFactor.toFixed(1)} x real time, `
        + `${row.bytesPerVehicle.toFixed(0)} bytes a vehicle, ${row.tickMedian.toFixed(2)} ms a tick (spread ${row.tickSpread.toFixed(2)}), checksum ${row.checksum}\n`)
    }
  }
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
