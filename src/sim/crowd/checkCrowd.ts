import { invariant } from '../core/invariant'
import { CrowdCount, type Crowd } from './crowd'
import { WalkerState } from './crowdTypes'
import { distanceSquare, insideRings } from './planGeometry'
import { cellOf, Lets } from './spaceIndex'

/** m that two bodies may overlap, and a body a wall. */
const OVERLAP = 0.01

/**
 * Holds the crowd against its invariants between two ticks: every walker is in one state, bodies are as many as the
 * walkers inside, in order of their cells, on their floors, clear of walls and of each other, at speeds of 0 and more.
 * Stops at the first that is broken. Answers the largest overlap of two bodies, m.
 */
export function checkCrowd(crowd: Crowd): number {
  checkConserved(crowd)
  checkPlaces(crowd)
  const { overlap, row, other } = worstOverlap(crowd)
  const { now, counts } = crowd
  invariant(overlap <= OVERLAP, () => `tick ${counts[CrowdCount.tick]}: walkers ${now.walker[row]} and ${now.walker[other]} overlap by ${(100 * overlap).toFixed(1)} cm at ${now.x[row].toFixed(2)}, ${now.y[row].toFixed(2)}`)
  return overlap
}

function checkConserved(crowd: Crowd): void {
  const { counts, persons, now, left, index, mail, input } = crowd
  const tick = counts[CrowdCount.tick]
  const bodies = mail.first[index.domains]
  const found = new Int32Array(5)
  for (let walker = 0; walker < input.walkers.rows; walker++) found[persons.state[walker]]++
  for (const [state, count] of [['waitingToEnter', 'waiting'], ['inside', 'inside'], ['inLift', 'inLift'], ['left', 'left']] as const)
    invariant(found[WalkerState[state]] === counts[CrowdCount[count]], () => `tick ${tick}: ${found[WalkerState[state]]} walkers are ${state}, ${counts[CrowdCount[count]]} were counted`)
  invariant(bodies === counts[CrowdCount.inside], () => `tick ${tick}: ${bodies} bodies of ${counts[CrowdCount.inside]} walkers inside`)
  const seen = new Uint8Array(input.walkers.rows)
  const once = (walker: number, state: number): void => {
    invariant(seen[walker] === 0, () => `tick ${tick}: walker ${walker} is there twice`)
    seen[walker] = 1
    invariant(persons.state[walker] === state, () => `tick ${tick}: walker ${walker} is in state ${persons.state[walker]}, not ${state}`)
  }
  for (let row = 0; row < bodies; row++) once(now.walker[row], WalkerState.inside)
  for (let row = 0; row < counts[CrowdCount.left]; row++) once(left.walker[row], WalkerState.left)
}

function checkPlaces(crowd: Crowd): void {
  const { counts, now, index, mail, cellFirst, input } = crowd
  const { walls, wallFirst, wallList } = index
  const tick = counts[CrowdCount.tick]
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const [x, y, floor, cell] = [now.x[row], now.y[row], now.floor[row], now.cell[row]]
    const who = (): string => `tick ${tick}: walker ${now.walker[row]} at ${x.toFixed(3)}, ${y.toFixed(3)} on floor ${input.space.floors[floor].id}`
    invariant(now.speed[row] >= 0 && now.speed[row] < 10, () => `${who()} walks at ${now.speed[row]} m/s`)
    invariant(cell === cellOf(index, floor, x, y) && row >= cellFirst[cell] && row < cellFirst[cell + 1], () => `${who()} is not in its cell ${cell}`)
    invariant(insideRings(input.space.floors[floor].outlines, x, y), () => `${who()} is beyond its wall`)
    for (let at = wallFirst[cell]; at < wallFirst[cell + 1]; at++) {
      const wall = wallList[at]
      if (walls.floor[wall] !== floor || walls.lets[wall] !== Lets.none || walls.gate[wall] >= 0 || walls.barrier[wall] >= 0) continue
      const gap = distanceTo(index.walls, wall, x, y) - now.radius[row]
      invariant(gap >= -OVERLAP, () => `${who()} reaches ${(-100 * gap).toFixed(1)} cm into wall ${wall}`)
    }
  }
}

function distanceTo({ ax, ay, bx, by }: Crowd['index']['walls'], wall: number, x: number, y: number): number {
  return Math.sqrt(distanceSquare(ax[wall], ay[wall], bx[wall], by[wall], x, y))
}

/** The two bodies that overlap most, m; joined floors included where their cells see each other. 0 where none do. */
export function worstOverlap(crowd: Crowd): { readonly overlap: number; readonly row: number; readonly other: number } {
  const { now, index, mail, cellFirst } = crowd
  const { floors, beyondFirst, beyondList } = index
  const bodies = mail.first[index.domains]
  let worst = { overlap: 0, row: -1, other: -1 }
  for (let row = 0; row < bodies; row++) {
    const cell = now.cell[row]
    const width = floors.width[now.floor[row]]
    const ranges: [number, number][] = [-1, 0, 1].map(line => [cell + line * width - 1, cell + line * width + 2])
    // Bodies on either side of a wall may be nearer than their radii, so only those of one floor count where walls stand.
    for (let at = beyondFirst[cell]; at < beyondFirst[cell + 1]; at += 2) ranges.push([beyondList[at], beyondList[at + 1]])
    for (const [from, to] of ranges) {
      for (let other = cellFirst[from]; other < cellFirst[to]; other++) {
        if (other <= row) continue
        const dx = now.x[other] - now.x[row]
        const dy = now.y[other] - now.y[row]
        const reach = now.radius[row] + now.radius[other]
        if (dx * dx + dy * dy >= reach * reach) continue
        const overlap = reach - Math.sqrt(dx * dx + dy * dy)
        if (overlap > worst.overlap && !isApart(crowd, cell, row, other)) worst = { overlap, row, other }
      }
    }
  }
  return worst
}

/** Whether a wall stands between two bodies. */
function isApart({ now, index: { walls, wallFirst, wallList } }: Crowd, cell: number, row: number, other: number): boolean {
  const [x, y] = [now.x[row], now.y[row]]
  const [dx, dy] = [now.x[other] - x, now.y[other] - y]
  for (let at = wallFirst[cell]; at < wallFirst[cell + 1]; at++) {
    const wall = wallList[at]
    if (walls.lets[wall] === Lets.all) continue
    const [ax, ay, bx, by] = [walls.ax[wall] - x, walls.ay[wall] - y, walls.bx[wall] - x, walls.by[wall] - y]
    if (dx * ay - dy * ax > 0 === dx * by - dy * bx > 0) continue
    const here = (by - ay) * ax - (bx - ax) * ay
    const there = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    if (here > 0 !== there > 0) return true
  }
  return false
}
