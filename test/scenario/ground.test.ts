import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { drawArea, loadAreas, networkLayer, readPack, surroundings, toLonLat, toPlane, type CityArea, type CityPack } from '../../src/city'
import { checkInCity, parseScenario, waysOf, type BarrierEdit, type EventEdit, type GateEdit, type GroundEdit, type Scenario, type ScenarioCity } from '../../src/scenario'
import { drawnAreas } from '../../src/scenario/ground/drawnGround'
import { groundRules } from '../../src/scenario/ground/groundRules'
import { groundMeasures } from '../../src/scenario/ground/groundMeasures'
import { placeOnGround } from '../../src/scenario/ground/place'
import { checkWalkSpace, insideRings, type Gate, type Point } from '../../src/sim'

const lonLat = (x: number, y: number): [number, number] => [...toLonLat(x, y)]

/** A square of 100 m with a street behind its west edge, and a hall of 20 m below its middle. */
const square: CityArea = {
  id: 'square', name: '方场', nameEn: 'Square', venue: 'square', figures: [],
  portals: [{ goal: 'portal:1', at: [0, 50], width: 6 }],
  space: {
    floors: [
      { id: 'ground', height: 5, outlines: [[[0, 0], [100, 0], [100, 100], [0, 100]]], surface: 'level', cell: 0.5 },
      { id: 'hall', height: -2, outlines: [[[40, 40], [60, 40], [60, 60], [40, 60]]], surface: 'level', cell: 0.5 },
    ],
    joins: [], barriers: [], gates: [], queues: [], lifts: [],
    goals: [{ id: 'portal:1', floor: 'ground', shape: [[0.4, 47], [0.4, 53]], kind: 'exit', open: true }],
  },
}
const city = { areas: [square], toPlane: (longitude: number, latitude: number) => [longitude, latitude] } as unknown as ScenarioCity
const clock = { start: 72_000, end: 79_200, dt: 0.05 }
const base = { id: 'a', enabled: true, window: { start: '20:30', end: '21:00' } }
const barrier = (more: Partial<BarrierEdit> = {}): BarrierEdit => ({ ...base, kind: 'barrier', line: [[10, 10], [10, 90]], ...more })
const gate = (more: Partial<GateEdit> = {}): GateEdit => ({ ...base, kind: 'gate', at: 'square/portal:1', personsPerMinute: 30, ...more })
const measures = (...edits: GroundEdit[]): ReturnType<typeof groundMeasures> => groundMeasures(edits, [square], city, clock)
const problemsOf = (edit: Partial<GateEdit> & { line?: BarrierEdit['line'] }): string[] => {
  const placed = placeOnGround(edit, 'a', city, 'edit "a"')
  return placed.ok ? [] : placed.problems.map(({ code }) => code)
}

describe('measures on the ground', () => {
  test('a barrier stands on the uppermost floor under its middle, within its window', () => {
    const { barriers, changes } = measures(barrier({ line: [[45, 50], [55, 50]] }))
    expect(barriers).toEqual([{ id: 'edit:a', floor: 'square/ground', line: [[45, 50], [55, 50]], lets: 'none', closed: false }])
    expect(changes).toEqual([
      { tick: 36_000, source: 'a', kind: 'barrier', id: 'edit:a', closed: true },
      { tick: 72_000, source: 'a', kind: 'barrier', id: 'edit:a', closed: false },
    ])
    expect(measures(barrier({ level: 'square/hall', line: [[45, 50], [55, 50]] })).barriers[0]!.floor).toBe('square/hall')
  })

  test('what ends with the run or later needs no end, what lies outside the run does nothing', () => {
    expect(measures(barrier({ window: { start: '19:00', end: '22:30' } })).changes).toEqual([{ tick: 0, source: 'a', kind: 'barrier', id: 'edit:a', closed: true }])
    expect(measures(barrier({ window: { start: '18:00', end: '20:00' } })).changes).toEqual([])
    expect(measures(barrier({ enabled: false })).barriers).toEqual([])
  })

  test('one way: from the right of the line to its left is with its first point on the left hand', () => {
    expect(measures(barrier({ passage: 'toLeft' })).barriers[0]!.lets).toBe('firstOnLeft')
    expect(measures(barrier({ passage: 'toRight' })).barriers[0]!.lets).toBe('firstOnRight')
  })

  test('a gate lets so many persons a minute through, whatever its width', () => {
    for (const width of [0.5, 2, 7.3]) {
      const [{ lanes, service, open, stands }] = measures(gate({ at: [[50, 20], [50, 20 + width]], personsPerMinute: 45 })).gates as unknown as [Gate]
      expect((60 * lanes) / service).toBeCloseTo(45, 9)
      expect([open, stands]).toEqual([true, false])
      expect(lanes).toBeLessThanOrEqual(2)
    }
    expect(measures(gate({ personsPerMinute: 0 })).gates[0]!.open).toBe(false)
  })

  test('before a way the gate stands across it with fences back to the edge', () => {
    const { barriers, gates } = measures(gate())
    const [{ line }] = gates as unknown as [{ line: [Point, Point] }]
    expect(line[0][0]).toBeCloseTo(1.6)
    expect(Math.abs(line[1][1] - line[0][1])).toBeCloseTo(6)
    // The street lies to its left.
    expect(line[0][1]).toBeLessThan(line[1][1])
    expect(barriers.map(each => each.line.map(([x]) => Math.round(x * 10) / 10))).toEqual([[-0.2, 1.6], [-0.2, 1.6]])
  })

  test('what the city lacks is refused with the remedy', () => {
    expect(problemsOf({ at: 'square/portal:9' })).toEqual(['scenario/unknown-way'])
    expect(problemsOf({ at: 'nowhere/portal:1' })).toEqual(['scenario/unknown-way'])
    expect(problemsOf({ line: [[200, 200], [300, 200]] })).toEqual(['scenario/off-ground'])
    expect(problemsOf({ line: [[45, 50], [55, 50]], level: 'square/attic' })).toEqual(['scenario/unknown-level'])
    expect(problemsOf({ line: [[5, 5], [9, 5]], level: 'square/hall' })).toEqual(['scenario/off-ground'])
    expect(problemsOf({ line: [[45, 50], [45, 50]] })).toEqual(['scenario/no-length'])
  })
})

describe('in Shenzhen', () => {
  const folder = new URL('../../assets/shenzhen/', import.meta.url)
  let pack: CityPack
  let areas: CityArea[]
  beforeAll(async () => {
    pack = await readPack(async file => new Uint8Array(await readFile(new URL(file, folder))))
    areas = await loadAreas(pack)
  })

  test('every way of every area has a gate that stands on its ground, with what leaves the ground to its left', () => {
    const all = areas.flatMap(area => waysOf(area).map(way => ({ area, way })))
    expect(all.length).toBeGreaterThan(100)
    expect(new Set(all.map(({ way }) => way.id)).size).toBe(all.length)
    const here = { areas, toPlane: city.toPlane } as unknown as ScenarioCity
    for (const { area, way } of all) {
      const placed = placeOnGround({ at: way.id }, 'a', here, '')
      const line = placed.ok ? placed.value!.line : []
      const [[ax, ay], [bx, by]] = line as unknown as [Point, Point]
      const { outlines } = area.space.floors.find(({ id }) => id === way.floor)!
      expect(insideRings(outlines, (ax + bx) / 2, (ay + by) / 2), way.id).toBe(true)
    }
  })

  test('ground drawn around a block is free of its buildings and has ways out to the streets', async () => {
    const network = await pack.layer(networkLayer)
    // 200 m by 160 m with five buildings on it.
    const outline: [number, number][] = [[1000, -300], [1200, -300], [1200, -140], [1000, -140]]
    const area = drawArea({ id: 'drawn-1', name: '画的广场', outline }, await surroundings(pack, network, [outline]))!
    const [ground] = area.space.floors
    const [{ value: size }] = area.figures as unknown as [{ value: number }]
    expect(size).toBeLessThan(200 * 160 - 500)
    expect(area.portals.length).toBeGreaterThan(1)
    expect(area.space.goals.some(({ id }) => id === 'stand:1')).toBe(true)
    expect(checkWalkSpace(area.space)).toEqual([])
    expect(ground!.height).toBeGreaterThan(1)
  })

  test('ground that is drawn wrongly, exits off its edge and stages far away are refused before anything is cut', async () => {
    const network = await pack.layer(networkLayer)
    const event = (outline: Point[], more: { exits?: [Point, Point][]; stage?: Point } = {}): EventEdit => ({
      ...base, kind: 'event', venue: { name: 'x', position: lonLat(1100, -220), ground: { outline: outline.map(([x, y]) => lonLat(x, y)), ...(more.exits ? { exits: more.exits.map(([a, b]) => [lonLat(...a), lonLat(...b)]) } : {}) } },
      attendance: 10, carShare: 0, taxiShare: 0, personsPerCar: 2, onFoot: { metroShare: 0, ...(more.stage ? { stage: lonLat(...more.stage) } : {}) },
    })
    const codes = async (edit: EventEdit): Promise<string[]> => {
      const roads = { id: 'shenzhen', areas: await drawnAreas([edit], pack, network), venues: [], network, toPlane } as unknown as ScenarioCity
      return groundRules(roads).problemsOf(edit, 'edit').map(({ code }) => code)
    }
    const block: Point[] = [[1000, -300], [1200, -300], [1200, -140], [1000, -140]]
    expect(await codes(event(block))).toEqual([])
    expect(await codes(event([block[0]!, block[2]!, block[1]!, [980, -140]]))).toEqual(['scenario/ground-outline'])
    expect(await codes(event([[-9000, -9000], [9000, -9000], [9000, 9000], [-9000, 9000]]))).toEqual(['scenario/ground-outline'])
    expect(await codes(event(block, { exits: [[[1040, -300], [1046, -300]], [[3000, -300], [3006, -300]]] }))).toEqual(['scenario/exit-off-edge'])
    expect(await codes(event(block, { stage: [1100, -30_000] }))).toEqual(['scenario/stage-far'])
  })

  test('the checks of a document name roads and ground alike', () => {
    const [longitude, latitude] = toLonLat(0, 5000)
    const document: Scenario = {
      format: 'pengcheng-scenario', version: 1, id: 's', name: { zh: '-', en: '-' }, city: 'shenzhen', window: { start: '20:00', end: '22:00' }, seed: 1,
      demand: { scale: 0, rerouteShare: 0 }, edits: [barrier({ line: [[longitude, latitude], [longitude + 0.0001, latitude]] }), gate({ id: 'b', at: 'civic-center/portal:999' })],
    }
    expect(parseScenario(document).ok).toBe(true)
    const roads = { id: 'shenzhen', areas, venues: [], network: { links: { rows: 0 } }, demand: { connected: { link: [] } }, toPlane } as unknown as ScenarioCity
    const here = { ...roads, ground: groundRules(roads) }
    expect(checkInCity(document, here).map(({ code }) => code)).toEqual(['scenario/off-ground', 'scenario/unknown-way'])
  })
})
