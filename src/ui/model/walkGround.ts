import { loadAreas, toLonLat, toPlane, type CityArea, type CityPack } from '../../city'
import { isEvent, isGroundEdit, loadDrawnAreas, waysOf, type AreaWay, type EventEdit, type Passage, type Position, type ScenarioEdit } from '../../scenario'
import { insideRings } from '../../sim'
import type { Levels } from '../stores/viewSlice'
import type { CityModel } from './cityModel'

export type Point = readonly [x: number, y: number]

/** A level floor on which people walk, of an area of the city or of a ground drawn for an event. */
export interface Ground {
  /** "area/floor" as scenarios name it. */
  readonly id: string
  readonly area: CityArea
  readonly rings: readonly (readonly Point[])[]
  /** m above the sea; null = the open ground, wherever that is. */
  readonly height: number | null
  /** No other floor lies above it. */
  readonly open: boolean
}

const opened = new WeakMap<CityPack, Promise<readonly CityArea[]>>()

/** The areas of a city where people walk; read once. */
export function openAreas(pack: CityPack): Promise<readonly CityArea[]> {
  const areas = opened.get(pack) ?? loadAreas(pack)
  opened.set(pack, areas)
  return areas
}

let drawn: { readonly key: string; readonly areas: Promise<readonly CityArea[]> } = { key: '[]', areas: Promise.resolve([]) }

/** The grounds that a document draws for events, without what stands on them; made anew only when one of them changes. */
export function openDrawnAreas({ pack, network }: CityModel, edits: readonly ScenarioEdit[]): Promise<readonly CityArea[]> {
  const key = JSON.stringify(edits.flatMap(edit => (isEvent(edit) && typeof edit.venue !== 'string' && edit.venue.ground ? [edit.venue] : [])))
  if (drawn.key !== key) drawn = { key, areas: key === '[]' ? Promise.resolve([]) : loadDrawnAreas(pack, network, edits) }
  return drawn.areas
}

/** A venue that has a ground drawn for it; null where it has none. */
export function drawnGround({ venue }: Pick<EventEdit, 'venue'>): { readonly outline: readonly Point[]; readonly exits: readonly (readonly Point[])[] } | null {
  if (typeof venue === 'string' || !venue.ground) return null
  const plane = (line: readonly Position[]): Point[] => line.map(position => toPlane(...position))
  return { outline: plane(venue.ground.outline), exits: (venue.ground.exits ?? []).map(plane) }
}

export function groundsOf(areas: readonly CityArea[]): Ground[] {
  const level = areas.flatMap(area => area.space.floors.filter(({ surface }) => surface === 'level').map(floor => ({ area, floor })))
  const above = (a: CityArea['space']['floors'][number], b: CityArea['space']['floors'][number]): boolean => {
    const [x, y] = middle(b.outlines[0]!)
    return a.height > b.height + 1 && insideRings(a.outlines, x, y)
  }
  return level.map(({ area, floor }) => {
    const open = floor.id === 'ground' || !(/platform|concourse/.test(floor.id) || level.some(other => other.area === area && above(other.floor, floor)))
    return { id: `${area.id}/${floor.id}`, area, rings: floor.outlines, height: open ? null : floor.height, open }
  })
}

export interface Snapped { readonly at: Point; readonly ground: Ground; /** It lies on an edge of the ground, or on the end of another line. */ readonly onEdge: boolean }

const NEAR_PX = 9, FAR_PX = 26 // px from an edge within which a place of the ground, or beside it, is moved on to the edge
const NEAR_MIN = 0.4, NEAR_MAX = 3, FAR_MAX = 12 // m

/**
 * The place on ground to walk on that is meant by a place on the map; null where there is none about.
 *
 * @param ends   ends of other lines, which draw what is near on to themselves
 * @param shown  the level that is looked at; null = what lies open
 * @param on     id of the ground that the line has begun on, which it keeps to
 * @param pixel  m that a pixel spans there
 */
export function snapToGround(grounds: readonly Ground[], ends: readonly Point[], at: Point, { shown, on, pixel }: { shown: Levels | null; on: string | null; pixel: number }): Snapped | null {
  const near = Math.min(NEAR_MAX, Math.max(NEAR_MIN, NEAR_PX * pixel)), far = Math.min(FAR_MAX, FAR_PX * pixel)
  const usable = grounds.filter(({ id, height, open, area }) => (on !== null ? id === on : shown ? height !== null && height >= shown[0] && height < shown[1] || open && streetShown(area, shown) : open))
  const over = usable.find(({ rings }) => insideRings(rings, at[0], at[1]))
  const end = ends.find(([x, y]) => Math.hypot(x - at[0], y - at[1]) < near)
  if (over && end) return { at: end, ground: over, onEdge: true }
  if (over) {
    const edge = nearestOnRings(over.rings, at)
    return edge.distance < near ? { at: edge.at, ground: over, onEdge: true } : { at, ground: over, onEdge: false }
  }
  let best: Snapped | null = null, least = Math.max(near, far)
  for (const ground of usable) {
    const edge = nearestOnRings(ground.rings, at)
    if (edge.distance < least) { least = edge.distance; best = { at: edge.at, ground, onEdge: true } }
  }
  return best
}

const streetShown = ({ space }: CityArea, [low, high]: Levels): boolean => {
  const height = space.floors.find(({ id }) => id === 'ground')?.height
  return height !== undefined && height >= low && height < high
}

/** The place on the edges of a polygon that is nearest to a place. */
export function nearestOnRings(rings: readonly (readonly Point[])[], [x, y]: Point): { readonly at: Point; readonly distance: number } {
  let best: Point = rings[0]![0]!, least = Infinity
  for (const ring of rings) {
    for (let k = 0; k < ring.length; k++) {
      const [px, py] = ring[k]!, [qx, qy] = ring[(k + 1) % ring.length]!
      const dx = qx - px, dy = qy - py, share = Math.min(1, Math.max(0, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)))
      const ex = px + dx * share, ey = py + dy * share, distance = Math.hypot(ex - x, ey - y)
      if (distance < least) { least = distance; best = [ex, ey] }
    }
  }
  return { at: best, distance: least }
}

/** A stretch of the edge of a ring around a place near it, `width` m long. */
export function stretchOfEdge(ring: readonly Point[], at: Point, width: number): readonly [Point, Point] {
  const { at: [x, y] } = nearestOnRings([ring], at)
  let best = 0, least = Infinity
  for (let k = 0; k < ring.length; k++) {
    const { distance } = nearestOnRings([[ring[k]!, ring[(k + 1) % ring.length]!]], [x, y])
    if (distance < least) { least = distance; best = k }
  }
  const [px, py] = ring[best]!, [qx, qy] = ring[(best + 1) % ring.length]!
  const length = Math.hypot(qx - px, qy - py), ux = (qx - px) / length, uy = (qy - py) / length
  const half = Math.min(width, length) / 2, along = Math.min(length - half, Math.max(half, (x - px) * ux + (y - py) * uy))
  return [[px + ux * (along - half), py + uy * (along - half)], [px + ux * (along + half), py + uy * (along + half)]]
}

export const lengthOf = (line: readonly Point[]): number => line.slice(1).reduce((sum, [x, y], k) => sum + Math.hypot(x - line[k]![0], y - line[k]![1]), 0)

export const middle = (points: readonly Point[]): Point => [points.reduce((sum, [x]) => sum + x, 0) / points.length, points.reduce((sum, [, y]) => sum + y, 0) / points.length]

/** Degrees, to a centimetre. */
export const positionOf = ([x, y]: Point): Position => {
  const [longitude, latitude] = toLonLat(x, y)
  return [Number(longitude.toFixed(7)), Number(latitude.toFixed(7))]
}

export const planeOf = (line: readonly Position[]): Point[] => line.map(position => toPlane(...position))

/** A way of any of the areas by its name. */
export function wayNamed(areas: readonly CityArea[], id: string): { readonly area: CityArea; readonly way: AreaWay } | null {
  const area = areas.find(each => id.startsWith(`${each.id}/`))
  const way = area && waysOf(area).find(each => each.id === id)
  return area && way ? { area, way } : null
}

/** Where a change of the ground is: its line and the floor under it. */
export function lineOfEdit(edit: ScenarioEdit, areas: readonly CityArea[], grounds: readonly Ground[]): { readonly line: readonly Point[]; readonly height: number | null } | null {
  if (!isGroundEdit(edit)) return null
  const heightOn = (id: string | undefined): number | null => grounds.find(ground => ground.id === id)?.height ?? null
  if (edit.kind === 'gate' && typeof edit.at === 'string') {
    const found = wayNamed(areas, edit.at)
    return found && { line: found.way.line, height: heightOn(`${found.area.id}/${found.way.floor}`) }
  }
  return { line: planeOf(edit.kind === 'gate' ? edit.at as readonly [Position, Position] : edit.line), height: heightOn(edit.level) }
}

/** Which way people cross a line, in eighths of a turn clockwise from north. */
export function octantAcross(line: readonly Point[], passage: Passage): number {
  const [ax, ay] = line[0]!, [bx, by] = line.at(-1)!
  const side = passage === 'toLeft' ? 1 : -1
  const [x, y] = [-(by - ay) * side, (bx - ax) * side]
  return octantOf(x!, y!)
}

/** Eighths of a turn clockwise from north. */
export const octantOf = (x: number, y: number): number => (Math.round(Math.atan2(x, y) / (Math.PI / 4)) + 8) % 8
