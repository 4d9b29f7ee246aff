import { ConflictKind, Yield } from '../networkTables'

/** What the conflict finder needs of a turn. */
export interface TurnPath {
  readonly fromLink: number
  readonly toLink: number
  readonly fromLane: number
  readonly toLane: number
  readonly rank: number
  readonly exitAngle: number
  readonly approachSide: number
  readonly line: readonly number[]
  /** Index among the turns that the source gives, and those of them that go before it; absent = `rank` decides. */
  readonly given?: number
  readonly yieldsTo?: ReadonlySet<number>
}

export interface ConflictDraft { start: number; end: number; otherStart: number; otherEnd: number; other: number; kind: number; yields: number }

const BODY = 2.2 // m between centre lines at which cars of 1.8 m would touch, with 0.4 m to spare
const SAMPLE = 0.5 // m

interface Sampled { readonly x: Float64Array; readonly y: Float64Array; readonly length: number; readonly west: number; readonly east: number; readonly south: number; readonly north: number }

/** Conflicts among the turns of one node: entry `i` lists those that turn `i` owns. */
export function findConflicts(turns: readonly TurnPath[]): ConflictDraft[][] {
  const owned: ConflictDraft[][] = turns.map(() => [])
  const sampled = turns.map(turn => sample(turn.line))
  for (let a = 0; a < turns.length; a++) {
    for (let b = a + 1; b < turns.length; b++) {
      const kind = kindOf(turns[a], turns[b])
      if (kind < 0) continue
      const zone = overlap(sampled[a], sampled[b])
      if (zone === null && kind === ConflictKind.crossing) continue
      const [s0, e0, s1, e1] = extend(zone, kind, sampled[a].length, sampled[b].length)
      const order = orderOf(turns[a], turns[b])
      const yields = order > 0 ? Yield.owner : order < 0 ? Yield.other : Yield.byArrival
      const reverse = order > 0 ? Yield.other : order < 0 ? Yield.owner : Yield.byArrival
      owned[a].push({ start: s0, end: e0, otherStart: s1, otherEnd: e1, other: b, kind, yields })
      owned[b].push({ start: s1, end: e1, otherStart: s0, otherEnd: e0, other: a, kind, yields: reverse })
    }
  }
  return owned
}

/** Positive where `a` gives way to `b`, negative where `b` does, 0 where neither. */
function orderOf(a: TurnPath, b: TurnPath): number {
  if (!a.yieldsTo || !b.yieldsTo) return Math.sign(a.rank - b.rank)
  return Number(a.yieldsTo.has(b.given!)) - Number(b.yieldsTo.has(a.given!))
}

/** -1 where the two cannot meet: lanes that run side by side keep their order. */
function kindOf(a: TurnPath, b: TurnPath): number {
  if (a.fromLane === b.fromLane && a.fromLink === b.fromLink) return ConflictKind.diverging
  if (a.toLane === b.toLane && a.toLink === b.toLink) return ConflictKind.merging
  if (a.fromLink === b.fromLink && a.toLink === b.toLink) return (a.fromLane - b.fromLane) * (a.toLane - b.toLane) > 0 ? -1 : ConflictKind.crossing
  // Sources draw a slip road to the middle of the carriageway that it leaves or joins: the order of lanes says that it does not cross them.
  if (a.fromLink === b.fromLink && (a.fromLane - b.fromLane) * (a.exitAngle - b.exitAngle) >= 0) return -1
  if (a.toLink === b.toLink && (a.toLane - b.toLane) * (a.approachSide - b.approachSide) <= 0) return -1
  return ConflictKind.crossing
}

/** Paths of one entry touch from their start, paths into one exit touch to their end. */
function extend(zone: readonly [number, number, number, number] | null, kind: number, lengthA: number, lengthB: number): [number, number, number, number] {
  const [s0, e0, s1, e1] = zone ?? (kind === ConflictKind.merging ? [lengthA, lengthA, lengthB, lengthB] : [0, 0, 0, 0])
  if (kind === ConflictKind.diverging) return [0, e0, 0, e1]
  if (kind === ConflictKind.merging) return [s0, lengthA, s1, lengthB]
  return [s0, e0, s1, e1]
}

function sample(line: readonly number[]): Sampled {
  const xs: number[] = [], ys: number[] = []
  let total = 0
  for (let i = 3; i < line.length; i += 3) total += Math.hypot(line[i] - line[i - 3], line[i + 1] - line[i - 2])
  const steps = Math.max(1, Math.ceil(total / SAMPLE))
  let segment = 3, walked = 0
  for (let step = 0; step <= steps; step++) {
    const at = (total * step) / steps
    let edge = Math.hypot(line[segment] - line[segment - 3], line[segment + 1] - line[segment - 2])
    while (walked + edge < at && segment < line.length - 3) {
      walked += edge
      segment += 3
      edge = Math.hypot(line[segment] - line[segment - 3], line[segment + 1] - line[segment - 2])
    }
    const t = edge === 0 ? 0 : Math.min(1, (at - walked) / edge)
    xs.push(line[segment - 3] + (line[segment] - line[segment - 3]) * t)
    ys.push(line[segment - 2] + (line[segment + 1] - line[segment - 2]) * t)
  }
  return {
    x: Float64Array.from(xs), y: Float64Array.from(ys), length: total,
    west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys),
  }
}

/** First and last metre on each path at which the other is nearer than BODY; null if never. */
function overlap(a: Sampled, b: Sampled): [number, number, number, number] | null {
  if (a.west > b.east + BODY || b.west > a.east + BODY || a.south > b.north + BODY || b.south > a.north + BODY) return null
  let aFirst = Infinity, aLast = -1, bFirst = Infinity, bLast = -1
  for (let i = 0; i < a.x.length; i++) {
    for (let j = 0; j < b.x.length; j++) {
      const dx = a.x[i] - b.x[j], dy = a.y[i] - b.y[j]
      if (dx * dx + dy * dy >= BODY * BODY) continue
      if (i < aFirst) aFirst = i
      if (i > aLast) aLast = i
      if (j < bFirst) bFirst = j
      if (j > bLast) bLast = j
    }
  }
  if (aLast < 0) return null
  const stepA = a.length / (a.x.length - 1), stepB = b.length / (b.x.length - 1)
  return [
    Math.max(0, (aFirst - 0.5) * stepA), Math.min(a.length, (aLast + 0.5) * stepA),
    Math.max(0, (bFirst - 0.5) * stepB), Math.min(b.length, (bLast + 0.5) * stepB),
  ]
}
