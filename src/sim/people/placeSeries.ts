import { MINUTES, minuteAt } from './minutes'
import { PLACES } from './peopleTypes'

/** How many persons were in each place at the end of every minute of a run: minute * PLACES + place. The last entry is how many minutes there are. */
export function createPlaceSeries(): Int32Array {
  return new Int32Array(MINUTES * PLACES + 1)
}

/** @param seconds  after the start */
export function notePlaces(series: Int32Array, counts: Int32Array, seconds: number): void {
  const minute = minuteAt(seconds)
  for (let place = 0; place < PLACES; place++) series[minute * PLACES + place] = counts[place]
  series[MINUTES * PLACES] = minute + 1
}

/** Persons in a place, by minute of the run. */
export function placeSeries(series: Int32Array, place: number): number[] {
  return Array.from({ length: series[MINUTES * PLACES] }, (_, minute) => series[minute * PLACES + place])
}
