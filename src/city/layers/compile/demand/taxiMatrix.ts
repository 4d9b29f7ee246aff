import { toPlane } from '../../../projection'
import { readRawText } from '../rawFile'

/** Taxi trips of one day of October 2013 between parts of the city, parts x parts. */
export function readTaxiMatrix(rawFolder: string, parts: number, partOf: (x: number, y: number) => number): Float64Array {
  const result = new Float64Array(parts * parts)
  const cellPart = new Map<string, number>()
  const partOfCell = (column: string, row: string): number => {
    const key = `${column},${row}`
    let part = cellPart.get(key)
    if (part === undefined) {
      // Grid of the source, from its README.
      const [x, y] = toPlane(113.749504 + 0.004872614 * Number(column), 22.445589 + 0.004496605 * Number(row))
      part = partOf(x, y)
      cellPart.set(key, part)
    }
    return part
  }
  const lines = readRawText(rawFolder, 'taxi-od-grid-2013/taxi_od_grid.csv.gz').trim().split('\n')
  for (const line of lines.slice(1)) {
    const [fromColumn, fromRow, toColumn, toRow, trips] = line.split(',') as [string, string, string, string, string]
    const from = partOfCell(fromColumn, fromRow)
    const to = partOfCell(toColumn, toRow)
    if (from >= 0 && to >= 0) result[from * parts + to]! += Number(trips)
  }
  return result
}
