import { exponential } from '../../core/power'
import { CrowdCount, type Crowd } from '../crowd'
import { beginField, buildField, finishField, keptUntil } from './flowField'
import { BINS, coarseCell, NavigationCount, openIfOpen, type Navigation } from './createNavigation'
import { march } from './march'
import { openSteps } from './openSteps'
import { FIELD_SPEED } from './walkGrid'

/** Fields follow the crowd anew every so many seconds. */
export const REFRESH_SECONDS = 5
/** Share of that in which all of them are made, bit by bit. */
const MAKING = 0.8
/** Share of a density that is from now; the rest is from before. */
const SHARE_NOW = 0.5
/** Cells of the space index to each side over which densities are taken: 4 m in all. Over less, chance has people weave. */
const REACH = 2
/** Share of what is added where people got stuck that remains after a refresh: half of it after 33 s. */
const STUCK_KEPT = 0.9
/** Densities are over this area at least, m2. */
const LEAST_AREA = 1.5
/** Walks to exits are counted by so many seconds. */
const BIN_SECONDS = 2
/** Cells are never slower than this many times the free walk. */
const SLOWEST = 12

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

/** Alone: opens and closes what changed, at once, for all fields, each from where it concerns it. `belts`: whether belts changed as well. */
export function rebuildFields(crowd: Crowd, belts = false): void {
  const { navigation, index } = crowd
  const { grid, openings, openingsBefore, openedBefore, openingsIfOpen, gates, fields, queue, targets, arrival, counts } = navigation
  openingsBefore.passes.set(openings.passes)
  openingsBefore.links.set(openings.links)
  openSteps(grid, index, index.walls.lets, index.floors.belt, gates.lets, openings)
  if (belts) openIfOpen(navigation, crowd.input, index)
  for (const field of fields) {
    if (field.waits && !belts) continue
    const keep = belts ? 0 : keptUntil(grid, field, openingsBefore, openings, targets, openedBefore)
    if (keep < Infinity) buildField(queue, grid, index, field.waits ? openingsIfOpen : openings, targets, arrival, field, keep)
  }
  openedBefore.set(targets.open)
  counts[NavigationCount.field] = -1
}

/**
 * Alone: every few seconds, densities and waiting times as they are; then field after field is made anew from them, a
 * number of cells each tick that depends on nothing but the walk space.
 */
export function refreshFields(crowd: Crowd): void {
  const { navigation, counts, input, index } = crowd
  const { grid, openings, openingsIfOpen, fields, queue, targets, arrival, counts: own } = navigation
  const ticks = Math.max(1, Math.round(REFRESH_SECONDS / input.dt))
  if (counts[CrowdCount.tick] % ticks === 0 && counts[CrowdCount.tick] > 0 && counts[CrowdCount.inside] > 0) {
    measure(crowd)
    own[NavigationCount.field] = 0
    own[NavigationCount.begun] = 0
  }
  let budget = Math.ceil((grid.cells * fields.length) / (MAKING * ticks))
  while (budget > 0 && own[NavigationCount.field] >= 0 && own[NavigationCount.field] < fields.length) {
    const field = fields[own[NavigationCount.field]]
    const now = field.waits ? openingsIfOpen : openings
    if (own[NavigationCount.begun] === 0) {
      beginField(queue, grid, index, now, targets, field, arrival)
      own[NavigationCount.begun] = 1
    }
    if (!march(queue, grid, index, now, arrival, budget)) return
    finishField(grid, now, targets, arrival, field)
    budget -= grid.cells
    own[NavigationCount.field]++
    own[NavigationCount.begun] = 0
  }
}

/** Takes densities and waiting times into the cost of cells and the wait at targets. */
function measure(crowd: Crowd): void {
  const { navigation, index, cellFirst } = crowd
  const { grid, density, area, stuck } = navigation
  const { rasters, cost, costFree } = grid
  for (let floor = 0; floor < rasters.rows.length; floor++) {
    const { width, height, cellFirst: first } = index.floors
    for (let row = REACH; row < height[floor] - REACH; row++)
      for (let column = REACH; column < width[floor] - REACH; column++) {
        // Over a cell and those around it, so that one person alone is no crowd.
        const cell = first[floor] + row * width[floor] + column
        if (area[cell] === 0) continue
        stuck[cell] *= STUCK_KEPT
        let persons = 0
        let surface = 0
        for (let line = cell - REACH * width[floor]; line <= cell + REACH * width[floor]; line += width[floor]) {
          persons += cellFirst[line + REACH + 1] - cellFirst[line - REACH]
          for (let other = line - REACH; other <= line + REACH; other++) surface += area[other]
        }
        density[cell] += SHARE_NOW * (persons / Math.max(LEAST_AREA, surface) - density[cell])
      }
  }
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
        cost[cell] = costFree[cell] * factor
      }
    }
  }
  measureWaits(crowd)
  waitAtGates(navigation)
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
    links.extra[link] = gates.service[gate] * (1 + waiting / Math.max(1, gates.lanes[gate]))
  }
}
