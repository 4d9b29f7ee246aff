import { columnTypes, tableBytes, viewTable, type Columns, type TableOf } from '../../sim'

/**
 * One binary layer of a city pack: named tables plus a list of strings.
 *
 *   u32 magic 'PCLY' | u32 container version | u32 bytes of header | u32 zero | header JSON, padded to 8 |
 *   table data, each table as `viewTable` lays it out, but every column in byte planes: first the lowest byte of all
 *   its values, then the next (gzip makes the network layer 2.5 times smaller for it)
 *
 * The header carries kind, layer version, strings, and for each table its rows and its columns with type and unit, so
 * that a file can be read without this code and an old file is refused with a reason rather than misread.
 */
export interface LayerFile {
  readonly kind: string
  readonly version: number
  readonly strings: readonly string[]
  readonly tables: Readonly<Record<string, { readonly columns: Columns; readonly table: TableOf<Columns> }>>
  /** Small settings that belong to the layer: grid sizes, scale factors. */
  readonly meta?: Readonly<Record<string, unknown>>
}

const MAGIC = 0x594c4350 // 'PCLY', little endian
const CONTAINER_VERSION = 2
const PREFIX_BYTES = 16

interface Header {
  kind: string
  version: number
  strings: string[]
  meta: Record<string, unknown>
  tables: { name: string; rows: number; offset: number; columns: { name: string; type: string; unit: string }[] }[]
}

/** Bytes of a layer; the same layer always gives the same bytes. Not compressed: see `writePack`. */
export function encodeLayer(layer: LayerFile): Uint8Array {
  let offset = 0
  const tables = Object.entries(layer.tables).map(([name, { columns, table }]) => {
    const entry = {
      name, rows: table.rows, offset,
      columns: Object.entries(columns).map(([column, { type, unit }]) => ({ name: column, type, unit })),
    }
    offset += tableBytes(columns, table.rows)
    return entry
  })
  const header: Header = { kind: layer.kind, version: layer.version, strings: [...layer.strings], meta: layer.meta ?? {}, tables }
  const headerBytes = new TextEncoder().encode(JSON.stringify(header))
  const dataStart = align8(PREFIX_BYTES + headerBytes.length)
  const bytes = new Uint8Array(dataStart + offset)
  new Uint32Array(bytes.buffer, 0, 4).set([MAGIC, CONTAINER_VERSION, headerBytes.length, 0])
  bytes.set(headerBytes, PREFIX_BYTES)
  for (const [index, { columns, table }] of Object.values(layer.tables).entries()) {
    const copy = viewTable(columns, table.rows, bytes.buffer, dataStart + tables[index]!.offset)
    for (const name of Object.keys(columns)) toPlanes(bytesOf(table[name]!), bytesOf(copy[name]!), columnTypes[columns[name]!.type].bytes)
  }
  return bytes
}

/**
 * Opens a layer, its tables in one buffer of their own. Throws an Error that names `file` and what is wrong with it:
 * magic word, container, kind, version, truncation.
 */
export function decodeLayer(bytes: Uint8Array, expected: { kind: string; version: number }, file: string): LayerFile {
  const refuse = (why: string): never => {
    throw new Error(`${file}: ${why}. Compile the pack again with "npm run city -- build".`)
  }
  if (bytes.length < PREFIX_BYTES) refuse(`is ${bytes.length} bytes long, too short for a layer`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(0, true) !== MAGIC) refuse('is not a layer of a city pack (magic word)')
  if (view.getUint32(4, true) !== CONTAINER_VERSION) refuse(`has container version ${view.getUint32(4, true)}, this build reads ${CONTAINER_VERSION}`)
  const headerLength = view.getUint32(8, true)
  if (PREFIX_BYTES + headerLength > bytes.length) refuse('is truncated inside its header')
  const header = parseHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + headerLength)) ?? refuse('has a damaged header')
  if (header.kind !== expected.kind) refuse(`holds "${header.kind}", expected "${expected.kind}"`)
  if (header.version !== expected.version) refuse(`is version ${header.version} of "${header.kind}", this build reads ${expected.version}`)
  const dataStart = align8(PREFIX_BYTES + headerLength)
  const data = new ArrayBuffer(align8(bytes.length - dataStart))
  const tables: Record<string, { columns: Columns; table: TableOf<Columns> }> = {}
  for (const entry of header.tables) {
    const columns = Object.fromEntries(entry.columns.map(({ name, type, unit }) => {
      if (!(type in columnTypes)) refuse(`column ${entry.name}.${name} has unknown type ${type}`)
      return [name, { type: type as keyof typeof columnTypes, unit, doc: '' }]
    })) satisfies Columns
    if (dataStart + entry.offset + tableBytes(columns, entry.rows) > bytes.length) refuse(`is truncated inside table ${entry.name}`)
    const table = viewTable(columns, entry.rows, data, entry.offset)
    for (const name of Object.keys(columns)) {
      const column = bytesOf(table[name]!)
      const start = dataStart + column.byteOffset
      fromPlanes(bytes.subarray(start, start + column.length), column, columnTypes[columns[name]!.type].bytes)
    }
    tables[entry.name] = { columns, table }
  }
  return { kind: header.kind, version: header.version, strings: header.strings, tables, meta: header.meta }
}

function parseHeader(bytes: Uint8Array): Header | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Header
  } catch {
    return null
  }
}

const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

function toPlanes(values: Uint8Array, planes: Uint8Array, width: number): void {
  const count = values.length / width
  for (let byte = 0; byte < width; byte++) for (let i = 0; i < count; i++) planes[byte * count + i] = values[i * width + byte]!
}

function fromPlanes(planes: Uint8Array, values: Uint8Array, width: number): void {
  const count = values.length / width
  for (let byte = 0; byte < width; byte++) for (let i = 0; i < count; i++) values[i * width + byte] = planes[byte * count + i]!
}

const align8 = (bytes: number): number => (bytes + 7) & ~7
