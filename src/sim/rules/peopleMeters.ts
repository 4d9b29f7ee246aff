import { invariant } from '../core/invariant'
import { CrowdCount } from '../crowd/crowd'
import { insideRings } from '../crowd/planGeometry'
import type { Floor, Point } from '../crowd/walkSpace'
import { MINUTES } from '../people/minutes'
import type { People } from '../people/people'
import { waitingAtGate } from '../people/queueWatch'
import type { RuleMeasure } from './ruleTypes'

/** m between the points by which the ground in a circle is found. */
const SAMPLE = 0.5

type DensityMeasure = Extract<RuleMeasure, { kind: 'crowdDensity' }>

/** Persons by m² of ground on floors, or on what of them lies in a circle. */
export function crowdDensityMeter(people: People, { floors, circle }: DensityMeasure): () => number {
  const rows = rowsOf(people, floors)
  const room = rows.reduce((sum, row) => sum + roomOf(people.crowd.input.space.floors[row], circle), 0)
  return () => (room > 0 ? count(people, rows, circle) / room : 0)
}

function count({ crowd: { now, mail, index } }: People, floors: readonly number[], circle: DensityMeasure['circle']): number {
  let persons = 0
  for (let row = 0; row < mail.first[index.domains]; row++)
    if (floors.includes(now.floor[row]) && (!circle || isIn(circle, now.x[row], now.y[row]))) persons++
  return persons
}

function isIn({ x, y, radius }: NonNullable<DensityMeasure['circle']>, px: number, py: number): boolean {
  return (px - x) * (px - x) + (py - y) * (py - y) <= radius * radius
}

/** m² of a floor, or of what of it lies in a circle. */
function roomOf({ outlines }: Floor, circle: DensityMeasure['circle']): number {
  if (!circle) return outlines.reduce((sum, ring, at) => sum + (at === 0 ? 1 : -1) * areaOf(ring), 0)
  let room = 0
  const steps = Math.ceil((2 * circle.radius) / SAMPLE)
  for (let row = 0; row < steps; row++) {
    for (let column = 0; column < steps; column++) {
      const x = circle.x - circle.radius + (column + 0.5) * SAMPLE
      const y = circle.y - circle.radius + (row + 0.5) * SAMPLE
      if (isIn(circle, x, y) && insideRings(outlines, x, y)) room += SAMPLE * SAMPLE
    }
  }
  return room
}

function areaOf(ring: readonly Point[]): number {
  let twice = 0
  for (let at = 0; at < ring.length; at++) {
    const [[ax, ay], [bx, by]] = [ring[at], ring[(at + 1) % ring.length]]
    twice += ax * by - ay * bx
  }
  return Math.abs(twice) / 2
}

export function gateQueueMeter({ crowd }: People, id: string): () => number {
  const gate = crowd.input.space.gates.findIndex(each => each.id === id)
  invariant(gate >= 0, () => `a rule measures the queue at gate "${id}", which the walk space does not have`)
  return () => waitingAtGate(crowd, gate)
}

/** Persons of the parties in line. */
export function rankQueueMeter({ input, ranks, parties }: People, name: string): () => number {
  const rank = input.ranks.indexOf(name)
  invariant(rank >= 0, () => `a rule measures the line at taxi rank "${name}", which the run does not have`)
  return () => {
    let persons = 0
    for (let party = ranks.head[rank]; party >= 0; party = parties.next[party]) persons += input.parties.size[party]
    return persons
  }
}

/** Of each platform, those on its floor and those who step into its trains; the fullest counts. */
export function platformMeter(people: People, { kind, floors }: Extract<RuleMeasure, { kind: 'platformLoad' | 'platformDensity' }>): () => number {
  const { crowd: { input: { space } }, watch: { platforms }, transit } = people
  const rows = rowsOf(people, floors)
  const room = rows.map(row => (kind === 'platformDensity' ? roomOf(space.floors[row], undefined) : 1))
  const stops = rows.map(row => platforms.stops[platforms.floors.indexOf(row)] ?? [])
  return () => rows.reduce((most, row, at) => {
    const doors = transit ? stops[at].reduce((sum, stop) => sum + transit.stops.waiting[stop], 0) : 0
    return Math.max(most, (count(people, [row], undefined) + doors) / room[at])
  }, 0)
}

export function lineFlowMeter({ watch: { lines }, crowd }: People, id: string): () => number {
  const line = lines.lines.findIndex(each => each.id === id)
  invariant(line >= 0, () => `a rule measures the flow over line "${id}", which the run does not have`)
  return () => {
    const minute = Math.floor((crowd.counts[CrowdCount.tick] * crowd.input.dt) / 60) - 1
    if (minute < 0 || minute >= MINUTES) return 0
    const at = 2 * line * MINUTES + minute
    return lines.series[at] + lines.series[at + MINUTES]
  }
}

function rowsOf({ crowd: { input: { space } } }: People, floors: readonly string[]): number[] {
  return floors.map(id => {
    const row = space.floors.findIndex(floor => floor.id === id)
    invariant(row >= 0, () => `a rule measures floor "${id}", which the walk space does not have`)
    return row
  })
}
