import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { main } from '../../src/cli/main'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'pengcheng-assign-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
/** Braess's network with its extra road: 6 trips, 92 each. */
const braess = (rows: readonly string[], first = 1): string =>
  `<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 4\n<FIRST THRU NODE> ${first}\n<NUMBER OF LINKS> ${rows.length}\n<END OF METADATA>\n${rows.map(row => `${row} ;`).join('\n')}\n`
const roads = ['1 3 1 100 1e-8 1e9 1 0 0 1', '1 4 1 100 50 0.02 1 0 0 1', '3 2 1 100 50 0.02 1 0 0 1', '4 2 1 100 1e-8 1e9 1 0 0 1', '3 4 1 100 10 0.1 1 0 1 1']
const six = '<NUMBER OF ZONES> 2\n<TOTAL OD FLOW> 6\n<END OF METADATA>\nOrigin 1\n2 : 6; 1 : 4;\n'

async function run(...args: string[]): Promise<{ code: number; report: Record<string, number>; err: string }> {
  let out = ''
  let err = ''
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(text => { out += String(text); return true }),
    vi.spyOn(process.stderr, 'write').mockImplementation(text => { err += String(text); return true }),
  ]
  try {
    const code = await main(['assign', ...args, '--json'])
    return { code, report: JSON.parse(out) as Record<string, number>, err }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

describe('assign', () => {
  test('reports objective, times, gap and flows of the equilibrium', async () => {
    const flows = join(folder, 'flows.tntp')
    const { code, report, err } = await run('--net', file('net.tntp', braess(roads)), '--trips', file('trips.tntp', six), '--gap', '1e-9', '--flows', flows)
    expect(code).toBe(0)
    expect(report).toMatchObject({ ok: true, zones: 2, nodes: 4, links: 5, demand: 10, intrazonalDemand: 4, converged: true })
    expect(report['totalTime']! / 6).toBeCloseTo(92, 5)
    // 2 x 10 x 4^2 / 2 + 2 x (50 x 2 + 2) + 10 x 2 + 2
    expect(report['objective']).toBeCloseTo(386, 5)
    expect(report['relativeGap']).toBeLessThanOrEqual(1e-9)
    expect(report['iterations']).toBeGreaterThan(0)
    expect(report['seconds']).toBeTypeOf('number')
    const [head, ...rows] = readFileSync(flows, 'utf8').trim().split('\n').map(line => line.split('\t'))
    expect(head).toEqual(['From', 'To', 'Volume', 'Cost'])
    expect(rows.map(row => Math.round(Number(row[2]) * 1e4) / 1e4)).toEqual([4, 2, 2, 4, 2])
    expect(rows.map(row => Math.round(Number(row[3])))).toEqual([40, 52, 52, 40, 12])
    expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([])
    expect(err).toContain('<TOTAL OD FLOW> is 6, but its entries add up to 10')
  })

  test('toll and length count by their factors', async () => {
    const tolled = await run('--net', file('net.tntp', braess(roads)), '--trips', file('trips.tntp', six), '--toll-factor', '1000', '--distance-factor', '0.1', '--gap', '1e-9')
    // Nobody pays the toll: 83 each, and 20 of length.
    expect(tolled.report['totalTime']! / 6).toBeCloseTo(83, 5)
    expect(tolled.report['totalCost']! / 6).toBeCloseTo(103, 5)
  })

  test('what is wrong is said by file and line, and nothing is written', async () => {
    const flows = join(folder, 'none.tntp')
    const net = file('net.tntp', braess(roads))
    const trips = file('trips.tntp', six)
    const messages = async (...args: string[]): Promise<string> => {
      const { code, report } = await run(...args, '--flows', flows)
      expect(code).toBeGreaterThan(0)
      return (report as unknown as { problems: { message: string }[] }).problems.map(({ message }) => message).join('\n')
    }
    expect(await messages('--net', join(folder, 'nowhere'), '--trips', trips)).toMatch(/nowhere: no such file/)
    expect(await messages('--net', file('bad.tntp', braess(['1 3 x 1 1 1 1'])), '--trips', trips)).toMatch(/bad\.tntp:6: capacity is "x"/)
    expect(await messages('--net', file('cut.tntp', braess(roads.slice(0, 2))), '--trips', trips)).toMatch(/trips\.tntp:5: 6 trips from zone 1 to zone 2 have no route/)
    expect(await messages('--net', file('through.tntp', braess(roads, 5)), '--trips', trips)).toMatch(/have no route/)
    expect(await messages('--net', net, '--trips', trips, '--gap', 'small')).toMatch(/--gap "small"/)
    expect(await messages('--net', net, '--trips', trips, '--toll-factor', '-1')).toMatch(/--toll-factor "-1"/)
    expect(existsSync(flows)).toBe(false)
    expect((await run('--net', net, '--trips', trips, '--flows', join(folder, 'no', 'such', 'f'))).code).toBe(1)
  })
})
