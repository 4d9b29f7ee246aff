import { Control, type Network } from '../network/networkTables'
import { PathKind, type SidewalkGraph, type Sidewalks } from '../sidewalks'
import { Light } from '../snapshot'
import { groupsAcross, isFreeInSome } from '../traffic/footStages'
import { timeToChange } from '../traffic/signals'
import type { World } from '../world'

/** People step on for so long after their light turned green whatever time is left, s: the walk interval of MUTCD 2009, 4E.06. */
const WALK = 7
/** m/s for which the time to cross is reckoned, as where signal plans are made (`assemble/signalPlan.ts`). */
const CROSSING_SPEED = 1.2
/** s between the end of a green and the next one that can cross it: yellow and all-red. */
const CLEARING = 5

/** Crossings at junctions, and what drives over them. Follows from the network and the walking graph. */
export interface Crossings {
  readonly edge: Int32Array
  /** Link that enters the junction over the crossing, and link that leaves it so; -1 = none. */
  readonly enters: Int32Array
  readonly leaves: Int32Array
  /** Program whose lights people heed; -1 = none: they go when they like. */
  readonly program: Int32Array
  /** Groups whose vehicles keep people off: groupFirst[crossing] to groupFirst[crossing + 1] - 1. `gives`: 1 = not while they only may go giving way. */
  readonly groupFirst: Int32Array
  readonly group: Int32Array
  readonly gives: Uint8Array
}

/**
 * Finds what crosses each crossing. Its people have green while none of these has: vehicles that come from the link
 * under it, and vehicles that turn into the link under it on a protected green. Right turns always give way to them,
 * and so do left turns through gaps. A crossing that no stage of its program leaves free is crossed at any time.
 */
export function findCrossings(network: Network, { edges }: SidewalkGraph): Crossings {
  const { links, nodes } = network
  const back = new Map<string, number>()
  for (let link = 0; link < links.rows; link++) back.set(`${links.fromNode[link]} ${links.toNode[link]}`, link)
  const rows: { edge: number; enters: number; leaves: number; program: number; groups: Map<number, boolean> }[] = []
  for (let edge = 0; edge < edges.rows; edge++) {
    const junction = edges.junction[edge]
    const link = edges.link[edge]
    if (edges.kind[edge] !== PathKind.crossing || junction < 0 || link < 0) continue
    const comes = links.toNode[link] === junction
    const other = back.get(comes ? `${junction} ${links.fromNode[link]}` : `${links.toNode[link]} ${junction}`) ?? -1
    const [enters, leaves] = comes ? [link, other] : [other, link]
    const groups = groupsAcross(network, junction, enters, leaves)
    const program = nodes.control[junction] === Control.signal ? nodes.program[junction] : -1
    rows.push({ edge, enters, leaves, program: program >= 0 && isFreeInSome(network, program, groups) ? program : -1, groups })
  }
  const groupFirst = new Int32Array(rows.length + 1)
  for (const [row, { groups }] of rows.entries()) groupFirst[row + 1] = groupFirst[row] + groups.size
  return {
    edge: Int32Array.from(rows, ({ edge }) => edge), enters: Int32Array.from(rows, ({ enters }) => enters), leaves: Int32Array.from(rows, ({ leaves }) => leaves),
    program: Int32Array.from(rows, ({ program }) => program), groupFirst,
    group: Int32Array.from(rows.flatMap(({ groups }) => [...groups.keys()])), gives: Uint8Array.from(rows.flatMap(({ groups }) => [...groups.values()].map(Number))),
  }
}

/**
 * Lets people on to crossings or keeps them off for the coming tick, and tells vehicles on which there is somebody.
 *
 * @param greenTick  by crossing: when its people last got green; -1 = they have red
 */
export function updateCrossings(world: World, crossings: Crossings, greenTick: Int32Array, { edges, graph }: Sidewalks): void {
  const { links, signals: { state }, input: { dt } } = world
  const { edge: rows, enters, leaves, program, groupFirst, group, gives } = crossings
  links.onStart.fill(0)
  links.onEnd.fill(0)
  for (let row = 0; row < rows.length; row++) {
    const edge = rows[row]
    if (edges.forward[edge] + edges.backward[edge] > 0) {
      if (enters[row] >= 0) links.onEnd[enters[row]] = 1
      if (leaves[row] >= 0) links.onStart[leaves[row]] = 1
    }
    if (program[row] < 0) continue
    let red = false
    for (let at = groupFirst[row]; at < groupFirst[row + 1] && !red; at++) {
      const light = state[group[at]]
      red = light !== Light.red && !(gives[at] === 1 && light === Light.permitted)
    }
    if (red) greenTick[row] = -1
    else if (greenTick[row] < 0) greenTick[row] = world.tick
    const isLong = !red && (world.tick - greenTick[row]) * dt >= WALK && timeToChange(world, program[row]) + CLEARING < graph.edges.length[edge] / CROSSING_SPEED
    edges.shut[edge] = red || isLong ? 1 : 0
  }
}
