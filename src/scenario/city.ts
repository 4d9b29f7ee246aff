import type { CityArea, DemandLayer, TripsLayer } from '../city'
import type { Network } from '../sim'

/** What compiling a scenario needs to know of its city. */
export interface ScenarioCity {
  readonly id: string
  readonly network: Network
  readonly demand: DemandLayer
  /** Trips one by one, which then take the place of those that the demand would draw. */
  readonly trips?: TripsLayer
  readonly venues: readonly ScenarioVenue[]
  /** Walk spaces, by venue and by name. */
  readonly areas: readonly CityArea[]
  /** WGS84 degrees to metres from the false origin of the city. */
  readonly toPlane: (longitude: number, latitude: number) => readonly [number, number]
}

export interface ScenarioVenue {
  readonly id: string
  readonly name: string
  /** m from the false origin. */
  readonly x: number
  readonly y: number
  readonly capacity: number
}
