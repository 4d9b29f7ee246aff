import { toPlane, type CityArea } from '../../city'
import { hash4, insideRings, type Network, type Problem } from '../../sim'
import { problem } from '../checks'
import type { ScenarioCity } from '../city'
import type { EventEdit, EventPlace } from '../document'
import { crossesItself, ringArea } from '../ground/ring'
import { shuttlePlace } from './publicTransport'

/** Whoever stays on open ground takes this of it, m²: 2 persons a square metre, as planners have it (Green Guide allows 4.7 in stands). */
const GROUND_EACH = 0.5
/** m² of ground that is drawn for an event: room for a few dozen, and about five times the largest square of the city. */
const GROUND_MIN = 200
const GROUND_MAX = 1_000_000
/** m from the edge of the ground to the farthest stage: fireworks over the water are seen from the shore. */
const STAGE_FAR = 2000
/** Parts of the ground in which an audience stands, at most: the middle ones. */
const STANDS_MAX = 8

/** A portal of an area, and where it is. */
export interface Way { readonly goal: string; readonly x: number; readonly y: number }

export const goalsNamed = ({ space }: CityArea, prefix: string): CityArea['space']['goals'] => space.goals.filter(({ id }) => id.startsWith(prefix))

/** A part of an area where people stay, and how many have room. */
export interface Stand { readonly id: string; readonly room: number }

/** @param stage  longitude and latitude: all parts of the ground, nearest first; absent = its middle ones */
export function standsOf(area: CityArea, stage?: readonly [number, number]): Stand[] {
  const seats = goalsNamed(area, 'seats:')
  const stands = goalsNamed(area, 'stand:')
  const chosen = stage ? nearestTo(...toPlane(...stage), seats.length > 0 ? seats : stands) : seats.length > 0 ? seats : middleOnes(stands)
  return chosen.map(({ id, shape, room }) => ({ id, room: room ?? Math.floor(ringArea(shape) / GROUND_EACH) }))
}

export const portalsOf = (area: CityArea): Way[] => area.portals.map(({ goal, at }) => ({ goal, x: at[0], y: at[1] }))

/** The walk space of an event: that of its venue, the ground drawn for it, or the ground on which it is placed; undefined = the city has none. */
export function areaOf({ venue }: Pick<EventEdit, 'venue'>, areas: readonly CityArea[]): CityArea | undefined {
  if (typeof venue === 'string') return areas.find(area => area.venue === venue)
  if (venue.ground) return areas.find(({ id }) => id === drawnId(venue))
  const [x, y] = toPlane(...venue.position)
  return areas.find(area => roomOf(area) > 0 && area.space.floors.some(({ outlines, surface }) => surface === 'level' && insideRings(outlines, x, y)))
}

/** Id of the area that is drawn for an event: one drawing, one area. */
export function drawnId({ ground }: EventPlace): string {
  let hash = 0
  for (const letter of JSON.stringify(ground)) hash = hash4(hash, 0, letter.charCodeAt(0), 0)
  return `drawn-${(hash >>> 0).toString(36)}`
}

/** What is wrong with the outline that is drawn for an event, in words; null = nothing. */
export function outlineProblem({ ground }: EventPlace): string | null {
  if (!ground) return null
  const ring = ground.outline.map(position => toPlane(...position))
  if (crossesItself(ring)) return 'crosses itself'
  const size = ringArea(ring)
  return size < GROUND_MIN || size > GROUND_MAX ? `measures ${Math.round(size)} m²; it must be from ${GROUND_MIN} to ${GROUND_MAX} m²` : null
}

/** What the city lacks for an event whose people are to be simulated on foot. */
export function checkOnFoot(edit: Pick<EventEdit, 'venue'> & Partial<EventEdit>, city: ScenarioCity, where: string): Problem[] {
  const { venue } = edit
  const id = edit.id ?? where
  const area = areaOf(edit, city.areas)
  const wrong = typeof venue === 'object' ? outlineProblem(venue) : null
  if (wrong !== null) return [problem('scenario/ground-outline', 'edit', id, `${where}: the ground drawn for it ${wrong}.`, 'Draw its edge again, point after point around it.')]
  if (!area && typeof venue === 'object' && venue.ground) {
    return [problem('scenario/no-ground', 'edit', id, `${where}: of the ground drawn for ${venue.name} nothing is left where people can walk, or it has no way out.`,
      venue.ground.exits ? 'Draw it larger, around buildings and water, and each exit along its edge.' : 'Draw it larger, around buildings and water, with an edge on a street or with exits of its own.')]
  }
  if (area && typeof venue === 'object' && venue.ground?.exits && area.portals.length < venue.ground.exits.length) {
    const off = venue.ground.exits.length - area.portals.length
    return [problem('scenario/exit-off-edge', 'edit', id, `${where}: ${off} of its ${venue.ground.exits.length} exits lie${off === 1 ? 's' : ''} not along the edge of its ground.`, 'Draw each exit along the edge.')]
  }
  if (!area) {
    const known = city.areas.filter(({ venue }) => venue !== '').map(({ venue }) => venue).join(', ') || 'none'
    return [problem('scenario/no-area', 'edit', id, `${where}: the city has no ground on which the people of ${typeof edit.venue === 'string' ? edit.venue : edit.venue.name} could walk.`,
      `Venues that have: ${known}; or leave "onFoot" out, then only the vehicles are simulated.`)]
  }
  const { stage, shuttle } = edit.onFoot ?? {}
  const far = stage ? Math.min(...portalsOf(area).map(({ x, y }) => Math.hypot(x - toPlane(...stage)[0], y - toPlane(...stage)[1]))) : 0
  if (far > STAGE_FAR) return [problem('scenario/stage-far', 'edit', id, `${where}: its stage lies ${(far / 1000).toFixed(1)} km from ${area.name}.`, `Place it within ${STAGE_FAR / 1000} km; positions are [longitude, latitude].`)]
  const room = roomOf(area, stage)
  if (portalsOf(area).length === 0 || room === 0) return [problem('scenario/no-area', 'edit', id, `${where}: ${area.name} has no ${room === 0 ? 'place to stay' : 'way out'}.`, 'Leave "onFoot" out, then only the vehicles are simulated.')]
  if (edit.attendance !== undefined && edit.attendance > room) {
    return [problem('scenario/attendance', 'edit', id, `${where}: ${edit.attendance} people come, but ${area.name} has room for ${room}.`, 'Lower "attendance", or leave "onFoot" out.')]
  }
  if (shuttle && !shuttlePlace(shuttle.to, city)) {
    return [problem('scenario/unknown-place', 'edit', id, `${where}: its buses go to "${shuttle.to}", but the city has no such metro station or venue.`, 'Name a station as the metro map does, such as "世界之窗" or "Window of the World", or give the id of a venue.')]
  }
  return []
}

/** Persons that an area has room for: seats, or two a square metre of open ground. */
export const roomOf = (area: CityArea, stage?: readonly [number, number]): number => standsOf(area, stage).reduce((sum, { room }) => sum + room, 0)

/** Middle of a link's centreline. */
export function middleOf({ links, points }: Network, link: number): readonly [number, number] {
  const at = links.pointFirst[link]! + (links.pointCount[link]! >> 1)
  return [points.x[at]!, points.y[at]!]
}

/** The goals nearest to the middle of all. */
function middleOnes(goals: CityArea['space']['goals']): CityArea['space']['goals'] {
  const middle = (axis: 0 | 1): number => goals.reduce((sum, { shape }) => sum + shape[0]![axis], 0) / goals.length
  return nearestTo(middle(0), middle(1), goals).slice(0, STANDS_MAX)
}

function nearestTo(x: number, y: number, goals: CityArea['space']['goals']): CityArea['space']['goals'] {
  const off = ({ shape: [corner] }: (typeof goals)[number]): number => (corner![0] - x) * (corner![0] - x) + (corner![1] - y) * (corner![1] - y)
  return goals.toSorted((a, b) => off(a) - off(b))
}
