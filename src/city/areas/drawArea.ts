import type { Network } from '../../sim'
import { openBuildings, buildingsLayer } from '../layers/buildings'
import { Basis, type CityArea } from '../layers/areas'
import { boxesMeet, boxOf, centroid, orient, polygonArea, type Point, type Polygon } from '../layers/compile/geometry'
import { readPolygon, type PolygonTables } from '../layers/polygons'
import { openTerrain, sampleTerrain, terrainLayer } from '../layers/terrain'
import { waterLayer } from '../layers/water'
import type { CityPack } from '../pack/readPack'
import { addPortals, openGround, streetsOf } from './openGround'
import { frameOf, onGrid, ringInside, box } from './shapes'
import { SpaceDraft } from './spaceDraft'
import { INSET } from './platforms'
import { addStands } from './stands'

/** An area as somebody draws it, m. */
export interface AreaDrawing {
  readonly id: string
  readonly name: string
  readonly outline: readonly Point[]
  /** Stretches of the edge through which people come and go; absent = wherever a street passes. */
  readonly exits?: readonly (readonly [Point, Point])[]
}

/** What an area that is drawn must keep clear of: the pack's buildings and water, and its streets. */
export interface Surroundings {
  readonly network: Network
  readonly obstacles: readonly Polygon[]
  groundAt(x: number, y: number): number
}

export async function surroundings(pack: CityPack, network: Network, outlines: readonly (readonly Point[])[]): Promise<Surroundings> {
  const boxes = outlines.map(boxOf)
  const [buildings, water, terrain] = await Promise.all([
    pack.has('buildings') ? pack.layer(buildingsLayer) : null, pack.has('water') ? pack.layer(waterLayer) : null, pack.has('terrain') ? pack.layer(terrainLayer) : null,
  ])
  const near = (tables: PolygonTables): Polygon[] => Array.from({ length: tables.polygons.rows }, (_, row) => row)
    .map(row => readPolygon(tables, row) as Polygon).filter(polygon => boxes.some(around => boxesMeet(around, boxOf(polygon[0]!))))
  const surface = terrain && openTerrain(terrain)
  return {
    network, obstacles: [...(buildings ? near(openBuildings(buildings)) : []), ...(water ? near(water) : [])],
    groundAt: (x, y) => (surface ? sampleTerrain(surface, x, y) : 0),
  }
}

/** The walk space of a drawing: open ground without what stands on it. Undefined where nothing is left, or nobody gets out. */
export function drawArea({ id, name, outline, exits }: AreaDrawing, { network, obstacles, groundAt }: Surroundings): CityArea | undefined {
  const draft = new SpaceDraft()
  const streets = streetsOf(network)
  const ground = openGround(orient([outline.map(onGrid)]), obstacles, streets) as Polygon | undefined
  if (!ground) return undefined
  const [x, y] = centroid(ground[0]!)
  const height = Math.round(groundAt(x, y) * 10) / 10
  draft.floors.push({ id: 'ground', height, outlines: ground, surface: 'level', cell: 0.5 })
  if (exits) for (const [from, to] of exits) addExit(draft, ground, from, to)
  else addPortals(draft, 'ground', ground, streets, [])
  addStands(draft, 'ground', ground)
  draft.figure('ground', '可步行面积', 'ground to walk on', polygonArea(ground), 'm²', Basis.assumed)
  if (draft.portals.length === 0) return undefined
  return {
    id, name, nameEn: name, venue: id,
    space: { floors: draft.floors, joins: [], barriers: [], gates: [], queues: [], lifts: [], goals: draft.goals },
    portals: draft.portals, figures: draft.figures,
  }
}

/** An exit as it is drawn, moved on to the ground where it lies on the edge or beyond. */
function addExit(draft: SpaceDraft, ground: Polygon, from: Point, to: Point): void {
  const frame = frameOf(from, to)
  const inward = [INSET, -INSET].find(side => ringInside(box(frame, 0, frame.length, side, side * 2), ground))
  if (inward === undefined) return
  const goal = `portal:${draft.portals.length + 1}`
  draft.goals.push({ id: goal, floor: 'ground', shape: [frame.at(0, inward), frame.at(frame.length, inward)], kind: 'exit', open: true })
  draft.portals.push({ goal, at: frame.at(frame.length / 2, 0), width: frame.length })
}
