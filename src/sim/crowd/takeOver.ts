import { createTable } from '../core/table'
import { stopGliding } from './calm'
import type { Crowd } from './crowd'
import type { CrowdChange } from './crowdTypes'
import { applyChange, changeGate } from './navigation/changes'
import { dismissGate, leave } from './navigation/gates'
import { gateColumns, laneColumns } from './navigation/navigationTables'
import { Lets } from './spaceIndex'
import type { Barrier, Gate } from './walkSpace'

/** What the layout of a saved crowd depends on beside floors, goals, queues, lifts, walkers and journeys: barriers and gates; and what had changed by then. */
export interface SaveHead {
  readonly barriers: readonly Barrier[]
  readonly gates: readonly Gate[]
  readonly walls: number
  readonly lanes: number
  /** Steps of the grid beyond its neighbours: from, to, side and gate of each. */
  readonly links: readonly (readonly number[])[]
  readonly changes: readonly CrowdChange[]
}

/** The same crowd, but for what lies otherwise in a saved one: that has arrays of its own, as long as there. */
export function asSaved(crowd: Crowd, head: SaveHead): Crowd {
  const { index, navigation } = crowd
  const links = head.links[0].length
  const { grid, fields, openings, openingsIfOpen } = navigation
  return {
    ...crowd, index: { ...index, walls: { ...index.walls, lets: new Int32Array(head.walls) } },
    navigation: {
      ...navigation, gates: createTable(gateColumns, head.gates.length), lanes: createTable(laneColumns, head.lanes),
      openings: { passes: openings.passes, links: new Uint8Array(links) }, openingsIfOpen: { passes: openingsIfOpen.passes, links: new Uint8Array(links) },
      grid: { ...grid, links: { ...grid.links, extra: new Float32Array(links) } }, fields: fields.map(field => ({ ...field, extra: new Float32Array(links) })),
    },
  }
}

/**
 * Takes over from a saved crowd what lies otherwise there. Barriers and gates stand as the changes before now have it;
 * lanes of gates that are where they were go on with whom they serve; whoever wanted through one that is gone walks on.
 * Goals, belts and queues stay as they are, unless other changes than before concern them; releases that should have
 * been are made now. Says whether belts changed.
 *
 * @param changes  those before now
 */
export function takeOver(crowd: Crowd, saved: Crowd, head: SaveHead, changes: readonly CrowdChange[]): boolean {
  const { input: { space }, navigation: { gates } } = crowd
  takeLinks(crowd, saved, head)
  for (const change of changes) {
    if (change.kind === 'barrier') applyChange(crowd, change)
    else if (change.kind === 'gate') changeGate(crowd, space.gates.findIndex(({ id }) => id === change.id), change)
  }
  takeLanes(crowd, saved, head)
  for (let gate = 0; gate < gates.rows; gate++) if (gates.stands[gate] === 0) dismissGate(crowd, gate)
  if (standing(crowd, crowd.input.space) !== standing(saved, head)) stopGliding(crowd)
  return takeOthers(crowd, head, changes)
}

/** What stands of barriers and gates, and whom it lets through. Rows of walls are those of outlines, then of barriers, then of gates. */
function standing({ index: { walls: { lets } } }: Crowd, { barriers, gates }: Pick<SaveHead, 'barriers' | 'gates'>): string {
  const lines = [...barriers.flatMap(({ floor, line }) => line.slice(1).map((end, at) => `${floor} ${line[at]} ${end}`)), ...gates.map(({ id, floor, line }) => `${floor} ${line.join()} ${id}`)]
  const first = lets.length - lines.length
  return lines.map((line, at) => `${line} ${lets[first + at]}`).filter((_, at) => lets[first + at] !== Lets.all).sort().join('\n')
}

const sameGate = (one: Gate, other: Gate): boolean => one.id === other.id && one.floor === other.floor && JSON.stringify(one.line) === JSON.stringify(other.line)

/** Whether links were open, and what they took beyond the walk; of gates that were not there, nothing. */
function takeLinks({ input: { space }, navigation: { grid: { links }, fields, openings, openingsIfOpen } }: Crowd, { navigation: before }: Crowd, head: SaveHead): void {
  const [from, to, side, gate] = head.links
  const nameOf = (gates: readonly Gate[], a: number, b: number, over: number, through: number): string => {
    if (through < 0) return `${a} ${b} ${over}`
    const { id, floor, line } = gates[through]
    return `${a} ${b} ${over} ${id} ${floor} ${line.join()}`
  }
  const rows = new Map(from.map((cell, row) => [nameOf(head.gates, cell, to[row], side[row], gate[row]), row]))
  for (let link = 0; link < links.from.length; link++) {
    const row = rows.get(nameOf(space.gates, links.from[link], links.to[link], links.side[link], links.gate[link]))
    openings.links[link] = row === undefined ? 0 : before.openings.links[row]
    openingsIfOpen.links[link] = row === undefined ? 0 : before.openingsIfOpen.links[row]
    if (row !== undefined) links.extra[link] = before.grid.links.extra[row]
    for (const [at, { extra }] of fields.entries()) extra[link] = row === undefined ? 0 : before.fields[at].extra[row]
  }
}

function takeLanes(crowd: Crowd, { navigation: before }: Crowd, head: SaveHead): void {
  const { input: { space, walkers }, navigation: { gates, lanes, intents }, persons } = crowd
  const gateRow = head.gates.map(gate => space.gates.findIndex(other => sameGate(gate, other)))
  for (const [old, row] of gateRow.entries()) {
    if (row < 0) continue
    for (let lane = 0; lane < Math.min(before.gates.lanes[old], gates.lanes[row]); lane++) {
      const [from, to] = [before.gates.laneFirst[old] + lane, gates.laneFirst[row] + lane]
      lanes.freeAt[to] = before.lanes.freeAt[from]
      lanes.holder[to] = before.lanes.holder[from]
      lanes.waiting[to] = before.lanes.waiting[from]
    }
  }
  for (let walker = 0; walker < walkers.rows; walker++) {
    const old = intents.gate[walker] >= 0 ? intents.gate[walker] : persons.pass[walker]
    if (old < 0) continue
    const row = gateRow[old]
    const lane = intents.lane[walker] - before.gates.laneFirst[old]
    if (row < 0 || lane >= gates.lanes[row]) { leave(crowd, walker); continue }
    intents.gate[walker] = row
    intents.lane[walker] = gates.laneFirst[row] + lane
    if (persons.pass[walker] >= 0) persons.pass[walker] = row
  }
}

/** Goals, belts and queues that other changes concern than before. */
function takeOthers(crowd: Crowd, head: SaveHead, changes: readonly CrowdChange[]): boolean {
  const { goals, floors, queues } = crowd.input.space
  const subjectOf = (change: CrowdChange): string => `${change.kind} ${change.kind === 'belt' ? change.floor : change.id}`
  let belts = false
  for (const subject of new Set([...head.changes, ...changes].map(subjectOf))) {
    const [before, after] = [head.changes, changes].map(list => list.filter(change => subjectOf(change) === subject))
    const [{ kind }] = [...before, ...after]
    if (kind === 'barrier' || kind === 'gate' || JSON.stringify(before) === JSON.stringify(after)) continue
    if (kind === 'belt') belts = true
    const id = subject.slice(kind.length + 1)
    const goal = goals.find(each => each.id === id)
    const floor = floors.find(each => each.id === id)
    const queue = queues.find(each => each.id === id)
    if (kind === 'goal' && goal) applyChange(crowd, { tick: 0, source: id, kind, id, open: goal.open, service: goal.service ?? 0 })
    else if (kind === 'belt' && floor) applyChange(crowd, { tick: 0, source: id, kind, floor: id, speed: floor.belt ?? 0 })
    else if (kind === 'queue' && queue) applyChange(crowd, { tick: 0, source: id, kind, id, servers: queue.servers })
    const known = new Set(before.map(change => JSON.stringify(change)))
    for (const change of after) if (kind !== 'release' || !known.has(JSON.stringify(change))) applyChange(crowd, change)
  }
  return belts
}
