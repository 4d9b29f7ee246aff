import { createTable, routeColumns, routeStopColumns, transitTripColumns, type TransitService } from '../../sim'

/** A service among others, with what is added to its places and lines so that no two mean the same. */
export interface ServicePart { readonly service: TransitService; readonly places: number; readonly lines: number }

/** Several services as one: rows of the first stay as they are, those of the others follow. */
export function joinServices(parts: readonly ServicePart[]): TransitService {
  const sum = (rows: (service: TransitService) => number): number => parts.reduce((total, { service }) => total + rows(service), 0)
  const joined = {
    routes: createTable(routeColumns, sum(({ routes }) => routes.rows)), stops: createTable(routeStopColumns, sum(({ stops }) => stops.rows)), trips: createTable(transitTripColumns, sum(({ trips }) => trips.rows)),
    others: { aboard: new Float32Array(24 * sum(({ stops }) => stops.rows)), exchange: new Float32Array(24 * sum(({ stops }) => stops.rows)) },
  }
  let [route, stop, trip] = [0, 0, 0]
  for (const { service, places, lines } of parts) {
    for (const name of Object.keys(routeColumns) as (keyof typeof routeColumns)[]) joined.routes[name].set(service.routes[name].subarray(0, service.routes.rows), route)
    for (const name of Object.keys(routeStopColumns) as (keyof typeof routeStopColumns)[]) joined.stops[name].set(service.stops[name].subarray(0, service.stops.rows), stop)
    joined.trips.departure.set(service.trips.departure.subarray(0, service.trips.rows), trip)
    for (let row = 0; row < service.routes.rows; row++) {
      joined.routes.line[route + row]! += lines
      joined.routes.stopFirst[route + row]! += stop
      joined.routes.tripFirst[route + row]! += trip
    }
    for (let row = 0; row < service.stops.rows; row++) {
      joined.stops.place[stop + row]! += places
      joined.stops.route[stop + row]! += route
    }
    if (service.others) {
      joined.others.aboard.set(service.others.aboard, 24 * stop)
      joined.others.exchange.set(service.others.exchange, 24 * stop)
    }
    route += service.routes.rows
    stop += service.stops.rows
    trip += service.trips.rows
  }
  return joined
}
