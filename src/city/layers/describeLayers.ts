import type { Columns } from '../../sim'
import type { LayerKind } from '../pack/layerKind'
import { areasLayer } from './areas'
import { buildingsLayer } from './buildings'
import { busLayer } from './bus'
import { demandLayer } from './demand'
import { districtsLayer } from './districts'
import { landUseLayer } from './landuse'
import { metroLayer } from './metro'
import { networkLayer } from './networkLayer'
import { parksLayer } from './parks'
import { searchLayer } from './search'
import { sidewalksLayer } from './sidewalks'
import { terrainLayer } from './terrain'
import { tripsLayer } from './trips'
import { venuesLayer } from './venues'
import { waterLayer } from './water'
import { zonesLayer } from './zones'

type AnyLayer = LayerKind<Readonly<Record<string, Columns>>>

/** Every layer that a city pack may hold. */
export const packLayers: readonly AnyLayer[] = [
  networkLayer, demandLayer, buildingsLayer, terrainLayer, waterLayer, parksLayer, landUseLayer, districtsLayer, zonesLayer, metroLayer, busLayer,
  venuesLayer, sidewalksLayer, areasLayer, searchLayer, tripsLayer,
]

/** The tables of all layers as a page of documentation, from the declarations that also make the files. */
export function describeLayers(layers: readonly AnyLayer[] = packLayers): string {
  const page = [
    '# The city pack', '',
    'Written from the declarations in `src/city/layers` and `src/sim/network/networkTables.ts`; a test keeps it so.', '',
    '`manifest.json` names the layers with their bytes, sha-256, sources, licences and dates. Each layer is a gzip file: magic word `PCLY`,',
    'container version, header (JSON: kind, version, strings, settings, tables with columns), then the tables, column by column, each in byte planes',
    '(first the lowest byte of all values). Coordinates are metres east (x) and north (y) of the false origin, EPSG:4547. A column of unit `string`',
    'indexes the strings of its layer, one of unit `row` another table; -1 is none.', '',
  ]
  for (const layer of layers) {
    page.push(`## ${layer.kind} (version ${layer.version})`, '')
    for (const [table, columns] of Object.entries(layer.tables)) {
      page.push(`**${table}**`, '', '| column | type | unit | what |', '|---|---|---|---|')
      for (const [name, { type, unit, doc }] of Object.entries(columns)) page.push(`| ${name} | ${type} | ${unit} | ${doc.replaceAll('|', '\\|')} |`)
      page.push('')
    }
  }
  return page.join('\n')
}
