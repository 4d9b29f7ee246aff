import hdf5 from 'h5wasm'
import initSql from 'sql.js'
import { describe, expect, test } from 'vitest'
import { readRecording } from '../../../src/analysis/crowd/formats/readRecording'
import type { Recording, RecordingOptions } from '../../../src/analysis/crowd/formats/recording'
import { polygonOfWkt } from '../../../src/analysis/crowd/formats/wkt'
import { writeJupedsim } from '../../../src/analysis/crowd/formats/jupedsim'
import { uniform } from '../../../src/sim'
import { polygonArea } from '../../../src/analysis/crowd/polygon'
import { made, rectangle } from './made'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
async function read(content: string | Uint8Array, options: RecordingOptions = {}): Promise<Recording> {
  const outcome = await readRecording('walk.txt', typeof content === 'string' ? bytes(content) : content, options)
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'))
  return outcome.value
}
const refusal = async (content: string | Uint8Array, options: RecordingOptions = {}): Promise<string> => read(content, options).then(() => 'read', (error: Error) => error.message)

describe('PeTrack text', () => {
  test('states rate and unit in comments; columns beyond y are left alone; any order, blanks or tabs', async () => {
    const { trajectories, geometry, format } = await read('\uFEFF# PeTrack project: hall\r\n# framerate: 25.00 fps\r\n# id frame x/cm y/cm z/cm\r\n2\t7\t100 -50 176\r\n1 8 300 40 180 # bows\r\n1 7 250 40\r\n\r\n')
    expect([format, geometry, trajectories.framesPerSecond, trajectories.frameFirst, trajectories.frameLast]).toEqual(['petrack', null, 25, 7, 8])
    expect([...trajectories.table.x]).toEqual([2.5, 3, 1])
    expect([...trajectories.table.y]).toEqual([0.4, 0.4, -0.5])
    expect([...trajectories.table.id]).toEqual([1, 1, 2])
  })

  test.each([
    ['#framerate: 16.00\n# in m\n', 16], ['# Framerate 16fps\n# x / m\n'.replace(' / ', '/'), 16], ['# fps=16\n# unit: m\n', 16], ['#framerate:16\n#X,Y,Z: the agents coordinates (in m)\n', 16],
  ])('understands the header %j', async (header, rate) => {
    const { trajectories } = await read(`${header}1 0 1.5e0 -.5\n`)
    expect([trajectories.framesPerSecond, trajectories.table.x[0], trajectories.table.y[0]]).toEqual([rate, 1.5, -0.5])
  })

  test('takes rate and unit from the options where the file is silent, and refuses where the two differ', async () => {
    expect((await read('1 0 150 250\n', { framesPerSecond: 10, unit: 'cm' })).trajectories.table.y[0]).toBe(2.5)
    expect(await refusal('1 0 150 250\n', { unit: 'cm' })).toBe('walk.txt: does not say how many frames make a second. Give it with --fps.')
    expect(await refusal('1 0 150 250\n', { framesPerSecond: 10 })).toMatch(/^walk.txt: does not say whether it is in metres or centimetres\. Give it with --unit/)
    expect(await refusal('#framerate: 25\n# x/cm\n1 0 1 2\n', { framesPerSecond: 16 })).toMatch(/^walk.txt:1: says 25 frames a second, but --fps says 16/)
    expect(await refusal('#framerate: 25\n# x/cm\n1 0 1 2\n', { unit: 'm' })).toMatch(/in cm, but --unit says m/)
  })

  const head = '# framerate: 25\n# x/m\n'
  test.each([
    ['', 'walk.txt: is empty'],
    ['# framerate: 25\n# x/m\n', 'walk.txt: holds no positions'],
    [`${head}1 0 1 2\n1 1 2\n`, 'walk.txt:4: has 3 columns: "1 1 2"'],
    [`${head}1 0 1 2\n1 1 two 2\n`, 'walk.txt:4: x "two" is not a number'],
    [`${head}1 0 1,5 2\n`, 'walk.txt:3: x "1,5" is not a number. Write decimals with a point.'],
    [`${head}1,0,1.5,2\n`, 'walk.txt:3: "1,0,1.5,2" is separated by commas'],
    [`${head}1;0;1.5;2\n`, 'walk.txt:3: "1;0;1.5;2" is separated by commas or semicolons'],
    [`${head}id frame x y\n1 0 1 2\n`, 'walk.txt:3: id "id" is not a number. Begin lines that are no rows with #.'],
    [`${head}1 0 nan 2\n`, 'walk.txt:3: x "nan" is not a number'],
    [`${head}1 0 1e999 2\n`, 'walk.txt:3: the position (Infinity, 2) is not a place'],
    [`${head}1.5 0 1 2\n`, 'walk.txt:3: the id 1.5 is not a whole number'],
    [`${head}1 0.5 1 2\n`, 'walk.txt:3: the frame 0.5 is not a whole number'],
    [`${head}1 99999999999 1 2\n`, 'walk.txt:3: the frame 99999999999 is not a whole number'],
    [`${head}1 0 1 2\n2 0 1 2\n1 0 1 3\n`, 'walk.txt:5: person 1 is in frame 0 twice'],
    [`${head}1 0 1 2\n1 2000000000 1 2\n`, 'walk.txt:3: frames run from 0 to 2000000000'],
    ['# framerate: fast\n1 0 1 2\n', 'walk.txt:1: "fast" is no rate of frames'],
    ['# framerate: 0\n# x/m\n1 0 1 2\n', 'walk.txt:1: 0 frames a second is no rate. Mend the header'],
    ['# framerate: -5\n# x/m\n1 0 1 2\n', 'walk.txt:1: -5 frames a second is no rate'],
    [`${head}1 0 1 2\0\n`, 'walk.txt:3: is not text'],
    ['<html><body>404 not found here</body></html>', 'walk.txt:1: id "<html><body>404" is not a number'],
    ['{"a": 1}', 'walk.txt:1: has 2 columns'],
  ])('refuses %j', async (content, message) => {
    const told = await refusal(content)
    expect(told).toContain(message)
    // What to do is the last sentence.
    expect(told).toMatch(/\. [A-Z][^.]*(\..*)?\.$/)
  })

  test('spoilt at random', () => survives(bytes(`${head}1 0 1.0 2.0\n1 1 1.1 2.0\n2 0 3.0 1.0\n`), 400))

  test('refuses bytes that are no text, and packed files', async () => {
    expect(await refusal(new Uint8Array([0xff, 0xfe, 0x31, 0x00]))).toContain('neither text in UTF-8 nor SQLite nor HDF5')
    expect(await refusal(new Uint8Array([0x1f, 0x8b, 8, 0]))).toContain('is packed. Unpack it first.')
    expect(await refusal(bytes('PK\u0003\u0004'))).toContain('is packed')
  })
})

describe('JuPedSim SQLite', async () => {
  const { Database } = await initSql()
  interface Made { version?: unknown; fps?: unknown; rows?: unknown[][]; tables?: string; wkt?: string | null; metadata?: boolean }
  function database({ version = 2, fps = 10, rows = [[0, 1, 1, 2], [1, 1, 1.1, 2]], tables, wkt = 'POLYGON ((0 0, 4 0, 4 3, 0 3, 0 0))', metadata = true }: Made = {}): Uint8Array {
    const db = new Database()
    const orientation = Number(version) < 3
    db.run(tables ?? `CREATE TABLE trajectory_data (frame INTEGER, id INTEGER, pos_x REAL, pos_y REAL${orientation ? ', ori_x REAL, ori_y REAL' : ''})`)
    if (tables === undefined) for (const row of rows) db.run(`INSERT INTO trajectory_data VALUES (${row.map(() => '?').join(',')}${orientation ? ', 1, 0' : ''})`, row as number[])
    if (metadata) {
      db.run('CREATE TABLE metadata (key TEXT, value TEXT)')
      for (const [key, value] of Object.entries({ version, fps })) if (value !== null) db.run('INSERT INTO metadata VALUES (?, ?)', [key, String(value)])
    }
    if (wkt !== null) {
      db.run(version === 1 ? 'CREATE TABLE geometry (wkt TEXT)' : 'CREATE TABLE geometry (hash INTEGER, wkt TEXT)')
      if (version === 1) db.run('INSERT INTO geometry VALUES (?)', [wkt])
      else {
        db.run('INSERT INTO geometry VALUES (7, ?), (8, ?)', ['POLYGON ((0 0, 9 0, 9 9, 0 0))', wkt])
        db.run('CREATE TABLE frame_data (frame INTEGER, geometry_hash INTEGER)')
        db.run('INSERT INTO frame_data VALUES (1, 7), (0, 8)')
      }
    }
    return db.export()
  }

  test.each([1, 2, 3])('of version %d', async version => {
    const { trajectories, geometry, format } = await read(database({ version }))
    expect([format, trajectories.framesPerSecond, ...trajectories.table.x]).toEqual(['jupedsim', 10, 1, 1.1])
    expect(polygonArea(geometry!)).toBe(12)
  })

  test('spoilt at random', async () => survives(await writeJupedsim(made([time => [1 + time, 2], () => [3, 1.25]], 3, 4), [rectangle(0, 0, 8, 4)]), 60))

  test('without a geometry, or with a rate from the options', async () => {
    expect((await read(database({ wkt: null }))).geometry).toBeNull()
    expect((await read(database({ fps: null }), { framesPerSecond: 8 })).trajectories.framesPerSecond).toBe(8)
  })

  test('that we write comes back as it was, with holes', async () => {
    const walk = made([time => [1 + time, 2], () => [3, 1.25], time => (time < 1 ? undefined : [5, time / 3])], 3, 4)
    const outline = [rectangle(0, 0, 8, 4), rectangle(2, 2.5, 3, 3), rectangle(10, 0, 12, 1)]
    const { trajectories, geometry } = await read(await writeJupedsim(walk, outline))
    expect(trajectories).toEqual(walk)
    expect(polygonArea(geometry!)).toBe(32 - 0.5 + 2)
  })

  test('is refused with what is wrong', async () => {
    const cases: [Made, RegExp][] = [
      [{ version: 4 }, /database version 4\. Versions 1, 2 and 3 are read/],
      [{ version: null }, /database version unknown/],
      [{ fps: null }, /does not say how many frames make a second/],
      [{ fps: 'fast' }, /metadata: "fast" is no rate of frames/],
      [{ fps: 0 }, /0 frames a second is no rate/],
      [{ rows: [] }, /holds no positions/],
      [{ rows: [[0, 1, 1, null]] }, /trajectory_data row 1: pos_y is empty/],
      [{ rows: [[0, 1, 1, 2], [0, 1, 1, 2]] }, /trajectory_data row 2: person 1 is in frame 0 twice/],
      [{ rows: [[0, 1, 'here', 2]] }, /row 1: pos_x is "here"/],
      [{ tables: 'CREATE TABLE other (a)' }, /has no table trajectory_data/],
      [{ tables: 'CREATE TABLE trajectory_data (frame INTEGER, id INTEGER)' }, /lacks pos_x, pos_y/],
      [{ metadata: false }, /has no table metadata/],
      [{ wkt: 'POLYGON ((0 0, 1 0' }, /table geometry: its WKT has brackets that do not match/],
      [{ wkt: 'LINESTRING (0 0, 1 0)' }, /its WKT is LINESTRING, not a polygon/],
    ]
    for (const [spoilt, message] of cases) expect(await refusal(database(spoilt))).toMatch(message)
    expect(await refusal(database({}), { unit: 'cm' })).toMatch(/is in metres/)
    const whole = database({})
    expect(await refusal(whole.subarray(0, whole.length - 5000))).toMatch(/breaks off/)
    expect(await refusal(whole.subarray(0, 50))).toMatch(/breaks off/)
    const scrambled = whole.slice()
    for (let at = 100; at < scrambled.length; at += 3) scrambled[at]! ^= 0x5a
    expect(await refusal(scrambled)).toMatch(/is a damaged SQLite database|has no table/)
  })
})

/** Bytes overwritten at random, and now and then the end cut off. */
function spoil(whole: Uint8Array, seed: number): Uint8Array {
  const spoilt = whole.slice()
  for (let at = 0; at < 1 + 8 * uniform(5, 1, seed, 0); at++) spoilt[Math.floor(uniform(6, 1, seed, at) * spoilt.length)] = Math.floor(uniform(7, 1, seed, at) * 256)
  return uniform(8, 1, seed, 0) < 0.2 ? spoilt.subarray(0, Math.floor(uniform(9, 1, seed, 0) * spoilt.length)) : spoilt
}

/** Every spoilt file is read or refused with a sentence that begins with its name; and the next good one is read. */
async function survives(whole: Uint8Array, times: number): Promise<void> {
  let refused = 0
  for (let seed = 0; seed < times; seed++) {
    const outcome = await readRecording('walk.txt', spoil(whole, seed))
    if (outcome.ok) continue
    refused++
    expect(outcome.problems[0]!.message, `seed ${seed}`).toMatch(/^walk\.txt[^\n]*: .+\. [A-Z]/s)
  }
  expect(refused).toBeGreaterThan(times / 10)
  expect((await readRecording('walk.txt', whole)).ok).toBe(true)
}

describe('HDF5 of the Jülich archive', async () => {
  const { FS } = await hdf5.ready
  const columns = (): Map<string, unknown> => new Map<string, unknown>([
    ['id', new Int32Array([1, 1, 2])], ['frame', new BigInt64Array([4n, 5n, 5n])], ['x', new Float64Array([1, 1.5, 3])], ['y', new Float32Array([2, 2, 0.5])], ['z', new Float64Array(3)]])
  function file({ name = 'trajectory', data = columns() as unknown, fps = 25 as unknown, wkt = 'POLYGON ((0 0, 4 0, 4 3, 0 3, 0 0))' as string | null } = {}): Uint8Array {
    const made5 = new hdf5.File('/made.h5', 'w')
    if (wkt !== null) made5.create_attribute('wkt_geometry', wkt)
    const dataset = made5.create_dataset({ name, data: data as Float64Array })
    if (fps !== null) dataset.create_attribute('fps', fps as number)
    made5.close()
    return FS.readFile('/made.h5')
  }

  test('spoilt at random', () => survives(file(), 60))

  test('is read with its rate and its geometry', async () => {
    const { trajectories, geometry, format } = await read(file())
    expect([format, trajectories.framesPerSecond, ...trajectories.table.x, ...trajectories.table.frame]).toEqual(['juelich', 25, 1, 1.5, 3, 4, 5, 5])
    expect(polygonArea(geometry!)).toBe(12)
    expect((await read(file({ fps: null, wkt: null }), { framesPerSecond: 16 })).geometry).toBeNull()
  })

  test('is refused with what is wrong', async () => {
    const less = columns()
    less.delete('frame')
    const twice = columns().set('frame', new Int32Array([5, 5, 5]))
    const cases: [Uint8Array, RegExp][] = [
      [file({ name: 'tracks' }), /has no dataset "trajectory"/],
      [file({ data: new Float64Array(12) }), /"trajectory" is not a table/],
      [file({ data: less }), /the dataset "trajectory" has id, x, y, z/],
      [file({ fps: null }), /attribute fps: does not say how many frames make a second/],
      [file({ fps: -1 }), /-1 frames a second is no rate/],
      [file({ data: twice }), /trajectory row 2: person 1 is in frame 5 twice/],
      [file({ wkt: 'POLYGON EMPTY' }), /attribute wkt_geometry: its WKT is empty/],
      [file().subarray(0, 900), /is a damaged HDF5 file \(truncated file/],
    ]
    for (const [content, message] of cases) expect(await refusal(content)).toMatch(message)
    expect(await refusal(file(), { unit: 'cm' })).toMatch(/is in metres/)
  })
})

test.each([
  ['POLYGON ((0 0, 4 0, 4 3, 0 3, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))', 11],
  ['MULTIPOLYGON (((0 0, 4 0, 4 3, 0 3, 0 0)), ((5 0, 6 0, 6 1, 5 1, 5 0)))', 13],
  ['GEOMETRYCOLLECTION (POLYGON ((0 0, 4 0, 4 3, 0 3, 0 0)))', 12], ['polygon z((0 0 1,4 0 1,4 3 1,0 3 1,0 0 1))', 12],
])('WKT %s has %d m2', (text, area) => {
  const polygon = polygonOfWkt(text)
  if (typeof polygon === 'string') throw new Error(polygon)
  expect(polygonArea(polygon)).toBe(area)
})

test.each([['', /no WKT/], ['POINT (1 2)', /is POINT/], ['POLYGON ((0 0, 1 1, 2 2, 0 0))', /without area/], ['POLYGON ((0 0, 1 x, 2 2))', /point that is none/], ['POLYGON', /no ring/], ['GEOMETRYCOLLECTION (POINT (1 2))', /holds a POINT/]])('WKT %j is none', (text, why) =>
  expect(polygonOfWkt(text)).toMatch(why))
