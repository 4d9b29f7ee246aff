import { compareRoutes, type ValidationRow } from '../analysis'
import { createRoutePlanner, uniform, VehicleClass, type Network, type NetworkChange } from '../sim'
import { UsageError } from './failure'
import { loadCity } from './input'
import { progressLine } from './progress'
import { concludeSuite, line } from './validateSuite'

const SEED = 1
const SOURCE = 'Dijkstra (1959), Numerische Mathematik 1, 269, over the same hops'

/** `validate routing`: routes between random pairs of links of a city, as it is and with a hundredth of its links and turns shut to some. */
export async function validateRouting({ pairs: given, pack, json }: { pairs: string; pack?: string; json?: boolean }): Promise<void> {
  const pairs = Number(given)
  if (!Number.isInteger(pairs) || pairs < 1) throw new UsageError('--pairs', `--pairs ${given}: is no number of pairs.`, 'Give a whole number above 0.')
  const { network } = await loadCity('shenzhen', pack)
  const few = Math.ceil(pairs / 10)
  const planners = { open: createRoutePlanner(network), closures: createRoutePlanner(network, randomClosures(network)) }
  const classes = Object.entries(VehicleClass)
  const rows: ValidationRow[] = []
  const progress = progressLine('validate routing')
  for (const roads of ['open', 'closures'] as const) for (const [at, [className, type]] of classes.entries()) {
    const name = `${roads}/${className}`
    const count = type === VehicleClass.car ? pairs : few
    progress.report(((roads === 'open' ? 0 : 1) + at / classes.length) / 2, name)
    const { missing, differing, broken, reachable } = compareRoutes(planners[roads], type, count, SEED)
    const of = (figure: string, expected: number, measured: number, unit: string): ValidationRow =>
      ({ suite: 'routing', case: `${name}/${figure}`, expected, measured, unit, tolerance: 0, pass: measured === expected, source: SOURCE })
    rows.push(of('as-quick', reachable, reachable - missing - differing - broken, `of ${count} routes`), of('missing-or-needless', 0, missing, 'routes'),
      of('slower-or-misstated', 0, differing, 'routes'), of('over-shut-turns', 0, broken, 'routes'))
    if (!json) process.stdout.write(rows.slice(-4).map(line).join(''))
  }
  progress.done()
  concludeSuite('routing', rows, json)
}

/** Shuts a hundredth of all links, and a hundredth of all turns, each to some of the classes. */
function randomClosures({ links, turns }: Network): NetworkChange[] {
  const drawn = (rows: number, purpose: number): { row: number; classes: number }[] => Array.from({ length: Math.ceil(rows / 100) }, (_, at) =>
    ({ row: Math.floor(uniform(SEED, purpose, at, 0) * rows), classes: 1 + Math.floor(uniform(SEED, purpose, at, 1) * 63) }))
  return [
    ...drawn(links.rows, 1).flatMap(({ row, classes }) => Array.from({ length: links.laneCount[row]! }, (_, at): NetworkChange =>
      ({ tick: 0, kind: 'closeLane', row: links.laneFirst[row]! + at, classes, source: `link ${row}` }))),
    ...drawn(turns.rows, 2).map(({ row, classes }): NetworkChange => ({ tick: 0, kind: 'closeTurn', row, classes, source: `turn ${row}` })),
  ]
}
