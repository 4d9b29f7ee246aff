import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cityNamed, formatTimeOfDay, parseScenario, parseScenarioText, problemsInCity, secondsOfDay } from '../../src/scenario'
import { findJsonFault } from '../../src/scenario/jsonText'
import { publishedJsonSchema } from '../../src/scenario/jsonSchema'
import { gridCity, gridScenario } from './gridCity'

const root = resolve(import.meta.dirname, '../..')
const messages = (json: unknown): string[] => {
  const outcome = parseScenario(json)
  return outcome.ok ? [] : outcome.problems.map(({ message }) => message)
}
const closure = { kind: 'closure', id: 'a', enabled: true, window: { start: '07:30', end: '08:00' }, target: { road: 'x' }, lanes: 'all' }

describe('shipped presets', () => {
  const folder = join(root, 'assets/scenarios')
  test.each(readdirSync(folder))('%s is valid and named after its id', name => {
    const outcome = parseScenarioText(readFileSync(join(folder, name), 'utf8'), name)
    expect(outcome).toMatchObject({ ok: true })
    expect(outcome.ok && outcome.value.id).toBe(name.replace('.json', ''))
  })
})

test('the published schema is the one in the code', () => {
  expect(readFileSync(join(root, 'docs/scenario.schema.json'), 'utf8')).toBe(publishedJsonSchema())
})

test('every version of the format still opens', () => {
  const folder = join(root, 'test/fixtures/scenarios')
  for (const name of readdirSync(folder)) expect(parseScenarioText(readFileSync(join(folder, name), 'utf8'), name), name).toMatchObject({ ok: true })
})

describe('what is wrong is said all at once, with place and remedy', () => {
  test('schema', () => {
    const found = messages({ ...gridScenario(), seed: -1, city: undefined, colour: 'red', window: { start: '7:30', end: '08:00' }, edits: [{ ...closure, lanes: 'some' }] })
    expect(found).toHaveLength(5)
    expect(found.join('\n')).toMatch(/city: is missing/)
    expect(found.join('\n')).toMatch(/seed: must be at least 0, found -1/)
    expect(found.join('\n')).toMatch(/colour: is not a field/)
    expect(found.join('\n')).toMatch(/window\.start: must be a time of day .*"7:30"/)
    expect(found.join('\n')).toMatch(/edits\[0\]\.lanes/)
  })

  test('types, times, roads and venues of one document', () => {
    const text = JSON.stringify({
      ...gridScenario(), seed: 1.5, window: { start: '07:30', end: '08:00' },
      edits: [
        { ...closure, window: { start: '07:50', end: '07:40' }, target: { road: '西路' }, lanes: 'some' },
        { kind: 'event', id: 'c', enabled: true, window: { start: '07:40', end: '7:50' }, venue: 'opera', attendance: 10, carShare: 0.8, taxiShare: 0.3, personsPerCar: 2 },
        { ...closure, id: 'd', target: { road: '东路1' }, lanes: { count: 4, side: 'kerb' } },
      ],
    })
    const outcome = parseScenarioText(text, 'my.json')
    const found = [...(outcome.ok ? [] : outcome.problems), ...problemsInCity(text, gridCity())]
    expect(found.map(({ code, subject: { id } }) => `${code} ${id}`)).toEqual([
      'scenario/schema seed', 'scenario/schema edits[0].lanes', 'scenario/schema edits[1].window.end',
      'scenario/edit-window a', 'scenario/shares c', 'scenario/unknown-road 西路', 'scenario/unknown-venue opera', 'scenario/too-many-lanes d',
    ])
    for (const { message, remedy } of found.slice(3)) expect(message.endsWith(` ${remedy}`)).toBe(true)
    expect(cityNamed(text)).toBe('grid')
    expect([cityNamed('{'), problemsInCity('{', gridCity())]).toEqual([null, []])
  })

  test('an unknown kind of edit', () => {
    expect(messages({ ...gridScenario(), edits: [{ ...closure, kind: 'tornado' }] })).toEqual([expect.stringMatching(/edits\[0\]\.kind: kind must be/)])
  })

  test('the document against itself', () => {
    const found = messages({
      ...gridScenario(),
      edits: [closure, { ...closure, window: { start: '09:00', end: '08:30' } }, { ...closure, id: 'b', window: { start: '09:00', end: '10:00' } },
        { kind: 'event', id: 'c', enabled: true, window: { start: '07:30', end: '08:00' }, venue: 'hall', attendance: 10, carShare: 0.8, taxiShare: 0.3, personsPerCar: 2 }],
    })
    expect(found.map(text => text.replace(/^edits/, ''))).toEqual([
      expect.stringContaining('same id'), expect.stringContaining('before or when it starts'), expect.stringContaining('outside the run'),
      expect.stringContaining('more than 1'),
    ])
    const event = { kind: 'event', id: 'e', enabled: true, window: { start: '07:30', end: '07:50' }, venue: 'hall', attendance: 10, carShare: 1, taxiShare: 0, personsPerCar: 2 }
    expect(messages({ ...gridScenario(), edits: [{ ...event, arrivalMinutesBefore: [0, 40, 120], leavingMinutesAfter: [0, 90, 60] }] }))
      .toEqual([expect.stringContaining('does not fall'), expect.stringContaining('does not rise')])
  })

  test.each([[null], [[]], ['text'], [42]])('%j is no scenario', json => expect(messages(json).length).toBeGreaterThan(0))

  test('a newer version', () => expect(messages({ ...gridScenario(), version: 2 })).toEqual([expect.stringContaining('newer build')]))
})

describe('JSON text', () => {
  test.each([
    ['{"a": 1,}', 1, 9, 'comma'], ['{\n  "a" 1\n}', 2, 7, '":"'], ['', 1, 1, 'ends'], ['{"a": tru}', 1, 7, 'value'], ['{"a": "b\n"}', 1, 9, 'own line'],
    ['[1, 2', 1, 6, 'ends'], ['{} x', 1, 4, 'the end'], ["{'a': 1}", 1, 2, 'double quotes'], ['{"a": 01}', 1, 7, 'value'],
  ])('%j: line %d, column %d', (text, line, column, word) => {
    const fault = findJsonFault(text)
    expect(fault).toMatchObject({ line, column })
    expect(fault!.message).toContain(word)
    expect(() => JSON.parse(text)).toThrow()
  })

  test.each(['{"a": [1, -2.5e3, "\\u00e9", true, null]}', ' [ ] ', '"x"', '{"a":{}}'])('%s is JSON', text => {
    expect(findJsonFault(text)).toBeNull()
    JSON.parse(text)
  })

  test('the problem names file, line and column', () => {
    expect(parseScenarioText('{\n  "a": }', 'my.json')).toMatchObject({ ok: false, problems: [{ message: expect.stringMatching(/^my\.json:2:8: not valid JSON/) }] })
  })
})

test.each([['00:00', 0], ['07:30', 27000], ['07:30:15', 27015], ['24:00', 86400]] as const)('%s is %d s', (text, seconds) => {
  expect(secondsOfDay(text)).toBe(seconds)
  expect(formatTimeOfDay(seconds)).toBe(text)
})
test.each(['7:30', '25:00', '12:60', '24:01', 'noon', ''])('%j is no time of day', text => expect(secondsOfDay(text)).toBeNull())
