import { PlaceKind } from '../../sim'
import { findEntrances } from '../areas/entrances'
import type { CityArea } from '../layers/areas'
import type { BusLayer } from '../layers/bus'
import { planePolygons, type GeoCollection, type Point } from '../layers/compile/geometry'
import { readRawJson } from '../layers/compile/rawFile'
import type { MetroLayer } from '../layers/metro'
import type { VenuesLayer } from '../layers/venues'

/** A place that the walking graph leads to, from at most `reach` m away. */
export interface PathPlace { readonly kind: number; readonly name: string; readonly row: number; readonly at: Point; readonly reach: number }

export interface PlaceSources {
  readonly areas: readonly CityArea[]
  readonly metro: MetroLayer
  readonly bus: BusLayer
  readonly venues: VenuesLayer
}

/** Street to concourse of a station, m, as in the areas. */
const STATION_DEPTH = 7
const REACH = { [PlaceKind.portal]: 120, [PlaceKind.stationEntrance]: 80, [PlaceKind.busStop]: 60, [PlaceKind.venue]: 400 } as const

/** What the graph leads to: portals of areas, station entrances, bus stops and venues. */
export function placesOf(rawFolder: string, { areas, metro, bus, venues }: PlaceSources): PathPlace[] {
  const stationRow = new Map(Array.from({ length: metro.stations.rows }, (_, row) => [metro.strings[metro.stations.name[row]!]!, row]))
  const places: PathPlace[] = areas.flatMap(area => area.portals.map(({ goal, at }) =>
    ({ kind: PlaceKind.portal, name: `${area.id}/${goal}`, row: -1, at: [at[0], at[1]] as Point, reach: REACH[PlaceKind.portal] })))
  const seen = new Set<number>()
  const { features } = readRawJson<GeoCollection<{ building: string; name?: string }>>(rawFolder, 'osm-buildings-2026/buildings.geojson.gz')
  for (const { properties, geometry } of features) {
    if (properties.building !== 'train_station') continue
    const row = stationRow.get(properties.name?.replace(/站$/, '') ?? '')
    if (row === undefined) continue
    for (const polygon of planePolygons(geometry)) {
      for (const { frame, run } of findEntrances(polygon, STATION_DEPTH).entrances) {
        seen.add(row)
        places.push({ kind: PlaceKind.stationEntrance, name: metro.strings[metro.stations.name[row]!]!, row, at: frame.at(run, 0), reach: REACH[PlaceKind.stationEntrance] })
      }
    }
  }
  for (const [name, row] of stationRow) {
    if (!seen.has(row)) places.push({ kind: PlaceKind.stationEntrance, name, row, at: [metro.stations.x[row]!, metro.stations.y[row]!], reach: REACH[PlaceKind.venue] })
  }
  for (let row = 0; row < bus.stops.rows; row++) {
    places.push({ kind: PlaceKind.busStop, name: bus.strings[bus.stops.name[row]!]!, row, at: [bus.stops.x[row]!, bus.stops.y[row]!], reach: REACH[PlaceKind.busStop] })
  }
  for (let row = 0; row < venues.venues.rows; row++) {
    places.push({ kind: PlaceKind.venue, name: venues.strings[venues.venues.name[row]!]!, row, at: [venues.venues.x[row]!, venues.venues.y[row]!], reach: REACH[PlaceKind.venue] })
  }
  return places
}
