import type { LayerBuild } from '../../pack/writePack'
import type { Terrain } from '../terrain'
import { busBuild } from './bus'
import { buildingsBuild } from './buildings'
import type { Polygon } from './geometry'
import { estimateHeights, guessKinds } from './buildingHeights'
import { readBuildings } from './buildingSource'
import { lakesOf, readElevation } from './elevation'
import { compileLand } from './land'
import { landUseBuild } from './landuse'
import { metroBuild } from './metro'
import { readOsmCore } from './osmAreas'
import { parksBuild } from './parks'
import { districtsBuild, readRegions, regionFinder } from './regions'
import { compileTerrain } from './terrain'
import { venuesBuild } from './venues'
import { livingLakes, waterBuild } from './water'
import { zonesBuild } from './zones'

/** All layers of the default city but network, demand and search, and the ground for those that need heights. */
export interface CompiledLayers {
  readonly terrain: Terrain
  readonly builds: readonly LayerBuild[]
  /** Outlines of buildings on the ground. */
  readonly footprints: readonly Polygon[]
}

/**
 * Compiles the layers from the raw folder of Shenzhen. The same files give the same bytes.
 *
 * @param report  is told what is being done
 */
export async function compileLayers(rawFolder: string, report: (message: string) => void = () => {}): Promise<CompiledLayers> {
  report('land and sea')
  const land = compileLand(rawFolder)
  const regions = readRegions(rawFolder)
  const osm = readOsmCore(rawFolder)
  report('buildings')
  const buildings = readBuildings(rawFolder, land.city, land.sea)
  guessKinds(buildings)
  estimateHeights(buildings, regions.districts)
  report('terrain')
  const elevation = await readElevation(rawFolder)
  const lakes = livingLakes(lakesOf(elevation), land, buildings)
  const { terrain, build: terrainBuild } = compileTerrain(elevation, land, lakes)
  report('areas, metro, bus, venues')
  const districtOf = regionFinder(regions.districts)
  return {
    terrain,
    footprints: buildings.map(({ polygon }) => [polygon[0]!]),
    builds: [
      terrainBuild,
      buildingsBuild(buildings, terrain),
      waterBuild(land, lakes, osm, terrain),
      parksBuild(rawFolder, osm.areas, land.all),
      landUseBuild(osm.areas),
      districtsBuild(regions, land.city),
      zonesBuild(rawFolder, buildings, regions),
      metroBuild(rawFolder),
      busBuild(rawFolder, (x, y) => districtOf(x, y) !== undefined),
      venuesBuild(rawFolder),
    ],
  }
}
