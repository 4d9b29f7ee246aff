import type { CityArea } from '../../city'
import { insideRings, type Point } from '../../sim'

/** A way in and out of an area that can be controlled or closed. */
export interface AreaWay {
  /** "area/way", as scenarios name it. */
  readonly id: string
  /** portal: the street behind the edge of the ground; entrance: the stairs of a station. */
  readonly kind: 'portal' | 'entrance'
  /** Floor from which one leaves, within the area. */
  readonly floor: string
  /** What one crosses, m: whoever leaves crosses it from its right to its left, seen from the first point. */
  readonly line: readonly [Point, Point]
}

/** The stairs of an entrance end at joins of this name: "<station>:entrance<n>:<flight>:head". */
const ENTRANCE = /^(.*:entrance\d+):[^:]+:head$/

/** All ways of an area: entrances of its station first. */
export function waysOf(area: CityArea): AreaWay[] {
  const { space, portals } = area
  const floors = new Map(space.floors.map(floor => [floor.id, floor]))
  const entrances = new Map<string, AreaWay>()
  for (const { id, floors: [from, to], line } of space.joins) {
    const name = ENTRANCE.exec(id)?.[1]
    const stair = [from, to].find(each => floors.get(each)?.ascent)
    if (name === undefined || stair === undefined) continue
    const { ascent } = floors.get(stair)!
    // Who leaves the ground goes down.
    const towards: Point = [ascent!.from[0] - ascent!.to[0], ascent!.from[1] - ascent!.to[1]]
    const known = entrances.get(name)
    entrances.set(name, {
      id: `${area.id}/${name}`, kind: 'entrance', floor: from === stair ? to : from,
      line: facing(known ? widest([...known.line, ...line]) : line, towards),
    })
  }
  // Behind an entrance that has a bit of street of its own lies a portal: the same way.
  const behind = new Set([...entrances.keys()].map(name => `portal:${name}`))
  const streets = portals.flatMap(({ goal: id }): AreaWay[] => {
    const goal = space.goals.find(each => each.id === id)
    if (!goal || behind.has(id)) return []
    const line: [Point, Point] = [goal.shape[0]!, goal.shape[1]!]
    const across = normalOf(line)
    const [x, y] = [(line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2]
    // The ground lies on one side of it.
    const outside = insideRings(floors.get(goal.floor)!.outlines, x + across[0], y + across[1]) ? -1 : 1
    return [{ id: `${area.id}/${id}`, kind: 'portal', floor: goal.floor, line: facing(line, [across[0] * outside, across[1] * outside]) }]
  })
  return [...entrances.values(), ...streets]
}

/** To the left of a line, 1 m. */
export function normalOf([[ax, ay], [bx, by]]: readonly [Point, Point]): Point {
  const length = Math.hypot(bx - ax, by - ay)
  return [(ay - by) / length, (bx - ax) / length]
}

/** A line turned so that `towards` leads to its left. */
function facing(line: readonly [Point, Point], towards: Point): readonly [Point, Point] {
  const across = normalOf(line)
  return across[0] * towards[0] + across[1] * towards[1] < 0 ? [line[1], line[0]] : line
}

/** The two of some points on a line that are farthest from each other. */
function widest(points: readonly Point[]): readonly [Point, Point] {
  const pairs = points.flatMap((a, at) => points.slice(at + 1).map((b): readonly [Point, Point] => [a, b]))
  const length = ([a, b]: readonly [Point, Point]): number => Math.hypot(a[0] - b[0], a[1] - b[1])
  return pairs.reduce((best, pair) => (length(pair) > length(best) ? pair : best))
}
