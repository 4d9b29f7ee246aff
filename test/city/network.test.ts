import { describe, expect, test } from 'vitest'
import { ALL_CLASSES, assembleNetwork, Control, findRoute, LinkFlag, NodeKind, VehicleClass, type LinkSpec, type NetworkSpec } from '../../src/sim'
import { qualityReport, type CorrectionsFile } from '../../src/city/network'
import { toLonLat } from '../../src/city'
import { compile, dualCrossing, road, type SmallCity } from './smallCity'

const lengthOf = ({ points }: LinkSpec): number => {
  let sum = 0
  for (let i = 3; i < points.length; i += 3) sum += Math.hypot(points[i]! - points[i - 3]!, points[i + 1]! - points[i - 2]!)
  return sum
}
const link = (spec: NetworkSpec, id: string): LinkSpec => {
  const found = spec.links.find(candidate => candidate.id === id)
  if (!found) throw new Error(`no link ${id}; there are ${spec.links.map(candidate => candidate.id).join(', ')}`)
  return found
}
const signals = (spec: NetworkSpec): NetworkSpec['nodes'] => spec.nodes.filter(node => node.control === Control.signal)
const heightAt = ({ points }: LinkSpec, x: number, y: number): number => {
  let best = Infinity
  let height = NaN
  for (let i = 3; i < points.length; i += 3) {
    const [ax, ay, az, bx, by, bz] = points.slice(i - 3, i + 3) as [number, number, number, number, number, number]
    const square = (bx - ax) ** 2 + (by - ay) ** 2
    const share = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square))
    const distance = Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y)
    if (distance < best) [best, height] = [distance, az + share * (bz - az)]
  }
  return height
}

describe('junctions', () => {
  test('two dual carriageways cross in one junction with one signal; its stubs are no links', () => {
    const { spec } = compile(dualCrossing([31, 32, 33, 34]))
    expect(signals(spec)).toHaveLength(1)
    expect(signals(spec)[0]!.name).toBe('东西大道 / 南北路')
    expect(spec.links).toHaveLength(8)
    expect(Math.min(...spec.links.map(lengthOf))).toBeGreaterThan(250)
    expect(spec.nodes.filter(node => node.kind === NodeKind.gateway)).toHaveLength(4) // both carriageways of an arm share one
  })

  test('a signal on one approach belongs to the junction ahead of it', () => {
    expect(signals(compile(dualCrossing([33])).spec)).toHaveLength(1)
  })

  test('where nothing is mapped, a primary and a secondary road that cross get a signal, counted as a guess', () => {
    const { spec, notes } = compile(dualCrossing())
    expect(signals(spec)).toHaveLength(1)
    expect(notes.guessedSignals).toHaveLength(1)
  })

  test('where ways of different approaches meet, ranks decide, though the source names no control', () => {
    const { spec } = compile(dualCrossing([1]))
    const bare = assembleNetwork({ ...spec, nodes: spec.nodes.map(node => ({ ...node, control: Control.none })) })
    const controls = Array.from(bare.nodes.kind.keys()).filter(node => bare.nodes.kind[node] === NodeKind.junction).map(node => bare.nodes.control[node])
    expect(controls).toEqual([Control.priority])
  })

  test('every movement of the crossing exists and none more', () => {
    const { spec } = compile(dualCrossing([1]))
    const network = assembleNetwork(spec)
    const movements = new Set<string>()
    for (let turn = 0; turn < network.turns.rows; turn++) {
      const from = network.lanes.link[network.turns.fromLane[turn]!]!
      movements.add(`${network.strings[network.links.id[from]!]} ${network.turns.direction[turn]}`)
    }
    for (const approach of ['w101+0', 'w102+0', 'w103+0', 'w104+0']) {
      for (const direction of [0, 1, 2]) expect(movements).toContain(`${approach} ${direction}`)
    }
  })

  test('a signal where only people cross controls no vehicles', () => {
    const city = dualCrossing([1])
    const { spec, notes } = compile({ ...city, nodes: { ...city.nodes, 35: [-150, -10, { highway: 'traffic_signals' }] }, ways: city.ways.map(way => (way.id === 101 ? { ...way, nodes: [11, 35, 31, 1, 2, 12] } : way)) })
    expect(signals(spec)).toHaveLength(1)
    expect(notes.midBlockSignals).toHaveLength(1)
    expect(spec.links).toHaveLength(8)
  })

  test('a slip road around the corner becomes the right turn of its junction', () => {
    const city = dualCrossing([1])
    const slip: SmallCity = {
      nodes: { ...city.nodes, 41: [-55, -10], 42: [-10, -55] },
      ways: [...city.ways.map(way => (way.id === 101 ? { ...way, nodes: [11, 41, 31, 1, 2, 12] } : way.id === 104 ? { ...way, nodes: [23, 34, 4, 1, 42, 24] } : way)),
        road(105, [41, 42], 'primary_link', '', { oneway: 'yes' })],
    }
    const { spec, notes } = compile(slip)
    expect(spec.links).toHaveLength(8)
    expect(notes.dropped.map(({ reason }) => reason)).toEqual(['slipRoad'])
  })

  test('roads that cross without a common node never meet', () => {
    const { spec } = compile({
      nodes: { 1: [-300, 0], 2: [300, 0], 3: [0, -300], 4: [0, 300] },
      ways: [road(1, [1, 2], 'primary', '甲路'), road(2, [3, 4], 'primary', '乙路', { bridge: 'yes', layer: '1' })],
    })
    expect(spec.nodes.every(node => node.kind === NodeKind.gateway)).toBe(true)
    expect(spec.links).toHaveLength(4)
  })

  test('two-way links run along the left edge of their lanes, one-way links in the middle', () => {
    const { spec } = compile({ nodes: { 1: [-300, 0], 2: [300, 0] }, ways: [road(1, [1, 2], 'secondary', '甲路', { lanes: '4' })] })
    expect(spec.links.map(({ id, placement, lanes }) => `${id} ${placement} ${lanes.length}`)).toEqual(['w1+0 left 2', 'w1-0 left 2'])
    expect(compile(dualCrossing()).spec.links.every(({ placement }) => placement === 'centre')).toBe(true)
  })
})

const BUS = 1 << VehicleClass.bus
const TAXI = 1 << VehicleClass.taxi

describe('lanes, speed, marks', () => {
  test.each([
    [{ 'bus:lanes': 'yes|yes|designated' }, [BUS, ALL_CLASSES, ALL_CLASSES]],
    [{ 'psv:lanes': '||yes', 'vehicle:lanes': 'yes|yes|no' }, [BUS | TAXI, ALL_CLASSES, ALL_CLASSES]],
    [{ 'lanes:bus': '1' }, [BUS, ALL_CLASSES, ALL_CLASSES]],
    [{ 'bus:lanes': 'designated|yes' }, [ALL_CLASSES, ALL_CLASSES, ALL_CLASSES]],
  ])('bus lanes: %o', (tags, allowed) => {
    const { spec } = compile({ nodes: { 1: [-300, 0], 2: [300, 0] }, ways: [road(1, [1, 2], 'secondary', '甲路', { lanes: '3', oneway: 'yes', ...tags })] })
    expect(spec.links[0]!.lanes.map(lane => lane.allowed)).toEqual(allowed)
  })

  test('where the kerb lane is for buses, cars turn right from the lane beside it', () => {
    const nodes = { 1: [-300, 0], 2: [0, 0], 3: [300, 0], 4: [0, -300] } as const
    const ways = [road(1, [1, 2, 3], 'secondary', '甲路', { lanes: '3', oneway: 'yes', 'bus:lanes': 'yes|yes|designated' }), road(2, [2, 4], 'tertiary', '乙路', { oneway: 'yes' })]
    const network = assembleNetwork(compile({ nodes, ways }).spec)
    const [from, to] = [network.strings.indexOf('w1+0'), network.strings.indexOf('w2+0')].map(id => Array.from(network.links.id).indexOf(id))
    for (const type of [VehicleClass.car, VehicleClass.bus, VehicleClass.emergency]) expect(findRoute(network, from!, to!, type)).toEqual([from, to])
  })

  test('turn:lanes become marks, kerb first, on the link that reaches the junction', () => {
    const city = dualCrossing([1])
    const ways = city.ways.map(way => (way.id === 101 ? { ...way, tags: { ...way.tags, 'turn:lanes': 'left|through|through;right' } } : way))
    expect(link(compile({ ...city, ways }).spec, 'w101+0').lanes.map(({ marks }) => marks)).toEqual([3, 2, 4])
  })

  test('what the source does not say is guessed by name, then by class, and flagged', () => {
    const { spec } = compile({
      nodes: { 1: [-900, 0], 2: [0, 0], 3: [900, 0], 4: [0, 900] },
      ways: [road(1, [1, 2], 'secondary', '甲路', { lanes: '6', maxspeed: '70' }), road(2, [2, 3], 'secondary', '甲路'), road(3, [2, 4], 'tertiary', '乙路')],
    })
    expect(link(spec, 'w2+0').lanes).toHaveLength(3) // as the other half of its road
    expect(link(spec, 'w3+0').lanes).toHaveLength(1)
    expect(link(spec, 'w1+0').speedLimit).toBeCloseTo(70 / 3.6, 9)
    expect(link(spec, 'w3+0').speedLimit).toBeCloseTo(40 / 3.6, 9)
    expect(link(spec, 'w1+0').flags & (LinkFlag.guessedLanes | LinkFlag.guessedSpeed)).toBe(0)
    expect(link(spec, 'w2+0').flags & LinkFlag.guessedLanes).toBeTruthy()
  })

  test('a way cut in pieces of one kind is one link', () => {
    const { spec } = compile({
      nodes: { 1: [-900, 0], 2: [0, 0], 3: [450, 0], 4: [900, 0] },
      ways: [road(1, [1, 2], 'secondary', '甲路', { lanes: '4' }), road(2, [2, 3], 'secondary', '甲路', { lanes: '4' }), road(3, [3, 4], 'secondary', '甲路', { lanes: '2' })],
    })
    expect(spec.links.map(({ id }) => id)).toEqual(['w1+0', 'w2-0', 'w3+0', 'w3-0'])
  })

  test('turn restrictions forbid their movement', () => {
    const city = dualCrossing([1])
    const { spec, notes } = compile({ ...city, relations: [{ id: 9, tags: { type: 'restriction', restriction: 'no_right_turn' }, members: [
      { type: 'way', ref: 101, role: 'from' }, { type: 'node', ref: 1, role: 'via' }, { type: 'way', ref: 104, role: 'to' }] }] })
    const row = (id: string): number => spec.links.findIndex(candidate => candidate.id === id)
    expect(notes.restrictions).toBe(1)
    expect(spec.bans).toContainEqual({ from: row('w101+0'), to: row('w104+3') })
  })
})

describe('several extracts in one file', () => {
  test('the newest drawing of a road wins, and what met the old one meets the new one', () => {
    const { spec, notes } = compile({
      nodes: { 1: [-900, 0], 2: [0, 0], 3: [900, 0], 4: [-900, 5], 5: [900, 5], 6: [0, -400] },
      ways: [
        { ...road(1, [1, 2, 3], 'primary', '甲路', { oneway: 'yes' }), source: 'old-2021' }, { ...road(2, [4, 5], 'primary', '甲路', { oneway: 'yes' }), source: 'new-2024' },
        { ...road(3, [6, 2], 'tertiary', '乙路'), source: 'old-2021' },
      ],
    })
    expect(notes.overlaps).toMatchObject([{ road: 'w1', newer: 'w2' }])
    expect(notes.joinedEnds).toMatchObject([{ road: 'w3', to: 'w2' }])
    expect(spec.links.map(({ id }) => id.split(/[+-]/)[0])).not.toContain('w1')
    expect(spec.nodes.filter(({ kind }) => kind === NodeKind.junction)).toHaveLength(1)
  })
})

describe('corrections', () => {
  const file = (corrections: CorrectionsFile['corrections']): CorrectionsFile => ({ format: 'pengcheng-corrections', version: 1, author: 'Somebody', corrections })
  const about = { date: '2026-01-02', reason: 'seen on site' }

  test('add, retag and remove; what they touched is flagged and reported', () => {
    const city: SmallCity = { nodes: { 1: [-900, 0], 2: [0, 0], 3: [300, 0], 4: [900, 0], 5: [0, 50] }, ways: [road(1, [1, 2], 'primary', '甲路'), road(2, [3, 4], 'primary', '甲路'), road(3, [2, 5], 'tertiary', '丙路')] }
    const { spec, notes } = compile(city, { corrections: file([
      { ...about, id: 'gap', kind: 'add', tags: { highway: 'primary', name: '甲路' }, points: [2, 3] },
      { ...about, id: 'limit', kind: 'retag', match: { name: '甲路' }, tags: { maxspeed: '50' } },
      { ...about, id: 'stub', kind: 'remove', way: 3 },
    ]) })
    expect(notes.corrections.map(({ id, elements, author }) => `${id} ${elements} ${author}`)).toEqual(['gap 1 Somebody', 'limit 3 Somebody', 'stub 1 Somebody'])
    expect(spec.links).toHaveLength(2)
    expect(spec.links[0]!.flags & LinkFlag.corrected).toBeTruthy()
    expect(spec.links[0]!.speedLimit).toBeCloseTo(50 / 3.6, 9)
  })

  test('join: roads that cross without a common node meet there', () => {
    const city: SmallCity = { nodes: { 1: [-900, 0], 2: [900, 0], 3: [0, -700], 4: [0, 700] }, ways: [road(1, [1, 2], 'primary', '甲路'), road(2, [3, 4], 'primary', '乙路')] }
    const [lon, lat] = toLonLat(0, 0)
    expect(compile(city).spec.links).toHaveLength(4) // two roads, each both ways, that never meet
    const { spec, notes } = compile(city, { corrections: file([{ ...about, id: 'crossing', kind: 'join', at: [lon, lat], ways: [1, 2] }]) })
    expect(spec.links).toHaveLength(8)
    expect(spec.nodes.filter(node => node.kind === NodeKind.junction)).toHaveLength(1)
    expect(notes.levelCrossings).toEqual([])
    expect(notes.corrections).toMatchObject([{ id: 'crossing', elements: 2 }])
  })

  test('one that no longer fits the extract is refused by name', () => {
    expect(() => compile(dualCrossing(), { correctionsFile: 'mends.json', corrections: file([{ ...about, id: 'lost', kind: 'remove', way: 77 }]) }))
      .toThrow(/mends\.json: correction "lost": way 77 is not in the extract/)
  })
})

describe('connectivity', () => {
  test('what cannot be reached or left is dropped and reported; gateways are joined outside', () => {
    const city = dualCrossing([1])
    const { spec, notes } = compile({ nodes: { ...city.nodes, 51: [-2000, 900], 52: [-2000, 1100] }, ways: [...city.ways, road(200, [51, 52], 'residential', '孤岛路')] })
    expect(notes.dropped).toMatchObject([{ reason: 'unconnected', name: '孤岛路' }])
    const report = qualityReport(assembleNetwork(spec), notes)
    expect(report).toMatchObject({ largestComponentLaneShare: 1, signals: 1, gateways: 4, lanesWithoutExit: 0, uncontrolledTurns: 0, linksUnder10m: 0 })
  })

  test('dead-end stubs of service roads go, those that lead somewhere stay', () => {
    const city = dualCrossing([1])
    const { spec } = compile({ nodes: { ...city.nodes, 61: [-150, -10], 62: [-150, -40], 63: [-220, -10], 64: [-220, -200] }, ways: [
      ...city.ways.map(way => (way.id === 101 ? { ...way, nodes: [11, 63, 61, 31, 1, 2, 12] } : way)), road(301, [61, 62], 'service', ''), road(302, [63, 64], 'service', '')] })
    expect(spec.links.some(({ id }) => id.startsWith('w301'))).toBe(false)
    expect(spec.links.filter(({ id }) => id.startsWith('w302'))).toHaveLength(2)
  })
})

describe('heights', () => {
  const flyover: SmallCity = {
    nodes: { 1: [-600, 0], 2: [600, 0], 3: [0, -600], 4: [0, -60], 5: [0, 60], 6: [0, 600], 7: [0, -250], 8: [-200, -250] },
    ways: [road(1, [1, 2], 'primary', '甲路'), road(2, [3, 7, 4], 'primary', '乙路'), road(3, [4, 5], 'primary', '乙路', { bridge: 'yes', layer: '1' }), road(4, [5, 6], 'primary', '乙路'), road(5, [7, 8], 'tertiary', '丙路')],
  }
  const { spec, notes } = compile(flyover)

  test('a bridge clears the road below by at least 5 m', () => {
    const upper = spec.links.find(({ name, points }) => name === '乙路' && points[1]! < 0 !== points.at(-2)! < 0)!
    expect(heightAt(upper, 0, 0) - heightAt(link(spec, 'w1+0'), 0, 0)).toBeGreaterThanOrEqual(5)
    expect(notes.unclear).toEqual([])
  })

  test('ramps are at most 6 % steep, and links meet at one height', () => {
    for (const { points, from, to } of spec.links) {
      for (let i = 3; i < points.length; i += 3) {
        const run = Math.hypot(points[i]! - points[i - 3]!, points[i + 1]! - points[i - 2]!)
        expect(Math.abs(points[i + 2]! - points[i - 1]!)).toBeLessThanOrEqual(0.0601 * run + 0.021)
      }
      expect(points[2]).toBeCloseTo(spec.nodes[from]!.z, 1)
      expect(points.at(-1)).toBeCloseTo(spec.nodes[to]!.z, 1)
    }
  })
})

test('the order of elements in the extract does not show in the network', () => {
  const city = dualCrossing([31])
  const shuffled = { nodes: Object.fromEntries(Object.entries(city.nodes).reverse()), ways: city.ways }
  expect(compile(shuffled).spec).toEqual(compile(city).spec)
})
