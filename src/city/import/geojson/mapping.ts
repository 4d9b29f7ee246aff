import { Complaints, refuse } from '../importError'
import type { Source } from '../readSource'
import { classNamed, classNames } from '../roadClass'

/**
 * What the fields of a centreline file mean. In the mapping file:
 *
 *     { "class": { "field": "KIND", "values": { "1": "primary", "2": "residential" }, "default": "residential" },
 *       "name": "NAME", "id": "OBJECTID",
 *       "lanes": { "field": "LANES", "count": "direction", "default": 1 },
 *       "speedKmh": { "field": "LIMIT", "default": 50 },
 *       "direction": { "field": "ONEWAY", "forward": ["FT"], "backward": ["TF"], "default": "both" },
 *       "level": { "field": "ZLEVEL", "default": 0 }, "apart": ["motorway", "trunk"],
 *       "snap": 1, "signals": "secondary" }
 *
 * `lanes.count`: "direction" or "both" (of the whole road). Lines of different level cross without meeting; so do lines
 * of a class in `apart` and of any other class, unless they share a vertex. `snap` is the tolerance, m. Where at least
 * three arms of the class of `signals` or above meet, a signal is made.
 */
export interface Mapping {
  readonly id: string | undefined
  readonly name: string | undefined
  readonly class: { readonly field: string; readonly values: ReadonlyMap<string, number>; readonly default: number | undefined }
  readonly lanes: { readonly field: string | undefined; readonly both: boolean; readonly default: number }
  readonly speedKmh: { readonly field: string | undefined; readonly default: number | undefined }
  readonly direction: { readonly field: string | undefined; readonly forward: ReadonlySet<string>; readonly backward: ReadonlySet<string>; readonly both: ReadonlySet<string>; readonly default: Way | undefined }
  readonly level: { readonly field: string | undefined; readonly default: number }
  readonly apart: ReadonlySet<number>
  /** m */
  readonly snap: number
  readonly signals: number | undefined
}

export type Way = 'both' | 'forward' | 'backward'

type Json = Readonly<Record<string, unknown>>

export function readMapping({ file, text }: Source): Mapping {
  const complaints = new Complaints()
  const place = { file, line: 0 }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    refuse(place, 'json', `is not JSON: ${error instanceof Error ? error.message : String(error)}`, 'Give a mapping file; docs/import.md shows one.')
  }
  if (!isObject(json)) refuse(place, 'mapping', 'holds no mapping', 'Give an object such as { "class": { "field": "KIND", "values": { ... } } }; docs/import.md shows one.')
  const root = json as Json
  const known = ['id', 'name', 'class', 'lanes', 'speedKmh', 'direction', 'level', 'apart', 'snap', 'signals']
  for (const key of Object.keys(root)) if (!known.includes(key)) complaints.add(place, 'mapping', `"${key}" is no part of a mapping`, `Use ${known.join(', ')}.`)
  const part = (key: string): Json => {
    const value = root[key]
    if (value === undefined) return {}
    if (isObject(value)) return value
    complaints.add(place, 'mapping', `"${key}" is no object`, 'Write it as { "field": "...", ... }.')
    return {}
  }
  const fieldName = (value: unknown, what: string): string | undefined => {
    if (value === undefined || (typeof value === 'string' && value !== '')) return value
    complaints.add(place, 'mapping', `${what} is ${JSON.stringify(value)}, not a text`, 'Give the name of a field.')
    return undefined
  }
  const number = (value: unknown, what: string, fallback: number, range: readonly [number, number]): number => {
    if (value === undefined) return fallback
    if (typeof value === 'number' && value >= range[0] && value <= range[1]) return value
    complaints.add(place, 'mapping', `${what} is ${JSON.stringify(value)}, not a number from ${range[0]} to ${range[1]}`, 'Correct it.')
    return fallback
  }
  const roadClass = (value: unknown, what: string): number | undefined => {
    if (value === undefined) return undefined
    const found = typeof value === 'string' ? classNamed(value) : undefined
    if (found === undefined) complaints.add(place, 'mapping', `${what} is ${JSON.stringify(value)}, which is no class of road`, `Use one of ${classNames.join(', ')}.`)
    return found
  }
  const words = (value: unknown, what: string): ReadonlySet<string> => {
    if (value === undefined) return new Set()
    if (Array.isArray(value)) return new Set(value.map(String))
    complaints.add(place, 'mapping', `${what} is no list`, 'Write it as ["FT", ...].')
    return new Set()
  }
  const classes = part('class'), lanes = part('lanes'), speed = part('speedKmh'), direction = part('direction'), level = part('level')
  const field = fieldName(classes['field'], 'class.field')
  if (field === undefined) complaints.add(place, 'mapping', '"class" names no field', 'Add "class": { "field": "...", "values": { ... } }.')
  const values = isObject(classes['values']) ? Object.entries(classes['values']).map(([key, value]) => [key, roadClass(value, `class.values["${key}"]`) ?? 0] as const) : []
  const count = lanes['count'] ?? 'direction'
  if (count !== 'direction' && count !== 'both') complaints.add(place, 'mapping', `lanes.count is ${JSON.stringify(count)}`, 'Use "direction" or "both".')
  const way = direction['default']
  if (way !== undefined && way !== 'both' && way !== 'forward' && way !== 'backward') complaints.add(place, 'mapping', `direction.default is ${JSON.stringify(way)}`, 'Use "both", "forward" or "backward".')
  const mapping: Mapping = {
    id: fieldName(root['id'], 'id'), name: fieldName(root['name'], 'name'),
    class: { field: field ?? '', values: new Map(values), default: roadClass(classes['default'], 'class.default') },
    lanes: { field: fieldName(lanes['field'], 'lanes.field'), both: count === 'both', default: number(lanes['default'], 'lanes.default', 1, [1, 16]) },
    speedKmh: { field: fieldName(speed['field'], 'speedKmh.field'), default: speed['default'] === undefined ? undefined : number(speed['default'], 'speedKmh.default', 50, [5, 150]) },
    direction: {
      field: fieldName(direction['field'], 'direction.field'), forward: words(direction['forward'], 'direction.forward'), backward: words(direction['backward'], 'direction.backward'),
      both: words(direction['both'], 'direction.both'), default: way === undefined ? (direction['field'] === undefined ? 'both' : undefined) : way as Way,
    },
    level: { field: fieldName(level['field'], 'level.field'), default: number(level['default'], 'level.default', 0, [-20, 20]) },
    apart: new Set((Array.isArray(root['apart']) ? root['apart'] : []).flatMap(each => roadClass(each, 'apart') ?? [])),
    snap: number(root['snap'], 'snap', 1, [0, 20]), signals: roadClass(root['signals'], 'signals'),
  }
  complaints.stop()
  return mapping
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
