import type { Network } from '../../sim'
import type { ImportReport } from './importReport'
import type { ListedTrip } from './listedTrips'

/** What every importer answers: a network, trips where the source has some, and what became of the source. */
export interface Imported {
  readonly network: Network
  readonly trips?: readonly ListedTrip[]
  readonly report: ImportReport
}
