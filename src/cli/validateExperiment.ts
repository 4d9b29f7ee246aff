import { compareExperiment } from '../analysis'
import { Failure, failFile, UsageError } from './failure'
import { measureDefaults, exportSqlite, planMeasures, type MeasureOptions } from './measureOptions'
import { line, problemOf } from './validateSuite'
import { printJson } from './output'

export interface ExperimentOptions extends MeasureOptions { readonly experiment: string; readonly json?: boolean }

/** Runs our agents through an experiment of a laboratory and holds what is measured against it. */
export async function validateExperiment({ experiment: path, json, sqlite, ...options }: ExperimentOptions): Promise<void> {
  const { recording, plan } = await planMeasures(path, { ...measureDefaults, ...options })
  if (plan.walkable === null) throw new UsageError('--geometry', `--experiment ${path}: the file says nothing of where people could walk.`, 'Give it with --geometry, as a POLYGON in WKT.')
  let compared: ReturnType<typeof compareExperiment>
  try {
    compared = compareExperiment(path, recording.trajectories, plan.walkable, { ...plan, crowding: false })
  } catch (error) {
    return failFile('experiment/cannot-run', path, `cannot be run (${error instanceof Error ? error.message : String(error)})`, 'See that the geometry holds the first and last places of the persons.')
  }
  const { rows, exits, simulated } = compared
  if (sqlite !== undefined) await exportSqlite(sqlite, simulated, plan.walkable)
  const failed = rows.filter(({ pass }) => !pass)
  const report = { suite: 'crowd', experiment: path, exits: exits.map(({ id, persons, line: ends }) => ({ id, persons, line: ends })), passed: rows.length - failed.length, failed: failed.length, rows }
  if (!json) process.stdout.write([...exits.map(({ id, persons, line: [a, b] }) => `${id}: ${persons} persons, ${at(a)} to ${at(b)}\n`), ...rows.map(line)].join(''))
  if (failed.length > 0) throw new Failure(`${failed.length} of ${rows.length} figures differ from the experiment`, failed.map(problemOf), report)
  if (json) printJson(report)
}

const at = ([x, y]: readonly [number, number]): string => `${x.toFixed(2)},${y.toFixed(2)}`
