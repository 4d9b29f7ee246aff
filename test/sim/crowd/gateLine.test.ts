import { expect, test } from 'vitest'
import { createCrowd, CrowdCount, stepCrowd, type Crowd } from '../../../src/sim'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from './support'

/** 160 people in front of a gate of 3 lanes of 2 s, in the middle of a fence. */
function hall(): Crowd {
  const space = spaceOf({
    floors: [floorOf('hall', rectangle(0, 0, 12, 30))],
    barriers: [{ id: 'west', floor: 'hall', line: [[0, 22], [4.6, 22]], lets: 'none', closed: true }, { id: 'east', floor: 'hall', line: [[7.4, 22], [12, 22]], lets: 'none', closed: true }],
    gates: [{ id: 'gate', floor: 'hall', line: [[4.6, 22], [7.4, 22]], lanes: 3, service: 2, lets: 'both', open: true }],
    goals: [exitOf('train', 'hall', [1, 29.6], [11, 29.6])],
  })
  return createCrowd(inputOf(space, walkersAt(Array.from({ length: 160 }, (_, at) => [1 + (at % 12) * 0.9, 1 + Math.floor(at / 12) * 1.1] as const)), [['train']]))
}

/** Most persons within 1.5 m of anybody who has the gate before them. */
function most({ now, mail, index }: Crowd): number {
  let found = 0
  for (let a = 0; a < mail.first[index.domains]!; a++) {
    if (now.y[a]! > 22) continue
    let near = 0
    for (let b = 0; b < mail.first[index.domains]!; b++) if (now.y[b]! < 22 && Math.hypot(now.x[a]! - now.x[b]!, now.y[a]! - now.y[b]!) < 1.5) near++
    found = Math.max(found, near)
  }
  return found
}

test('people line up before a gate: they do not press, and its lanes serve as many as they can', () => {
  const crowd = hall()
  let dense = 0
  for (let tick = 0; tick < 20 * 80; tick++) {
    stepCrowd(crowd)
    if (tick % 100 === 99) dense = Math.max(dense, most(crowd))
  }
  expect(dense / (Math.PI * 1.5 * 1.5)).toBeLessThan(4.8)
  const through = Array.from({ length: crowd.counts[CrowdCount.left]! }, (_, at) => crowd.left.tick[at]!)
  const passed = through.filter(tick => tick > 20 * 40).length
  expect(passed).toBeGreaterThanOrEqual(0.97 * 60)
})

test('on an orderly floor people wait before a door rather than press, and all get out', () => {
  const [pressed, orderly] = [false, true].map(isOrderly => {
    const floors = [{ ...floorOf('hall', rectangle(0, 0, 10, 22)), orderly: isOrderly ? 0.25 : 0 }, floorOf('out', rectangle(0, 22, 10, 30))]
    const space = spaceOf({ floors, joins: [{ id: 'door', floors: ['hall', 'out'], line: [[4.4, 22], [5.6, 22]] }], goals: [exitOf('street', 'out', [1, 29.6], [9, 29.6])] })
    const crowd = createCrowd(inputOf(space, walkersAt(Array.from({ length: 120 }, (_, at) => [0.8 + (at % 10) * 0.9, 8 + Math.floor(at / 10) * 1.1] as const)), [['street']]))
    let dense = 0
    for (let tick = 0; tick < 20 * 120; tick++) {
      stepCrowd(crowd)
      if (tick % 100 === 99) dense = Math.max(dense, most(crowd))
    }
    expect(crowd.counts[CrowdCount.left]).toBe(120)
    return dense
  })
  expect(orderly!).toBeLessThan(0.8 * pressed!)
})
