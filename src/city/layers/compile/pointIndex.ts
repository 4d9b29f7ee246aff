import { boxOf, type Polygon } from './geometry'

/** Height of a band of edges, m. */
const BAND = 250

/**
 * Finds the polygon that holds a point, -1 for none; of several the first. Edges are sorted into horizontal bands, so
 * that a query looks at a few dozen of the thousands of edges of a coast.
 */
export function pointIndex(polygons: readonly Polygon[]): (x: number, y: number) => number {
  const indexed = polygons.map(polygon => {
    const [west, south, east, north] = boxOf(polygon[0]!)
    const bands: number[][] = Array.from({ length: Math.floor((north - south) / BAND) + 1 }, () => [])
    for (const ring of polygon) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax, ay] = ring[j]!
        const [bx, by] = ring[i]!
        if (ay === by) continue
        const low = Math.max(0, Math.floor((Math.min(ay, by) - south) / BAND))
        const high = Math.min(bands.length - 1, Math.floor((Math.max(ay, by) - south) / BAND))
        for (let band = low; band <= high; band++) bands[band]!.push(ax, ay, bx, by)
      }
    }
    return { west, south, east, north, bands: bands.map(band => Float64Array.from(band)) }
  })
  return (x, y) => {
    for (let row = 0; row < indexed.length; row++) {
      const { west, south, east, north, bands } = indexed[row]!
      if (x < west || x > east || y < south || y > north) continue
      const band = bands[Math.min(bands.length - 1, Math.floor((y - south) / BAND))]!
      let inside = false
      for (let i = 0; i < band.length; i += 4) {
        const ay = band[i + 1]!
        const by = band[i + 3]!
        if ((ay > y) !== (by > y) && x < ((band[i + 2]! - band[i]!) * (y - ay)) / (by - ay) + band[i]!) inside = !inside
      }
      if (inside) return row
    }
    return -1
  }
}
