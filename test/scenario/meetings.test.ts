import { expect, test } from 'vitest'
import { Draw, uniform } from '../../src/sim'
import { meetings, type Held, type Role } from '../../src/scenario/meetings'

const roles: readonly Role[] = ['limit', 'works', 'shut', 'signals', 'event']
const told = (pairs: readonly (readonly [Held, Held])[]): string[] => pairs.map(([a, b]) => `${a.at} ${b.at}`)
const held = (at: number, role: Role, from: number, to: number, on: Held['on']): Held => ({ at, role, from, to, on })

test('of 60 edits those meet that hold one thing at one time, and are of roles that matter to each other', () => {
  const draw = (at: number, of: number, most: number): number => Math.floor(most * uniform(7, Draw.departure, at, of))
  const all = Array.from({ length: 60 }, (_, at) => { const from = draw(at, 0, 400); return held(at, roles[draw(at, 1, 5)]!, from, from + 1 + draw(at, 2, 60), [draw(at, 3, 8), 8 + draw(at, 4, 8)]) })
  const matters = (a: Role, b: Role): boolean => (a === b ? a === 'limit' || a === 'works' || a === 'shut' : a === 'shut' || b === 'shut')
  const expected = all.flatMap(a => all.slice(0, a.at).filter(b => matters(a.role, b.role) && a.from < b.to && b.from < a.to && [...a.on].some(thing => [...b.on].includes(thing))).map(b => `${a.at} ${b.at}`))
  expect(expected.length).toBeGreaterThan(20)
  expect(told(meetings(all))).toEqual(expected)
})

test('of ten thousand on one road ten are told of each, not fifty million pairs', () => {
  const pairs = meetings(Array.from({ length: 10_000 }, (_, at) => held(at, 'limit', 0, 100, [1, 2, 3])))
  expect(pairs).toHaveLength(10_000 * 10 - 55)
})
