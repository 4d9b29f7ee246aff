import { createTable } from '../core/table'
import { invariant } from '../core/invariant'
import type { NetworkSpec, SignalSpec } from './networkSpec'
import {
  ConflictKind, Control, Direction, NodeKind, RoadClass, SignalKind, VehicleClass, networkTables, type Network,
} from './networkTables'
import { findConflicts, type ConflictDraft } from './assemble/conflicts'
import { turnPath, turnSpeed } from './assemble/paths'
import { length, offset, placeAt, turnAngle } from './assemble/polyline'
import { planSignals, type GroupDraft, type PlanDraft } from './assemble/signalPlan'
import { trimCarriageways, type Carriageway } from './assemble/trim'
import { makeTurns, type TurnDraft } from './assemble/turns'

/**
 * Builds the network tables from an importer's nodes and links: stop lines, lanes, lane-to-lane turns, the zones
 * where turns conflict, and a signal program for every signalised node. The same spec always gives the same bytes.
 */
export function assembleNetwork(spec: NetworkSpec): Network {
  checkSpec(spec)
  const ways = trimCarriageways(spec)
  const laneFirst = [0]
  for (const link of spec.links) laneFirst.push(laneFirst[laneFirst.length - 1] + link.lanes.length)
  const laneRow = (link: number, lane: number): number => laneFirst[link] + lane
  const drafts = makeTurns(spec, ways)
    .sort((a, b) => laneRow(a.fromLink, a.fromLane) - laneRow(b.fromLink, b.fromLane) || a.direction - b.direction || laneRow(a.toLink, a.toLane) - laneRow(b.toLink, b.toLane))
  const laneLines = spec.links.map((_, row) => laneLinesOf(spec, ways[row], row))
  const turnLines = drafts.map(turn => {
    const from = placeAt(laneLines[turn.fromLink][turn.fromLane], Infinity), to = placeAt(laneLines[turn.toLink][turn.toLane], 0)
    return { line: turnPath(from, to), angle: turnAngle(from.dx, from.dy, to.dx, to.dy) }
  })
  const turnsOfNode: number[][] = spec.nodes.map(() => [])
  for (const [row, turn] of drafts.entries()) turnsOfNode[turn.node].push(row)
  const conflicts: ConflictDraft[][] = drafts.map(() => [])
  for (const rows of turnsOfNode) {
    const found = findConflicts(rows.map(row => ({ ...drafts[row], line: turnLines[row].line })))
    for (const [i, row] of rows.entries()) conflicts[row] = found[i].map(c => ({ ...c, other: rows[c.other] }))
  }
  const signals = planAll(spec, ways, drafts, turnsOfNode, conflicts)
  return fillTables(spec, ways, laneRow, laneLines, drafts, turnLines, turnsOfNode, conflicts, signals)
}

function checkSpec(spec: NetworkSpec): void {
  for (const [row, link] of spec.links.entries()) {
    invariant(link.lanes.length > 0, () => `link ${link.id} (${row}) has no lanes`)
    invariant(link.points.length >= 6 && link.points.length % 3 === 0, () => `link ${link.id} (${row}) has ${link.points.length} coordinates`)
    invariant(link.points.every(Number.isFinite), () => `link ${link.id} (${row}) has a coordinate that is not a number`)
    invariant(link.from in spec.nodes && link.to in spec.nodes, () => `link ${link.id} (${row}) joins nodes ${link.from} and ${link.to}, which do not both exist`)
  }
}

/** Lane centrelines, kerb first. */
function laneLinesOf(spec: NetworkSpec, way: Carriageway, row: number): number[][] {
  let right = way.width / 2
  return spec.links[row].lanes.map(lane => {
    const line = offset(way.line, right - lane.width / 2)
    right -= lane.width
    return line
  })
}

interface Signals {
  readonly groups: { readonly node: number; readonly link: number; readonly direction: number }[]
  readonly groupOfTurn: Int32Array
  readonly plans: { readonly node: number; readonly groupFirst: number; readonly groupCount: number; readonly plan: PlanDraft }[]
}

function planAll(spec: NetworkSpec, ways: readonly Carriageway[], drafts: readonly TurnDraft[], turnsOfNode: readonly number[][], conflicts: readonly ConflictDraft[][]): Signals {
  const signals: Signals = { groups: [], groupOfTurn: new Int32Array(drafts.length).fill(-1), plans: [] }
  for (const [node, nodeSpec] of spec.nodes.entries()) {
    if (nodeSpec.control !== Control.signal || turnsOfNode[node].length === 0) continue
    const first = signals.groups.length
    if (nodeSpec.signal) {
      planGiven(signals, node, nodeSpec.signal, drafts, turnsOfNode[node])
      continue
    }
    const members: number[][] = []
    const index = new Map<string, number>()
    for (const row of turnsOfNode[node]) {
      const { fromLink, direction } = drafts[row]
      const key = `${fromLink} ${direction === Direction.uTurn ? Direction.left : direction}` // one light for left and U-turn
      let local = index.get(key)
      if (local === undefined) {
        local = members.length
        index.set(key, local)
        members.push([])
        signals.groups.push({ node, link: fromLink, direction })
      }
      members[local].push(row)
      signals.groupOfTurn[row] = first + local
    }
    invariant(members.length <= 32, () => `node ${nodeSpec.id} has ${members.length} signal groups; at most 32 fit a stage`)
    const cross = members.map(() => new Set<number>())
    for (const [i, rows] of members.entries())
      for (const row of rows) for (const conflict of conflicts[row])
        if (conflict.kind !== ConflictKind.diverging) cross[i].add(signals.groupOfTurn[conflict.other] - first)
    const lanesOf = (i: number): Set<number> => new Set(members[i].map(row => drafts[row].fromLane))
    const groups: GroupDraft[] = members.map((rows, i) => {
      const { fromLink, direction } = drafts[rows[0]]
      const end = placeAt(ways[fromLink].line, Infinity)
      const others = members.flatMap((other, j) => (j !== i && drafts[other[0]].fromLink === fromLink ? [...lanesOf(j)] : []))
      const exclusive = ![...lanesOf(i)].some(lane => others.includes(lane))
      return { link: fromLink, direction, dx: end.dx, dy: end.dy, class: spec.links[fromLink].class, lanes: spec.links[fromLink].lanes.length, exclusive }
    })
    const plan = planSignals(groups, (i, j) => cross[i].has(j), nodeSpec.x, nodeSpec.y)
    signals.plans.push({ node, groupFirst: first, groupCount: members.length, plan })
  }
  return signals
}

/** A program that the source gives: turns of one approach and direction that always show the same light are a group. */
function planGiven(signals: Signals, node: number, { offset, stages }: SignalSpec, drafts: readonly TurnDraft[], rows: readonly number[]): void {
  const first = signals.groups.length
  const index = new Map<string, number>()
  const drafted = stages.map(({ green, greenMin, greenMax, yellow, allRed }) => ({ green, greenMin, greenMax, yellow, allRed, protectedMask: 0, permittedMask: 0 }))
  const shown = stages.map(stage => ({ protectedTurns: new Set(stage.protectedTurns), permittedTurns: new Set(stage.permittedTurns) }))
  const lightsOf = (turn: number | undefined): string => shown.map(({ protectedTurns, permittedTurns }) =>
    (turn === undefined ? '0' : protectedTurns.has(turn) ? '2' : permittedTurns.has(turn) ? '1' : '0')).join('')
  // Bits are few: where turns have more patterns than bits, approaches share them.
  const keyOf = (row: number, fine: boolean): string => `${fine ? `${drafts[row].fromLink} ${drafts[row].direction}` : ''} ${lightsOf(drafts[row].given)}`
  const fine = new Set(rows.map(row => keyOf(row, true))).size <= 32
  for (const row of rows) {
    const key = keyOf(row, fine)
    let bit = index.get(key)
    if (bit === undefined) {
      bit = index.size
      index.set(key, bit)
      signals.groups.push({ node, link: drafts[row].fromLink, direction: drafts[row].direction })
      for (const [stage, light] of [...lightsOf(drafts[row].given)].entries()) {
        if (light === '2') drafted[stage].protectedMask = (drafted[stage].protectedMask | (1 << bit)) >>> 0
        else if (light === '1') drafted[stage].permittedMask = (drafted[stage].permittedMask | (1 << bit)) >>> 0
      }
    }
    signals.groupOfTurn[row] = first + bit
  }
  invariant(index.size <= 32, () => `node row ${node} has ${index.size} signal groups; at most 32 fit a stage`)
  signals.plans.push({ node, groupFirst: first, groupCount: index.size, plan: { offset, stages: drafted } })
}

/** Emergency vehicles use every lane that anybody may; electric two-wheelers no expressway (Road Traffic Safety Law of the PRC, art. 53 and 67). */
function allowedOn(roadClass: number, allowed: number): number {
  const all = allowed === 0 ? 0 : allowed | (1 << VehicleClass.emergency)
  return roadClass <= RoadClass.trunkLink ? all & ~(1 << VehicleClass.ebike) : all
}

const meetsAnotherApproach = (turn: number, drafts: readonly TurnDraft[], conflicts: readonly ConflictDraft[][]): boolean =>
  conflicts[turn].some(({ kind, other }) => kind !== ConflictKind.diverging && drafts[other].fromLink !== drafts[turn].fromLink)

function fillTables(
  spec: NetworkSpec, ways: readonly Carriageway[], laneRow: (link: number, lane: number) => number, laneLines: readonly number[][][],
  drafts: readonly TurnDraft[], turnLines: readonly { line: number[]; angle: number }[], turnsOfNode: readonly number[][],
  conflicts: readonly ConflictDraft[][], signals: Signals,
): Network {
  const strings: string[] = []
  const stringRows = new Map<string, number>()
  const string = (text: string | undefined): number => {
    if (text === undefined || text === '') return -1
    let row = stringRows.get(text)
    if (row === undefined) { row = strings.length; strings.push(text); stringRows.set(text, row) }
    return row
  }
  const points: number[] = []
  const putLine = (line: readonly number[]): { first: number; count: number } => {
    const first = points.length / 3
    for (const value of line) points.push(value)
    return { first, count: line.length / 3 }
  }
  const sum = (lists: readonly (readonly unknown[])[]): number => lists.reduce((total, list) => total + list.length, 0)
  const nodes = createTable(networkTables.nodes, spec.nodes.length)
  const links = createTable(networkTables.links, spec.links.length)
  const lanes = createTable(networkTables.lanes, sum(laneLines))
  const turns = createTable(networkTables.turns, drafts.length)
  const conflictTable = createTable(networkTables.conflicts, sum(conflicts))
  const programs = createTable(networkTables.programs, signals.plans.length)
  const stages = createTable(networkTables.stages, sum(signals.plans.map(({ plan }) => plan.stages)))
  const groups = createTable(networkTables.groups, signals.groups.length)
  const nodeTurns = createTable(networkTables.nodeTurns, drafts.length)

  // Metres are kept to 1/64 (1.6 cm) and points to 1/32 (3 cm): finer than any source, and the pack is half the size.
  const fine = (metres: number): number => Math.round(metres * 64) / 64
  const coarse = (metres: number): number => Math.round(metres * 32) / 32
  let nodeTurn = 0
  for (const [row, node] of spec.nodes.entries()) {
    nodes.x[row] = fine(node.x); nodes.y[row] = fine(node.y); nodes.z[row] = fine(node.z)
    nodes.id[row] = string(node.id); nodes.name[row] = string(node.name)
    nodes.kind[row] = node.kind; nodes.control[row] = node.control
    nodes.program[row] = -1
    nodes.turnFirst[row] = nodeTurn; nodes.turnCount[row] = turnsOfNode[row].length
    for (const turn of turnsOfNode[row]) nodeTurns.turn[nodeTurn++] = turn
    // A signal without anything to separate is none.
    if (node.control === Control.signal && turnsOfNode[row].length === 0) nodes.control[row] = node.kind === NodeKind.junction ? Control.priority : Control.none
    // Where the ways of different approaches meet, their ranks decide: that is priority, whatever the source calls it.
    if (node.control === Control.none && node.kind === NodeKind.junction && turnsOfNode[row].some(turn => meetsAnotherApproach(turn, drafts, conflicts))) nodes.control[row] = Control.priority
  }
  for (const [row, link] of spec.links.entries()) {
    const way = ways[row]
    const { first, count } = putLine(way.line)
    links.length[row] = fine(length(way.line))
    links.speedLimit[row] = link.speedLimit
    links.fromNode[row] = link.from; links.toNode[row] = link.to
    links.laneFirst[row] = laneRow(row, 0); links.laneCount[row] = link.lanes.length
    links.pointFirst[row] = first; links.pointCount[row] = count
    links.id[row] = string(link.id); links.name[row] = string(link.name)
    links.zone[row] = link.zone; links.flags[row] = link.flags; links.class[row] = link.class; links.layer[row] = link.layer
    for (const [index, lane] of link.lanes.entries()) {
      const laneIndex = laneRow(row, index)
      const place = putLine(laneLines[row][index])
      // All lanes of a link have its length, so that positions compare across lanes; the error in a bend is below 2 %.
      lanes.length[laneIndex] = links.length[row]
      lanes.link[laneIndex] = row; lanes.index[laneIndex] = index
      lanes.pointFirst[laneIndex] = place.first; lanes.pointCount[laneIndex] = place.count
      lanes.width[laneIndex] = lane.width; lanes.allowed[laneIndex] = allowedOn(link.class, lane.allowed); lanes.marks[laneIndex] = lane.marks
      lanes.turnFirst[laneIndex] = 0; lanes.turnCount[laneIndex] = 0
    }
  }
  let conflict = 0
  for (const [row, turn] of drafts.entries()) {
    const fromLane = laneRow(turn.fromLink, turn.fromLane)
    if (lanes.turnCount[fromLane] === 0) lanes.turnFirst[fromLane] = row
    lanes.turnCount[fromLane]++
    lanes.marks[fromLane] |= 1 << turn.direction
    const { line, angle } = turnLines[row]
    const place = putLine(line)
    const limit = Math.min(spec.links[turn.fromLink].speedLimit, spec.links[turn.toLink].speedLimit)
    turns.length[row] = Math.max(0.125, fine(length(line)))
    const given = turn.given === undefined ? undefined : spec.turns?.[turn.given].speed
    turns.speedMax[row] = given === undefined ? turnSpeed(line, angle, limit) : Math.min(given, limit)
    turns.fromLane[row] = fromLane; turns.toLane[row] = laneRow(turn.toLink, turn.toLane)
    turns.node[row] = turn.node; turns.group[row] = signals.groupOfTurn[row]
    turns.conflictFirst[row] = conflict; turns.conflictCount[row] = conflicts[row].length
    turns.pointFirst[row] = place.first; turns.pointCount[row] = place.count
    turns.direction[row] = turn.direction; turns.rank[row] = turn.rank
    for (const c of conflicts[row]) {
      conflictTable.turn[conflict] = row; conflictTable.other[conflict] = c.other
      conflictTable.start[conflict] = fine(c.start); conflictTable.end[conflict] = fine(c.end)
      conflictTable.otherStart[conflict] = fine(c.otherStart); conflictTable.otherEnd[conflict] = fine(c.otherEnd)
      conflictTable.kind[conflict] = c.kind; conflictTable.yields[conflict] = c.yields
      conflict++
    }
  }
  let stage = 0
  for (const [row, { node, groupFirst, groupCount, plan }] of signals.plans.entries()) {
    nodes.program[node] = row
    programs.offset[row] = plan.offset; programs.node[row] = node
    programs.stageFirst[row] = stage; programs.stageCount[row] = plan.stages.length
    programs.groupFirst[row] = groupFirst; programs.groupCount[row] = groupCount
    programs.kind[row] = spec.nodes[node].signalKind ?? SignalKind.fixed
    for (const draft of plan.stages) {
      stages.green[stage] = draft.green; stages.greenMin[stage] = draft.greenMin; stages.greenMax[stage] = draft.greenMax
      stages.yellow[stage] = draft.yellow; stages.allRed[stage] = draft.allRed
      stages.protectedMask[stage] = draft.protectedMask; stages.permittedMask[stage] = draft.permittedMask
      stage++
    }
    for (let g = groupFirst; g < groupFirst + groupCount; g++) groups.program[g] = row
  }
  for (const [row, group] of signals.groups.entries()) { groups.link[row] = group.link; groups.direction[row] = group.direction }
  const pointTable = createTable(networkTables.points, points.length / 3)
  for (let i = 0; i < pointTable.rows; i++) {
    pointTable.x[i] = coarse(points[i * 3]); pointTable.y[i] = coarse(points[i * 3 + 1]); pointTable.z[i] = coarse(points[i * 3 + 2])
  }
  return { nodes, links, lanes, turns, conflicts: conflictTable, programs, stages, groups, points: pointTable, nodeTurns, strings }
}
