import type { LaneSpec, LinkSpec, NetworkSpec } from '../networkSpec'
import { Control, Direction, LinkFlag, Mark, NodeKind, RoadClass, VehicleClass } from '../networkTables'
import { length, placeAt, turnAngle } from './polyline'
import type { Carriageway } from './trim'

/** One lane-to-lane connection; lanes by index within their links. */
export interface TurnDraft {
  readonly node: number
  readonly fromLink: number
  readonly fromLane: number
  readonly toLink: number
  readonly toLane: number
  readonly direction: number
  readonly rank: number
  /** How far to the left its exit leads, rad, and from how far right of the exit's axis its approach comes, m: lanes that keep this order do not cross. */
  readonly exitAngle: number
  readonly approachSide: number
  /** Index in the spec's `turns` of a turn that the source gives, and those that go before it. */
  readonly given?: number
  readonly yieldsTo?: ReadonlySet<number>
}

/** All turns of one approach to one exit. */
interface Movement {
  readonly to: number
  readonly angle: number
  direction: number
}

const STRAIGHT = 0.61 // rad, 35 degrees
const BACK = 2.62 // rad, 150 degrees

/** Decides which lane leads where: by painted arrows where the source has them, else by the usual Chinese layouts. */
export function makeTurns(spec: NetworkSpec, ways: readonly Carriageway[]): TurnDraft[] {
  const entering: number[][] = spec.nodes.map(() => []), leaving: number[][] = spec.nodes.map(() => [])
  for (const [row, link] of spec.links.entries()) { leaving[link.from].push(row); entering[link.to].push(row) }
  const banned = new Set(spec.bans.map(({ from, to }) => from * spec.links.length + to))
  const drafts: TurnDraft[] = []
  const given = givenOf(spec)
  const levels = yieldLevels(spec)
  for (const [node, nodeSpec] of spec.nodes.entries()) {
    const byApproach = entering[node].map(from => ({
      from,
      movements: given[from].length > 0 ? movementsTo(ways, from, [...new Set(given[from].map(turn => spec.turns![turn].to))])
        : movementsOf(spec, ways, from, leaving[node].filter(to => !banned.has(from * spec.links.length + to)), nodeSpec.control, nodeSpec.kind),
    }))
    const ranks = approachRanks(spec, ways, entering[node], nodeSpec.control)
    for (const { from, movements } of byApproach) {
      if (movements.length === 0) continue
      for (const turn of given[from]) {
        const { fromLane, to, toLane, yieldsTo } = spec.turns![turn]
        const movement = movements.find(m => m.to === to)!
        const { direction } = movement
        const draft = { node, fromLink: from, fromLane, toLink: to, toLane, direction, given: turn, ...orderOf(ways, from, movement) }
        drafts.push(yieldsTo && nodeSpec.control !== Control.signal ? { ...draft, rank: levels[turn], yieldsTo: new Set(yieldsTo) }
          : { ...draft, rank: turnRank(ranks.get(from)!, direction, nodeSpec.control), ...(yieldsTo ? { yieldsTo: new Set(yieldsTo) } : {}) })
      }
      if (given[from].length > 0) continue
      const lanes = assignLanes(spec, from, movements, nodeSpec.control)
      for (const [index, movement] of movements.entries()) {
        const rivals = byApproach.filter(other => other.movements.some(m => m.to === movement.to && m.direction === Direction.straight))
        const pairs = matchLanes(spec, ways, from, lanes[index], movement, rivals.map(r => r.from), nodeSpec.control)
        const order = orderOf(ways, from, movement)
        for (const [fromLane, toLane] of pairs)
          drafts.push({ node, fromLink: from, fromLane, toLink: movement.to, toLane, direction: movement.direction, rank: turnRank(ranks.get(from)!, movement.direction, nodeSpec.control), ...order })
      }
    }
  }
  return drafts
}

/** Where a movement lies among those of its approach and among those into its exit. */
function orderOf(ways: readonly Carriageway[], from: number, { to, angle, direction }: Movement): Pick<TurnDraft, 'exitAngle' | 'approachSide'> {
  return { exitAngle: direction === Direction.uTurn ? Math.PI : angle, approachSide: sideOf(ways, from, to, 30) }
}

/** How far to the right of the axis of link `to` the link `from` comes from, m, measured so many metres before its end. */
function sideOf(ways: readonly Carriageway[], from: number, to: number, before: number): number {
  const start = placeAt(ways[to].line, 0)
  const back = placeAt(ways[from].line, Math.max(0, length(ways[from].line) - before))
  return (back.x - start.x) * start.dy - (back.y - start.y) * start.dx
}

/** Turns that the source gives, by the link that they leave. */
function givenOf(spec: NetworkSpec): number[][] {
  const given: number[][] = spec.links.map(() => [])
  for (const [index, turn] of (spec.turns ?? []).entries()) given[turn.from].push(index)
  return given
}

/** Rank of the turns that say whom they let go first: how many levels of others do, as in the ranks below 0 to 4. */
function yieldLevels(spec: NetworkSpec): Uint8Array {
  const turns = spec.turns ?? []
  const levels = new Uint8Array(turns.length)
  for (let round = 0; round < 4; round++)
    for (const [index, { yieldsTo }] of turns.entries())
      for (const other of yieldsTo ?? []) levels[index] = Math.max(levels[index], Math.min(round, levels[other]) + 1)
  return levels
}

/** Movements of an approach, ordered from the right-most exit to the left-most, U-turn last. */
function movementsOf(spec: NetworkSpec, ways: readonly Carriageway[], from: number, exits: readonly number[], control: number, kind: number): Movement[] {
  const link = spec.links[from]
  const movements = movementsTo(ways, from, exits)
  const forward = movements.filter(m => m.direction !== Direction.uTurn)
  const back = movements.filter(m => m.direction === Direction.uTurn)
  forward.sort((a, b) => a.angle - b.angle || a.to - b.to)
  const marked = link.lanes.some(lane => (lane.marks & Mark.uTurn) !== 0)
  const customary = control === Control.signal && link.lanes.length >= 2 && link.class <= RoadClass.tertiary
  if (forward.length === 0 || (marked && kind === NodeKind.junction) || customary) forward.push(...back.slice(0, 1))
  return forward
}

/** A movement to each of these exits, in their order. */
function movementsTo(ways: readonly Carriageway[], from: number, exits: readonly number[]): Movement[] {
  const end = placeAt(ways[from].line, Infinity)
  const movements = exits.map(to => {
    const start = placeAt(ways[to].line, 0)
    // Over a wide junction the way across says more than the first metres of the exit.
    const far = placeAt(ways[to].line, Math.min(12, length(ways[to].line)))
    const angle = turnAngle(end.dx, end.dy, far.x - start.x || start.dx, far.y - start.y || start.dy)
    return { to, angle, direction: directionOf(angle) }
  })
  settleStraight(movements.filter(m => m.direction !== Direction.uTurn))
  return movements
}

function directionOf(angle: number): number {
  if (Math.abs(angle) > BACK) return Direction.uTurn
  if (Math.abs(angle) <= STRAIGHT) return Direction.straight
  return angle > 0 ? Direction.left : Direction.right
}

/** At most one exit is straight, the straightest, unless they part at a flat angle like a fork. */
function settleStraight(movements: Movement[]): void {
  const straight = movements.filter(m => m.direction === Direction.straight).sort((a, b) => Math.abs(a.angle) - Math.abs(b.angle))
  const main = straight[0]
  if (main === undefined) {
    if (movements.length === 1 && Math.abs(movements[0].angle) < 1.4) movements[0].direction = Direction.straight
    return
  }
  for (const other of straight.slice(1))
    if (Math.abs(other.angle - main.angle) > 0.35) other.direction = other.angle > main.angle ? Direction.left : Direction.right
}

/** Lane indices of each movement, in the movements' order (right to left); every lane leads somewhere. */
function assignLanes(spec: NetworkSpec, from: number, movements: readonly Movement[], control: number): number[][] {
  const lanes = spec.links[from].lanes
  const n = lanes.length
  const lists: number[][] = movements.map(() => [])
  const marked = lanes.every(lane => lane.marks !== 0)
  if (marked) {
    for (const [m, movement] of movements.entries())
      for (let lane = 0; lane < n; lane++) if (lanes[lane].marks & (1 << movement.direction)) lists[m].push(lane)
  } else if (isFork(movements, control)) {
    forkLanes(movements.map(m => spec.links[m.to].lanes.length), n, lists)
  } else {
    patternLanes(movements, n, lists)
  }
  for (const [m, movement] of movements.entries()) if (lists[m].length === 0) lists[m].push(defaultLane(movement.direction, n))
  for (let lane = 0; lane < n; lane++) if (!lists.some(list => list.includes(lane))) nearestMovement(lane, movements, lists).push(lane)
  openToCars(lanes, lists)
  for (const list of lists) list.sort((a, b) => a - b)
  return lists
}

const CAR = 1 << VehicleClass.car

/** A movement that leaves from lanes without cars alone, such as a bus lane at the kerb, leaves from the nearest other lane too. */
function openToCars(lanes: readonly LaneSpec[], lists: number[][]): void {
  const open = lanes.flatMap((lane, index) => (lane.allowed & CAR ? [index] : []))
  for (const list of lists)
    if (open.length > 0 && !list.some(lane => open.includes(lane)))
      list.push(open.reduce((best, lane) => (Math.abs(lane - list[0]) < Math.abs(best - list[0]) ? lane : best)))
}

const defaultLane = (direction: number, n: number): number =>
  direction === Direction.right ? 0 : direction === Direction.straight ? Math.floor((n - 1) / 2) : n - 1

/** A lane whose arrows lead nowhere joins the movement that its neighbours have; straight if there is one. */
function nearestMovement(lane: number, movements: readonly Movement[], lists: number[][]): number[] {
  let best = 0, bestCost = Infinity
  for (const [m, list] of lists.entries()) {
    const cost = Math.min(...list.map(other => Math.abs(other - lane))) + (movements[m].direction === Direction.straight ? 0 : 0.5) + (movements[m].direction === Direction.uTurn ? 5 : 0)
    if (cost < bestCost) { best = m; bestCost = cost }
  }
  return lists[best]
}

const isFork = (movements: readonly Movement[], control: number): boolean =>
  control !== Control.signal && movements.every(m => Math.abs(m.angle) < STRAIGHT)

/** Lanes run on: the right exit takes lanes from the kerb, the left one from the median, the rest lie between. */
function forkLanes(exits: readonly number[], n: number, lists: number[][]): void {
  const total = exits.reduce((sum, count) => sum + count, 0)
  let before = 0
  for (const [m, count] of exits.entries()) {
    // Where exits have more lanes than the approach, neighbours share; where fewer, they spread.
    const first = m === 0 ? 0 : m === exits.length - 1 ? n - Math.min(n, count) : Math.round((before * n) / total)
    const last = m === exits.length - 1 ? n - 1 : Math.min(n - 1, first + count - 1)
    for (let lane = Math.max(0, first); lane <= last; lane++) lists[m].push(lane)
    before += count
  }
}

/**
 * Layouts by number of lanes, kerb first: SRL | SR,LS | SR,S,L | R,S,S,L | R,S,S,L,L and so on; without one of the
 * movements its lanes go to the others. U-turns share the left-most lane. After the usual markings of GB 5768.3.
 */
function patternLanes(movements: readonly Movement[], n: number, lists: number[][]): void {
  const of = (direction: number): number[] => movements.flatMap((m, index) => (m.direction === direction ? [index] : []))
  const rights = of(Direction.right), straights = of(Direction.straight), lefts = of(Direction.left), backs = of(Direction.uTurn)
  const put = (targets: readonly number[], first: number, last: number): void => {
    for (const m of targets) for (let lane = Math.max(0, first); lane <= Math.min(n - 1, last); lane++) lists[m].push(lane)
  }
  const leftLanes = lefts.length === 0 ? 0 : straights.length === 0 ? Math.ceil(n / (rights.length > 0 ? 2 : 1)) : n >= 5 ? 2 : 1
  const rightLanes = rights.length === 0 ? 0 : straights.length === 0 ? Math.max(1, n - leftLanes) : 1
  put(rights, 0, rightLanes - 1)
  put(lefts, n - leftLanes, n - 1)
  if (straights.length > 0) {
    const sharesRight = rights.length === 0 || n <= 3
    const sharesLeft = lefts.length === 0 || n <= 2
    put(straights, sharesRight ? 0 : rightLanes, sharesLeft ? n - 1 : n - 1 - leftLanes)
  }
  put(backs, n - 1, n - 1)
}

/** Pairs of lanes: right turns keep to the kerb, left turns to the median, straight lanes run on without crossing. */
function matchLanes(spec: NetworkSpec, ways: readonly Carriageway[], from: number, lanes: readonly number[], movement: Movement, rivals: readonly number[], control: number): [number, number][] {
  const m = spec.links[movement.to].lanes.length
  const k = lanes.length
  if (movement.direction === Direction.right) return lanes.map((lane, j) => [lane, Math.min(j, m - 1)])
  if (movement.direction !== Direction.straight) return lanes.map((lane, j) => [lane, Math.max(0, m - k + j)])
  const shift = straightShift(spec, ways, from, lanes, movement.to, rivals, control)
  const pairs: [number, number][] = lanes.map((lane, j) => [lane, Math.max(0, Math.min(m - 1, j + shift))])
  if (rivals.length <= 1) { // lanes that are gained here are reached from the lane beside them
    for (let lane = 0; lane < pairs[0][1]; lane++) pairs.push([lanes[0], lane])
    for (let lane = pairs[k - 1][1] + 1; lane < m; lane++) pairs.push([lanes[k - 1], lane])
  }
  return pairs
}

/** Exit lane of the first straight lane. */
function straightShift(spec: NetworkSpec, ways: readonly Carriageway[], from: number, lanes: readonly number[], to: number, rivals: readonly number[], control: number): number {
  const m = spec.links[to].lanes.length
  const k = lanes.length
  if (rivals.length > 1 && control !== Control.signal) {
    // Roads that join: seen along the exit, the one from the right takes the kerb lanes, the one from the left the others.
    const side = (link: number): number => sideOf(ways, link, to, 20)
    const rightmost = rivals.every(other => other === from || side(other) < side(from) || (side(other) === side(from) && other > from))
    return rightmost ? 0 : m - k
  }
  // Nearest without sideways movement: where the first lane's line meets the exit's start.
  const end = placeAt(ways[from].line, Infinity), start = placeAt(ways[to].line, 0)
  const right = (lane: number, link: LinkSpec, width: number): number => {
    let at = width / 2
    for (let i = 0; i < lane; i++) at -= link.lanes[i].width
    return at - link.lanes[lane].width / 2
  }
  let best = 0, bestCost = Infinity
  for (let shift = Math.min(0, m - k); shift <= Math.max(0, m - k); shift++) {
    let cost = 0
    for (const [j, lane] of lanes.entries()) {
      const target = Math.max(0, Math.min(m - 1, j + shift))
      const a = right(lane, spec.links[from], ways[from].width), b = right(target, spec.links[to], ways[to].width)
      const x = start.x + start.dy * b - end.x, y = start.y - start.dx * b - end.y
      const sideways = x * end.dy - y * end.dx - a
      cost += sideways * sideways
    }
    if (cost < bestCost - 1e-9) { best = shift; bestCost = cost }
  }
  return best
}

/** 0 for approaches of the major road, 1 for the others; circulating traffic of a roundabout is major. */
function approachRanks(spec: NetworkSpec, ways: readonly Carriageway[], approaches: readonly number[], control: number): Map<number, number> {
  const ranks = new Map<number, number>()
  if (control === Control.roundabout) {
    for (const from of approaches) ranks.set(from, spec.links[from].flags & LinkFlag.roundabout ? 0 : 1)
    return ranks
  }
  const weight = (row: number): number => spec.links[row].class * 10 - spec.links[row].lanes.length
  const sorted = [...approaches].sort((a, b) => weight(a) - weight(b) || a - b)
  const major = sorted[0]
  for (const from of approaches) {
    if (from === major) { ranks.set(from, 0); continue }
    // The major road has at most two approaches; the second is the one that faces the first, if it is no lesser road.
    const a = placeAt(ways[major].line, Infinity), b = placeAt(ways[from].line, Infinity)
    const facing = Math.abs(turnAngle(a.dx, a.dy, -b.dx, -b.dy)) < 0.8
    ranks.set(from, facing && spec.links[from].class - spec.links[major].class <= 2 ? 0 : 1)
  }
  return ranks
}

/**
 * Rank of a turn where no signal orders it: 0 through and right of the major road, 1 left and U-turn from it, 2 right,
 * 3 through, 4 left from the minor road (Highway Capacity Manual, 6th ed., ch. 20, priority of streams). At signals it
 * orders permitted turns: through 0, right 1, left 2, U-turn 3.
 */
function turnRank(approach: number, direction: number, control: number): number {
  const turning = direction === Direction.left || direction === Direction.uTurn
  if (control === Control.signal) return direction === Direction.uTurn ? 3 : direction === Direction.left ? 2 : direction === Direction.right ? 1 : 0
  if (control === Control.allWay) return 0
  if (approach === 0) return turning ? 1 : 0
  return direction === Direction.right ? 2 : turning ? 4 : 3
}
