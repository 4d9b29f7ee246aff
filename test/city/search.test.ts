import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { nearNames, openSearch, SearchKind, searchLayer, searchNames, type SearchIndex } from '../../src/city'
import { englishRoad } from '../../src/city/layers/compile/englishNames'
import { openPackFolder } from '../../src/city/node'

let index: SearchIndex
beforeAll(async () => {
  index = openSearch(await (await openPackFolder(join(import.meta.dirname, '../../assets/shenzhen'))).layer(searchLayer))
})
const names = (query: string, limit = 5): string[] => searchNames(index, query, limit).map(hit => hit.name)

describe('search', () => {
  // What somebody types, and what must come first.
  test.each([
    ['深南大道', '深南大道'], ['shennandadao', '深南大道'], ['shen nan da dao', '深南大道'], ['sndd', '深南大道'], ['Shennan', '深南大道'],
    ['滨海大道', '滨海大道'], ['binhai boulevard', '滨海大道'],
    ['世界之窗', '世界之窗'], ['sjzc', '世界之窗'], ['window of the world', '世界之窗'],
    ['平安金融中心', '平安金融中心'], ['pingan jinrong', '平安金融中心'], ['Ping An Finance', '平安金融中心'], ['KK100', '京基100'],
    ['chegongmiao', '车公庙'], ['cgm', '车公庙'], ['莲花山', '莲花山公园'], ['lianhuashan', '莲花山公园'],
    ['南山区', '南山区'], ['深圳湾体育中心', '深圳湾体育中心体育馆'], ['futian district', '福田区'], ['深圳湾口岸', '深圳湾口岸'],
  ])('%s finds %s first', (query, name) => expect(names(query, 1)).toEqual([name]))

  test('initials and words that fit several names find them all', () => {
    expect(names('bhdd')).toEqual(expect.arrayContaining(['滨海大道', '北环大道']))
    expect(names('stadium')).toEqual(expect.arrayContaining(['宝安体育场', '深圳大运中心体育场']))
  })

  test('a part of a name finds it, after those that begin with it', () => {
    expect(names('春茧')[0]).toContain('春茧')
    const found = names('大学', 8)
    expect(found[0]!.startsWith('大学')).toBe(true)
  })

  test('spaces, case and full-width letters do not matter', () => {
    for (const query of ['Shen Nan Da Dao', 'SHENNANDADAO', ' shennandadao ', 'ｓｈｅｎｎａｎｄａｄａｏ']) expect(names(query)).toEqual(names('shennandadao'))
  })

  test.each([['windwo of the world', '世界之窗'], ['Shennna Boulevard', '深南大道'], ['chegongmioa', '车公庙'], ['深圳湾体育场馆', '深圳湾体育中心体育馆'], ['Futien Station', '福田']])('%s is nearly %s', (query, name) => {
    expect(names(query)).toEqual([])
    expect(nearNames(index, query, 6).map(hit => hit.name).join(' ')).toContain(name)
  })

  test('nothing is nearly nonsense', () => expect(nearNames(index, 'qqqqxyz', 4)).toEqual([]))

  test('nothing is found for nothing, and for nonsense', () => {
    expect(names('')).toEqual([])
    expect(names('   ')).toEqual([])
    expect(names('qqzzxx')).toEqual([])
    expect(names('?*[(')).toEqual([])
  })

  test('the limit holds and the order is the same every time', () => {
    expect(names('x', 7)).toHaveLength(7)
    expect(names('shenzhen', 20)).toEqual(names('shenzhen', 20))
  })

  test('hits are distinct things with a place in the city', () => {
    const hits = searchNames(index, '深圳', 50)
    expect(new Set(hits.map(hit => hit.row)).size).toBe(hits.length)
    for (const hit of hits) expect(Math.abs(hit.x) + Math.abs(hit.y)).toBeLessThan(110_000)
  })

  test('every kind of thing is in the index', () => {
    const kinds = new Set(index.layer.entries.kind)
    for (const kind of Object.values(SearchKind)) expect(kinds.has(kind)).toBe(true)
  })

  test('the same name stands once among neighbours', () => {
    const { entries } = index.layer
    const seen = new Map<string, number[]>()
    for (let row = 0; row < entries.rows; row++) {
      const key = `${entries.name[row]}/${entries.kind[row]}`
      for (const other of seen.get(key) ?? []) expect(Math.hypot(entries.x[row]! - entries.x[other]!, entries.y[row]! - entries.y[other]!)).toBeGreaterThan(2400)
      seen.set(key, [...seen.get(key) ?? [], row])
    }
  })
})

test.each([
  ['深南大道', 'Shennan Boulevard'], ['红荔西路', 'Hongli West Road'], ['广深高速', 'Guangshen Expressway'], ['彩田立交', 'Caitian Interchange'],
  ['滨海大道辅路', 'Binhai Boulevard Side Road'], ['高新南九道', 'Gaoxin South 9th Road'], ['深云路', 'Shenyun Road'], ['科苑南路', 'Keyuan South Road'],
  ['福中三路', 'Fuzhong 3rd Road'], ['东路', 'Dong Road'],
])('%s is %s in English', (name, english) => expect(englishRoad(name)).toBe(english))
