import type { CompiledScenario } from '../scenario'
import { peopleEngine, Place, type PersonReport, type World } from '../sim'
import { runScenario, type RunOptions } from './runScenario'

/** One link of a journey; s, the turn that leads off it included. */
export interface TracedLink { readonly link: number; readonly seconds: number; /** At the speed limit. */ readonly free: number }

/** One trip by road, from when it wanted to set out. Seconds of the day; null = not within the run. */
export interface TracedTrip {
  readonly id: number
  /** VehicleClass. */
  readonly class: number
  readonly originLink: number
  readonly destinationLink: number
  readonly originZone: number
  readonly destinationZone: number
  readonly departed: number
  /** When there was room for it on the road. */
  readonly entered: number | null
  readonly arrived: number | null
  readonly unreachable: boolean
  readonly links: readonly TracedLink[]
}

/** What became of whoever has a number in a run: of a trip by road, of a person with a plan of legs, or of neither. Times of a person count from the start of the run. */
export interface TracedJourney { readonly startTime: number; readonly trip: TracedTrip | null; readonly person: PersonReport | null }

/** Runs a scenario again until one journey is over, which is told link by link: the run is the same as when it was compared. */
export async function traceJourney(compiled: CompiledScenario, id: number, options: Pick<RunOptions, 'onProgress' | 'pause'> = {}): Promise<TracedJourney> {
  const { trips, network: { links }, startTime, dt } = compiled
  const row = trips.id.indexOf(id)
  const ways: { link: number; tick: number }[] = []
  let slot = -1
  let world: World | null = null
  const follow = (at: World): void => {
    world = at
    if (row < 0 || at.trips.insertTick[row]! < 0 || at.trips.arriveTick[row]! >= 0) return
    if (slot < 0 || at.slots.trip[slot] !== row) slot = at.slots.trip.indexOf(row)
    const link = slot < 0 ? -1 : at.slots.link[slot]!
    if (link >= 0 && link !== ways.at(-1)?.link) ways.push({ link, tick: at.tick })
  }
  const personOf = (at: World): PersonReport | null => {
    if (!at.people) return null
    const engine = peopleEngine()
    const found = engine.personWith(at.people, id)
    return found < 0 ? null : engine.person(at, at.people, found)
  }
  const over = (at: World): boolean => {
    if (row >= 0) return at.trips.arriveTick[row]! >= 0 || at.trips.unreachable[row]! !== 0
    const person = at.tick % Math.round(60 / dt) === 0 ? personOf(at) : null
    return person !== null && (person.place === Place.arrived || person.place === Place.stranded)
  }
  const run = await runScenario(compiled, { ...options, watch: follow, over })
  const time = (tick: number): number | null => (tick < 0 ? null : startTime + tick * dt)
  const ended = world!
  if (row < 0) return { startTime, trip: null, person: personOf(ended) }
  const { departTick, insertTick, arriveTick, unreachableReason } = run.trips
  const last = arriveTick[row]! >= 0 ? arriveTick[row]! : run.ticks
  return {
    startTime, person: null,
    trip: {
      id, class: trips.class[row]!, originLink: trips.originLink[row]!, destinationLink: trips.destinationLink[row]!, originZone: trips.originZone[row]!, destinationZone: trips.destinationZone[row]!,
      departed: time(departTick[row]!)!, entered: time(insertTick[row]!), arrived: time(arriveTick[row]!), unreachable: unreachableReason[row]! !== 0,
      links: ways.map(({ link, tick }, at) => ({ link, seconds: ((ways[at + 1]?.tick ?? last) - tick) * dt, free: links.length[link]! / links.speedLimit[link]! })),
    },
  }
}
