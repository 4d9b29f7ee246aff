import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const source = (name: string): string => readFileSync(join(import.meta.dirname, '../../src/ui', name), 'utf8')

test('the sheet of shortcuts names every key that does something, and no other', () => {
  const does = [...source('useShortcuts.ts').matchAll(/case '([^']+)':|letter === '([a-z])'|toLowerCase\(\) === '([a-z])'/g)].map(match => (match[1] ?? match[2] ?? match[3])!)
  const sheet = [...source('dialogs/ShortcutsDialog.tsx').matchAll(/\['\w+', '([^']+)'\]/g)].map(match => match[1]!)
  const named = new Set(sheet.flatMap(keys => (keys.includes('…') ? ['1', '2', '3', '4', '5', '6', '7', '8', '9'] : [keys.split(' ').at(-1)!.toLowerCase().replace('space', ' ').replace('esc', 'escape')])))
  expect([...new Set(does)].filter(key => !named.has(key))).toEqual([])
  expect([...named].filter(key => !does.includes(key))).toEqual([])
})
