import type { CityArea } from '../../city'
import { insideRings, type Outcome, type Point } from '../../sim'
import { problem } from '../checks'
import type { ScenarioCity } from '../city'
import type { GateEdit, Position } from '../document'
import { normalOf, waysOf } from './ways'

/** m before a way at which its gate stands, and which the fences on both sides of it reach behind the edge of the ground. */
const BEFORE = 1.2
const BEHIND = 0.6

/** Where an edit of the ground stands, m. */
export interface GroundPlace {
  readonly area: CityArea
  /** Floor within the area. */
  readonly floor: string
  readonly line: readonly Point[]
  /** Fences beside a gate that is named by its way. */
  readonly fences: readonly (readonly [Point, Point])[]
}

type Placed = Partial<Pick<GateEdit, 'at' | 'level'>> & { readonly line?: readonly Position[] }

/** Where an edit stands, or what the city lacks; `where` names the edit in messages. */
export function placeOnGround(edit: Placed, id: string, city: ScenarioCity, where: string): Outcome<GroundPlace | null> {
  const { at, level } = edit
  if (typeof at === 'string') return placeOfWay(at, id, city, where)
  const line = (at ?? edit.line)?.map(([longitude, latitude]): Point => city.toPlane(longitude, latitude))
  if (!line) return { ok: true, value: null }
  if (line.every(([x, y]) => Math.hypot(x - line[0]![0], y - line[0]![1]) < 0.1)) {
    return refuse('scenario/no-length', id, `${where}: all its points lie on one place.`, 'Draw it as a line.')
  }
  const middle = middleOf(line)
  if (level !== undefined) {
    const found = city.areas.flatMap(area => area.space.floors.flatMap(floor => (`${area.id}/${floor.id}` === level ? [{ area, floor }] : [])))[0]
    if (!found) return refuse('scenario/unknown-level', id, `${where}: the city has no floor "${level}".`, 'Leave "level" out for the ground, or take a floor of docs/areas.md, such as "civic-center/市民中心:concourse".')
    if (!line.some(([x, y]) => insideRings(found.floor.outlines, x, y)) && !insideRings(found.floor.outlines, ...middle)) {
      return refuse('scenario/off-ground', id, `${where}: lies beyond floor "${level}".`, 'Move it on to the floor, or choose the floor that it lies on.')
    }
    return { ok: true, value: { area: found.area, floor: found.floor.id, line, fences: [] } }
  }
  const top = topFloor(middle, city)
  return top ? { ok: true, value: { ...top, line, fences: [] } }
    : refuse('scenario/off-ground', id, `${where}: its middle lies on no ground that people walk on.`, `Move it on to one of the areas: ${city.areas.map(area => area.id).join(', ') || 'this city has none'}.`)
}

/** The uppermost floor under a place, within its area; null = there is none. */
export function topFloor([x, y]: Point, { areas }: Pick<ScenarioCity, 'areas'>): Pick<GroundPlace, 'area' | 'floor'> | null {
  const under = areas.flatMap(area => area.space.floors.flatMap(floor => (!floor.ascent && insideRings(floor.outlines, x, y) ? [{ area, floor }] : [])))
  if (under.length === 0) return null
  const { area, floor } = under.reduce((top, next) => (next.floor.height > top.floor.height ? next : top))
  return { area, floor: floor.id }
}

/** A gate before a way stands across it, with a fence from each end back to the edge, so that nobody goes round it. */
function placeOfWay(id: string, edit: string, city: ScenarioCity, where: string): Outcome<GroundPlace> {
  const area = city.areas.find(each => id.startsWith(`${each.id}/`))
  const ways = area ? waysOf(area) : []
  const way = ways.find(each => each.id === id)
  if (!area || !way) {
    const known = area ? ways.map(each => each.id) : city.areas.map(each => `${each.id}/...`)
    return refuse('scenario/unknown-way', edit, `${where}: the city has no way "${id}".`, known.length > 0 ? `It has ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}.` : 'Its pack has no areas.')
  }
  const out = normalOf(way.line)
  const moved = ([x, y]: Point, far: number): Point => [x + out[0] * far, y + out[1] * far]
  const line = way.line.map(point => moved(point, -BEFORE))
  return { ok: true, value: { area, floor: way.floor, line, fences: way.line.map((point, at): [Point, Point] => [moved(point, way.kind === 'portal' ? BEHIND : 0), line[at]!]) } }
}

/** Half way along a line. */
function middleOf(line: readonly Point[]): Point {
  const lengths = line.slice(1).map(([x, y], at) => Math.hypot(x - line[at]![0], y - line[at]![1]))
  let left = lengths.reduce((sum, each) => sum + each, 0) / 2
  for (const [at, length] of lengths.entries()) {
    const [[ax, ay], [bx, by]] = [line[at]!, line[at + 1]!]
    if (length > 0 && left <= length) return [ax + ((bx - ax) * left) / length, ay + ((by - ay) * left) / length]
    left -= length
  }
  return line.at(-1)!
}

const refuse = (code: string, id: string, what: string, remedy: string): Outcome<never> => ({ ok: false, problems: [problem(code, 'edit', id, what, remedy)] })
