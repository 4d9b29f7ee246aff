import type { SearchHit, SearchIndex } from './search'

/** Share of their pairs of letters that two names have in common for one to stand for the other; assumed, tried on misspelt names. */
const ALIKE = 0.45

/**
 * Names that are nearly what somebody typed, most alike first: by pairs of neighbouring letters (Dice 1945), in Chinese,
 * pinyin and English. For what `searchNames` does not find.
 */
export function nearNames({ layer: { entries, strings }, names, english, joined }: SearchIndex, query: string, limit: number): SearchHit[] {
  const asked = pairsOf(query.toLowerCase().replace(/[\s'’·•\-_.,()（）/]+/g, ''))
  if (asked.size === 0) return []
  const found: { row: number; alike: number }[] = []
  for (let row = 0; row < entries.rows; row++) {
    const alike = Math.max(likeness(asked, names[row]!), likeness(asked, joined[row]!), likeness(asked, english[row]!.replaceAll(' ', '')))
    if (alike >= ALIKE) found.push({ row, alike })
  }
  found.sort((a, b) => b.alike - a.alike || entries.weight[b.row]! - entries.weight[a.row]! || a.row - b.row)
  const told = new Set<string>()
  return found.flatMap(({ row }) => {
    const name = strings[entries.name[row]!]!
    if (told.has(name) || told.size === limit) return []
    told.add(name)
    return [{ row, name, nameEn: entries.nameEn[row]! < 0 ? '' : strings[entries.nameEn[row]!]!, kind: entries.kind[row]!, x: entries.x[row]!, y: entries.y[row]! }]
  })
}

function pairsOf(text: string): Set<string> {
  const letters = [...text]
  return new Set(letters.slice(1).map((letter, at) => letters[at]! + letter))
}

function likeness(asked: ReadonlySet<string>, name: string): number {
  // What is twice as long or half as long has too little in common.
  if (name.length * 3 < asked.size || name.length > 3 * (asked.size + 1)) return 0
  const own = pairsOf(name)
  let shared = 0
  for (const pair of own) if (asked.has(pair)) shared++
  return (2 * shared) / (asked.size + own.size)
}
