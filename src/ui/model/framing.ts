import { metroLayer, toPlane, venuesLayer } from '../../city'
import { isGroundEdit, type MetroEdit, type ScenarioEdit } from '../../scenario'
import { linkMiddle, type CityModel } from './cityModel'
import { linksOfEdit } from './roadTargets'

/** Where a camera stands: metres from the false origin, degrees below the horizon and clockwise from north. */
export interface Pose { readonly x: number; readonly y: number; readonly distance: number; readonly pitch: number; readonly bearing: number }

type Point = readonly [number, number]

const DISTANCE_MIN = 1700 // m
const DISTANCE_MIN_ON_FOOT = 160 // m, from which one sees people
const DISTANCE_MAX = 16_000
/** Distance by width seen: half of it over the tangent of half the horizontal angle of view (69° on a wide screen), with a rim. */
const DISTANCE_BY_WIDTH = 0.95
/** A single place is looked at from here, as the city is on opening. */
const BEARING = 328

/** The pose from which everything that edits change is in the picture; null where they change nothing. */
export async function framingOf(edits: readonly ScenarioEdit[], city: CityModel): Promise<Pose | null> {
  const points = await placesOf(edits, city)
  return points.length === 0 ? null : frame(points, edits.every(edit => isGroundEdit(edit)) ? DISTANCE_MIN_ON_FOOT : DISTANCE_MIN)
}

async function placesOf(edits: readonly ScenarioEdit[], city: CityModel): Promise<Point[]> {
  const points: Point[] = []
  for (const edit of edits) {
    if (!edit.enabled) continue
    if (edit.kind === 'event') {
      const place = await eventPlace(edit.venue, city)
      if (place) points.push([place.x, place.y])
      points.push(...(await import('./walkGround')).drawnGround(edit)?.outline ?? [])
    } else if (edit.kind === 'metro') points.push(...await metroPlacesOf(edit, city))
    else if (edit.kind === 'housing') points.push(toPlane(...edit.position))
    else if (isGroundEdit(edit)) {
      const { lineOfEdit, openAreas } = await import('./walkGround')
      points.push(...lineOfEdit(edit, await openAreas(city.pack), [])?.line ?? [])
    } else {
      for (const link of linksOfEdit(edit, city)) {
        const { x, y } = linkMiddle(city.network, link)
        points.push([x, y])
      }
    }
  }
  return points
}

/** Stations that a change of the metro is about. */
async function metroPlacesOf(edit: MetroEdit, { pack }: CityModel): Promise<Point[]> {
  if (!pack.has(metroLayer.kind)) return []
  const [layer, { stationsOfChange }] = await Promise.all([pack.layer(metroLayer), import('./metro')])
  return stationsOfChange(edit, layer).map(row => [layer.stations.x[row]!, layer.stations.y[row]!])
}

/** Where an event is: at a venue of the pack, or at a place of its own. */
async function eventPlace(venue: string | { readonly position: readonly [number, number] }, { pack }: CityModel): Promise<{ x: number; y: number } | null> {
  if (typeof venue !== 'string') {
    const [x, y] = toPlane(...venue.position)
    return { x, y }
  }
  if (!pack.has(venuesLayer.kind)) return null
  const { venues, strings } = await pack.layer(venuesLayer)
  for (let row = 0; row < venues.rows; row++) if (strings[venues.id[row]!] === venue) return { x: venues.x[row]!, y: venues.y[row]! }
  return null
}

/** Looks across the long axis of the points, from the side that leaves north ahead. */
export function frame(points: readonly Point[], nearest = DISTANCE_MIN): Pose {
  const n = points.length
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / n
  const [mx, my] = [mean(0), mean(1)]
  let [xx, xy, yy] = [0, 0, 0]
  for (const [x, y] of points) {
    xx += (x - mx) * (x - mx)
    xy += (x - mx) * (y - my)
    yy += (y - my) * (y - my)
  }
  // Of the long axis, from east towards north; at most a right angle either way, so that what is across it leads north.
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  const range = (dx: number, dy: number): [number, number] => points.reduce<[number, number]>(([low, high], [x, y]) => {
    const along = (x - mx) * dx + (y - my) * dy
    return [Math.min(low, along), Math.max(high, along)]
  }, [0, 0])
  const [ax, ay] = [Math.cos(angle), Math.sin(angle)]
  const [along, across] = [range(ax, ay), range(-ay, ax)]
  const width = Math.max(along[1] - along[0], 1.4 * (across[1] - across[0]))
  const [a, c] = [(along[0] + along[1]) / 2, (across[0] + across[1]) / 2]
  return {
    x: mx + a * ax - c * ay, y: my + a * ay + c * ax,
    distance: Math.min(DISTANCE_MAX, Math.max(nearest, width * DISTANCE_BY_WIDTH)),
    pitch: nearest < DISTANCE_MIN ? 42 : 34,
    bearing: width < 300 ? BEARING : (360 - (angle * 180) / Math.PI) % 360,
  }
}
