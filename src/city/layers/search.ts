import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'

export const SearchKind = {
  district: 0, subDistrict: 1, road: 2, metroStation: 3, metroLine: 4, venue: 5, park: 6, water: 7, building: 8, busStop: 9,
} as const

export const searchColumns = {
  name: { type: 'i32', unit: 'string', doc: 'Chinese name' },
  nameEn: { type: 'i32', unit: 'string', doc: 'English name; -1 = none' },
  pinyin: { type: 'i32', unit: 'string', doc: 'syllables without tones, parted by spaces' },
  x: { type: 'f32', unit: 'm', doc: 'where the camera flies to' },
  y: { type: 'f32', unit: 'm', doc: 'where the camera flies to' },
  weight: { type: 'u8', unit: '1', doc: 'how well known, 0..100: breaks ties between equally good matches' },
  kind: { type: 'u8', unit: 'SearchKind', doc: 'what it is' },
} as const satisfies Columns

export const searchLayer = {
  kind: 'search',
  version: 1,
  tables: { entries: searchColumns },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type SearchLayer = Layer<(typeof searchLayer)['tables']>

/** English names of what is of these kinds, by the Chinese ones. */
export function englishNamesOf({ entries, strings }: SearchLayer, ...kinds: readonly number[]): Map<string, string> {
  const names = new Map<string, string>()
  for (let row = 0; row < entries.rows; row++)
    if (kinds.includes(entries.kind[row]!) && entries.nameEn[row]! >= 0) names.set(strings[entries.name[row]!]!, strings[entries.nameEn[row]!]!)
  return names
}

export interface SearchHit {
  readonly row: number
  readonly name: string
  readonly nameEn: string
  /** SearchKind */
  readonly kind: number
  readonly x: number
  readonly y: number
}

/** Names made ready for comparison, once. */
export interface SearchIndex {
  readonly layer: SearchLayer
  readonly names: readonly string[]
  readonly english: readonly string[]
  /** Pinyin without spaces. */
  readonly joined: readonly string[]
  readonly initials: readonly string[]
  /** Position in `joined` of every syllable, so that a match may start at any of them. */
  readonly starts: readonly Uint8Array[]
}

export function openSearch(layer: SearchLayer): SearchIndex {
  const { entries, strings } = layer
  const text = (row: number): string => (row < 0 ? '' : strings[row]!)
  const names: string[] = []
  const english: string[] = []
  const joined: string[] = []
  const initials: string[] = []
  const starts: Uint8Array[] = []
  for (let row = 0; row < entries.rows; row++) {
    const syllables = text(entries.pinyin[row]!).split(' ')
    names.push(fold(text(entries.name[row]!)))
    english.push(foldEnglish(text(entries.nameEn[row]!)))
    joined.push(syllables.join(''))
    initials.push(syllables.map(syllable => syllable[0] ?? '').join(''))
    const at = new Uint8Array(syllables.length)
    for (let i = 1; i < syllables.length; i++) at[i] = Math.min(255, at[i - 1]! + syllables[i - 1]!.length)
    starts.push(at)
  }
  return { layer, names, english, joined, initials, starts }
}

/**
 * Best matches of what somebody typed: Chinese characters, pinyin with or without spaces, initials of pinyin, or
 * English words. Whole names come before beginnings, beginnings before parts, Chinese before pinyin before initials;
 * then the better known, then the shorter name. Pure: the same index and query give the same list.
 */
export function searchNames(index: SearchIndex, query: string, limit = 10): SearchHit[] {
  const { entries } = index.layer
  const folded = fold(query)
  const english = foldEnglish(query)
  if (folded === '') return []
  const latin = /^[a-z0-9]+$/.test(folded)
  const hits: { row: number; score: number }[] = []
  for (let row = 0; row < entries.rows; row++) {
    let score = textScore(index.names[row]!, folded, 1000)
    if (latin) {
      score = Math.max(score, pinyinScore(index, row, folded), initialsScore(index.initials[row]!, folded), englishScore(index.english[row]!, english))
    }
    if (score > 0) hits.push({ row, score: score + entries.weight[row]! * 1.5 - (entries.kind[row] === SearchKind.busStop ? BUS_STOP : 0) })
  }
  hits.sort((a, b) => b.score - a.score || index.names[a.row]!.length - index.names[b.row]!.length || a.row - b.row)
  return hits.slice(0, limit).map(({ row }) => ({
    row,
    name: index.layer.strings[entries.name[row]!]!,
    nameEn: entries.nameEn[row]! < 0 ? '' : index.layer.strings[entries.nameEn[row]!]!,
    kind: entries.kind[row]!,
    x: entries.x[row]!,
    y: entries.y[row]!,
  }))
}

/** Bus stops are named after what they stop at: that goes first, though only its beginning fits. */
const BUS_STOP = 250

/** Lower case, full-width forms and accents folded, no spaces or marks. */
const fold = (text: string): string => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[\s'’·•\-_.,()（）/]+/g, '')

const foldEnglish = (text: string): string => text.normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()

/** A whole name, a beginning, a part; shorter rests are better. */
function textScore(name: string, query: string, whole: number): number {
  const at = name.indexOf(query)
  if (at < 0) return 0
  if (name.length === query.length) return whole
  const rest = Math.min(60, (name.length - query.length) * 4)
  return at === 0 ? whole - 150 - rest : whole - 400 - rest
}

function pinyinScore({ joined, starts }: SearchIndex, row: number, query: string): number {
  const text = joined[row]!
  const at = text.indexOf(query)
  if (at < 0) return 0
  if (text.length === query.length) return 880
  const rest = Math.min(60, (text.length - query.length) * 2)
  if (at === 0) return 740 - rest
  return starts[row]!.includes(at) ? 480 - rest : 0
}

function initialsScore(initials: string, query: string): number {
  if (query.length < 2 || !initials.startsWith(query)) return 0
  return initials.length === query.length ? 700 : 560 - Math.min(60, (initials.length - query.length) * 10)
}

/** Every word of the query begins a word of the name, in any order. */
function englishScore(name: string, query: string): number {
  if (name === '') return 0
  if (name === query) return 900
  if (name.startsWith(query)) return 770 - Math.min(60, (name.length - query.length) * 2)
  const words = name.split(' ')
  return query.split(' ').every(part => words.some(word => word.startsWith(part))) ? 520 - Math.min(60, name.length - query.length) : 0
}
