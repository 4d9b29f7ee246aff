import type { BusLayer, CityArea, DemandLayer, MetroLayer, TripsLayer } from '../city'
import type { Network, SidewalkGraph, TransitService } from '../sim'

/** What compiling a scenario needs to know of its city. */
export interface ScenarioCity {
  readonly id: string
  readonly network: Network
  readonly demand: DemandLayer
  /** Trips one by one, which then take the place of those that the demand would draw. */
  readonly trips?: TripsLayer
  readonly venues: readonly ScenarioVenue[]
  /** Metro stations, m. */
  readonly stations: readonly { readonly x: number; readonly y: number }[]
  /** Walk spaces, by venue and by name. */
  readonly areas: readonly CityArea[]
  /** What people walk and ride on between the areas: there for scenarios that have people on foot. */
  readonly walking?: WalkingCity
  /** WGS84 degrees to metres from the false origin of the city. */
  readonly toPlane: (longitude: number, latitude: number) => readonly [number, number]
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
