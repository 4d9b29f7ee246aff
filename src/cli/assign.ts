import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ImportError, readTntpNetwork, readTntpTrips, textOf, tntpAssignment, type TntpNetwork, type TntpTrips } from '../city'
import { assignTraffic, unservedDemand, type Assignment, type AssignmentProblem, type Problem } from '../sim'
import { Failure, failFile, failWith, UsageError } from './failure'
import { printJson } from './output'

interface AssignOptions { net: string; trips: string; tollFactor?: string; distanceFactor?: string; gap: string; flows?: string; json?: boolean }

/** Unserved pairs that are named one by one. */
const NAMED_MAX = 10

/** `assign`: static user equilibrium of a network and a table of trips in the TNTP format. */
export function assignCommand(options: AssignOptions): void {
  const gap = parseFactor('--gap', options.gap)
  if (gap >= 1) throw new UsageError('--gap', `--gap ${options.gap}: is no relative gap.`, 'Give a share such as 1e-6.')
  const given = { toll: optionalFactor('--toll-factor', options.tollFactor), distance: optionalFactor('--distance-factor', options.distanceFactor) }
  if (options.flows !== undefined) checkTarget(options.flows)
  const network = read(options.net, readTntpNetwork)
  const trips = read(options.trips, readTntpTrips)
  const factors = { tollFactor: given.toll ?? network.tollFactor ?? 0, distanceFactor: given.distance ?? network.distanceFactor ?? 0 }
  const problem = refusing(() => tntpAssignment(network, trips, factors, options))
  refuseUnserved(problem, trips, options)
  const demand = trips.pairs.reduce((sum, { trips: count }) => sum + count, 0)
  if (Math.abs(demand - trips.totalClaimed) > 1e-3 * trips.totalClaimed) {
    process.stderr.write(`note: ${options.trips}: <TOTAL OD FLOW> is ${trips.totalClaimed}, but its entries add up to ${demand}\n`)
  }
  const before = process.hrtime.bigint()
  const result = assignTraffic(problem, { gap, onIteration: (iteration, met) => process.stderr.write(`assign: iteration ${iteration}, relative gap ${met.toExponential(2)}\n`) })
  const seconds = Number(process.hrtime.bigint() - before) / 1e9
  if (!result.converged) process.stderr.write(`note: stopped at relative gap ${result.relativeGap.toExponential(2)} after ${result.iterations} iterations, short of ${gap}\n`)
  if (options.flows !== undefined) writeWhole(options.flows, flowTable(network, result))
  const report = {
    net: options.net, trips: options.trips, zones: network.zones, nodes: network.nodes, links: network.links.length, ...factors,
    demand, intrazonalDemand: trips.pairs.reduce((sum, pair) => sum + (pair.origin === pair.destination ? pair.trips : 0), 0),
    objective: result.objective, totalTime: result.totalTime, totalCost: result.totalCost, relativeGap: result.relativeGap,
    iterations: result.iterations, converged: result.converged, seconds,
  }
  if (options.json) printJson(report)
  else process.stdout.write(`${Object.entries(report).map(([name, value]) => `${name.padEnd(18)} ${value}`).join('\n')}\n`)
}

function read<T>(path: string, parse: (text: string, file: string) => T): T {
  let text: string
  try {
    text = textOf(readFileSync(resolve(path)))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return failFile('tntp/unreadable', path, code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`, 'Give the path of a file in the TNTP format.')
  }
  return refusing(() => parse(text, path))
}

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof ImportError) throw new Failure(error.message, error.problems)
    throw error
  }
}

function refuseUnserved(problem: AssignmentProblem, { pairs }: TntpTrips, files: { net: string; trips: string }): void {
  const rows = unservedDemand(problem)
  if (rows.length === 0) return
  const problems = rows.slice(0, NAMED_MAX).map((row): Problem => {
    const { origin, destination, trips, line } = pairs[row]!
    return { code: 'tntp/no-route', subject: { kind: 'file', id: `${files.trips}:${line}` }, message: `${files.trips}:${line}: ${trips} trips from zone ${origin} to zone ${destination} have no route. `
      + `Add the missing links to ${files.net}, lower its <FIRST THRU NODE>, or take the trips out.` }
  })
  failWith(`${files.net}: does not serve ${rows.length === 1 ? '1 pair' : `${rows.length} pairs`} of zones:`, problems)
}

/** Flows as the format's own solutions give them. */
const flowTable = ({ links }: TntpNetwork, { flow, cost }: Assignment): string =>
  ['From\tTo\tVolume\tCost', ...links.map(({ from, to }, row) => `${from}\t${to}\t${flow[row]}\t${cost[row]}`), ''].join('\n')

function checkTarget(path: string): void {
  const folder = dirname(resolve(path))
  if (!existsSync(folder)) failFile('output/folder', path, `the folder ${folder} does not exist`, 'Make it first, or write elsewhere.')
  if (existsSync(path) && statSync(path).isDirectory()) failFile('output/folder', path, 'is a folder', 'Give the name of a file.')
}

/** A file appears whole or not at all. */
function writeWhole(path: string, text: string): void {
  try {
    writeFileSync(`${path}.part`, text)
    renameSync(`${path}.part`, path)
  } catch (error) {
    failFile('output/unwritable', path, `cannot be written (${(error as NodeJS.ErrnoException).code})`, 'Choose a place that you may write to.')
  }
}

const optionalFactor = (option: string, text: string | undefined): number | undefined => (text === undefined ? undefined : parseFactor(option, text))

function parseFactor(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new UsageError(option, `${option} "${text}": is no number of 0 or more.`, 'Write it such as 0.02.')
  return value
}
