import { runSuite, validationSuites, type ValidationRow } from '../analysis'
import type { Problem } from '../sim'
import { Failure, UsageError } from './failure'
import { printJson } from './output'
import { progressLine } from './progress'

/** Runs a validation suite; rows that fail are printed like the others, and make the command fail. */
export function validateSuite(suite: string, { only = '', short, json, markdown }: { only?: string; short?: boolean; json?: boolean; markdown?: boolean }): void {
  const rows: ValidationRow[] = []
  const progress = progressLine(`validate ${suite}`)
  for (const { done, of, rows: more } of runSuite(suite, only, !short)) {
    rows.push(...more)
    progress.report(done / of, more[0]?.case ?? '')
    if (!json && !markdown) process.stdout.write(more.map(line).join(''))
  }
  progress.done()
  if (rows.length === 0) throw new UsageError('--only', `--only ${only}: no ${short ? 'short ' : ''}case of "${suite}" begins like that.`, `Themes: ${themes(suite).join(', ')}.`)
  if (markdown) process.stdout.write(table(rows))
  concludeSuite(suite, rows, json)
}

/** Ends a validation: the one JSON document, and a failure if a row fails. */
export function concludeSuite(suite: string, rows: readonly ValidationRow[], json = false): void {
  const failed = rows.filter(({ pass }) => !pass)
  const report = { suite, passed: rows.length - failed.length, failed: failed.length, rows }
  if (failed.length > 0) throw new Failure(`${failed.length} of ${rows.length} rows of "${suite}" fail`, failed.map(problemOf), report)
  if (json) printJson(report)
  else process.stderr.write(`validate ${suite}: all ${rows.length} rows pass\n`)
}

export const problemOf = (row: ValidationRow): Problem => ({ code: 'validation/row', subject: { kind: 'case', id: row.case }, message: text(row) })

const themes = (suite: string): string[] => [...new Set(validationSuites[suite]!.map(({ name }) => name.split('/')[0]!))]

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : Math.abs(value) < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4))))

const text = ({ case: name, expected, measured, unit, tolerance }: ValidationRow): string =>
  `${name}: expected ${figure(expected)} +- ${figure(tolerance)}, measured ${measured === null ? 'nothing' : figure(measured)} ${unit === '1' ? '' : unit}`.trimEnd()

export const line = (row: ValidationRow): string => `${row.pass ? 'pass' : 'FAIL'}  ${text(row)}\n      ${row.source}\n`

/** The rows as a table of docs/validation.md, theme by theme. */
function table(rows: readonly ValidationRow[]): string {
  const themesOfRows = [...new Set(rows.map(({ case: name }) => name.split('/')[0]!))]
  return themesOfRows.map(theme => {
    const own = rows.filter(({ case: name }) => name.split('/')[0] === theme)
    const sources = [...new Set(own.map(({ source }) => source))]
    const lines = own.map(({ case: name, expected, measured, tolerance, unit, pass, source }) =>
      `| ${name.slice(theme.length + 1) || name} | ${figure(expected)} ± ${figure(tolerance)} ${unit === '1' ? '' : unit} | ${measured === null ? 'nothing' : figure(measured)} | ${pass ? 'pass' : '**fail**'} | ${sources.indexOf(source) + 1} |`)
    return [`### ${theme}`, '| case | expected | measured | | source |', '|---|---|---|---|---|', ...lines, '', ...sources.map((source, at) => `${at + 1}. ${source}`), '', ''].join('\n')
  }).join('')
}
