import type { OtherPassengers, TransitService } from '../../sim'
import type { MetroLayer } from '../layers/metro'
import { workdayHeadway, type Headway, type Runs } from './services'

/** Boardings by line on 2025-12-31, the record day of 13.05 million (hk01.com); what is left goes to the other lines by their stations. */
const RECORD_DAY: Readonly<Record<string, number>> = { '03': 1_151_500, '04': 911_300, '05': 1_850_400, '06': 792_000, '06B': 52_100, '10': 668_900, '11': 1_414_600, '12': 745_400, '13': 428_100, '14': 797_300, '16': 353_500 }
const RECORD_TOTAL = 13_050_000
/** Mean day of 2025 by the record day: 9.0002 of 13.05 million boardings (hk01.com). */
const MEAN_DAY = 9_000_200 / RECORD_TOTAL
/** Stops that a passenger rides on one train; assumed: 1.78 boardings a journey (2025-05) make rides short. */
const RIDE_STOPS = 6
/** Share of the day's boardings by hour; no profile of the metro is published, so that of the vehicle trips of a workday (docs/demand.md). Assumed. */
const HOURS = [0.009, 0.006, 0.004, 0.004, 0.006, 0.015, 0.036, 0.069, 0.08, 0.067, 0.056, 0.053, 0.047, 0.05, 0.053, 0.055, 0.06, 0.074, 0.079, 0.06, 0.044, 0.035, 0.024, 0.014]

/**
 * The passengers of an ordinary workday, as numbers by stop and hour: a line's boardings are spread evenly over its
 * stops, both directions and the departures of the hour, and each rides `RIDE_STOPS` stops or to the end of the line.
 * Of a line that does not run in an hour, those whose station has other lines take these, evenly; the rest stay away.
 */
export function otherPassengers(metro: MetroLayer, { routes, stops }: TransitService, headway: Headway = workdayHeadway, runs: Runs = () => true): OtherPassengers {
  const codeOf = (line: number): string => metro.strings[metro.lines.code[line]!]!
  const lines = Array.from({ length: metro.lines.rows }, (_, line) => line)
  const unlisted = lines.filter(line => RECORD_DAY[codeOf(line)] === undefined)
  const listed = lines.reduce((sum, line) => sum + (RECORD_DAY[codeOf(line)] ?? 0), 0)
  const stations = unlisted.reduce((sum, line) => sum + metro.lines.stopCount[line]!, 0)
  const boardings = (line: number): number => MEAN_DAY * (RECORD_DAY[codeOf(line)] ?? ((RECORD_TOTAL - listed) * metro.lines.stopCount[line]!) / stations)
  const runsAt = (line: number, hour: number): boolean => runs(codeOf(line), (hour + 0.5) * 3600)
  const moved = movedBoardings(metro, lines, boardings, runsAt)
  const aboard = new Float32Array(24 * stops.rows)
  const exchange = new Float32Array(24 * stops.rows)
  for (let route = 0; route < routes.rows; route++) {
    const count = routes.stopCount[route]!
    const line = routes.line[route]!
    for (let hour = 0; hour < 24; hour++) {
      if (!runsAt(line, hour)) continue
      const departures = 3600 / headway(codeOf(line), (hour + 0.5) * 3600)
      const on = ((boardings(line) + (moved.get(24 * line + hour) ?? 0)) * HOURS[hour]!) / (2 * (count - 1) * departures)
      let before = 0
      for (let at = 0; at < count; at++) {
        const row = 24 * (routes.stopFirst[route]! + at) + hour
        aboard[row] = on * Math.min(at + 1, RIDE_STOPS, count - 1 - at)
        const boards = at < count - 1 ? on : 0
        exchange[row] = boards + (before + boards - aboard[row]!)
        before = aboard[row]!
      }
    }
  }
  return { aboard, exchange }
}

/** Boardings of a day that come to a line in an hour in which others do not run: 24 * line + hour. */
function movedBoardings({ lines: { stopFirst, stopCount }, stops: { station } }: MetroLayer, lines: readonly number[], boardings: (line: number) => number, runsAt: (line: number, hour: number) => boolean): Map<number, number> {
  const moved = new Map<number, number>()
  const calls = (line: number): Int32Array => station.subarray(stopFirst[line]!, stopFirst[line]! + stopCount[line]!)
  for (const line of lines) {
    for (let hour = 0; hour < 24; hour++) {
      if (runsAt(line, hour)) continue
      for (const place of calls(line)) {
        const others = lines.filter(other => other !== line && runsAt(other, hour) && calls(other).includes(place))
        for (const other of others) moved.set(24 * other + hour, (moved.get(24 * other + hour) ?? 0) + boardings(line) / stopCount[line]! / others.length)
      }
    }
  }
  return moved
}
