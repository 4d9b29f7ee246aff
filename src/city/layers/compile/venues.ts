import { createTable } from '../../../sim'
import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerBuild } from '../../pack/writePack'
import { toPlane } from '../../projection'
import { venueColumns, venuesLayer, venueStationColumns } from '../venues'
import { readRawJson } from './rawFile'
import { sources } from './sources'

interface RawVenue {
  readonly id: string
  readonly name: string
  readonly en: string
  readonly lon: number
  readonly lat: number
  readonly capacity?: number | null
  readonly kind: string
  readonly metro?: readonly string[]
  readonly certainty: string
}

export function venuesBuild(rawFolder: string): LayerBuild {
  const { venues } = readRawJson<{ venues: RawVenue[] }>(rawFolder, 'facts/venues.json')
  const tables = {
    venues: createTable(venueColumns, venues.length),
    venueStations: createTable(venueStationColumns, venues.reduce((sum, venue) => sum + (venue.metro?.length ?? 0), 0)),
  }
  const strings = new StringList()
  let station = 0
  for (const [row, venue] of venues.entries()) {
    const [x, y] = toPlane(venue.lon, venue.lat)
    const table = tables.venues
    table.id[row] = strings.row(venue.id)
    table.name[row] = strings.row(venue.name)
    table.nameEn[row] = strings.row(venue.en)
    table.kind[row] = strings.row(venue.kind)
    table.capacity[row] = venue.capacity ?? -1
    table.stationFirst[row] = station
    table.stationCount[row] = venue.metro?.length ?? 0
    table.x[row] = Math.round(x)
    table.y[row] = Math.round(y)
    table.certainty[row] = 'ABC'.indexOf(venue.certainty[0]!) + 1
    for (const name of venue.metro ?? []) tables.venueStations.name[station++] = strings.row(name)
  }
  return { layer: layerFile(venuesLayer, tables, strings.strings), sources: [sources.facts] }
}
