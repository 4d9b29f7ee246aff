import { Complaints, refuse, type Place } from '../importError'
import type { Notes } from '../importReport'
import { classGuessed } from '../roadClass'
import type { Source } from '../readSource'
import { shorten } from '../xml'
import type { Mapping, Way } from './mapping'

/** A centreline with what its fields say. Coordinates are the file's. */
export interface RoadLine {
  readonly id: string
  readonly name: string | undefined
  readonly class: number
  /** Of each direction that it has. */
  readonly lanes: number
  /** m/s */
  readonly speed: number
  readonly way: Way
  readonly level: number
  readonly points: readonly (readonly [number, number])[]
}

interface Feature { readonly type?: unknown; readonly id?: unknown; readonly properties?: Readonly<Record<string, unknown>> | null; readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown } | null }

/** Reads the lines of a FeatureCollection through a mapping; refuses what a field leaves unclear, feature by feature. */
export function readLines({ file, text }: Source, mapping: Mapping, approximated: Notes, leftOut: Notes): RoadLine[] {
  let json: { readonly type?: unknown; readonly features?: unknown }
  try {
    json = JSON.parse(text) as typeof json
  } catch (error) {
    return refuse({ file, line: 0 }, 'json', `is not JSON: ${error instanceof Error ? error.message : String(error)}`, 'Is the file complete? Export it again.')
  }
  if (json?.type !== 'FeatureCollection' || !Array.isArray(json.features)) refuse({ file, line: 0 }, 'geojson', 'is no GeoJSON FeatureCollection', 'Export the lines as GeoJSON.')
  const complaints = new Complaints()
  const lines: RoadLine[] = []
  for (const [index, feature] of (json.features as readonly (Feature | null)[]).entries()) {
    const fields = feature?.properties ?? {}
    const id = String((mapping.id === undefined ? undefined : fields[mapping.id]) ?? feature?.id ?? index + 1)
    const place: Place = { file: `${file}: feature ${index + 1}${id === String(index + 1) ? '' : ` (${shorten(id)})`}`, line: 0 }
    const parts = partsOf(feature)
    if (parts === undefined) {
      leftOut.add(`features of type ${String(feature?.geometry?.type ?? 'none')}`, id)
      continue
    }
    const known = attributesOf(fields, mapping, place, complaints, approximated, id)
    for (const [part, line] of parts.entries()) {
      const points = (Array.isArray(line) ? line : []) as readonly unknown[]
      const odd = points.findIndex(point => !Array.isArray(point) || point.length < 2 || !point.slice(0, 2).every(value => typeof value === 'number' && Number.isFinite(value)))
      if (odd >= 0 || points.length < 2) {
        complaints.add(place, 'coordinates', odd >= 0 ? `point ${odd + 1} is ${shorten(JSON.stringify(points[odd]) ?? 'nothing')}, not [x, y]` : `its line has ${points.length} point${points.length === 1 ? '' : 's'}`, 'Correct the line, or remove the feature.')
        continue
      }
      lines.push({ ...known, id: parts.length === 1 ? id : `${id}.${part + 1}`, points: points.map(point => [(point as number[])[0]!, (point as number[])[1]!] as const) })
    }
  }
  complaints.stop()
  if (lines.length === 0) refuse({ file, line: 0 }, 'empty', 'holds no line', 'Give the centrelines of roads: LineString or MultiLineString.')
  return lines
}

function partsOf(feature: Feature | null): readonly unknown[] | undefined {
  const { type, coordinates } = feature?.geometry ?? {}
  if (type === 'LineString') return [coordinates]
  return type === 'MultiLineString' && Array.isArray(coordinates) ? coordinates : undefined
}

function attributesOf(fields: Readonly<Record<string, unknown>>, mapping: Mapping, place: Place, complaints: Complaints, approximated: Notes, id: string): Omit<RoadLine, 'id' | 'points'> {
  const value = (field: string | undefined): unknown => (field === undefined || fields[field] === null || fields[field] === '' ? undefined : fields[field])
  const kind = value(mapping.class.field)
  const roadClass = (kind === undefined ? undefined : mapping.class.values.get(String(kind))) ?? mapping.class.default
  if (roadClass === undefined) {
    complaints.add(place, 'class', kind === undefined ? `has no ${mapping.class.field}` : `${mapping.class.field} is "${shorten(String(kind))}", which the mapping does not know`, 'Add it to class.values of the mapping, or a class.default.')
  } else if (kind === undefined || !mapping.class.values.has(String(kind))) approximated.add('features whose class is the default', id)
  const number = (field: string | undefined, fallback: number, range: readonly [number, number], what: string): number => {
    const given = value(field)
    if (given === undefined) {
      if (field !== undefined) approximated.add(`features without ${what}: ${fallback}`, id)
      return fallback
    }
    const found = Number(given)
    if (Number.isFinite(found) && found >= range[0] && found <= range[1]) return found
    complaints.add(place, what, `${field} is "${shorten(String(given))}", not a number from ${range[0]} to ${range[1]}`, 'Correct the field.')
    return fallback
  }
  const word = value(mapping.direction.field)
  const { forward, backward, both } = mapping.direction
  const spelled = word === undefined ? undefined : forward.has(String(word)) ? 'forward' : backward.has(String(word)) ? 'backward' : both.has(String(word)) ? 'both' : undefined
  const way = spelled ?? mapping.direction.default
  if (way === undefined) {
    complaints.add(place, 'direction', word === undefined ? `has no ${mapping.direction.field}` : `${mapping.direction.field} is "${shorten(String(word))}", which the mapping does not know`, 'Add it to direction.forward, backward or both of the mapping, or a direction.default.')
  }
  const whole = Math.max(1, Math.round(number(mapping.lanes.field, mapping.lanes.default, [0, 32], 'lanes')))
  const lanes = mapping.lanes.both && way === 'both' ? Math.max(1, Math.ceil(whole / 2)) : whole
  const speed = number(mapping.speedKmh.field, mapping.speedKmh.default ?? 50, [1, 200], 'speed') / 3.6
  const name = value(mapping.name)
  return {
    name: name === undefined ? undefined : String(name), class: roadClass ?? classGuessed(speed, lanes), lanes: Math.min(16, lanes), speed, way: way ?? 'both',
    level: number(mapping.level.field, mapping.level.default, [-50, 50], 'level'),
  }
}
