import { titlePinyin } from './regions'

const ends: readonly (readonly [RegExp, string])[] = [
  [/辅路$|辅道$/, 'Side Road'],
  [/高速公路$|高速$/, 'Expressway'], [/快速路$|快速$/, 'Expressway'], [/大道$/, 'Boulevard'], [/公路$/, 'Highway'], [/立交桥?$/, 'Interchange'],
  [/隧道$/, 'Tunnel'], [/大桥$|桥$/, 'Bridge'], [/路$|道$/, 'Road'], [/街$/, 'Street'], [/巷$/, 'Lane'],
]
const sides: Readonly<Record<string, string>> = { 东: 'East', 西: 'West', 南: 'South', 北: 'North', 中: 'Middle' }

/** Road names as the city writes them in English: 深南大道 is Shennan Boulevard, 高新南九道 Gaoxin South 9th Road. */
export function englishRoad(name: string): string {
  for (const [end, word] of ends) {
    if (!end.test(name)) continue
    const stem = name.replace(end, '')
    if (stem === '') break
    if (ends.some(([other]) => other.test(stem)) && stem.length > 2) return `${englishRoad(stem)} ${word}`
    const numbered = /^(.+?)([一二三四五六七八九十]+)$/.exec(stem)
    if (numbered && word === 'Road') return `${sided(numbered[1]!)} ${ordinal(numbered[2]!)} Road`
    return `${sided(stem)} ${word}`
  }
  return titlePinyin(name)
}

/** The stem of a name with its side of the compass in English. */
function sided(stem: string): string {
  const side = sides[stem.at(-1)!]
  return side && stem.length > 2 ? `${titlePinyin(stem.slice(0, -1))} ${side}` : titlePinyin(stem)
}

function ordinal(chinese: string): string {
  const digits = '一二三四五六七八九'
  const ten = chinese.indexOf('十')
  const value = ten < 0 ? digits.indexOf(chinese) + 1
    : (ten === 0 ? 1 : digits.indexOf(chinese[0]!) + 1) * 10 + (ten === chinese.length - 1 ? 0 : digits.indexOf(chinese.at(-1)!) + 1)
  const tail = value % 10 === 1 && value !== 11 ? 'st' : value % 10 === 2 && value !== 12 ? 'nd' : value % 10 === 3 && value !== 13 ? 'rd' : 'th'
  return `${value}${tail}`
}
