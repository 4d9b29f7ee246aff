import { exponential } from '../../core/power'
import { CrowdCount, type Crowd } from '../crowd'
import { measureDensities } from './densities'
import { beginField, changedCells, finishField, keptUntil } from './flowField'
import { BINS, coarseCell, NavigationCount, openIfOpen, type Navigation } from './createNavigation'
import { cellsMarched, march } from './march'
import { openSteps, type Openings } from './openSteps'
import { stageOf } from './stages'
import { FIELD_SPEED } from './walkGrid'

/** Fields follow the crowd anew every so many seconds. */
export const REFRESH_SECONDS = 2
/** Cells marched in a tick for a field that somebody waits for, some 8 ms, and for one that only follows the crowd, 1 ms. Writing and beginning a cell take less: so many for one. */
const CELLS_PER_TICK = 60_000
const CELLS_DUE = 8_000
const WRITTEN_PER_CELL = 4
const BEGUN_PER_CELL = 20
/** Cells that are slower or faster by less than this share since the last look are no reason to make fields anew. */
const CHANGE_LEAST = 0.05
/** Share of what is added where people got stuck that remains after a refresh: half of it after 33 s. */
const STUCK_KEPT = 0.96
/** Walks to exits are counted by so many seconds. */
const BIN_SECONDS = 2
/** Cells are never slower than this many times the free walk. */
const SLOWEST = 4

/**
 * How many times longer than alone one walks at a density, persons a m2.
 *
 *   v = 1.34 (1 - exp(-1.913 (1/density - 1/5.4)))
 *
 * Source: Weidmann (1993), Transporttechnik der Fussgänger, IVT 90, eq. for the mean speed on the level.
 */
export function slowness(density: number): number {
  if (density < 0.3) return 1
  const rest = 1 / density - 1 / 5.4
  if (rest <= 0) return SLOWEST
  return Math.min(SLOWEST, 1 / (1 - exponential(-1.913 * rest)))
}

/** Alone: what changed opens and closes now; fields are made anew from where it concerns them, soon. `belts`: whether belts changed as well. */
export function changeWays(crowd: Crowd, belts: boolean): void {
  const { navigation, index } = crowd
  const { grid, openings, openingsIfOpen, fields, gates, targets, openedBefore, counts, keep } = navigation
  let changes = belts || openedBefore.some((open, target) => open !== targets.open[target])
  if (takeWays(crowd, openings, belts, () => openSteps(grid, index, index.walls.lets, index.floors.belt, gates.lets, openings))) changes = true
  // What nobody goes by is not kept, and so is not saved either.
  if (fields.some(({ waits }) => waits) && takeWays(crowd, openingsIfOpen, belts, () => openIfOpen(navigation, crowd.input, index))) changes = true
  openedBefore.set(targets.open)
  if (!changes) return
  // What is being made was begun with other ways; what is half written holds nothing to keep.
  if (counts[NavigationCount.written] > 0) keep[counts[NavigationCount.field]] = 0
  counts[NavigationCount.field] = -1
  counts[NavigationCount.written] = 0
}

/** Opens and closes steps, and notes how much of each field that goes by them stays as it is. Whether anything changed. */
function takeWays({ navigation }: Crowd, openings: Openings, belts: boolean, open: () => void): boolean {
  const { grid, openingsBefore, openingsIfOpen, openedBefore, fields, targets, keep } = navigation
  openingsBefore.passes.set(openings.passes)
  openingsBefore.links.set(openings.links)
  open()
  const changed = changedCells(grid, openingsBefore, openings)
  for (const [row, field] of fields.entries())
    if (field.made[0] > 0 && field.waits === (openings === openingsIfOpen)) keep[row] = belts ? 0 : Math.min(keep[row], keptUntil(field, changed, targets, openedBefore))
  return changed.length > 0
}

/**
 * Alone: makes fields, one after another, so many cells a tick: first those that somebody waits for, then those that a
 * change concerns, then, every few seconds, all that somebody follows, from densities and waiting times as they are.
 */
export function makeFields(crowd: Crowd): void {
  const { navigation, counts, input, index } = crowd
  const { grid, openings, openingsIfOpen, fields, queue, targets, arrival, counts: own, keep, due } = navigation
  if (counts[CrowdCount.tick] % Math.max(1, Math.round(REFRESH_SECONDS / input.dt)) === 0 && counts[CrowdCount.tick] > 0 && counts[CrowdCount.inside] > 0) own[NavigationCount.measure] = 1
  let spent = 0
  for (;;) {
    if (own[NavigationCount.field] < 0) {
      if (own[NavigationCount.measure] === 1) {
        own[NavigationCount.measure] = 0
        if (measure(crowd)) findDue(crowd)
      }
      const next = nextField(navigation)
      if (next < 0) return
      own[NavigationCount.field] = next
      own[NavigationCount.marched] = 0
      own[NavigationCount.from] = fields[next].made[0] > 0 && keep[next] < Infinity ? keep[next] : 0
      beginField(queue, grid, index, fields[next].waits ? openingsIfOpen : openings, targets, fields[next], arrival, own[NavigationCount.from])
      spent += grid.inside.length / BEGUN_PER_CELL
    }
    const row = own[NavigationCount.field]
    const field = fields[row]
    const now = field.waits ? openingsIfOpen : openings
    const budget = (field.made[0] === 0 || keep[row] < Infinity ? CELLS_PER_TICK : CELLS_DUE) - spent
    if (budget <= 0) return
    if (own[NavigationCount.marched] === 0) {
      const done = march(queue, grid, index, now, arrival, budget)
      spent += cellsMarched(queue)
      if (!done) return
      own[NavigationCount.marched] = 1
    }
    const from = own[NavigationCount.written]
    const to = Math.min(grid.inside.length, from + Math.ceil(budget * WRITTEN_PER_CELL))
    finishField(grid, now, targets, arrival, field, own[NavigationCount.from], from, to)
    own[NavigationCount.written] = to
    spent += (to - from) / WRITTEN_PER_CELL
    if (to < grid.inside.length) return
    own[NavigationCount.field] = -1
    own[NavigationCount.written] = 0
    keep[row] = Infinity
    due[row] = 0
  }
}

/** The field that is most wanted; -1 = none. */
function nextField({ fields, wanted, keep, due }: Navigation): number {
  for (let row = 0; row < fields.length; row++) if (wanted[row] === 1 && fields[row].made[0] === 0) return row
  for (let row = 0; row < fields.length; row++) if (keep[row] < Infinity) return row
  return due.indexOf(1)
}

/** All fields that somebody follows, or might choose to. */
function findDue(crowd: Crowd): void {
  const { navigation: { due, fields, options, stages }, now, persons, mail, index } = crowd
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const walker = now.walker[row]
    const field = persons.field[walker]
    if (field < 0) continue
    if (fields[field].made[0] > 0) due[field] = 1
    const stage = options.length === 0 ? -1 : stageOf(crowd, walker)
    if (stage < 0) continue
    for (let at = stages.optionFirst[stage]; at < stages.optionFirst[stage] + stages.options[stage]; at++) if (fields[options[at]].made[0] > 0) due[options[at]] = 1
  }
}

/** Takes densities and waiting times into the cost of cells and the wait at targets; whether that changes any way. */
function measure(crowd: Crowd): boolean {
  let changes = false
  const { navigation, index } = crowd
  const { grid, density, stuck } = navigation
  const { rasters, cost, costFree } = grid
  measureDensities(crowd)
  for (let cell = 0; cell < stuck.length; cell++) if (stuck[cell] > 0) stuck[cell] *= STUCK_KEPT
  for (let floor = 0; floor < rasters.rows.length; floor++) {
    // On a belt nobody slows the others down.
    if (index.floors.belt[floor] !== 0) continue
    for (let row = 0; row < rasters.rows[floor]; row++) {
      let before = -1
      let factor = 1
      for (let column = 0; column < rasters.columns[floor]; column++) {
        const cell = rasters.first[floor] + row * rasters.columns[floor] + column
        if (costFree[cell] === 0) continue
        const coarse = coarseCell(grid, index, floor, column, row)
        if (coarse !== before) { before = coarse; factor = slowness(density[coarse]) + stuck[coarse] }
        const now = costFree[cell] * factor
        if (Math.abs(now - cost[cell]) > CHANGE_LEAST * cost[cell]) changes = true
        cost[cell] = now
      }
    }
  }
  const waits = navigation.targets.wait.reduce((sum, wait) => sum + wait, 0) + grid.links.extra.reduce((sum, extra) => sum + extra, 0)
  measureWaits(crowd)
  waitAtGates(navigation)
  return changes || waits !== navigation.targets.wait.reduce((sum, wait) => sum + wait, 0) + grid.links.extra.reduce((sum, extra) => sum + extra, 0)
}

/**
 * s that whoever joins now waits at exits with a limit, and in queues. Of those who head for an exit, N(t) can be there
 * within t; the last of them gets out when N(t) intervals are over, and so has waited the most that N(t) interval - t is
 * for any t.
 */
function measureWaits(crowd: Crowd): void {
  const { navigation: { targets, goals, queues, ahead }, now, persons, mail, index } = crowd
  const { wait } = targets
  ahead.fill(0)
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const walker = now.walker[row]
    const goal = persons.goal[walker]
    if (persons.field[walker] < 0 || goal < 0 || goal >= goals.rows || goals.interval[goal] === 0) continue
    const bin = Math.floor(persons.remaining[walker] / FIELD_SPEED / BIN_SECONDS)
    if (bin < BINS) ahead[goal * BINS + bin]++
  }
  for (let goal = 0; goal < goals.rows; goal++) {
    wait[goal] = 0
    let persons = 0
    for (let bin = 0; bin < BINS && goals.interval[goal] > 0; bin++) {
      persons += ahead[goal * BINS + bin]
      wait[goal] = Math.max(wait[goal], persons * goals.interval[goal] - (bin + 1) * BIN_SECONDS)
    }
  }
  for (let queue = 0; queue < queues.rows; queue++)
    wait[goals.rows + queue] = (queues.persons[queue] * queues.service[queue]) / Math.max(1, queues.servers[queue])
}

/** s that whoever comes now waits at gates, into the links that lead through them. */
function waitAtGates({ gates, lanes, grid: { links } }: Navigation): void {
  for (let link = 0; link < links.from.length; link++) {
    const gate = links.gate[link]
    if (gate < 0) continue
    let waiting = 0
    for (let lane = gates.laneFirst[gate]; lane < gates.laneFirst[gate] + gates.lanes[gate]; lane++) waiting += lanes.waiting[lane]
    links.extra[link] = gates.stands[gate] === 1 ? gates.service[gate] * (1 + waiting / Math.max(1, gates.lanes[gate])) : 0
  }
}
