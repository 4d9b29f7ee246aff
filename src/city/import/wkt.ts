/** x, y pairs of a WKT LINESTRING (also "LINESTRING Z" and a MULTILINESTRING of one line); undefined if it is none. */
export function lineOfWkt(text: string): [number, number][] | undefined {
  const inner = /^\s*(?:LINESTRING\s*(?:ZM?|M)?\s*\(([^()]*)\)|MULTILINESTRING\s*(?:ZM?|M)?\s*\(\s*\(([^()]*)\)\s*\))\s*$/i.exec(text)
  const points = (inner?.[1] ?? inner?.[2])?.split(',').map(point => point.trim().split(/\s+/).map(Number))
  if (!points || points.length < 2 || points.some(point => point.length < 2 || !point.every(Number.isFinite))) return undefined
  return points.map(([x, y]) => [x!, y!])
}
