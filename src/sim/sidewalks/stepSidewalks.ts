import { exponential } from '../core/power'
import { invariant } from '../core/invariant'
import { columnsOf, type ColumnArray } from '../core/table'
import { arrive, arrivalColumns, edgeStateColumns, FootCount, hasRoom, JAM_DENSITY, pedestrianColumns, stepOn, wayTo, type Sidewalks } from './createSidewalks'
import { PathKind } from './sidewalkTables'

/** Most persons a second that pass a metre of width: Weidmann's 1.22 on the level; on stairs GB 50157 has 3200 an hour in both directions. */
const FLOW = 1.22
const FLOW_STEPS = 0.89
/** Of the free speed on the level, on steps (Weidmann 1993: 0.61 up, 0.69 down). */
const STEPS = 0.65
/** Whoever has waited this long for an edge that nobody leaves squeezes on to it, s; counted. People pass where vehicles would lock. */
const SQUEEZE = 60

/**
 * Walking speed on an edge with `density` persons per m², as a share of the free speed.
 *
 *   v / v0 = 1 - exp(-1.913 (1 / density - 1 / 5.4))
 *
 * Source: Weidmann (1993), Transporttechnik der Fussgaenger, IVT 90, eq. 14 of its fundamental diagram.
 */
export function weidmann(density: number): number {
  if (density <= 0.01) return 1
  return density >= JAM_DENSITY ? 0 : 1 - exponential(-1.913 * (1 / density - 1 / JAM_DENSITY))
}

/**
 * Moves everybody on the walking graph by `dt` (s). On an edge all have the speed of its density; it lets out what
 * its width carries; nobody steps on to an edge that is full or shut, and who waits for it takes up room where he
 * or she is. Walkers go by slot, so the same run ends in the same state.
 */
export function stepSidewalks(sidewalks: Sidewalks, dt: number): void {
  const { graph, walkers, edges, counts } = sidewalks
  counts[FootCount.arrivals] = 0
  counts[FootCount.steps] += 1
  for (let edge = 0; edge < graph.edges.rows; edge++) {
    const carries = graph.edges.width[edge] * (graph.edges.kind[edge] === PathKind.steps ? FLOW_STEPS : FLOW) * dt
    edges.leaves[edge] = Math.min(edges.leaves[edge], 1) + carries
    edges.admits[edge] = Math.min(edges.admits[edge], 1) + carries
    edges.still[edge] += dt
  }
  for (let slot = 0; slot < counts[FootCount.slotsUsed]; slot++) if (walkers.edge[slot] >= 0) walk(sidewalks, slot, dt)
}

function walk(sidewalks: Sidewalks, slot: number, dt: number): void {
  const { graph, walkers, edges, counts, freeSlots } = sidewalks
  const edge = walkers.edge[slot]
  if (walkers.enterTick[slot] === counts[FootCount.steps]) return // came on to it in this step
  const length = graph.edges.length[edge]
  const backward = walkers.backward[slot]
  if (walkers.along[slot] < length) {
    const density = (edges.forward[edge] + edges.backward[edge]) / (length * graph.edges.width[edge])
    // In a jam people still shuffle, or nothing would ever loosen.
    const share = Math.max(0.05, weidmann(density)) * (graph.edges.kind[edge] === PathKind.steps ? STEPS : 1)
    walkers.speed[slot] = walkers.free[slot] * share
    walkers.along[slot] = Math.min(length, walkers.along[slot] + walkers.speed[slot] * dt)
    if (walkers.along[slot] < length) return
  }
  const node = backward ? graph.edges.from[edge] : graph.edges.to[edge]
  const next = node === walkers.goal[slot] ? -1 : wayTo(sidewalks, walkers.goal[slot])[node]
  const turned = next >= 0 && graph.edges.from[next] !== node ? 1 : 0
  if (next >= 0 && edges.shut[next] === 1) edges.asked[next] = 1
  const free = next < 0 || (edges.shut[next] === 0 && hasRoom(sidewalks, next, turned))
  const squeezes = !free && edges.shut[next] === 0 && walkers.held[slot] >= SQUEEZE && edges.still[next] >= SQUEEZE
  if (edges.leaves[edge] < 1 || (!free && !squeezes)) {
    walkers.speed[slot] = 0
    walkers.held[slot] += edges.shut[next < 0 ? edge : next] === 1 ? 0 : dt
    return
  }
  if (squeezes) counts[FootCount.squeezed] += 1
  edges.leaves[edge] -= 1
  edges.still[edge] = 0
  if (backward) edges.backward[edge] -= 1
  else edges.forward[edge] -= 1
  edges.passed[edge] += 1
  walkers.along[slot] = 0
  if (next >= 0) return stepOn(sidewalks, slot, next, turned)
  arrive(sidewalks, walkers.person[slot], node)
  walkers.edge[slot] = -1
  walkers.speed[slot] = 0
  freeSlots[counts[FootCount.freeSlots]++] = slot
  counts[FootCount.walking] -= 1
}

/** Where a walker is: place, height, heading (radians from east) and speed. Each keeps to the right of the way by a quarter of its width. */
export interface FootPlace { x: number; y: number; z: number; dx: number; dy: number; speed: number }

export function footPlace({ graph: { edges, nodes, points }, walkers }: Sidewalks, slot: number, into: FootPlace): void {
  const edge = walkers.edge[slot]
  const backward = walkers.backward[slot] === 1
  const length = edges.length[edge]
  const at = backward ? length - walkers.along[slot] : walkers.along[slot]
  const first = edges.pointFirst[edge]
  const last = first + edges.pointCount[edge] - 1
  let [i, before] = [first, 0]
  for (; i < last - 1; i++) {
    const piece = pieceLength(points, i)
    if (before + piece >= at) break
    before += piece
  }
  const piece = pieceLength(points, i) || 1
  const t = Math.min(1, (at - before) / piece)
  const sign = backward ? -1 : 1
  into.dx = ((points.x[i + 1] - points.x[i]) / piece) * sign
  into.dy = ((points.y[i + 1] - points.y[i]) / piece) * sign
  const aside = edges.width[edge] / 4
  into.x = points.x[i] + t * (points.x[i + 1] - points.x[i]) + into.dy * aside
  into.y = points.y[i] + t * (points.y[i + 1] - points.y[i]) - into.dx * aside
  const share = at / length
  into.z = nodes.z[edges.from[edge]] * (1 - share) + nodes.z[edges.to[edge]] * share
  into.speed = walkers.speed[slot]
}

function pieceLength(points: { readonly x: Float32Array; readonly y: Float32Array }, i: number): number {
  const [dx, dy] = [points.x[i + 1] - points.x[i], points.y[i + 1] - points.y[i]]
  return Math.sqrt(dx * dx + dy * dy)
}

/** What the state consists of, in fixed order, to be hashed, saved and restored. */
export function* sidewalkViews({ walkers, edges, arrivals, freeSlots, counts }: Sidewalks): Generator<ColumnArray> {
  yield* columnsOf(pedestrianColumns, walkers)
  yield* columnsOf(edgeStateColumns, edges)
  yield* columnsOf(arrivalColumns, arrivals)
  yield freeSlots
  yield counts
}

/** Stops the run where somebody is lost: entered = walking + arrived, on every edge those counted are there. */
export function checkSidewalks({ walkers, edges, counts, graph }: Sidewalks): void {
  const found = new Int32Array(2 * graph.edges.rows)
  let walking = 0
  for (let slot = 0; slot < walkers.rows; slot++) {
    if (walkers.edge[slot] < 0) continue
    walking += 1
    found[2 * walkers.edge[slot] + walkers.backward[slot]] += 1
    invariant(walkers.along[slot] >= 0 && walkers.along[slot] <= graph.edges.length[walkers.edge[slot]], () => `sidewalks: person ${walkers.person[slot]} is beside edge ${walkers.edge[slot]}`)
  }
  invariant(walking === counts[FootCount.walking] && counts[FootCount.entered] === walking + counts[FootCount.arrived],
    () => `sidewalks: ${counts[FootCount.entered]} persons entered, ${walking} walk and ${counts[FootCount.arrived]} arrived`)
  for (let edge = 0; edge < graph.edges.rows; edge++) {
    invariant(found[2 * edge] === edges.forward[edge] && found[2 * edge + 1] === edges.backward[edge],
      () => `sidewalks: edge ${edge} counts ${edges.forward[edge]} and ${edges.backward[edge]} persons, ${found[2 * edge]} and ${found[2 * edge + 1]} are there`)
  }
}
