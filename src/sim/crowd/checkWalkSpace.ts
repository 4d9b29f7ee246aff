import type { Problem } from '../problem'
import { closedStretches, insideRings } from './planGeometry'
import type { Floor, Point, WalkSpace } from './walkSpace'

/** m: narrower joins let nobody through. */
const JOIN_LEAST = 0.35

/** What is wrong with a walk space, all at once; a crowd can be made of one without problems. */
export function checkWalkSpace(space: WalkSpace): Problem[] {
  const problems: Problem[] = []
  const floors = new Map(space.floors.map(floor => [floor.id, floor]))
  const report = (code: string, kind: string, id: string, message: string, remedy: string): void => {
    problems.push({ code: `walk-space/${code}`, subject: { kind, id }, message: `${kind} ${id}: ${message} ${remedy}`, remedy })
  }
  if (space.floors.length === 0) report('no-floor', 'walk space', '', 'there is no floor to walk on.', 'Draw at least one area.')
  for (const [kind, list] of Object.entries({ floor: space.floors, join: space.joins, barrier: space.barriers, gate: space.gates, queue: space.queues, lift: space.lifts, goal: space.goals })) {
    const seen = new Set<string>()
    for (const { id } of list as readonly { id: string }[]) {
      if (seen.has(id)) report('double-id', kind, id, `there are two of this name.`, 'Give each its own name.')
      seen.add(id)
    }
  }
  for (const floor of space.floors) checkFloor(floor, (code, message, remedy) => report(code, 'floor', floor.id, message, remedy))

  const onFloor = (kind: string, id: string, floor: string, points: readonly Point[], least: number): void => {
    const under = floors.get(floor)
    if (!under) { report('no-such-floor', kind, id, `it is on floor "${floor}", which there is not.`, `Choose one of the floors: ${[...floors.keys()].slice(0, 5).join(', ')}.`); return }
    if (points.length < least) { report('too-few-points', kind, id, `it has ${points.length} points.`, `Draw at least ${least}.`); return }
    if (!points.every(isFinitePoint)) { report('no-number', kind, id, 'a coordinate is no number.', 'Draw it again.'); return }
    if (least === 2 && lengthOf(points) < 0.01) report('no-length', kind, id, 'its points lie on one place.', 'Draw it as a line.')
    else if (!touches(under, points)) report('off-floor', kind, id, `it lies beyond floor ${floor}.`, 'Move it onto the floor, or choose the floor that it lies on.')
  }
  for (const { id, floors: [a, b], line } of space.joins) {
    const known = [a, b].filter(each => floors.has(each))
    if (known.length < 2) { report('no-such-floor', 'join', id, `it joins ${a} and ${b}, which are not both there.`, 'Choose two floors.'); continue }
    if (a === b) { report('one-floor', 'join', id, `it joins ${a} to itself.`, 'Choose two floors.'); continue }
    if (!line.every(isFinitePoint) || lengthOf(line) < JOIN_LEAST) { report('narrow-join', 'join', id, `it is ${lengthOf(line).toFixed(2)} m wide, which lets nobody through.`, `Make it at least ${JOIN_LEAST} m wide.`); continue }
    for (const each of known)
      if (opened(floors.get(each)!, line) < lengthOf(line) - 0.03) report('join-off-edge', 'join', id, `its line does not lie along the edge of floor ${each}.`, 'Let both floors share the edge, with corners where the join ends.')
  }
  for (const { id, floor, line } of space.barriers) onFloor('barrier', id, floor, line, 2)
  for (const { id, floor, line, lanes, service } of space.gates) {
    onFloor('gate', id, floor, line, 2)
    if (!(lanes >= 1 && Number.isInteger(lanes))) report('no-lanes', 'gate', id, `it has ${lanes} lanes.`, 'Give a whole number of 1 or more.')
    if (!(service >= 0)) report('no-service', 'gate', id, `a person takes ${service} s.`, 'Give 0 s or more.')
  }
  for (const { id, floor, line, spacing, servers, service } of space.queues) {
    onFloor('queue', id, floor, line, 2)
    if (!(spacing >= 0.3)) report('narrow-queue', 'queue', id, `persons stand ${spacing} m apart.`, 'Give 0.3 m or more.')
    if (!(servers >= 0 && service >= 0)) report('no-service', 'queue', id, `${servers} servers take ${service} s a person.`, 'Give 0 or more.')
  }
  for (const { id, landings, capacity, doorTime, travelTime } of space.lifts) {
    if (landings.length < 2) report('no-landings', 'lift', id, `it has ${landings.length} landings.`, 'Give at least two.')
    for (const { floor, area } of landings) onFloor('lift', id, floor, area, 3)
    if (!(capacity >= 1 && doorTime > 0 && travelTime > 0)) report('no-lift', 'lift', id, `it holds ${capacity}, its doors stay open ${doorTime} s and it travels ${travelTime} s.`, 'Give numbers above 0.')
  }
  for (const { id, floor, shape, kind, service } of space.goals) {
    onFloor('goal', id, floor, shape, 2)
    if (kind === 'area' && shape.length === 2) report('line-area', 'goal', id, 'one cannot stay on a line.', 'Draw an area, or make it an exit.')
    if (service !== undefined && !(service >= 0)) report('no-service', 'goal', id, `a person takes ${service} s.`, 'Give 0 s or more.')
  }
  return problems
}

function checkFloor({ outlines, surface, ascent, belt, cell, height, orderly = 0, reluctance = 1, berth = 0 }: Floor, report: (code: string, message: string, remedy: string) => void): void {
  if (outlines.length === 0) report('no-outline', 'it has no outline.', 'Draw its edge.')
  for (const ring of outlines) {
    if (!ring.every(isFinitePoint)) { report('no-number', 'a coordinate is no number.', 'Draw it again.'); return }
    if (ring.length < 3 || Math.abs(areaOf(ring)) < 0.05) report('no-area', `an outline of ${ring.length} points encloses nothing.`, 'Draw at least a triangle, or leave the outline out.')
  }
  const crossing = crossingEdges(outlines)
  if (crossing) report('crossing-edges', `its edges cross near ${crossing[0].toFixed(1)}, ${crossing[1].toFixed(1)}.`, 'Draw outlines that do not cross themselves or each other.')
  if (!(cell >= 0.1 && cell <= 2)) report('bad-cell', `cells of ${cell} m.`, 'Give 0.1 to 2 m: 0.25 where it is narrow, 0.5 on squares.')
  if (!Number.isFinite(height)) report('no-number', 'its height is no number.', 'Give the height above sea level in metres.')
  if (surface !== 'level' && !(ascent && ascent.rise > 0 && lengthOf([ascent.from, ascent.to]) > 0.1)) report('no-ascent', `a floor of kind ${surface} rises nowhere.`, 'Say from where to where it ascends, and by how much.')
  if (belt !== undefined && surface !== 'escalator') report('belt', `a floor of kind ${surface} has no belt.`, 'Make it an escalator, or leave the belt out.')
  if (!(orderly >= 0)) report('no-gap', `people keep ${orderly} m.`, 'Give 0 m or more.')
  if (!(reluctance >= 1)) report('no-reluctance', `a walk on it counts ${reluctance} times.`, 'Give 1 or more.')
  if (!(berth >= 0 && berth <= 20)) report('no-berth', `people on it keep ${berth} m from walls.`, 'Give 0 to 20 m.')
}

const isFinitePoint = ([x, y]: Point): boolean => Number.isFinite(x) && Number.isFinite(y)

function lengthOf(points: readonly Point[]): number {
  let sum = 0
  for (let at = 1; at < points.length; at++) {
    const [dx, dy] = [points[at][0] - points[at - 1][0], points[at][1] - points[at - 1][1]]
    sum += Math.sqrt(dx * dx + dy * dy)
  }
  return sum
}

function areaOf(ring: readonly Point[]): number {
  let sum = 0
  for (const [at, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(at + 1) % ring.length]
    sum += x * nextY - nextX * y
  }
  return sum / 2
}

/** Whether a corner or the middle of an edge of a line or ring is on the floor. */
function touches({ outlines }: Floor, points: readonly Point[]): boolean {
  const near = 0.02
  return points.some(([x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length]
    const [midX, midY] = [(x + nextX) / 2, (y + nextY) / 2]
    return ([[x, y], [midX, midY], [midX + near, midY + near], [midX - near, midY - near], [midX + near, midY - near], [midX - near, midY + near]] as const).some(([px, py]) => insideRings(outlines, px, py))
  })
}

/** Metres of a floor's edges that a line opens. */
function opened({ outlines }: Floor, line: readonly [Point, Point]): number {
  let sum = 0
  for (const ring of outlines) {
    for (const [at, a] of ring.entries()) {
      const b = ring[(at + 1) % ring.length]
      const length = lengthOf([a, b])
      if (length === 0) continue
      let closed = 0
      for (const [from, to] of closedStretches(a, b, [line])) closed += to - from
      sum += length * (1 - closed)
    }
  }
  return sum
}

/** Where two edges cross properly; by sweep from west to east. */
function crossingEdges(outlines: readonly (readonly Point[])[]): Point | null {
  const edges = outlines.flatMap(ring => ring.map((a, at) => {
    const b = ring[(at + 1) % ring.length]
    return { a, b, west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) }
  })).sort((p, q) => p.west - q.west)
  const side = (a: Point, b: Point, p: Point): number => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
  for (const [at, one] of edges.entries()) {
    for (let next = at + 1; next < edges.length && edges[next].west < one.east; next++) {
      const other = edges[next]
      if (side(one.a, one.b, other.a) * side(one.a, one.b, other.b) < -1e-9 && side(other.a, other.b, one.a) * side(other.a, other.b, one.b) < -1e-9) return other.a
    }
  }
  return null
}
