import { createCrew, createCrowd, createTable, crowdStateHash, crowdTotals, restoreCrowd, saveCrowd, stepCrowd, stepCrowdTogether, uniform, walkerColumns, worstOverlap, type CrowdInput } from '../src/sim'
import type { BenchHost } from './traffic'

/** One line of the crowd bench. */
export interface CrowdBenchRow {
  readonly case: string
  /** On their feet, mean of the measured ticks. */
  readonly agents: number
  /** persons per m2 at the start */
  readonly density: number
  /** s */
  readonly step: number
  readonly threads: number
  readonly agentUpdatesPerSecond: number
  /** The same by processor time, of all threads: what the engine costs, whatever else runs on the machine. */
  readonly agentUpdatesPerProcessorSecond: number
  readonly realTimeFactor: number
  /** ms of the tick in the middle, and the least */
  readonly tickMedian: number
  readonly tickMin: number
  /** Largest overlap of two bodies at the end, m. */
  readonly overlapMax: number
  /** State hash at the end: equal wherever, whenever and on however many threads this runs. */
  readonly checksum: string
}

export interface CrowdBenchCase {
  readonly name: string
  readonly agents: number
  readonly density: number
  /** Ticks before and in the measurement. */
  readonly warmUp: number
  readonly ticks: number
}

/** The case that is to keep up with real time on one thread, its double on two, and a thick and a thin crowd. */
export const squareCases: readonly CrowdBenchCase[] = [
  { name: 'square', agents: 100_000, density: 1, warmUp: 20, ticks: 60 }, { name: 'large', agents: 200_000, density: 1, warmUp: 20, ticks: 40 },
  { name: 'dense', agents: 50_000, density: 3, warmUp: 20, ticks: 60 }, { name: 'sparse', agents: 100_000, density: 0.3, warmUp: 20, ticks: 60 },
]
/** The same, tiny, so that the bench runs in the tests and cannot rot. */
export const tinyCrowds: readonly CrowdBenchCase[] = [{ name: 'tiny', agents: 400, density: 1, warmUp: 10, ticks: 20 }]

/**
 * A square full of people, half of whom walk east and half west, in lanes of 8 m: the density stays what it is while
 * the measurement lasts.
 */
export function squareInput({ agents, density }: CrowdBenchCase): CrowdInput {
  const pitch = 1 / Math.sqrt(density)
  const across = Math.ceil(Math.sqrt(agents))
  const side = across * pitch
  const margin = 30
  const walkers = createTable(walkerColumns, agents)
  walkers.from.fill(-1)
  walkers.group.fill(-1)
  const room = Math.max(0, pitch - 0.32)
  for (let row = 0; row < agents; row++) {
    const [line, column] = [Math.floor(row / across), row % across]
    walkers.id[row] = row + 1
    walkers.x[row] = margin + column * pitch + 0.16 + room * uniform(1, 1, row, 0)
    walkers.y[row] = line * pitch + 0.16 + room * uniform(1, 2, row, 0)
    walkers.journey[row] = Math.floor(walkers.y[row]! / 8) % 2
  }
  const east = side + 2 * margin
  const door = (id: string, x: number): CrowdInput['space']['goals'][number] => ({ id, floor: 'square', shape: [[x, 0], [x, side]], kind: 'exit', open: true })
  return {
    space: {
      floors: [{ id: 'square', height: 0, outlines: [[[0, 0], [east, 0], [east, side], [0, side]]], surface: 'level', cell: 0.5 }],
      joins: [], barriers: [], gates: [], queues: [], lifts: [], goals: [door('east', east - 0.4), door('west', 0.4)],
    },
    walkers, changes: [], seed: 1, dt: 0.05, startTime: 0,
    journeys: ['east', 'west'].map(goal => ({ id: goal, stages: [{ kind: 'walk', goals: [goal] }] })),
  }
}

/** Ticks timed at once; the thread counts take turns, so that whatever else runs on the machine hits all alike. */
const CHUNK = 5

/** Runs a case from the same warmed-up state with each number of threads. `processorTime`: ms that all threads used. */
export function runCrowdBench(each: CrowdBenchCase, threads: readonly number[], { startHelper, cores, clock, processorTime }: BenchHost & { readonly processorTime: () => number }): CrowdBenchRow[] {
  const input = squareInput(each)
  const warm = createCrowd(input)
  for (let tick = 0; tick < each.warmUp; tick++) stepCrowd(warm)
  const saved = saveCrowd(warm)
  const before = crowdTotals(warm).updates
  const runs = threads.map(count => {
    const crew = count === 1 ? null : createCrew(Array.from({ length: count - 1 }, startHelper), cores)
    const crowd = restoreCrowd(input, saved, crew !== null)
    return { count, crew, crowd, advance: crew ? () => stepCrowdTogether(crew, crowd) : () => stepCrowd(crowd), times: [] as number[], processor: 0 }
  })
  for (let tick = 0; tick < each.ticks; tick += CHUNK)
    for (const run of runs) {
      const [start, used] = [clock(), processorTime()]
      for (let k = 0; k < CHUNK; k++) run.advance()
      run.times.push((clock() - start) / CHUNK)
      run.processor += processorTime() - used
    }
  return runs.map(({ count, crew, crowd, times, processor }) => {
    crew?.close()
    const whole = CHUNK * times.reduce((sum, time) => sum + time, 0)
    times.sort((a, b) => a - b)
    const done = times.length * CHUNK
    const updates = crowdTotals(crowd).updates - before
    return {
      case: each.name, agents: Math.round(updates / done), density: each.density, step: input.dt, threads: count,
      agentUpdatesPerSecond: Math.round((1000 * updates) / whole), agentUpdatesPerProcessorSecond: Math.round((1000 * updates) / processor), realTimeFactor: (1000 * done * input.dt) / whole,
      tickMedian: times[times.length >> 1]!, tickMin: times[0]!, overlapMax: worstOverlap(crowd).overlap, checksum: crowdStateHash(crowd),
    }
  })
}
