import { expect, test } from 'vitest'
import { createWorld, LegKind, step, type World } from '../../../src/sim'
import { walkPeople } from '../../../src/sim/onFoot'
import { Place } from '../../../src/sim/people/peopleTypes'
import { personReport, personWith } from '../../../src/sim/people/personReport'
import { clearing, peopleReport } from '../../../src/sim/people/peopleReports'
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

test('times to clear are of those who come: who leaves before the others begins them, who is stranded is not waited for', () => {
  const input = outing(1, 0, 8)
  // The first leaves at once, the others after 20 s.
  for (let row = 0; row < 10; row++) input.people!.crowd.walkers.leaveTick[row] = row === 2 ? 0 : 400
  const world = until(createWorld(input), 300)
  const { expected, leaveFrom, left } = clearing(world.people!)
  expect([expected, leaveFrom, left.length]).toEqual([10, 0, 10])
  const { clear, exits } = peopleReport(world.people!, 0.5)
  expect([clear.left, clear.expected]).toEqual([10, 10])
  expect(clear.t100).toBe(left.at(-1))
  expect(clear.t50).toBe(left[4])
  expect(exits.map(({ persons }) => persons)).toEqual([10])
  // One who cannot come, since the car that brings them has no way.
  const people = world.people!
  people.persons.place[0] = Place.stranded
  people.persons.leg[0] = 0
  expect(clearing(people).expected).toBe(9)
})
