import type { Point } from '../point'
import { ringArea, type Polygon, type Ring } from '../polygon'

/**
 * Polygons of a text in the well-known text representation (OGC 06-103r4): POLYGON, MULTIPOLYGON or a
 * GEOMETRYCOLLECTION of them, as rings by the even-odd rule. Or what is wrong with it, for a sentence about the text.
 */
export function polygonOfWkt(text: string): Polygon | string {
  const kind = /^\s*(?:SRID=\d+;\s*)?([A-Z]+)/i.exec(text)?.[1]?.toUpperCase()
  if (kind === undefined || !['POLYGON', 'MULTIPOLYGON', 'GEOMETRYCOLLECTION'].includes(kind)) return `is ${kind ?? 'no WKT'}, not a polygon`
  if (/\bEMPTY\b/i.test(text)) return 'is empty'
  const strange = /\b(POINT|MULTIPOINT|LINESTRING|MULTILINESTRING)\b/i.exec(text)
  if (strange) return `holds a ${strange[1]!.toUpperCase()}`
  if (!balanced(text)) return 'has brackets that do not match'
  const rings: Ring[] = []
  for (const [, inner] of text.matchAll(/\(([^()]+)\)/g)) {
    const points = inner!.split(',').map(pair => pair.trim().split(/\s+/).map(Number))
    if (points.some(point => point.length < 2 || !point.every(Number.isFinite))) return `has a point that is none in "${inner!.trim().slice(0, 40)}"`
    const ring = closedRing(points.map(([x, y]): Point => [x!, y!]))
    if (ring.length < 3 || ringArea(ring) === 0) return 'has a ring without area'
    rings.push(ring)
  }
  return rings.length > 0 ? rings : 'has no ring'
}

/** Without the last point if it repeats the first, and without points that repeat the one before. */
export function closedRing(points: readonly Point[]): Ring {
  return points.filter(([x, y], at) => {
    const [bx, by] = points[(at + points.length - 1) % points.length]!
    return points.length === 1 || x !== bx || y !== by
  })
}

/** The outer edges with their holes, as one POLYGON or a GEOMETRYCOLLECTION, as JuPedSim writes it. */
export function wktOfPolygon(groups: readonly Polygon[]): string {
  const polygon = (rings: Polygon): string => `POLYGON (${rings.map(ring => `(${[...ring, ring[0]!].map(([x, y]) => `${x} ${y}`).join(', ')})`).join(', ')})`
  return groups.length === 1 ? polygon(groups[0]!) : `GEOMETRYCOLLECTION (${groups.map(polygon).join(', ')})`
}

function balanced(text: string): boolean {
  let depth = 0
  for (const letter of text) {
    if (letter === '(') depth++
    else if (letter === ')' && --depth < 0) return false
  }
  return depth === 0
}
