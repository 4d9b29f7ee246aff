import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Which folders of `src` a folder may import, besides itself: the arrows of DESIGN, one way only. */
const arrows: Record<string, readonly string[]> = {
  sim: [],
  city: ['sim'],
  scenario: ['sim', 'city'],
  analysis: ['sim', 'city', 'scenario'],
  workers: ['sim', 'city', 'scenario', 'analysis'],
  render: ['sim', 'city', 'scenario', 'analysis', 'workers'],
  ui: ['sim', 'city', 'scenario', 'analysis', 'workers'],
  app: ['sim', 'city', 'scenario', 'analysis', 'workers', 'render', 'ui'],
  cli: ['sim', 'city', 'scenario', 'analysis'],
}
const root = resolve(import.meta.dirname, '..')
const source = join(root, 'src')

function files(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return files(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}

const importLine = /(?:\bfrom\s+|\bimport\s*\(?\s*|new URL\(\s*)['"]([^'"]+)['"]/g
const folderOf = (file: string): string => relative(source, file).split('/')[0]!

interface Import { readonly file: string; readonly from: string; readonly to: string; readonly specifier: string; readonly target: string }
const imports: Import[] = files(source).flatMap(file =>
  [...readFileSync(file, 'utf8').matchAll(importLine)].flatMap(match => {
    const specifier = match[1]!
    if (!specifier.startsWith('.')) return [{ file, from: folderOf(file), to: '', specifier, target: '' }]
    const target = resolve(dirname(file), specifier)
    return target.startsWith(source) ? [{ file, from: folderOf(file), to: folderOf(target), specifier, target }] : []
  }))

describe('architecture', () => {
  test('imports point one way', () => {
    const broken = imports
      .filter(({ from, to }) => to !== '' && from !== to && !arrows[from]?.includes(to))
      .map(({ file, from, to }) => `${relative(root, file)}: ${from} -> ${to}`)
    expect(broken).toEqual([])
  })

  test('other folders import a folder by its index only, or by its node.ts where only Node can run it; what makes and moves people is onFoot.ts, and what makes rules act withRules.ts, fetched where a run has some', () => {
    const inside = imports
      .filter(({ from, to, target }) => to !== '' && from !== to && target !== join(source, to) && target !== join(source, to, 'node') && target !== join(source, to, 'onFoot') && target !== join(source, to, 'withRules'))
      .map(({ file, specifier }) => `${relative(root, file)}: ${specifier}`)
    expect(inside).toEqual([])
  })

  test('sim depends on no package', () => {
    expect(imports.filter(({ from, to }) => from === 'sim' && to === '').map(({ file, specifier }) =>
      `${relative(root, file)}: ${specifier}`)).toEqual([])
  })

  test('only workers speak comlink', () => {
    expect(imports.filter(({ from, specifier }) => specifier.startsWith('comlink') && from !== 'workers')
      .map(({ file }) => relative(root, file))).toEqual([])
  })

  test('sim has no clock, no chance, and no function that may differ between engines', () => {
    // Math.sqrt, abs, min, max, floor, ceil, round, trunc, imul, fround, hypot-free arithmetic are exact by IEEE 754.
    const banned = /\bMath\.(random|exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|hypot|cbrt|sinh|cosh|tanh)\b|\bDate\b|\bperformance\b|\*\*/
    // Geometry of the network is fixed at compile time and lies in the pack, so it may use them.
    const compileTime = /src\/sim\/(units\.ts|network\/(assemble|synthetic))/
    const found = files(join(source, 'sim')).filter(file => !compileTime.test(file)).flatMap(file =>
      readFileSync(file, 'utf8').split('\n').flatMap((line, index) =>
        banned.test(line.replace(/\/\/.*|^\s*\/?\*.*/, '')) ? [`${relative(root, file)}:${index + 1}: ${line.trim()}`] : []))
    expect(found).toEqual([])
  })
})
