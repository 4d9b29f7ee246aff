import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assembleNetwork, createWorld, straightSpec, VehicleClass } from '../../src/sim'
import { followAcceleration, freeAcceleration, isSafeBehind } from '../../src/sim/traffic/carFollowing'
import { BRAKING_HARD, drivers } from '../../src/sim/traffic/driverTypes'
import { inputOf, run, tripTable } from './support'

const speedDesired = 50 / 3.6
const classes = Object.values(VehicleClass)

describe('IDM+', () => {
  test.each([0, 2, 5, 8, 11, 13])('a platoon at %d m/s keeps its equilibrium gap', speed => {
    for (const type of classes) {
      // IDM+ with equal speeds and no acceleration: the gap is s0 + v T, whatever the desired speed.
      const gap = drivers.gapMin[type]! + speed * drivers.timeGap[type]!
      const free = freeAcceleration(speed, speedDesired, type)
      expect(followAcceleration(gap, speed, speed, free, type, 0.5)).toBeCloseTo(0, 12)
      expect(followAcceleration(gap + 0.5, speed, speed, free, type, 0.5)).toBeGreaterThan(0)
      expect(followAcceleration(gap - 0.5, speed, speed, free, type, 0.5)).toBeLessThan(0)
    }
  })

  test('with nobody ahead a vehicle accelerates with a from standstill and not at all at its desired speed', () => {
    for (const type of classes) {
      expect(freeAcceleration(0, speedDesired, type)).toBe(drivers.acceleration[type])
      expect(freeAcceleration(speedDesired, speedDesired, type)).toBe(0)
      expect(followAcceleration(Infinity, 5, 0, freeAcceleration(5, speedDesired, type), type, 0.5)).toBe(freeAcceleration(5, speedDesired, type))
    }
  })

  test('acceleration never falls when the gap or the speed of the leader grows', () => {
    const speed = fc.double({ min: 0, max: 30, noNaN: true })
    fc.assert(fc.property(fc.constantFrom(...classes), fc.double({ min: 0.6, max: 200, noNaN: true }), speed, speed, fc.double({ min: 0, max: 20, noNaN: true }),
      (type, gap, own, leader, more) => {
        const free = freeAcceleration(own, speedDesired, type)
        const now = followAcceleration(gap, own, leader, free, type, 0.5)
        expect(followAcceleration(gap + more, own, leader, free, type, 0.5)).toBeGreaterThanOrEqual(now - 1e-9)
        expect(followAcceleration(gap, own, leader + more, free, type, 0.5)).toBeGreaterThanOrEqual(now - 1e-9)
      }), { seed: 11, numRuns: 500 })
  })

  test('a follower that starts safe never touches a leader who brakes as hard as anyone can', () => {
    const speed = fc.double({ min: 0, max: 30, noNaN: true })
    fc.assert(fc.property(fc.constantFrom(...classes), fc.double({ min: 1, max: 80, noNaN: true }), speed, speed, fc.integer({ min: 0, max: 30 }),
      (type, gapStart, speedOwn, speedLeader, brakesAt) => {
        const dt = 0.5
        let [gap, own, leader] = [gapStart, speedOwn, speedLeader]
        fc.pre(isSafeBehind(gap, own, leader, BRAKING_HARD, dt))
        for (let tick = 0; tick < 120; tick++) {
          const a = followAcceleration(gap, own, leader, freeAcceleration(own, 30, type), type, dt)
          const next = Math.max(0, own + a * dt)
          const way = own + a * dt > 0 ? 0.5 * (own + next) * dt : a < 0 ? (own * own) / (-2 * a) : 0
          const brakes = tick >= brakesAt
          const nextLeader = brakes ? Math.max(0, leader - BRAKING_HARD * dt) : leader
          const wayLeader = !brakes ? leader * dt : nextLeader > 0 ? 0.5 * (leader + nextLeader) * dt : (leader * leader) / (2 * BRAKING_HARD)
          gap += wayLeader - way
          own = next
          leader = nextLeader
          expect(gap).toBeGreaterThanOrEqual(0)
        }
      }), { seed: 12, numRuns: 300 })
  })
})

test.each(classes)('class %d alone on a road drives at its desired speed: the limit times its own factor, at most what it may', type => {
  const network = assembleNetwork(straightSpec(3000, { speedLimit: 100 / 3.6 }))
  const trips = tripTable(network, [{ depart: 0, from: 0, to: 0, class: type, toOffset: 2900 }])
  const world = createWorld(inputOf(network, trips))
  run(world, 120)
  const cell = world.slots.cell[0]!
  const wanted = Math.min((100 / 3.6) * world.cells.factor[cell]!, drivers.speedMax[type]!)
  expect(world.cells.speed[cell]).toBeGreaterThan(wanted * 0.98)
  expect(world.cells.speed[cell]).toBeLessThanOrEqual(wanted * 1.0001)
})
