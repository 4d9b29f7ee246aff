import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import { runCrowdBench, squareCases, tinyCrowds, type CrowdBenchRow } from '../../bench/crowd'
import { flowFieldCases, runFlowFieldBench, tinyFlowField, type FlowFieldBenchRow } from '../../bench/flowField'
import { startHelper, threadCount } from './crew'
import { UsageError } from './failure'
import { printJson } from './output'

/** `bench crowd`: speed of the crowd engine on squares full of people. */
export function crowdBench(): Command {
  return new Command('crowd').description('agent updates a second on squares full of people who walk both ways')
    .option('--cases <list>', 'tiny, square, large, dense, sparse, fields; several with commas', 'square,large')
    .option('--threads <list>', 'numbers of threads to compare, several with commas', '1,2').option('--json', 'one JSON document on stdout').action(run)
}

/** ms that all threads of this process used so far. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function run(options: { cases: string; threads: string; json?: boolean }): void {
  const threads = options.threads.split(',').map(each => threadCount(each))
  const rows: CrowdBenchRow[] = []
  const fields: FlowFieldBenchRow[] = []
  for (const name of options.cases.split(',')) {
    if (name === 'fields' || name === 'tiny') {
      process.stderr.write('bench: flow fields\n')
      fields.push(...runFlowFieldBench(name === 'tiny' ? tinyFlowField : flowFieldCases))
      if (name === 'fields') continue
    }
    const found = [...tinyCrowds, ...squareCases].find(each => each.name === name)
    if (!found) throw new UsageError('--cases', `--cases ${name}: there is no such case.`, 'Choose from tiny, square, large, dense, sparse, fields.')
    process.stderr.write(`bench: ${found.name}, ${found.agents} people at ${found.density} per m2\n`)
    rows.push(...runCrowdBench(found, threads, { startHelper, cores: availableParallelism(), clock: () => performance.now(), processorTime }))
  }
  if (options.json) { printJson({ bench: 'crowd', node: process.version, rows, fields }); return }
  for (const row of rows) {
    process.stdout.write(`${row.case}: ${row.agents} people at ${row.density} per m2, ${row.threads} thread${row.threads === 1 ? '' : 's'}, ${(row.agentUpdatesPerSecond / 1e6).toFixed(2)} M updates/s (${(row.agentUpdatesPerProcessorSecond / 1e6).toFixed(2)} M a second of processor time), ${row.realTimeFactor.toFixed(2)} x real time, `
      + `${row.tickMedian.toFixed(1)} ms a tick (least ${row.tickMin.toFixed(1)}), overlap ${(1000 * row.overlapMax).toFixed(1)} mm, checksum ${row.checksum}\n`)
  }
  for (const { case: name, cells, what, agents, min, median, checksum } of fields)
    process.stdout.write(`${name}: ${what === 'agents' ? `directions of ${agents} people` : what === 'closure' ? 'a field behind a closure half way' : 'a field from the start'}, ${cells} cells, ${median.toFixed(1)} ms (least ${min.toFixed(1)}), checksum ${checksum}\n`)
}
