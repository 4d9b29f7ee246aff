import type { Database, SqlJsStatic, SqlValue } from 'sql.js'
import { isHole, inRing, type Polygon } from '../polygon'
import type { Trajectories } from '../trajectories'
import { framesPerSecondOf, Refusal, trajectoriesOrRefuse, type Recording, type RecordingOptions } from './recording'
import { polygonOfWkt, wktOfPolygon } from './wkt'

/** Loaded when the first such file is opened. The build with the machine code inside runs in Node and in pages alike. */
async function sqlite(): Promise<SqlJsStatic> {
  const { default: init } = await import('sql.js/dist/sql-wasm-inline.js') as typeof import('sql.js')
  return init()
}

const REMEDY = 'Write it with JuPedSim\'s SqliteTrajectoryWriter.'

/**
 * Trajectories of JuPedSim, SQLite database versions 1 to 3: trajectory_data (frame, id, pos_x, pos_y; ori_x, ori_y
 * up to version 2), metadata (key, value: version, fps), geometry (wkt; from version 2 on with a hash, and frame_data
 * says which holds at which frame). Where a run has several geometries the first is taken: doors that open later do
 * not matter to a polygon of where people can be as much as walls that were there from the beginning.
 */
export async function readJupedsim(file: string, bytes: Uint8Array, options: RecordingOptions): Promise<Recording> {
  checkLength(file, bytes)
  const { Database } = await sqlite()
  let database: Database | undefined
  try {
    database = new Database(bytes)
    return recordingOf(file, database, options)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(file, 'sqlite', `is a damaged SQLite database (${error instanceof Error ? error.message : String(error)})`, 'Fetch or write it again.')
  } finally {
    database?.close()
  }
}

/** The library reads what is missing at the end as empty pages. Header of the format: sqlite.org/fileformat2.html, sec. 1.3. */
function checkLength(file: string, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = bytes.length < 100 ? 0 : view.getUint16(16) === 1 ? 65536 : view.getUint16(16)
  if (size === 0 || bytes.length < size * view.getUint32(28)) throw new Refusal(file, 'sqlite', 'is a SQLite database that breaks off', 'Fetch or write it again.')
}

function recordingOf(file: string, database: Database, options: RecordingOptions): Recording {
  const columns = (table: string): string[] => (database.exec(`PRAGMA table_info(${table})`)[0]?.values ?? []).map(row => String(row[1]))
  const missing = ['frame', 'id', 'pos_x', 'pos_y'].filter(name => !columns('trajectory_data').includes(name))
  if (missing.length === 4) throw new Refusal(file, 'table', 'has no table trajectory_data', REMEDY)
  if (missing.length > 0) throw new Refusal(file, 'table', `the table trajectory_data lacks ${missing.join(', ')}`, REMEDY)
  if (!columns('metadata').includes('value')) throw new Refusal(file, 'table', 'has no table metadata', REMEDY)
  const metadata = new Map((database.exec('SELECT key, value FROM metadata')[0]?.values ?? []).map(([key, value]) => [String(key), String(value)]))
  const version = Number(metadata.get('version') ?? NaN)
  if (![1, 2, 3].includes(version)) throw new Refusal(file, 'version', `is of database version ${metadata.get('version') ?? 'unknown'}`, 'Versions 1, 2 and 3 are read.')
  const stated = metadata.get('fps')
  if (stated !== undefined && !Number.isFinite(Number(stated))) throw new Refusal(file, 'fps', `metadata: "${stated}" is no rate of frames`, 'Mend the key fps of the table metadata.')
  if (options.unit === 'cm') throw new Refusal(file, 'unit', 'is in metres, as all files of JuPedSim', 'Leave --unit out.')
  const rate = framesPerSecondOf(stated === undefined ? undefined : Number(stated), options, file)
  const [x, y, id, frame]: number[][] = [[], [], [], []]
  const statement = database.prepare('SELECT frame, id, pos_x, pos_y FROM trajectory_data ORDER BY rowid')
  try {
    for (let number = 1; statement.step(); number++) {
      const row = statement.get()
      for (const [at, target] of [frame, id, x, y].entries()) {
        const value = row[at] as SqlValue
        if (typeof value !== 'number') throw new Refusal(`${file}, trajectory_data row ${number}`, 'row', `${['frame', 'id', 'pos_x', 'pos_y'][at]} is ${value === null ? 'empty' : `"${String(value)}"`}`, REMEDY)
        target!.push(value)
      }
    }
  } finally {
    statement.free()
  }
  const trajectories = trajectoriesOrRefuse({ x: x!, y: y!, id: id!, frame: frame! }, rate, file, row => `${file}, trajectory_data row ${row + 1}`)
  return { format: 'jupedsim', trajectories, geometry: columns('geometry').includes('wkt') ? geometryOf(file, database, version > 1) : null }
}

function geometryOf(file: string, database: Database, hashed: boolean): Polygon | null {
  const first = hashed ? database.exec('SELECT wkt FROM geometry JOIN frame_data ON hash = geometry_hash ORDER BY frame LIMIT 1')[0] : undefined
  const text = (first ?? database.exec('SELECT wkt FROM geometry LIMIT 1')[0])?.values[0]?.[0]
  if (text === undefined || text === null || text === '') return null
  const polygon = polygonOfWkt(String(text))
  if (typeof polygon === 'string') throw new Refusal(`${file}, table geometry`, 'wkt', `its WKT ${polygon}`, 'Give a POLYGON of where people can walk, with its holes.')
  return polygon
}

/** Database version that is written: the one that every JuPedSim since 1.0 and PedPy read. */
const VERSION_WRITTEN = 2

/**
 * Writes trajectories as JuPedSim does, version 2, so that its tools and PedPy open them. Orientation is the way from
 * the place before to this one (of the first: to the next), east where a person has not moved.
 */
export async function writeJupedsim({ table, framesPerSecond, frameFirst, frameLast, rowsByFrame, personFirst }: Trajectories, geometry: Polygon): Promise<Uint8Array> {
  const { Database } = await sqlite()
  const database = new Database()
  const outers = geometry.filter((_, at) => !isHole(geometry, at))
  const wkt = wktOfPolygon(outers.map(outer => [outer, ...geometry.filter((ring, at) => isHole(geometry, at) && inRing(outer, ...ring[0]!))]))
  const hash = hashOf(wkt)
  const corners = geometry.flat()
  const { x, y, id, frame } = table
  const isFirst = new Uint8Array(table.rows + 1)
  for (const row of personFirst) isFirst[row] = 1
  database.run('CREATE TABLE trajectory_data (frame INTEGER NOT NULL, id INTEGER NOT NULL, pos_x REAL NOT NULL, pos_y REAL NOT NULL, ori_x REAL NOT NULL, ori_y REAL NOT NULL)')
  database.run('CREATE TABLE metadata (key TEXT NOT NULL UNIQUE PRIMARY KEY, value TEXT NOT NULL)')
  database.run('CREATE TABLE geometry (hash INTEGER NOT NULL, wkt TEXT NOT NULL)')
  database.run('CREATE UNIQUE INDEX geometry_hash ON geometry (hash)')
  database.run('CREATE TABLE frame_data (frame INTEGER NOT NULL, geometry_hash INTEGER NOT NULL)')
  database.run('BEGIN')
  const bounds = { xmin: Math.min(...corners.map(([px]) => px)), xmax: Math.max(...corners.map(([px]) => px)), ymin: Math.min(...corners.map(([, py]) => py)), ymax: Math.max(...corners.map(([, py]) => py)) }
  for (const [key, value] of Object.entries({ version: VERSION_WRITTEN, fps: framesPerSecond, ...bounds })) database.run('INSERT INTO metadata VALUES (?, ?)', [key, String(value)])
  database.run('INSERT INTO geometry VALUES (?, ?)', [hash, wkt])
  const position = database.prepare('INSERT INTO trajectory_data VALUES (?, ?, ?, ?, ?, ?)')
  for (const row of rowsByFrame) {
    const [from, to] = isFirst[row] ? [row, isFirst[row + 1] ? row : row + 1] : [row - 1, row]
    const [dx, dy] = [x[to]! - x[from]!, y[to]! - y[from]!]
    const length = Math.hypot(dx, dy)
    position.run([frame[row]!, id[row]!, x[row]!, y[row]!, length > 0 ? dx / length : 1, length > 0 ? dy / length : 0])
  }
  position.free()
  const frames = database.prepare('INSERT INTO frame_data VALUES (?, ?)')
  for (let at = frameFirst; at <= frameLast; at++) frames.run([at, hash])
  frames.free()
  database.run('CREATE INDEX frame_id_idx ON trajectory_data (frame, id)')
  database.run('COMMIT')
  const bytes = database.export()
  database.close()
  return bytes
}

/** FNV-1a: any number that differs for other texts will do, Python's own differs from run to run. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
