import type { Network } from '../../sim'
import { openBuildings, BuildingKind, type Buildings, buildingsLayer } from '../layers/buildings'
import { networkLayer } from '../layers/networkLayer'
import { districtsLayer } from '../layers/districts'
import { LandUse, landUseLayer } from '../layers/landuse'
import { metroLayer } from '../layers/metro'
import { ParkKind, parksLayer } from '../layers/parks'
import { englishNamesOf, SearchKind, searchLayer } from '../layers/search'
import { HEIGHT_UNIT, openTerrain, terrainLayer } from '../layers/terrain'
import { venuesLayer } from '../layers/venues'
import { waterLayer, WaterKind } from '../layers/water'
import type { CityPack } from '../pack/readPack'
import { buildBuildings, buildingTiles } from './buildingMesh'
import { Look } from './buildingVertices'
import { buildStructures, type StructureTile } from './bridgeMesh'
import { buildGroundMap, type GroundMap } from './groundMap'
import { flatField, type HeightField } from './heightField'
import { buildLabels, type MapLabel } from './labels'
import { buildLinkTexture } from './linkTexture'
import type { MeshData } from './meshData'
import { buildMetro, type MetroMesh } from './metroMesh'
import { buildPathTexture, type PathTexture } from './pathTexture'
import type { PolygonTables } from './polygonSource'
import { buildRoads, type RoadTile } from './roadMesh'
import { buildSignals, type SignalMesh } from './signalMesh'
import { buildTerrain, levelRoads, refine } from './terrainMesh'
import { buildSkyline } from './skyline'
import { tileCentre } from './tiles'
import { buildTrees, type TreeTile } from './treeMesh'

/** What the geometry worker hands over, in this order as far as the pack has the layers. A second terrain or map takes the place of the first. */
export type CityPiece =
  | { readonly kind: 'terrain'; readonly meshes: MeshData[]; readonly wide: HeightField; readonly core: HeightField | null }
  | { readonly kind: 'groundMap'; readonly which: 'wide' | 'core'; readonly map: GroundMap }
  | { readonly kind: 'links'; readonly data: Float32Array<ArrayBuffer>; readonly width: number; readonly height: number; readonly count: number }
  | { readonly kind: 'roads'; readonly tiles: RoadTile[] }
  | { readonly kind: 'structures'; readonly tiles: StructureTile[] }
  | { readonly kind: 'paths'; readonly paths: PathTexture }
  | { readonly kind: 'signals'; readonly signals: SignalMesh }
  | { readonly kind: 'buildings'; readonly mesh: MeshData; readonly last: boolean }
  | { readonly kind: 'skyline'; readonly skyline: HeightField }
  | { readonly kind: 'metro'; readonly metro: MetroMesh }
  | { readonly kind: 'labels'; readonly labels: MapLabel[] }
  | { readonly kind: 'trees'; readonly tiles: TreeTile[] }

const MAP_TEXELS = 2048
const TERRAIN_CORE_CELL = 50 // m

/** When `buildCity` goes on. */
export interface BuildPace {
  /** Between two pieces: lets messages through. */
  pause(): Promise<void>
  /** Ground and roads are handed over and traffic can be shown; resolves when the rest may be built. */
  roadsStand(): Promise<void>
}

/**
 * Builds everything drawn of a city: the bare ground, then roads with the ground levelled to them, then buildings
 * nearest to `focus` first. `emit` gets each piece as soon as it is ready; its buffers are then the receiver's.
 */
export async function buildCity(pack: CityPack, focus: readonly [number, number], emit: (piece: CityPiece) => void, { pause, roadsStand }: BuildPace): Promise<void> {
  const { bounds, core } = pack.manifest
  const wide = pack.has('terrain') ? fieldOf(openTerrain(await pack.layer(terrainLayer))) : flatField(...bounds)
  emit({ kind: 'terrain', meshes: buildTerrain(wide, null, bounds), wide: copyOf(wide), core: null })

  const water = pack.has('water') ? await pack.layer(waterLayer) : null
  const parks = pack.has('parks') ? await pack.layer(parksLayer) : null
  const land = pack.has('landuse') ? await pack.layer(landUseLayer) : null
  const waters = water ? [chosen(water, row => water.polygons.kind[row] === WaterKind.sea), chosen(water, row => water.polygons.kind[row] !== WaterKind.sea)] : []
  const green: PolygonTables[] = []
  if (parks) green.push(chosen(parks, row => parks.polygons.kind[row] !== ParkKind.pool && parks.polygons.kind[row] !== ParkKind.sports))
  if (land) green.push(chosen(land, row => [LandUse.grass, LandUse.wood, LandUse.farm, LandUse.scrub].includes(land.polygons.kind[row] as never)))
  emit({ kind: 'groundMap', which: 'wide', map: buildGroundMap({ water: waters, green, buildings: null, network: null }, bounds, MAP_TEXELS) })
  await pause()

  const roads = pack.has('network') ? await pack.layer(networkLayer) : null
  const network = roads as unknown as Network | null
  const fine = network ? refine(wide, core.bounds, TERRAIN_CORE_CELL) : null
  if (network && fine) {
    levelRoads(fine, network)
    emit({ kind: 'terrain', meshes: buildTerrain(wide, fine, bounds), wide: copyOf(wide), core: copyOf(fine) })
    await pause()
    emit({ kind: 'links', ...buildLinkTexture(network), count: network.links.rows })
    emit({ kind: 'roads', tiles: buildRoads(network) })
    await pause()
    const [x0, y0, x1, y1] = core.bounds
    emit({ kind: 'paths', paths: buildPathTexture(network, [Math.round((x0 + x1) / 2), Math.round((y0 + y1) / 2)]) })
  }
  await roadsStand()

  let buildings: Buildings | null = null
  if (pack.has('buildings')) {
    buildings = openBuildings(await pack.layer(buildingsLayer))
    emit({ kind: 'groundMap', which: 'core', map: buildGroundMap({ water: waters, green, buildings, network }, core.bounds, MAP_TEXELS) })
    await pause()
    await emitBuildings(buildings, focus, core.bounds, emit, pause)
    emit({ kind: 'groundMap', which: 'wide', map: buildGroundMap({ water: waters, green, buildings, network }, bounds, MAP_TEXELS) })
  }
  if (network) {
    emit({ kind: 'structures', tiles: buildStructures(network, fine ?? wide) })
    await pause()
    emit({ kind: 'signals', signals: buildSignals(network) })
  }
  await pause()
  const metro = pack.has('metro') ? await pack.layer(metroLayer) : null
  if (metro) emit({ kind: 'metro', metro: buildMetro(metro, wide) })
  emit({
    kind: 'labels',
    labels: buildLabels({
      ground: wide, buildings, network, metro, parks, water, core,
      districts: pack.has('districts') ? await pack.layer(districtsLayer) : null,
      venues: pack.has('venues') ? await pack.layer(venuesLayer) : null,
      roadNames: (roads?.meta['roadNames'] ?? {}) as Record<string, string>,
      buildingNames: pack.has('search') ? englishNamesOf(await pack.layer(searchLayer), SearchKind.building) : new Map(),
    }),
  })
  await pause()
  emit({ kind: 'trees', tiles: buildTrees({ green, water: waters, network, ground: fine ?? wide, bounds: core.bounds }) })
}

async function emitBuildings(buildings: Buildings, focus: readonly [number, number], core: readonly [number, number, number, number], emit: (piece: CityPiece) => void, pause: () => Promise<void>): Promise<void> {
  const look = Uint8Array.from(buildings.kind, (kind, row) => lookOf(kind, buildings.height[row]!, buildings.floorArea[row]!))
  const source = { polygons: buildings, height: buildings.height, base: buildings.base, look, names: (row: number) => buildings.strings[buildings.name[row]!] ?? '' }
  const tiles = [...buildingTiles(source)].map(([key, rows]) => {
    const [x, y] = tileCentre(key)
    return { key, rows, distance: Math.hypot(x - focus[0], y - focus[1]) }
  }).sort((a, b) => a.distance - b.distance)
  for (const [i, { key, rows }] of tiles.entries()) {
    const mesh = buildBuildings(source, key, rows)
    if (mesh) emit({ kind: 'buildings', mesh, last: i === tiles.length - 1 })
    if (i % 4 === 3) await pause()
  }
  emit({ kind: 'skyline', skyline: buildSkyline(source, core) })
}

function lookOf(kind: number, height: number, floorArea: number): number {
  switch (kind) {
    case BuildingKind.house: return Look.house
    case BuildingKind.office: return Look.office
    case BuildingKind.hotel: return height > 60 ? Look.office : Look.mall
    case BuildingKind.commercial: return height > 50 ? Look.office : Look.mall
    case BuildingKind.industrial: case BuildingKind.utility: return Look.industrial
    case BuildingKind.public: return floorArea > 30000 && height < 60 ? Look.hall : Look.civic
    case BuildingKind.school: case BuildingKind.hospital: return Look.civic
    case BuildingKind.transport: return Look.hall
    default: return height < 22 && floorArea < 2500 ? Look.house : Look.apartment
  }
}

function fieldOf({ west, south, cell, columns, rows, heights }: ReturnType<typeof openTerrain>): HeightField {
  const height = new Float32Array(heights.length)
  for (let i = 0; i < height.length; i++) height[i] = Math.max(0, heights[i]! * HEIGHT_UNIT)
  return { x0: west, y0: south, cell, columns, rows, height }
}

const copyOf = (field: HeightField): HeightField => ({ ...field, height: field.height.slice() })

/** The polygons of a layer for which `keep` holds, over the same rings and points. */
function chosen(tables: PolygonTables, keep: (row: number) => boolean): PolygonTables {
  const rows = Array.from({ length: tables.polygons.rows }, (_, row) => row).filter(keep)
  return {
    ...tables,
    polygons: { rows: rows.length, ringFirst: rows.map(row => tables.polygons.ringFirst[row]!), ringCount: rows.map(row => tables.polygons.ringCount[row]!) },
  }
}
