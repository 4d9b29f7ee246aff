import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'

/**
 * Trips one by one, as an importer found them, in place of the demand layer's matrices: a city that has this layer
 * drives exactly these. Sorted by departure.
 */
export const listedTripColumns = {
  depart: { type: 'f64', unit: 's', doc: 'time of the day' },
  originOffset: { type: 'f64', unit: 'm', doc: 'position on the origin link' },
  destinationOffset: { type: 'f64', unit: 'm', doc: 'position on the destination link' },
  originLink: { type: 'i32', unit: 'row', doc: 'link where it starts' },
  destinationLink: { type: 'i32', unit: 'row', doc: 'link where it ends' },
  routeFirst: { type: 'i32', unit: 'row', doc: 'first row of its route in `routes`' },
  routeCount: { type: 'i32', unit: '1', doc: 'links of its route, origin and destination included; 0 = the driver finds one' },
  name: { type: 'i32', unit: 'string', doc: 'id in the source' },
  speedFactor: { type: 'f32', unit: '1', doc: 'desired speed / speed limit, mean of the drivers of its kind; 0 = of all drivers' },
  speedDeviation: { type: 'f32', unit: '1', doc: 'standard deviation of that' },
  length: { type: 'f32', unit: 'm', doc: 'of the vehicle, bumper to bumper; 0 = that of its class' },
  class: { type: 'u8', unit: 'VehicleClass', doc: 'of the vehicle' },
  purpose: { type: 'u8', unit: 'Purpose', doc: 'what the trip is for' },
} as const satisfies Columns

export const routeLinkColumns = {
  link: { type: 'i32', unit: 'row', doc: 'links of the routes, in driving order' },
} as const satisfies Columns

export const tripsLayer = {
  kind: 'trips',
  version: 2,
  tables: { trips: listedTripColumns, routes: routeLinkColumns },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type TripsLayer = Layer<(typeof tripsLayer)['tables']>
