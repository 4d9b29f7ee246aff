import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import enFirst from '../../src/ui/locales/en.json'
import enMore from '../../src/ui/locales/more.en'
import zhMore from '../../src/ui/locales/more.zh'
import zhFirst from '../../src/ui/locales/zh.json'

const en = { ...enFirst, ...enMore }
const zh = { ...zhFirst, ...zhMore }
const keys = (tree: object, path = ''): string[] =>
  Object.entries(tree).flatMap(([name, value]) => typeof value === 'object' ? keys(value as object, `${path}${name}.`) : [path + name])
const source = join(import.meta.dirname, '../../src/ui')
const files = (folder: string): string[] => readdirSync(folder).flatMap(name => {
  const path = join(folder, name)
  return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : []
})

test('both languages say the same things', () => {
  expect(keys(zh)).toEqual(keys(en))
})

test('every text that the panels ask for is there, with the same blanks in both languages', () => {
  const known = new Set(keys(en).map(key => key.replace(/_(one|other)$/, '')))
  const asked = files(source).flatMap(file => [...readFileSync(file, 'utf8').matchAll(/\bt\('([a-zA-Z0-9.]+)'/g)].map(match => match[1]!))
  expect(asked.filter(key => !known.has(key))).toEqual([])
  const blanks = (text: string): string => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort().join()
  const at = (tree: object, key: string): string => key.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], tree) as string
  expect(keys(en).filter(key => blanks(at(en, key)) !== blanks(at(zh, key)))).toEqual([])
})

test('no panel carries Chinese or English text of its own', () => {
  const visible = files(source).filter(file => file.endsWith('.tsx')).flatMap(file =>
    [...readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').matchAll(/[\u4e00-\u9fff]+/g)].map(match => `${file}: ${match[0]}`))
  // The name of the product is the same in every language.
  expect(visible.filter(found => !found.endsWith(': 鹏城'))).toEqual([])
})

test('what is shown before the city runs has its texts in the first file', () => {
  const first = new Set(keys(enFirst).map(key => key.replace(/_(one|other)$/, '')))
  const early = ['FailureScreen', 'Legend', 'LoadingScreen', 'Rail', 'SearchBox', 'StatusBar', 'ToolHint', 'TopBar', 'Transport', 'SpeedButton', 'Workbench', 'parts/lazyPart'].map(name => join(source, `${name}.tsx`))
  const asked = early.flatMap(file => [...readFileSync(file, 'utf8').matchAll(/\bt\('([a-zA-Z0-9.]+)'/g)].map(match => match[1]!))
  expect(asked.length).toBeGreaterThan(20)
  expect(asked.filter(key => !first.has(key))).toEqual([])
})

test('one thing has one word: those that were dropped for it do not come back', () => {
  const dropped = { en: /\b(Avenue|Sports Centre|Civic Centre|Unreachable|Stranded|dissolved)\b/, zh: /停驶|停滞|告警|基线|何处/ }
  const at = (tree: object, key: string): string => key.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], tree) as string
  expect(keys(en).filter(key => dropped.en.test(at(en, key)))).toEqual([])
  expect(keys(zh).filter(key => dropped.zh.test(at(zh, key)))).toEqual([])
})
