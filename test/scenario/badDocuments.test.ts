import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readPack } from '../../src/city'
import { checkInCity, loadScenarioCity, networkChanges, parseDocumentEdits, parseScenarioText, problemsInCity, secondsOfDay, type ScenarioCity } from '../../src/scenario'

const assets = resolve(import.meta.dirname, '../../assets')
const texts = readdirSync(join(assets, 'scenarios')).map(name => readFileSync(join(assets, 'scenarios', name), 'utf8'))
let city: ScenarioCity
beforeAll(async () => { city = await loadScenarioCity(await readPack(async file => new Uint8Array(readFileSync(join(assets, 'shenzhen', file)))), []) })

/** Values that a field may hold by mistake. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', ' ', -1, 0, 1e308, -1e-300, 2 ** 53, [], {}, [[]], '24:01', '07:3', 'closure', '__proto__', 'constructor', '🚗'.repeat(300), { __proto__: 1 }, { links: [] }, [null, undefined]),
  fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), fc.jsonValue({ maxDepth: 3 }),
)
type Path = readonly (string | number)[]
const pathsOf = (value: unknown, path: Path = []): Path[] =>
  [path, ...(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key])) : [])]

/** One change of a document at one place of it. */
function change(json: unknown, how: 'replace' | 'remove' | 'add' | 'double', where: number, value: unknown): unknown {
  const paths = pathsOf(json).filter(path => path.length > 0)
  const path = paths[where % paths.length]!
  const copy = structuredClone(json)
  let holder = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) holder = holder[key] as typeof holder
  const key = path.at(-1)!
  if (how === 'replace') holder[key] = value
  else if (how === 'add') holder[`${key}2`] = value
  else if (Array.isArray(holder)) holder.splice(Number(key), how === 'remove' ? 1 : 0, ...(how === 'double' ? [structuredClone(holder[Number(key)])] : []))
  else if (how === 'remove') delete holder[key]
  else holder[`${key}`] = [holder[key], holder[key]]
  return copy
}

const byValue = fc.tuple(fc.nat(), fc.array(fc.tuple(fc.constantFrom('replace', 'remove', 'add', 'double'), fc.nat(), strange), { minLength: 1, maxLength: 3 }))
  .map(([which, changes]) => JSON.stringify(changes.reduce((json, [how, where, value]) => change(json, how, where, value), JSON.parse(texts[which % texts.length]!) as unknown)))
const byText = fc.tuple(fc.nat(), fc.constantFrom('cut', 'drop', 'insert', 'nest', 'repeat'), fc.nat(), fc.string({ minLength: 1, maxLength: 4, unit: 'binary' })).map(([which, how, where, letters]) => {
  const text = texts[which % texts.length]!, at = where % text.length
  switch (how) {
    case 'cut': return text.slice(0, at)
    case 'drop': return text.slice(0, at) + text.slice(at + letters.length)
    case 'insert': return text.slice(0, at) + letters + text.slice(at)
    case 'nest': return text.slice(0, at) + '[{"a":'.repeat(20_000) + text.slice(at)
    case 'repeat': return text + text
  }
})

/** Reads a document as the app and the command line do, and what the run would make of its edits. */
function read(text: string): 'refused' | 'sound' {
  const parsed = parseScenarioText(text, 'bad.json')
  const problems = parsed.ok ? checkInCity(parsed.value, city) : [...parsed.problems, ...problemsInCity(text, city)]
  if (parsed.ok && problems.length === 0) {
    const { window } = parsed.value
    networkChanges(parsed.value, city, { start: secondsOfDay(window.start)!, end: secondsOfDay(window.end)!, dt: 0.5 })
    return 'sound'
  }
  expect(problems.length).toBeGreaterThan(0)
  for (const { code, subject, message } of problems) {
    expect(code).toMatch(/^scenario\/[a-z-]+$/)
    expect(subject.kind).not.toBe('')
    expect(message.length, message).toBeGreaterThan(15)
    expect(message, message).not.toMatch(/\[object Object\]|undefined|NaN/)
  }
  return 'refused'
}

describe('bad documents', () => {
  test('200 mutated ones are refused with a message or sound as they are; none throws', () => {
    const found = { refused: 0, sound: 0 }
    fc.assert(fc.property(fc.oneof({ weight: 3, arbitrary: byValue }, { weight: 1, arbitrary: byText }), text => { found[read(text)] += 1 }), { seed: 20261123, numRuns: 200, endOnFailure: true })
    console.log(`200 mutated documents: ${found.refused} refused, ${found.sound} sound, none crashes`)
    expect(found.refused).toBeGreaterThan(150)
  })

  test('lists without an end are refused where they get too deep', () => {
    const parsed = parseScenarioText('['.repeat(200_000), 'deep.json')
    expect(parsed.ok ? '' : parsed.problems[0]!.message).toMatch(/deep\.json:1:101: not valid JSON: .* more than 100 deep/)
  })

  test('undo histories of another hand are refused, sound ones read', () => {
    const sound = [{ kind: 'remove', id: 'a' }, { kind: 'setSeed', seed: 3 }, { kind: 'setText', name: { zh: '一', en: 'One' }, description: null }, { kind: 'setCrowdLimits', crowdLimits: null }]
    expect(parseDocumentEdits(sound)).toEqual({ ok: true, value: sound })
    fc.assert(fc.property(strange, fc.nat(3), (value, at) => {
      const parsed = parseDocumentEdits(sound.with(at, value as (typeof sound)[number]))
      expect(parsed.ok || parsed.problems[0]!.message).toMatch(/undo history cannot be read/)
    }), { seed: 7, numRuns: 50 })
  })
})
