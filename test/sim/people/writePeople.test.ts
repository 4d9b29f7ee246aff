import { expect, test } from 'vitest'
import { createCrowd, PersonBit, type PeopleSnapshot } from '../../../src/sim'
import { writePeople } from '../../../src/sim/people/writePeople'
import type { People } from '../../../src/sim/people/people'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../crowd/support'

/** One body at a place, with a heading in degrees. */
function seen(degrees: number, floor = floorOf('hall', rectangle(0, 0, 20, 20))): { x: number; y: number; z: number; bits: number; head: Int32Array } {
  const input = inputOf(spaceOf({ floors: [floor], goals: [exitOf('out', 'hall', [20, 8], [20, 12])] }), walkersAt([[4, 8]]), [['out']])
  const crowd = createCrowd(input)
  crowd.mail.first[crowd.index.domains] = 1
  Object.assign(crowd.now, { rows: 1 })
  crowd.now.walker[0] = 0
  crowd.now.x[0] = 4.25
  crowd.now.y[0] = 8.5
  crowd.now.speed[0] = 1.3
  crowd.now.headingX[0] = Math.cos((degrees * Math.PI) / 180)
  crowd.now.headingY[0] = Math.sin((degrees * Math.PI) / 180)
  const snapshot: PeopleSnapshot = { head: new Int32Array(16), state: new Uint32Array(8) }
  writePeople({ crowd, personOfWalker: Int32Array.of(1) } as unknown as People, snapshot, 77)
  const floats = new Float32Array(snapshot.state.buffer)
  return { x: floats[4]!, y: floats[5]!, z: floats[6]!, bits: snapshot.state[7]!, head: snapshot.head }
}

test('a person lies in the slot of the plans, with place and speed', () => {
  const { x, y, z, bits, head } = seen(0)
  expect([x, y, z]).toEqual([4.25, 8.5, 0])
  expect([(bits >>> 8) & 255, (bits >>> 16) & 15, bits >>> 31, (bits & PersonBit.stands) !== 0]).toEqual([65, 0, 1, false])
  expect(Array.from(head.subarray(1, 4))).toEqual([77, 2, 1])
})

test.each([0, 17, 45, 90, 133, 180, 222, 270, 301, 359])('a heading of %d degrees is within a degree and a half', degrees => {
  const turn = (seen(degrees).bits & 255) * (360 / 256)
  const off = Math.abs(((turn - degrees + 540) % 360) - 180)
  expect(off).toBeLessThan(1.5)
})

test('on a slope the height goes with the way up', () => {
  const slope = { ...floorOf('hall', rectangle(0, 0, 20, 20)), height: 3, surface: 'ramp' as const, ascent: { from: [0, 10], to: [17, 10], rise: 8 } as const }
  expect(seen(0, slope).z).toBeCloseTo(5, 5)
})
