import { expect, test } from 'vitest'
import { createWorld, LegKind, step, type World } from '../../../src/sim'
import { walkPeople } from '../../../src/sim/onFoot'
import { Place } from '../../../src/sim/people/peopleTypes'
import { personReport, personWith } from '../../../src/sim/people/personReport'
import { peopleReport } from '../../../src/sim/people/peopleReports'
import { outing } from './outing'

walkPeople()
const until = (world: World, tick: number): World => {
  while (world.tick < tick) step(world)
  return world
}

test('a person is followed from the yard to the car: legs with their times, companions, the vehicle, the wait', () => {
  const world = createWorld(outing(2, 1, 1))
  const people = world.people!
  const seen = new Set<number>()
  let rode = -1
  let waited = 0
  while (world.tick < 1400) {
    step(world)
    const report = personReport(world, people, 0)!
    seen.add(report.place)
    if (report.wait?.for === 'companions') waited = Math.max(waited, report.wait.seconds)
    if (report.vehicle >= 0) rode = world.input.trips.id[world.slots.trip[report.vehicle]!]!
  }
  const { id, place, legs, companions } = personReport(world, people, 0)!
  expect([id, place, legs.map(leg => leg.kind)]).toEqual([1, Place.arrived, [LegKind.crowd, LegKind.drive]])
  expect(seen.has(Place.driving)).toBe(true)
  expect(rode).toBe(2000)
  expect(companions.map(other => other.id)).toEqual([2])
  // A leg begins where the one before it ends.
  expect([legs[0]!.begin, legs[0]!.end, legs[1]!.end]).toEqual([0, legs[1]!.begin, people.persons.endTick[0]! * world.input.dt])
  const [first, second] = [people.crowd.persons.leaveTick[0]!, people.crowd.persons.leaveTick[1]!].map(tick => tick / 20)
  if (first! < second! - 1) expect(waited).toBeGreaterThan(0)
  expect(legs[0]!.leave).toBe('east')
})

test('persons are found by their number', () => {
  const world = until(createWorld(outing(1, 0, 2)), 10)
  expect([personWith(world.people!, 4), personWith(world.people!, 99), personReport(world, world.people!, 99)]).toEqual([3, -1, null])
})

test('times to clear are of those who come, together and by event: who leaves before the others begins them, who is stranded is not waited for', () => {
  const base = outing(1, 0, 8)
  const people = { ...base.people!, events: ['early', 'late'] }
  // Of the first event the first leaves at once, the others after 20 s; all of the second after 40 s.
  for (let row = 0; row < 10; row++) {
    people.persons.event[row] = row < 6 ? 0 : 1
    people.crowd.walkers.leaveTick[row] = row === 2 ? 0 : row < 6 ? 400 : 800
  }
  const world = until(createWorld({ ...base, people }), 300)
  const left = (rows: readonly number[]): number[] => rows.map(row => world.people!.crowd.persons.leaveTick[row]! * 0.05).sort((a, b) => a - b)
  const all = Array.from({ length: 10 }, (_, row) => row)
  const { clear, clearByEvent: [early, late], exits } = peopleReport(world.people!, 0.5)
  expect([clear.left, clear.expected, early!.event, early!.expected, late!.event, late!.expected]).toEqual([10, 10, 'early', 6, 'late', 4])
  expect([clear.t50, clear.t100]).toEqual([left(all)[4], left(all)[9]])
  expect([early!.t50, early!.t100]).toEqual([left(all.slice(0, 6))[2], left(all.slice(0, 6))[5]])
  expect(late!.t50).toBeCloseTo(left(all.slice(6))[1]! - 40, 9)
  expect(exits.map(({ persons }) => persons)).toEqual([10])
  // One who cannot come, since the car that brings them has no way.
  const { persons } = world.people!
  persons.place[0] = Place.stranded
  persons.leg[0] = 0
  const after = peopleReport(world.people!, 0.5)
  expect([after.clear.expected, after.clearByEvent[0]!.expected, after.clearByEvent[1]!.expected]).toEqual([9, 5, 4])
})
