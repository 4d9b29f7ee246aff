import type { BusLayer, CityArea, DemandLayer, MetroLayer, TripsLayer } from '../city'
import type { LocalName, Network, PeopleInput, Problem, SidewalkGraph, TransitPlace, TransitService } from '../sim'
import type { Scenario } from './document'
import type { SoundEdit } from './sound'

/** What compiling a scenario needs to know of its city. */
export interface ScenarioCity {
  readonly id: string
  readonly network: Network
  readonly demand: DemandLayer
  /** Trips one by one, which then take the place of those that the demand would draw. */
  readonly trips?: TripsLayer
  readonly venues: readonly ScenarioVenue[]
  /** Metro stations, m, and lines, by row of the metro layer. */
  readonly stations: readonly TransitPlace[]
  readonly lines: readonly (LocalName & { readonly code: string })[]
  /** Walk spaces, by venue and by name. */
  readonly areas: readonly CityArea[]
  /** What the ground says to edits: there with the areas. */
  readonly ground?: GroundRules
  /** What people walk and ride on between the areas: there for scenarios that have people on foot. */
  readonly walking?: WalkingCity
  /** WGS84 degrees to metres from the false origin of the city. */
  readonly toPlane: (longitude: number, latitude: number) => readonly [number, number]
}

/** Checks that need the ground that people walk on; they come with it, since most scenarios have nobody on foot. */
export interface GroundRules {
  /** What the ground lacks for an edit; `where` names it in messages. */
  problemsOf(edit: SoundEdit, where: string): readonly Problem[]
  /** Measures that nobody of the run heeds. */
  idle(scenario: Scenario, people: PeopleInput | undefined): readonly Problem[]
}

export interface WalkingCity {
  readonly sidewalks: SidewalkGraph
  readonly transit: TransitService
  readonly metro: MetroLayer
  /** null = the pack has none. */
  readonly bus: BusLayer | null
  /** Node of the walking graph behind each portal, by "area/goal". */
  readonly portalNode: ReadonlyMap<string, number>
}

export interface ScenarioVenue {
  readonly id: string
  readonly name: string
  /** m from the false origin. */
  readonly x: number
  readonly y: number
  readonly capacity: number
}
