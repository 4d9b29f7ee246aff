import type { Columns, TableOf } from '../../sim'
import { decodeLayer, type LayerFile } from './layerFile'

type Tables = Readonly<Record<string, Columns>>

/** What a layer of a pack holds: its kind (also its file name), version and tables. One declaration a layer. */
export interface LayerKind<T extends Tables> {
  readonly kind: string
  readonly version: number
  readonly tables: T
}

/** An opened layer: its tables by name, the strings that their `string` columns index, and its settings. */
export type Layer<T extends Tables> = { readonly [K in keyof T]: TableOf<T[K]> } & {
  readonly strings: readonly string[]
  readonly meta: Readonly<Record<string, unknown>>
}

export type LayerOf<K> = K extends LayerKind<infer T> ? Layer<T> : never

/** Puts tables into the form that `encodeLayer` takes. */
export function layerFile<T extends Tables>(
  kind: LayerKind<T>,
  content: { readonly [K in keyof T]: TableOf<T[K]> },
  strings: readonly string[] = [],
  meta: Readonly<Record<string, unknown>> = {},
): LayerFile {
  const tables = Object.fromEntries(Object.entries(kind.tables)
    .map(([name, columns]) => [name, { columns, table: content[name]! as TableOf<Columns> }]))
  return { kind: kind.kind, version: kind.version, strings, tables, meta }
}

/** Opens the bytes of a layer and checks that its tables and column types are the declared ones. */
export function openLayer<T extends Tables>(kind: LayerKind<T>, bytes: Uint8Array, file: string): Layer<T> {
  const opened = decodeLayer(bytes, kind, file)
  const layer: Record<string, unknown> = { strings: opened.strings, meta: opened.meta ?? {} }
  for (const [name, columns] of Object.entries(kind.tables)) {
    const found = opened.tables[name]
    if (!found) throw new Error(`${file}: has no table "${name}". Compile the pack again with "npm run city -- build".`)
    for (const [column, { type }] of Object.entries(columns)) {
      if (found.columns[column]?.type !== type) {
        throw new Error(`${file}: column ${name}.${column} is ${found.columns[column]?.type ?? 'missing'}, expected `
          + `${type}. Compile the pack again with "npm run city -- build".`)
      }
    }
    layer[name] = found.table
  }
  return layer as Layer<T>
}

/** Collects strings of a layer under construction; equal text gets one row. */
export class StringList {
  readonly strings: string[] = []
  readonly #rows = new Map<string, number>()

  /** Row of `text`; -1 for none. */
  row(text: string | undefined | null): number {
    if (!text) return -1
    const known = this.#rows.get(text)
    if (known !== undefined) return known
    this.#rows.set(text, this.strings.length)
    return this.strings.push(text) - 1
  }
}
