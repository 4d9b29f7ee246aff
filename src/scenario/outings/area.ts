import type { CityArea } from '../../city'
import type { Network, Problem } from '../../sim'
import { problem } from '../checks'
import type { ScenarioCity } from '../city'
import type { EventEdit } from '../document'
import { portalsOf, standsOf } from './offer'

/** The walk space of an event's venue; undefined = the city has none. */
export const areaOf = ({ venue }: Pick<EventEdit, 'venue'>, areas: readonly CityArea[]): CityArea | undefined =>
  (typeof venue === 'string' ? areas.find(area => area.venue === venue) : undefined)

/** What the city lacks for an event whose people are to be simulated on foot. */
export function checkOnFoot(edit: Pick<EventEdit, 'venue'> & Partial<EventEdit>, city: ScenarioCity, where: string): Problem[] {
  const id = edit.id ?? where
  const area = areaOf(edit, city.areas)
  if (!area) {
    const known = city.areas.filter(({ venue }) => venue !== '').map(({ venue }) => venue).join(', ') || 'none'
    return [problem('scenario/no-area', 'edit', id, `${where}: the city has no ground on which the people of ${typeof edit.venue === 'string' ? edit.venue : edit.venue.name} could walk.`,
      `Venues that have: ${known}; or leave "onFoot" out, then only the vehicles are simulated.`)]
  }
  const room = roomOf(area)
  if (portalsOf(area).length === 0 || room === 0) return [problem('scenario/no-area', 'edit', id, `${where}: ${area.name} has no ${room === 0 ? 'place to stay' : 'way out'}.`, 'Leave "onFoot" out, then only the vehicles are simulated.')]
  if (edit.attendance !== undefined && edit.attendance > room) {
    return [problem('scenario/attendance', 'edit', id, `${where}: ${edit.attendance} people come, but ${area.name} has room for ${room}.`, 'Lower "attendance", or leave "onFoot" out.')]
  }
  return []
}

/** Persons that an area has room for: seats, or two a square metre of open ground. */
export const roomOf = (area: CityArea): number => standsOf(area).reduce((sum, { room }) => sum + room, 0)

/** Middle of a link's centreline. */
export function middleOf({ links, points }: Network, link: number): readonly [number, number] {
  const at = links.pointFirst[link]! + (links.pointCount[link]! >> 1)
  return [points.x[at]!, points.y[at]!]
}
