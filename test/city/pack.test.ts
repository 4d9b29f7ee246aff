import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeLayer, encodeLayer, layerFile, openLayer, readPack, type LayerKind, type PackManifest } from '../../src/city'
import { damagedLayers, openPackFolder, shenzhenHead, writePack, type LayerBuild } from '../../src/city/node'
import { createTable, type Columns } from '../../src/sim'

const columns = {
  a: { type: 'f64', unit: 'm', doc: '' }, b: { type: 'i32', unit: '1', doc: '' }, c: { type: 'u32', unit: '1', doc: '' },
  d: { type: 'f32', unit: '1', doc: '' }, e: { type: 'i16', unit: '1', doc: '' }, f: { type: 'u16', unit: '1', doc: '' },
  g: { type: 'i8', unit: '1', doc: '' }, h: { type: 'u8', unit: '1', doc: '' },
} as const satisfies Columns
const kind = { kind: 'things', version: 3, tables: { things: columns } } as const satisfies LayerKind<{ things: typeof columns }>

function things(rows = 5) {
  const table = createTable(columns, rows)
  for (let row = 0; row < rows; row++) {
    table.a[row] = Math.PI * row
    table.b[row] = -70000 * row
    table.c[row] = 4e9 + row
    table.d[row] = row / 8
    table.e[row] = -300 * row
    table.f[row] = 60000 + row
    table.g[row] = -row
    table.h[row] = 250 + row
  }
  return layerFile(kind, { things: table }, ['深圳', 'x'], { cell: 60 })
}

const source = { name: 'test', attribution: 'nobody', licence: 'MIT', date: '2026' }
const build = (rows?: number): LayerBuild => ({ layer: things(rows), sources: [source] })

describe('layer file', () => {
  test('gives back what was put in', () => {
    const opened = openLayer(kind, encodeLayer(things()), 'things.bin.gz')
    expect(opened.strings).toEqual(['深圳', 'x'])
    expect(opened.meta).toEqual({ cell: 60 })
    for (const name of Object.keys(columns) as (keyof typeof columns)[]) {
      expect(Array.from(opened.things[name])).toEqual(Array.from(things().tables.things!.table[name]!))
    }
  })

  test('opens bytes that lie anywhere in a larger buffer', () => {
    const bytes = encodeLayer(things())
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(Array.from(openLayer(kind, shifted.subarray(3), 'f').things.b)).toEqual([0, -70000, -140000, -210000, -280000])
  })

  test('an empty table is a table', () => expect(openLayer(kind, encodeLayer(things(0)), 'f').things.rows).toBe(0))

  const bytes = encodeLayer(things())
  const changed = (at: number, value: number): Uint8Array => {
    const copy = bytes.slice()
    copy[at] = value
    return copy
  }
  test.each([
    ['too short', bytes.slice(0, 7), /too short/],
    ['another file', changed(0, 0x50 ^ 1), /magic word/],
    ['another container', changed(4, 99), /container version 99/],
    ['cut inside the header', bytes.slice(0, 60), /truncated inside its header/],
    ['cut inside the data', bytes.slice(0, bytes.length - 40), /truncated inside table things/],
    ['damaged header', changed(16, 0), /damaged header/],
  ])('refuses %s and names the file', (_, damaged, message) => {
    expect(() => decodeLayer(damaged, kind, 'things.bin.gz')).toThrow(message)
    expect(() => decodeLayer(damaged, kind, 'things.bin.gz')).toThrow('things.bin.gz')
  })

  test('refuses another kind, version or column type', () => {
    expect(() => decodeLayer(bytes, { kind: 'roads', version: 3 }, 'f')).toThrow(/holds "things", expected "roads"/)
    expect(() => decodeLayer(bytes, { kind: 'things', version: 4 }, 'f')).toThrow(/version 3 of "things", this build reads 4/)
    const wider = { ...kind, tables: { things: { a: { type: 'f32', unit: 'm', doc: '' } } } } as const
    expect(() => openLayer(wider, bytes, 'f')).toThrow(/things\.a is f64, expected f32/)
    expect(() => openLayer({ ...kind, tables: { others: columns } }, bytes, 'f')).toThrow(/no table "others"/)
  })
})

describe('pack', () => {
  let folder = ''
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'pack-')) })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const read = (path: string): Record<string, Buffer> => Object.fromEntries(readdirSync(path).map(name => [name, readFileSync(join(path, name))]))

  test('is written the same twice, byte for byte', async () => {
    await writePack(join(folder, 'one'), shenzhenHead(), [build()])
    await writePack(join(folder, 'two'), shenzhenHead(), [build()])
    expect(read(join(folder, 'one'))).toEqual(read(join(folder, 'two')))
    expect(await damagedLayers(join(folder, 'one'))).toEqual([])
  })

  test('a layer is fetched when asked for, once', async () => {
    const fetched: string[] = []
    const pack = await readPack(async file => {
      fetched.push(file)
      return new Uint8Array(readFileSync(join(folder, 'one', file)))
    })
    expect(fetched).toEqual(['manifest.json'])
    expect(pack.has('things')).toBe(true)
    const [first, second] = await Promise.all([pack.layer(kind), pack.layer(kind)])
    expect(first).toBe(second)
    expect(fetched).toEqual(['manifest.json', 'things.bin.gz'])
    await expect(pack.layer({ ...kind, kind: 'roads' })).rejects.toThrow(/has no layer "roads"; it has things/)
  })

  test('a failed build leaves the old pack and nothing half-written', async () => {
    const path = join(folder, 'kept')
    await writePack(path, shenzhenHead(), [build()])
    const before = read(path)
    const broken = { layer: { ...things(), meta: { count: 1n } }, sources: [source] } // a bigint is no JSON
    await expect(writePack(path, shenzhenHead(), [build(9), broken])).rejects.toThrow()
    expect(read(path)).toEqual(before)
    expect(readdirSync(folder).filter(name => name.startsWith('.pack'))).toEqual([])
  })

  test('takes the place of an old pack; layers are kept only if asked for', async () => {
    const path = join(folder, 'replaced')
    const other = { layer: { ...things(), kind: 'others' }, sources: [source] }
    await writePack(path, shenzhenHead(), [build(), other])
    expect((await writePack(path, shenzhenHead(), [build(9)], { keep: true })).layers.map(layer => layer.name)).toEqual(['others', 'things'])
    expect((await writePack(path, shenzhenHead(), [build(9)])).layers.map(layer => layer.name)).toEqual(['things'])
    expect(readdirSync(path).sort()).toEqual(['manifest.json', 'things.bin.gz'])
  })

  test('a damaged, cut or swapped file is refused by name', async () => {
    const files = read(join(folder, 'one'))
    const serve = (changes: Record<string, Uint8Array>) => readPack(async file => new Uint8Array(changes[file] ?? files[file]!))
    const packed = new Uint8Array(files['things.bin.gz']!)
    await expect((await serve({ 'things.bin.gz': packed.slice(0, -9) })).layer(kind)).rejects.toThrow(/things\.bin\.gz: \d+ bytes, the manifest says/)
    const garbled = packed.slice()
    garbled.fill(0x55, 40, 60)
    await expect((await serve({ 'things.bin.gz': garbled })).layer(kind)).rejects.toThrow(/things\.bin\.gz/)
    await expect(serve({ 'manifest.json': new TextEncoder().encode('<!doctype html>') })).rejects.toThrow(/manifest\.json: is not JSON/)
    await expect(serve({ 'manifest.json': new TextEncoder().encode('{"format":"pengcheng-city","version":2}') })).rejects.toThrow(/version 2, this build reads 1/)
    await expect(openPackFolder(join(folder, 'nowhere'))).rejects.toThrow(/no such folder/)
  })

  test('a file that the server has unpacked already is read all the same', async () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'one', 'manifest.json'), 'utf8')) as PackManifest
    const pack = await readPack(async file => (file === 'manifest.json' ? new TextEncoder().encode(JSON.stringify(manifest)) : encodeLayer(things())))
    expect((await pack.layer(kind)).things.rows).toBe(5)
  })

  test('files in which a bit has changed are found', async () => {
    const path = join(folder, 'rotten')
    await writePack(path, shenzhenHead(), [build()])
    writeFileSync(join(path, 'things.bin.gz'), gzipSync(encodeLayer(things(6)), { mtime: 0 }))
    expect(await damagedLayers(path)).toEqual(['things.bin.gz'])
  })
})
