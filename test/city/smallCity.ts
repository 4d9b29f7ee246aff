import { toLonLat } from '../../src/city'
import { compileNetwork, type CompileOptions } from '../../src/city/network'
import type { OsmData, OsmRelation } from '../../src/city/osm'

export interface SmallCity {
  /** m east and north of the false origin, then tags. */
  readonly nodes: Readonly<Record<number, readonly [number, number, Readonly<Record<string, string>>?]>>
  readonly ways: readonly { readonly id: number; readonly nodes: readonly number[]; readonly source?: string; readonly tags: Readonly<Record<string, string>> }[]
  readonly relations?: readonly OsmRelation[]
}

/** An extract drawn by hand, in metres. */
export function extractOf(city: SmallCity): OsmData {
  return {
    file: 'hand-made.osm',
    nodes: new Map(Object.entries(city.nodes).map(([id, [x, y, tags]]) => {
      const [lon, lat] = toLonLat(x, y)
      return [Number(id), { id: Number(id), lon, lat, ...(tags ? { tags } : {}) }]
    })),
    ways: city.ways.map(({ id, nodes, tags, source }) => ({ id, nodes, tags, ...(source ? { source } : {}) })),
    relations: [...(city.relations ?? [])],
  }
}

const everywhere: CompileOptions = { area: { has: () => true }, groundAt: () => 0, zoneAt: () => -1 }

export const compile = (city: SmallCity, options: Partial<CompileOptions> = {}): ReturnType<typeof compileNetwork> =>
  compileNetwork(extractOf(city), { ...everywhere, ...options })

export const road = (id: number, nodes: readonly number[], highway: string, name: string, tags: Readonly<Record<string, string>> = {}): SmallCity['ways'][number] =>
  ({ id, nodes, tags: { highway, ...(name ? { name } : {}), ...tags } })

/** Two dual carriageways that cross: eight one-way approaches, four inner nodes 20 m apart. */
export function dualCrossing(signals: readonly number[] = []): SmallCity {
  const tags = (id: number): Readonly<Record<string, string>> | undefined => (signals.includes(id) ? { highway: 'traffic_signals' } : undefined)
  const at = (id: number, x: number, y: number): [string, readonly [number, number, Readonly<Record<string, string>>?]] => [String(id), [x, y, tags(id)]]
  return {
    nodes: Object.fromEntries([
      at(1, -10, -10), at(2, 10, -10), at(3, 10, 10), at(4, -10, 10), // inner corners: south-west, south-east, north-east, north-west
      at(11, -300, -10), at(12, 300, -10), at(13, 300, 10), at(14, -300, 10), at(21, 10, -300), at(22, 10, 300), at(23, -10, 300), at(24, -10, -300),
      at(31, -40, -10), at(32, 40, 10), at(33, 10, -40), at(34, -10, 40), // stop lines, 30 m ahead
    ]),
    ways: [
      road(101, [11, 31, 1, 2, 12], 'primary', '东西大道', { oneway: 'yes', lanes: '3' }), road(102, [13, 32, 3, 4, 14], 'primary', '东西大道', { oneway: 'yes', lanes: '3' }),
      road(103, [21, 33, 2, 3, 22], 'secondary', '南北路', { oneway: 'yes', lanes: '2' }), road(104, [23, 34, 4, 1, 24], 'secondary', '南北路', { oneway: 'yes', lanes: '2' }),
    ],
  }
}
