import type { Scenario } from '../../scenario'
import type { Origin } from '../stores/documentSlice'

type Name = Scenario['name']
/** Longest name that the schema allows, less room for what is put behind it. */
const LONGEST = 180

/** What is put behind the name of a document that is made from another: changes of a shipped one, and copies. */
const marks = {
  version: { zh: (n: number) => `（我的方案${n > 1 ? n : ''}）`, en: (n: number) => ` (my version${n > 1 ? ` ${n}` : ''})` },
  copy: { zh: (n: number) => `（副本${n > 1 ? n : ''}）`, en: (n: number) => ` (copy${n > 1 ? ` ${n}` : ''})` },
}

/** A name for a document made from another, that none of `taken` has; a copy of a copy is numbered on, not "(copy) (copy)". */
export function derivedName({ zh, en }: Name, mark: keyof typeof marks, taken: readonly Name[]): Name {
  const used = new Set(taken.map(name => name.en))
  const base = { zh: zh.replace(/（(我的方案|副本)\d*）$/, '').slice(0, LONGEST), en: en.replace(/ \((my version|copy)( \d+)?\)$/, '').slice(0, LONGEST) }
  for (let n = 1; ; n++) {
    const name = { zh: base.zh + marks[mark].zh(n), en: base.en + marks[mark].en(n) }
    if (!used.has(name.en)) return name
  }
}

/** A document that is made from another. What is said of a shipped one does not hold for what becomes of it, so it does without. */
export function forkOf({ description, ...scenario }: Scenario, name: Name, { kind }: Origin): Scenario {
  return { ...scenario, name, ...(description && kind !== 'shipped' ? { description } : {}) }
}

/** The name of a document with some of its changes switched off. */
export const nameWithout = ({ zh, en }: Name, off: string): Name => ({ zh: `${zh}，不含${off}`.slice(0, LONGEST), en: `${en}, without ${off}`.slice(0, LONGEST) })

/** A name of a file for a document, in the words of the page's language. */
export const fileName = ({ name }: Pick<Scenario, 'name'>, language: 'zh' | 'en'): string =>
  // Letters that a file name cannot have on some system, and control characters.
  // eslint-disable-next-line no-control-regex
  `${name[language].replace(/[\u0000-\u001f<>:"/\\|?*]+/g, ' ').trim().slice(0, 80) || 'scenario'}.json`
