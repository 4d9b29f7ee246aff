import type { OsmData } from '../../osm'
import type { SourceEntry } from '../../pack/manifest'
import type { LayerBuild } from '../../pack/writePack'
import { estimateHeights, guessKinds } from './buildingHeights'
import { buildingsOf } from './buildingSource'
import { buildingsFile } from './buildings'
import { landUseFile } from './landuse'
import { areasOf } from './osmAreas'
import { parksFile, parksOf } from './parks'
import { waterFile, watersOf } from './water'

/**
 * The layers that any extract of OpenStreetMap holds besides its roads: buildings with courtyards, water, parks and
 * land use, on flat ground at height 0. A layer without a single thing is left out.
 */
export function extractLayers(data: OsmData, source: SourceEntry): LayerBuild[] {
  const osm = areasOf(data)
  const buildings = buildingsOf(osm.areas)
  guessKinds(buildings)
  estimateHeights(buildings, [])
  return [buildingsFile(buildings, () => 0), waterFile(watersOf(osm, () => 0)), parksFile(parksOf(osm.areas)), landUseFile(osm.areas)]
    .filter(layer => (layer.tables.buildings ?? layer.tables.polygons)!.table.rows > 0)
    .map(layer => ({ layer, sources: [source] }))
}
