import { afterEach, expect, test, vi } from 'vitest'
import { main } from '../../src/cli/main'

afterEach(() => vi.restoreAllMocks())

/** Runs the command line in this process. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation(text => { said.out += String(text); return true })
  vi.spyOn(process.stderr, 'write').mockImplementation(text => { said.err += String(text); return true })
  return { code: await main(args), ...said }
}

test('rows as one JSON document, each complete in itself', async () => {
  const { code, out } = await run('validate', 'traffic', '--only', 'assignment/braess', '--json')
  expect(code).toBe(0)
  const document = JSON.parse(out) as { ok: boolean; suite: string; rows: Record<string, unknown>[] }
  expect(document).toMatchObject({ ok: true, suite: 'traffic', passed: 2, failed: 0 })
  expect(document.rows.map(({ case: name, expected, pass }) => [name, expected, pass])).toEqual([
    ['assignment/braess/without-the-road', 83, true], ['assignment/braess/with-the-road', 92, true]])
  expect(Object.keys(document.rows[0]!)).toEqual(['suite', 'case', 'expected', 'measured', 'unit', 'tolerance', 'pass', 'source'])
})

test('as text, with the source of each figure', async () => {
  const { code, out, err } = await run('validate', 'traffic', '--only', 'assignment')
  expect(code).toBe(0)
  expect(out).toContain('pass  assignment/braess/with-the-road: expected 92')
  expect(out).toContain('Braess (1968)')
  expect(err).toContain('all 5 rows pass')
})

test('a theme that is none is wrong usage, and says which there are', async () => {
  const { code, err } = await run('validate', 'traffic', '--only', 'nonsense')
  expect(code).toBe(2)
  expect(err).toContain('ring, waves, signals')
})

test('a scenario is validated as before', async () => {
  const { code, out } = await run('validate', 'no-such-scenario.json', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ subject: { kind: 'file' } }] })
})
