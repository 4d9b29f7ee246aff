import { polygonArea } from '../../analysis'
import { readPolygon, waterLayer, type CityPack, type PolygonTables } from '../../city'
import { RoadClass, type Network } from '../../sim'
import { escaped } from './htmlDocument'

/** Ground of the core that a map shows, m of the pack. */
type Bounds = readonly [west: number, south: number, east: number, north: number]

/** Roads that give the map its shape, whether or not anything changed there. */
const MAIN = [RoadClass.motorway, RoadClass.trunk, RoadClass.primary, RoadClass.secondary] as const
/** Smallest water that is drawn, m². */
const WATER_MIN = 60_000
/** Share of the full colour from which a link is drawn. */
const SHOWN = 0.06
/** px */
const WIDTH = 980
const WIDEST = 7

/** Roads by how much changed on them, as SVG that prints: blue better, red worse, wide = much. Each line can be told apart without colour by its class. */
export async function differenceMap(pack: CityPack, network: Network, values: Float32Array, ramp: readonly string[], labels: readonly { readonly text: string; readonly link: number }[]): Promise<string> {
  const bounds = pack.manifest.core.bounds
  const scale = WIDTH / (bounds[2] - bounds[0]), height = Math.round((bounds[3] - bounds[1]) * scale)
  const place = (x: number, y: number): string => `${((x - bounds[0]) * scale).toFixed(1)} ${((bounds[3] - y) * scale).toFixed(1)}`
  const { links, points } = network
  const line = (link: number): string => {
    const first = links.pointFirst[link]!
    return `M${Array.from({ length: links.pointCount[link]! }, (_, at) => place(points.x[first + at]!, points.y[first + at]!)).join('L')}`
  }
  const rows = Array.from({ length: links.rows }, (_, link) => link)
  const most = strongest(values)
  const changed = rows.filter(link => Math.abs(values[link]!) >= SHOWN * most).sort((a, b) => Math.abs(values[a]!) - Math.abs(values[b]!))
  const main = rows.filter(link => MAIN.includes(links.class[link] as (typeof MAIN)[number]))
  const colour = (share: number): string => ramp[Math.round((ramp.length - 1) * (0.5 + 0.5 * Math.max(-1, Math.min(1, share))))]!
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<rect width="${WIDTH}" height="${height}" fill="#f5f4f0"/>`,
    `<path fill="#d5e4ee" fill-rule="evenodd" d="${await waters(pack, bounds, place)}"/>`,
    `<path fill="none" stroke="#c9c7c0" stroke-width="1" d="${main.map(line).join('')}"/>`,
    ...changed.map(link => {
      const share = values[link]! / most
      return `<path fill="none" stroke="${colour(share)}" stroke-width="${(1.2 + (WIDEST - 1.2) * Math.min(1, Math.abs(share))).toFixed(1)}" stroke-linecap="round" d="${line(link)}"/>`
    }),
    ...placed(labels.map(({ text, link }) => {
      const middle = links.pointFirst[link]! + (links.pointCount[link]! >> 1)
      const [x, y] = place(points.x[middle]!, points.y[middle]!).split(' ').map(Number) as [number, number]
      return { text, x, y }
    })).map(({ text, x, y }) => `<text x="${x}" y="${y}" dy="-6" text-anchor="middle" font-size="13" font-weight="600" fill="#1d242c" stroke="#fff" stroke-width="3" paint-order="stroke">${escaped(text)}</text>`),
    '</svg>',
  ].join('')
}

/** The size below which 98 % of all changes lie; the rest is drawn as strong as these. */
function strongest(values: Float32Array): number {
  const sizes = Array.from(values, Math.abs).filter(size => size > 1e-6).sort((a, b) => a - b)
  return sizes[Math.floor(sizes.length * 0.98)] ?? 1
}

async function waters(pack: CityPack, bounds: Bounds, place: (x: number, y: number) => string): Promise<string> {
  const water = await pack.layer(waterLayer)
  const inside = ([x, y]: readonly [number, number]): boolean => x > bounds[0] && x < bounds[2] && y > bounds[1] && y < bounds[3]
  const parts: string[] = []
  for (let row = 0; row < water.polygons.rows; row++) {
    const rings = readPolygon(water as PolygonTables, row)
    if (polygonArea([rings[0]!]) < WATER_MIN || !rings[0]!.some(inside)) continue
    for (const ring of rings) parts.push(`M${ring.map(([x, y]) => place(x, y)).join('L')}Z`)
  }
  return parts.join('')
}

interface Label { readonly text: string; readonly x: number; readonly y: number }

/** Labels in their order that cover none before them. */
function placed(labels: readonly Label[]): Label[] {
  const half = ({ text }: Label): number => [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 6.8 : 3.8), 4)
  const kept: Label[] = []
  for (const label of labels) if (kept.every(other => Math.abs(other.y - label.y) > 18 || Math.abs(other.x - label.x) > half(other) + half(label))) kept.push(label)
  return kept
}
