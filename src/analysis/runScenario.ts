import type { CompiledScenario } from '../scenario'
import { checkInTurn, checkInvariants, createWorld, linkMeasures, peopleEngine, ruleEngine, stateHash, step, totals, tripResults, type Crew, type People, type World, type WorldInput } from '../sim'
import type { PeopleRecord, RunRecord } from './record'

export interface RunOptions {
  /** Tick at which to stop; absent = end of the scenario's window. */
  readonly untilTick?: number
  /** Threads that advance the run together; absent = this one alone. */
  readonly crew?: Crew | null
  /** Checks every tick, all vehicles, and not a quarter of them in turn: that nothing overlaps, nobody passes red and no vehicle is lost; 5 % slower. */
  readonly check?: boolean
  /** Sees the world at its start and after each tick; changes nothing. */
  readonly watch?: (world: World) => void
  /** Asked after each tick: true ends the run before its time. */
  readonly over?: (world: World) => boolean
  /** Called about every simulated minute. */
  readonly onProgress?: (progress: RunProgress) => void
  /** Awaited about every simulated minute, so that a worker can hear that it is no longer wanted. */
  readonly pause?: () => Promise<void>
}

export interface RunProgress { readonly tick: number; readonly endTick: number; readonly running: number }

/** s simulated between two reports of progress. */
const CHUNK = 60

/** Runs a compiled scenario to its end and keeps what analysis needs. */
export async function runScenario(compiled: CompiledScenario, options: RunOptions = {}): Promise<RunRecord> {
  const endTick = Math.min(options.untilTick ?? compiled.endTick, compiled.endTick)
  const { crew } = options
  const world = createWorld(compiled, Boolean(crew))
  options.watch?.(world)
  const chunk = Math.max(1, Math.round(CHUNK / compiled.dt))
  let over = false
  while (world.tick < endTick && !over) {
    const stop = Math.min(endTick, world.tick + chunk)
    while (world.tick < stop && !over) {
      if (crew) crew.step(world)
      else step(world)
      if (options.check) checkInvariants(world)
      else checkInTurn(world)
      options.watch?.(world)
      over = options.over?.(world) ?? false
    }
    options.onProgress?.({ tick: world.tick, endTick, running: totals(world).running })
    await options.pause?.()
  }
  return recordOf(compiled, world)
}

/** What analysis needs of a world as it stands. */
export function recordOf({ trips, seed, startTime, dt }: WorldInput, world: World): RunRecord {
  return {
    seed, startTime, dt, ticks: world.tick, stateHash: stateHash(world), totals: totals(world),
    trips: { id: trips.id, class: trips.class, originZone: trips.originZone, originLink: trips.originLink, destinationLink: trips.destinationLink, ...tripResults(world) },
    links: linkMeasures(world),
    ...(world.rules ? { rules: ruleEngine().report(world, world.rules) } : {}),
    ...(world.people ? { people: recordPeople(world.people, world.input.dt) } : {}),
  }
}

function recordPeople(people: People, dt: number): PeopleRecord {
  return { report: peopleEngine().report(people, dt) }
}
