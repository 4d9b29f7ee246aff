import { CsvError, parse } from 'csv-parse/sync'
import { ImportError, problemAt, type Complaints, type Place } from './importError'
import type { Source } from './readSource'
import { shorten } from './xml'

/** A row of a table: its cells, checked as they are asked for, and the line where it begins. */
export class Row implements Place {
  constructor(readonly file: string, readonly line: number, private readonly cells: Readonly<Record<string, string>>, private readonly complaints: Complaints) {}

  /** Text of a cell; undefined where it is empty or the table has no such column. */
  optional(column: string): string | undefined {
    const value = this.cells[column]?.trim()
    return value === undefined || value === '' ? undefined : value
  }

  text(column: string): string {
    const value = this.optional(column)
    if (value === undefined) this.complain('cell', `${column} is empty`, 'Fill it in, or remove the row.')
    return value ?? ''
  }

  number(column: string, fallback?: number, range: readonly [number, number] = [-Infinity, Infinity]): number {
    const text = this.optional(column)
    if (text === undefined && fallback !== undefined) return fallback
    const value = text === undefined ? NaN : Number(text)
    if (Number.isFinite(value) && value >= range[0] && value <= range[1]) return value
    const wanted = Number.isFinite(range[0]) ? `a number from ${range[0]} to ${range[1]}` : 'a number'
    this.complain('number', text === undefined ? `${column} is empty` : `${column} is "${shorten(text)}", which is not ${wanted}`, 'Correct the value.')
    return fallback ?? (Number.isFinite(range[0]) ? range[0] : 0)
  }

  complain(code: string, what: string, remedy: string): void {
    this.complaints.add(this, code, what, remedy)
  }
}

/** Reads a table with a line of column names; refuses one without a column of `required`. Names are compared in lower case. */
export function readTable({ file, text }: Source, required: readonly string[], complaints: Complaints): Row[] {
  let records: { record: string[]; info: { lines: number } }[]
  try {
    records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true }) as unknown as typeof records
  } catch (error) {
    const line = error instanceof CsvError ? Number((error as unknown as { lines?: number }).lines ?? 0) : 0
    throw new ImportError([problemAt({ file, line }, 'csv', `is no table of comma-separated values: ${error instanceof Error ? error.message.replace(/\.$/, '') : String(error)}`, 'Are all quotes closed? Export it again.')])
  }
  const head = records[0]?.record.map(name => name.trim().toLowerCase()) ?? []
  const missing = required.filter(name => !head.includes(name))
  if (missing.length > 0) {
    throw new ImportError([problemAt({ file, line: 1 }, 'columns', `has no column ${missing.join(', ')}; it has ${head.map(shorten).join(', ') || 'none'}`, 'Add the column, or correct its name.')])
  }
  return records.slice(1).map(({ record, info }) => {
    const row = new Row(file, info.lines - record.join('').split('\n').length + 1, Object.fromEntries(head.map((name, column) => [name, record[column] ?? ''])), complaints)
    if (record.length > head.length) row.complain('cells', `has ${record.length} cells, the first line has ${head.length}`, 'Put cells that hold a comma in quotes.')
    return row
  })
}
