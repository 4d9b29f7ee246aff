import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import proj4 from 'proj4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importSumo, type Imported } from '../../../src/city/node'
import { ALL_CLASSES, Control, LinkFlag, NodeKind, SignalKind, VehicleClass, Yield, type Network } from '../../../src/sim'
import { turnNames } from './inspect'

const fixtures = join(import.meta.dirname, '../../fixtures/import/sumo')
const read = (net: string, routes: readonly string[] = []): Imported => importSumo(join(fixtures, net), routes.map(name => join(fixtures, name)), { startTime: 25200, seed: 1 })

let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'import-sumo-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const idOf = (network: Network, link: number): string => network.strings[network.links.id[link]!]!
const linkNamed = (network: Network, id: string): number => network.links.id.findIndex(string => network.strings[string] === id)

/** Turn between two links, by id; the first of several. */
const turnBetween = (network: Network, from: string, to: string): number => Array.from({ length: network.turns.rows }, (_, turn) => turn)
  .find(turn => idOf(network, network.lanes.link[network.turns.fromLane[turn]!]!) === from && idOf(network, network.lanes.link[network.turns.toLane[turn]!]!) === to)!

/** Who gives way where two turns meet: 'first', 'second', 'either', or undefined where they do not. */
function order(network: Network, a: readonly [string, string], b: readonly [string, string]): string | undefined {
  const { conflicts } = network
  const [first, second] = [turnBetween(network, ...a), turnBetween(network, ...b)]
  for (let row = 0; row < conflicts.rows; row++)
    if (conflicts.turn[row] === first && conflicts.other[row] === second) return conflicts.yields[row] === Yield.owner ? 'first' : conflicts.yields[row] === Yield.other ? 'second' : 'either'
  return undefined
}

describe('a .net.xml', () => {
  const { network, report } = read('tee.net.xml')

  test('edges become links with the length of their lanes, its speed and its width', () => {
    expect(network.links.rows).toBe(6)
    for (const [id, length, speed] of [['wm', 192.8, 13.89], ['me', 192.8, 13.89], ['sm', 142.8, 8.33]] as const) {
      const link = linkNamed(network, id)
      expect(network.links.length[link]).toBeCloseTo(length, 1)
      expect(network.links.speedLimit[link]).toBeCloseTo(speed, 6)
    }
    expect(network.lanes.width[0]).toBeCloseTo(3.2, 6)
    expect(network.lanes.allowed[0]).toBe(ALL_CLASSES)
  })

  test('turns are the connections, no more and no fewer', () => {
    expect(turnNames(network)).toEqual([
      'em.0 > ms.0 left', 'em.0 > mw.0 straight', 'sm.0 > me.0 right', 'sm.0 > mw.0 left', 'wm.0 > me.0 straight', 'wm.0 > ms.0 right',
    ])
  })

  test('right of way is that of the requests', () => {
    expect(order(network, ['em', 'ms'], ['wm', 'me'])).toBe('first')
    expect(order(network, ['em', 'ms'], ['wm', 'ms'])).toBe('first')
    expect(order(network, ['sm', 'me'], ['wm', 'me'])).toBe('first')
    expect(order(network, ['sm', 'mw'], ['em', 'mw'])).toBe('first')
    expect(order(network, ['sm', 'mw'], ['em', 'ms'])).toBe('first')
    expect(order(network, ['wm', 'me'], ['sm', 'mw'])).toBe('second')
    // HCM ranks follow from it: through 0, left from the major road 1, minor right 1 level below through, minor left last.
    const rank = (from: string, to: string): number => network.turns.rank[turnBetween(network, from, to)]!
    expect([rank('wm', 'me'), rank('em', 'ms'), rank('sm', 'me'), rank('sm', 'mw')]).toEqual([0, 1, 1, 2])
  })

  test('ends on roads that lead on are gateways, the end of a lane of 8 m/s is none', () => {
    const kinds = Object.fromEntries(Array.from(network.nodes.kind, (kind, row) => [network.strings[network.nodes.id[row]!], kind]))
    expect(kinds).toEqual({ w: NodeKind.gateway, e: NodeKind.gateway, m: NodeKind.junction, s: NodeKind.junction })
    expect(network.links.flags[linkNamed(network, 'wm')]! & LinkFlag.gatewayIn).not.toBe(0)
    expect(network.links.flags[linkNamed(network, 'me')]! & LinkFlag.gatewayOut).not.toBe(0)
    expect(report.placed).toMatch(/metres of their own, 200, 75/)
  })

  test('a packed file gives the same network', () => {
    const packed = join(folder, 'tee.net.xml.gz')
    writeFileSync(packed, gzipSync(readFileSync(join(fixtures, 'tee.net.xml'))))
    expect(turnNames(importSumo(packed, [], { startTime: 0, seed: 1 }).network)).toEqual(turnNames(network))
  })
})

describe('plain files', () => {
  const { network, report } = read('cross.nod.xml')

  test('turn lanes come from the connections, a dead end of which they say nothing lets turn round; lanes for people on foot are left out', () => {
    expect(turnNames(network)).toEqual([
      'cs.0 > sc.0 uTurn', 'ec.0 > cw.0 straight', 'ec.1 > cs.0 left', 'sc.0 > ce.0 right', 'sc.0 > cn.0 straight', 'sc.0 > cw.1 left',
      'wc.0 > ce.0 straight', 'wc.0 > cs.0 right', 'wc.1 > ce.1 straight',
    ])
    const cn = linkNamed(network, 'cn')
    expect(network.links.laneCount[cn]).toBe(1)
    expect(network.lanes.allowed[network.links.laneFirst[cn]!]).toBe((1 << VehicleClass.bus) | (1 << VehicleClass.taxi) | (1 << VehicleClass.emergency))
    expect(report.leftOut).toEqual([{ what: 'lanes that no car, taxi, bus or lorry may use', count: 1, examples: ['cn'] }])
  })

  test('names, classes and both sides of the road are kept', () => {
    const { links, points, strings } = network
    const [wc, cw] = [linkNamed(network, 'wc'), linkNamed(network, 'cw')]
    expect(strings[links.name[wc]!]).toBe('East Road')
    expect(links.class[wc]).toBe(4)
    // Right-hand traffic: eastbound lies south of westbound, 6.4 m apart from middle to middle.
    expect(points.y[links.pointFirst[cw]!]! - points.y[links.pointFirst[wc]!]!).toBeCloseTo(6.4, 1)
  })

  test('the program is the one of the file: stages, yellow, all-red, offset', () => {
    const { programs, stages, groups, turns } = network
    expect(programs.rows).toBe(1)
    expect(programs.kind[0]).toBe(SignalKind.fixed)
    expect(programs.offset[0]).toBe(10)
    expect(programs.stageCount[0]).toBe(2)
    expect([0, 1].map(row => [stages.green[row], stages.yellow[row], stages.allRed[row]])).toEqual([[27, 3, 0], [26, 3, 1]])
    const light = (from: string, to: string, stage: number): string => {
      const bit = 1 << (turns.group[turnBetween(network, from, to)]! - programs.groupFirst[0]!)
      return stages.protectedMask[stage]! & bit ? 'G' : stages.permittedMask[stage]! & bit ? 'g' : 'r'
    }
    expect(groups.rows).toBe(7)
    expect([light('wc', 'ce', 0), light('wc', 'cs', 0), light('ec', 'cs', 0), light('ec', 'cw', 0), light('sc', 'ce', 0)]).toEqual(['G', 'G', 'g', 'G', 'r'])
    expect([light('wc', 'ce', 1), light('sc', 'ce', 1), light('sc', 'cw', 1), light('sc', 'cn', 1)]).toEqual(['r', 'G', 'G', 'G'])
  })

  test('without connections and program the assembler makes them', () => {
    for (const kind of ['nod', 'edg']) writeFileSync(join(folder, `bare.${kind}.xml`), readFileSync(join(fixtures, `cross.${kind}.xml`)))
    const bare = importSumo(join(folder, 'bare.edg.xml'), [], { startTime: 0, seed: 1 })
    expect(bare.network.nodes.control[bare.network.nodes.id.findIndex(row => bare.network.strings[row] === 'c')]).toBe(Control.signal)
    expect(bare.network.turns.rows).toBeGreaterThan(8)
    expect(bare.report.approximated.map(({ what }) => what)).toContain('signals with a generated program: the source has none')
  })

  test('a program that never lets a link go is replaced, and the report says so', () => {
    for (const kind of ['nod', 'edg', 'con', 'tll'])
      writeFileSync(join(folder, `red.${kind}.xml`), readFileSync(join(fixtures, `cross.${kind}.xml`), 'utf8').replace('rrrrrGGG', 'rrrrrGGr').replace('rrrrryyy', 'rrrrryyr'))
    const { report: red, network: made } = importSumo(join(folder, 'red.nod.xml'), [], { startTime: 0, seed: 1 })
    expect(red.approximated).toContainEqual({ what: 'signals with a generated program: some of its turns never get green', count: 1, examples: ['c'] })
    expect(made.stages.rows).toBeGreaterThan(1)
  })

  test('greens without yellow get 3 s of it, and the cycle keeps its length', () => {
    for (const kind of ['nod', 'edg', 'con']) writeFileSync(join(folder, `sharp.${kind}.xml`), readFileSync(join(fixtures, `cross.${kind}.xml`)))
    const tll = readFileSync(join(fixtures, 'cross.tll.xml'), 'utf8').replace(/ *<phase duration="[31]".*\n/g, '')
    writeFileSync(join(folder, 'sharp.tll.xml'), tll)
    const { network: sharp, report: said } = importSumo(join(folder, 'sharp.nod.xml'), [], { startTime: 0, seed: 1 })
    expect([0, 1].map(row => [sharp.stages.green[row], sharp.stages.yellow[row], sharp.stages.allRed[row]])).toEqual([[24, 3, 0], [23, 3, 0]])
    expect(said.approximated[0]).toEqual({ what: 'greens that end without yellow: their last 3 s became yellow', count: 2, examples: ['c'] })
  })

  test('an actuated program keeps its bounds; a cycle that begins within a yellow begins with the green after it', () => {
    for (const kind of ['nod', 'edg', 'con']) writeFileSync(join(folder, `late.${kind}.xml`), readFileSync(join(fixtures, `cross.${kind}.xml`)))
    const connections = readFileSync(join(fixtures, 'cross.tll.xml'), 'utf8').replace(/[^]*<\/tlLogic>/, '')
    const program = (type: string): string => `<tlLogics><tlLogic id="c" type="${type}" programID="0" offset="5">
      <phase duration="3" state="rrrrryyy"/><phase duration="20" state="GGgGGrrr" minDur="12" maxDur="40"/><phase duration="7" state="GGgGGrrr" minDur="12" maxDur="40"/>
      <phase duration="3" state="yyyyyrrr"/><phase duration="26" state="rrrrrGGG" minDur="8" maxDur="30"/></tlLogic>`
    const read = (type: string): Network => {
      writeFileSync(join(folder, 'late.tll.xml'), program(type) + connections)
      return importSumo(join(folder, 'late.nod.xml'), [], { startTime: 0, seed: 1 }).network
    }
    const fixed = read('static')
    expect(fixed.programs.kind[0]).toBe(SignalKind.fixed)
    expect(fixed.programs.offset[0]).toBe(8)
    expect([0, 1].map(row => [fixed.stages.green[row], fixed.stages.yellow[row], fixed.stages.allRed[row]])).toEqual([[27, 3, 0], [26, 3, 0]])
    const actuated = read('actuated')
    expect(actuated.programs.kind[0]).toBe(SignalKind.actuated)
    expect([0, 1].map(row => [actuated.stages.greenMin[row], actuated.stages.greenMax[row]])).toEqual([[12, 40], [8, 30]])
  })

  test('degrees of the plain Futian files land in Futian, and UTM of a .net.xml gives the same place', () => {
    const nodes = (x: string): string => `<nodes><node id="a" x="${x}"/><node id="b" x="${x.replace('114.05', '114.06')}"/></nodes>`
    writeFileSync(join(folder, 'degrees.nod.xml'), nodes('114.05" y="22.54'))
    writeFileSync(join(folder, 'degrees.edg.xml'), '<edges><edge id="ab" from="a" to="b"/></edges>')
    const { network: degrees, report: placed } = importSumo(join(folder, 'degrees.nod.xml'), [], { startTime: 0, seed: 1 })
    expect(placed.placed).toBe('projected from degrees of WGS 84')
    expect(Math.hypot(degrees.nodes.x[0]!, degrees.nodes.y[0]!)).toBeLessThan(1000) // the origin is there, rounded to 1 km
    expect(degrees.nodes.x[1]! - degrees.nodes.x[0]!).toBeCloseTo(1028.8, 0) // 0.01 degrees at this latitude
    const projection = '+proj=utm +zone=50 +ellps=WGS84 +datum=WGS84 +units=m +no_defs'
    const [east, north] = proj4(projection, [114.05, 22.54]) as [number, number]
    writeFileSync(join(folder, 'utm.net.xml'), readFileSync(join(fixtures, 'tee.net.xml'), 'utf8')
      .replace(/<location [^>]*>/, `<location netOffset="${-east},${-north}" projParameter="${projection}"/>`))
    const utm = importSumo(join(folder, 'utm.net.xml'), [], { startTime: 0, seed: 1 }).network
    // The file's 0, 0 is the first node of the degrees; its node w stands 150 m north of it.
    const w = utm.nodes.id.findIndex(row => utm.strings[row] === 'w')
    expect(Math.hypot(utm.nodes.x[w]! - degrees.nodes.x[0]!, utm.nodes.y[w]! - degrees.nodes.y[0]!)).toBeCloseTo(150, 0)
  })
})

describe('junctions less than a vehicle apart', () => {
  test('are one: turns lead through the way that crosses fewest lanes, routes leave out what is inside', () => {
    // w - a - b - e with 6 m from a to b, a side road s into a and one n out of b.
    const files = {
      nod: '<nodes><node id="w" x="-200" y="0"/><node id="a" x="0" y="0"/><node id="b" x="6" y="0"/><node id="e" x="206" y="0"/><node id="s" x="0" y="-200"/><node id="n" x="6" y="200"/></nodes>',
      edg: `<edges><edge id="wa" from="w" to="a" numLanes="2"/><edge id="ab" from="a" to="b" numLanes="2"/><edge id="be" from="b" to="e" numLanes="2"/>
        <edge id="sa" from="s" to="a"/><edge id="bn" from="b" to="n"/></edges>`,
      con: `<connections><connection from="wa" to="ab" fromLane="0" toLane="0"/><connection from="wa" to="ab" fromLane="1" toLane="1"/><connection from="sa" to="ab" fromLane="0" toLane="0"/>
        <connection from="ab" to="be" fromLane="0" toLane="0"/><connection from="ab" to="be" fromLane="1" toLane="1"/><connection from="ab" to="bn" fromLane="1" toLane="0"/></connections>`,
      rou: '<routes><vehicle id="v" depart="0"><route edges="sa ab bn"/></vehicle><trip id="t" depart="1" from="ab" to="be"/></routes>',
    }
    for (const [kind, text] of Object.entries(files)) writeFileSync(join(folder, `close.${kind}.xml`), text)
    const { network, trips, report } = importSumo(join(folder, 'close.nod.xml'), [join(folder, 'close.rou.xml')], { startTime: 0, seed: 1 })
    expect(turnNames(network)).toEqual(['sa.0 > be.0 right', 'sa.0 > bn.0 straight', 'wa.0 > be.0 straight', 'wa.1 > be.1 straight', 'wa.1 > bn.0 left'])
    expect(trips!.map(({ route }) => route.map(link => idOf(network, link)))).toEqual([['sa', 'bn'], []])
    expect(idOf(network, trips![1]!.originLink)).toBe('be')
    expect(report.approximated.map(({ what }) => what)).toContain('junctions less than a vehicle apart: joined')
  })
})

describe('routes', () => {
  const { trips, network, report } = read('tee.net.xml', ['tee.rou.xml'])
  const of = (id: string) => trips!.find(trip => trip.id === id)!
  const ids = (route: readonly number[]): string[] => route.map(link => idOf(network, link))

  test('vehicles, trips and flows depart when they should, by class, on their route', () => {
    expect(trips).toHaveLength(1 + 1 + 1 + 6 + 6)
    expect(of('a')).toMatchObject({ depart: 25200, class: VehicleClass.car, originOffset: 50 })
    expect(ids(of('a').route)).toEqual(['wm', 'me'])
    expect(of('b')).toMatchObject({ depart: 25205, class: VehicleClass.lorry })
    expect(of('b').destinationOffset).toBeCloseTo(192.8 - 30, 1)
    expect(of('c')).toMatchObject({ depart: 25207.5, route: [] })
    expect(trips!.filter(({ id }) => id.startsWith('f.')).map(({ depart }) => depart - 25200)).toEqual([10, 20, 30, 40, 50, 60])
    expect(trips!.filter(({ id }) => id.startsWith('g.')).map(({ depart }) => depart - 25200)).toEqual([0, 10, 20, 30, 40, 50])
    expect(new Set(trips!.filter(({ id }) => id.startsWith('f.')).map(trip => trip.class))).toEqual(new Set([VehicleClass.car, VehicleClass.bus]))
    // The lorry of the file has the acceleration and length of lorries here.
    expect(report.approximated.filter(({ what }) => what.startsWith('vType'))).toEqual([])
  })
})
