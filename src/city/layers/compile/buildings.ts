import { createTable, invariant } from '../../../sim'
import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerFile } from '../../pack/layerFile'
import type { LayerBuild } from '../../pack/writePack'
import { BUILDING_TILE, BUILDING_UNIT, BuildingFlag, BuildingKind, buildingColumns, buildingPointColumns, buildingRingColumns, buildingsLayer, buildingTileColumns } from '../buildings'
import { sampleSurface, sampleTerrain, type Terrain } from '../terrain'
import type { BuildingDraft } from './buildingSource'
import { distance, type Point, type Ring } from './geometry'
import { sources } from './sources'

/** Storey heights of uses, m; assumed from usual practice. */
const storeyOf = (kind: number): number =>
  kind === BuildingKind.office || kind === BuildingKind.hotel || kind === BuildingKind.hospital ? 4
    : kind === BuildingKind.commercial || kind === BuildingKind.public || kind === BuildingKind.industrial || kind === BuildingKind.transport ? 5 : 3.2

export const floorAreaOf = (draft: BuildingDraft): number => draft.area * Math.max(1, Math.round(draft.height / storeyOf(draft.kind)))

export function buildingsBuild(drafts: readonly BuildingDraft[], terrain: Terrain): LayerBuild {
  return { layer: buildingsFile(drafts, draft => lowestGround(draft, terrain)), sources: [sources.osmBuildings, sources.srtm, sources.facts] }
}

/** Lays finished drafts out tile by tile. */
export function buildingsFile(drafts: readonly BuildingDraft[], baseOf: (draft: BuildingDraft) => number): LayerFile {
  const tiled = new Map<string, BuildingDraft[]>()
  for (const draft of drafts) {
    const key = `${Math.floor(draft.middle[1] / BUILDING_TILE)},${Math.floor(draft.middle[0] / BUILDING_TILE)}`
    const list = tiled.get(key)
    if (list) list.push(draft)
    else tiled.set(key, [draft])
  }
  const order = [...tiled].map(([key, list]) => ({ place: key.split(',').map(Number) as [number, number], list }))
    .sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1])
  const rings = drafts.reduce((sum, draft) => sum + draft.polygon.length, 0)
  const points = drafts.reduce((sum, draft) => sum + draft.polygon.reduce((n, ring) => n + ring.length, 0), 0)
  const tables = {
    tiles: createTable(buildingTileColumns, order.length),
    buildings: createTable(buildingColumns, drafts.length),
    rings: createTable(buildingRingColumns, rings),
    points: createTable(buildingPointColumns, points),
  }
  const names = new StringList()
  const at = { building: 0, ring: 0, point: 0 }
  for (const [tile, { place: [tileRow, tileColumn], list }] of order.entries()) {
    const x = (tileColumn + 0.5) * BUILDING_TILE
    const y = (tileRow + 0.5) * BUILDING_TILE
    tables.tiles.x[tile] = x
    tables.tiles.y[tile] = y
    tables.tiles.first[tile] = at.building
    tables.tiles.count[tile] = list.length
    tables.tiles.west[tile] = Math.min(...list.map(draft => draft.box[0]))
    tables.tiles.south[tile] = Math.min(...list.map(draft => draft.box[1]))
    tables.tiles.east[tile] = Math.max(...list.map(draft => draft.box[2]))
    tables.tiles.north[tile] = Math.max(...list.map(draft => draft.box[3]))
    // Neighbours after one another, so that bases and heights compress.
    for (const draft of list.sort((a, b) => Math.floor(a.middle[1] / 100) - Math.floor(b.middle[1] / 100) || a.middle[0] - b.middle[0] || a.middle[1] - b.middle[1])) {
      const base = baseOf(draft)
      const { buildings } = tables
      buildings.name[at.building] = names.row(draft.name)
      buildings.floorArea[at.building] = Math.round(floorAreaOf(draft))
      buildings.base[at.building] = Math.floor(base * 10)
      buildings.height[at.building] = Math.round(draft.height * 10)
      buildings.ringCount[at.building] = draft.polygon.length
      buildings.kind[at.building] = draft.kind
      buildings.flags[at.building] = (draft.heightEstimated ? BuildingFlag.estimatedHeight : 0)
        | (draft.kindGuessed ? BuildingFlag.guessedKind : 0) | (draft.landmark ? BuildingFlag.landmark : 0)
      tables.tiles.top[tile] = Math.max(tables.tiles.top[tile]!, base + draft.height)
      at.building += 1
      for (const ring of draft.polygon) {
        tables.rings.pointCount[at.ring++] = ring.length
        let [lastX, lastY] = [0, 0]
        for (const [pointX, pointY] of fromMiddle(ring, [x, y])) {
          const localX = Math.round((pointX - x) / BUILDING_UNIT)
          const localY = Math.round((pointY - y) / BUILDING_UNIT)
          invariant(Math.max(Math.abs(localX - lastX), Math.abs(localY - lastY)) < 32768, () => `building ${draft.name} at ${draft.middle.join(', ')}: a side does not fit its tile`)
          tables.points.x[at.point] = localX - lastX
          tables.points.y[at.point] = localY - lastY
          at.point += 1
          ;[lastX, lastY] = [localX, localY]
        }
      }
    }
  }
  return layerFile(buildingsLayer, tables, names.strings)
}

/** The ring, started at its point nearest to the middle of the tile: even a hall of 2 km then fits 16-bit steps. */
function fromMiddle(ring: Ring, middle: Point): Ring {
  let first = 0
  for (let i = 1; i < ring.length; i++) if (distance(ring[i]!, middle) < distance(ring[first]!, middle)) first = i
  return [...ring.slice(first), ...ring.slice(0, first)]
}

/** Lowest ground under the outline, m; on made ground by the water the quay, not the slope below it. */
function lowestGround({ polygon }: BuildingDraft, terrain: Terrain): number {
  let low = Infinity
  for (const [x, y] of polygon[0]!) low = Math.min(low, Math.max(sampleSurface(terrain, x, y), sampleTerrain(terrain, x, y) - 1))
  return low
}
