import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerFile } from '../../pack/layerFile'
import type { LayerBuild } from '../../pack/writePack'
import { LandUse, landUseColumns, landUseLayer } from '../landuse'
import { simplify } from './geometry'
import type { OsmArea } from './osmAreas'
import { polygonTables } from './polygonTables'
import { sources } from './sources'

const kinds: readonly (readonly [key: string, values: Readonly<Record<string, number>>])[] = [
  ['landuse', {
    residential: LandUse.residential, commercial: LandUse.commercial, retail: LandUse.retail, industrial: LandUse.industrial,
    construction: LandUse.construction, grass: LandUse.grass, greenfield: LandUse.grass, recreation_ground: LandUse.grass, forest: LandUse.wood,
    farmland: LandUse.farm, plant_nursery: LandUse.farm, greenhouse_horticulture: LandUse.farm, military: LandUse.military,
    railway: LandUse.transport, depot: LandUse.transport,
  }],
  ['natural', { wood: LandUse.wood, sand: LandUse.sand, scrub: LandUse.scrub, grassland: LandUse.grass }],
  ['amenity', {
    school: LandUse.education, kindergarten: LandUse.education, university: LandUse.education, college: LandUse.education,
    hospital: LandUse.health, parking: LandUse.parking, bus_station: LandUse.transport, fuel: LandUse.transport,
  }],
]

export const landUseBuild = (areas: readonly OsmArea[]): LayerBuild => ({ layer: landUseFile(areas), sources: [sources.osmCore] })

export function landUseFile(areas: readonly OsmArea[]): LayerFile {
  const kept = areas.flatMap(({ tags, polygon, area }) => {
    if (tags.building || area < 30) return []
    for (const [key, values] of kinds) {
      const value = tags[key]
      if (value === undefined) continue
      const kind = values[value] ?? (key === 'landuse' && value !== 'basin' && value !== 'reservoir' ? LandUse.other : undefined)
      if (kind !== undefined) return [{ polygon: simplify(polygon, 0.5), kind, name: tags['name:zh'] ?? tags.name }]
    }
    return []
  })
  const tables = polygonTables(landUseColumns, kept.map(({ polygon }) => polygon))
  const strings = new StringList()
  for (const [row, { kind, name }] of kept.entries()) {
    tables.polygons.name[row] = strings.row(name)
    tables.polygons.kind[row] = kind
  }
  return layerFile(landUseLayer, tables, strings.strings)
}
