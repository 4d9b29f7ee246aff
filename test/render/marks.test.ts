import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { MeshData } from '../../src/city'
import { markColours } from '../../src/render/colours'
import { buildMarks, MarkPart, type GroundMark } from '../../src/render/groundMarks'

const line = [[100, 200], [110, 200]] as const
const mark = (kind: GroundMark['kind'], more: Partial<GroundMark> = {}): GroundMark => ({ id: kind, kind, points: line, height: null, state: 'standing', ...more })
const flat = (): number => 4
const attribute = (mesh: MeshData, name: string): Float32Array => mesh.attributes[name]!.array as Float32Array
/** Offsets of the vertices of a part. */
function offsets(mesh: MeshData, part: number): [number, number, number][] {
  const [local, offset] = [attribute(mesh, 'local'), attribute(mesh, 'offset')]
  return Array.from({ length: local.length / 4 }, (_, at) => at).filter(at => local[at * 4 + 3] === part).map(at => [offset[at * 3]!, offset[at * 3 + 1]!, offset[at * 3 + 2]!])
}

describe('what planners put on the ground', () => {
  test('arrows of a one-way line point the way that it lets through', () => {
    const tips = (passage: 'toLeft' | 'toRight') => offsets(buildMarks([mark('oneWay', { passage })], flat).upright!, MarkPart.arrow).map(([, y]) => y)
    expect(Math.min(...tips('toLeft'))).toBeGreaterThan(0) // the line runs east, so its left is north
    expect(Math.max(...tips('toRight'))).toBeLessThan(0)
  })

  test('a gate has a cabinet at each end of every lane; a closed one a fence, and no arrow', () => {
    const posts = (lanes: number): number => offsets(buildMarks([mark('gate', { lanes })], flat).upright!, MarkPart.post).length / 30
    expect(posts(3) - posts(2)).toBe(1)
    const shut = buildMarks([mark('gate', { shut: true })], flat).upright!
    expect(offsets(shut, MarkPart.arrow)).toEqual([])
    expect(offsets(shut, MarkPart.fence).length).toBeGreaterThan(0)
    expect(offsets(buildMarks([mark('gate')], flat).upright!, MarkPart.fence)).toEqual([])
  })

  test('a ground covers what it encloses, and follows the ground beneath', () => {
    const ring = [[0, 0], [60, 0], [60, 40], [0, 40]] as const
    const { fills } = buildMarks([mark('ground', { points: ring })], (x, y) => x * 0.1 + y * 0.2)
    const [local, position] = [attribute(fills!, 'local'), attribute(fills!, 'position')]
    let covered = 0
    for (let at = 0; at < local.length / 4; at += 3) {
      if (local[at * 4 + 3] !== MarkPart.fill) continue
      const p = (k: number, c: number): number => position[(at + k) * 3 + c]!
      covered += Math.abs((p(1, 0) - p(0, 0)) * (p(2, 1) - p(0, 1)) - (p(2, 0) - p(0, 0)) * (p(1, 1) - p(0, 1))) / 2
      expect(p(0, 2)).toBeCloseTo(p(0, 0) * 0.1 + p(0, 1) * 0.2, 3)
    }
    expect(covered).toBeCloseTo(2400, 0)
  })

  test('every kind is made of finite numbers and knows its row', () => {
    const kinds = ['fence', 'oneWay', 'gate', 'count', 'exit', 'stage'] as const
    const { upright } = buildMarks(kinds.map(kind => mark(kind)), flat)
    for (const { array } of Object.values(upright!.attributes)) expect(array.every(Number.isFinite)).toBe(true)
    expect(new Set(Array.from(attribute(upright!, 'mark')).filter((_, at) => at % 2 === 0)).size).toBe(kinds.length)
    expect(buildMarks([], flat)).toEqual({ upright: null, fills: null })
  })

  test('colours are those of the panels', () => {
    const tokens = readFileSync(join(import.meta.dirname, '../../src/ui/styles/tokens.css'), 'utf8')
    const token = (name: string): string | undefined => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(tokens)?.[1]
    const { barrier, oneWay, gate, count, ground, steel } = markColours
    expect([barrier, oneWay, gate, count, ground, steel]).toEqual(['closure', 'accent', 'good', 'warn', 'accent', 'text-soft'].map(token))
  })
})
