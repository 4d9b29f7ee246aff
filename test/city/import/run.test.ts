import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importSumo, randomTripList, writeImport, type Imported, type ListedTrip } from '../../../src/city/node'
import { openScenario } from '../../../src/cli/input'
import { formatTimeOfDay, type Scenario } from '../../../src/scenario'
import { checkInvariants, createWorld, step, totals, tripResults, type World } from '../../../src/sim'

const fixtures = join(import.meta.dirname, '../../fixtures/import/sumo')
const raw = join(import.meta.dirname, '../../../../shared/city-data/raw/sumo-futian-baoan')
let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'import-run-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes an import, opens its scenario as the command line does, and runs it. */
async function drive(name: string, { network, report }: Imported, trips: readonly ListedTrip[], seconds: number, options: { check?: boolean; scale?: number; start?: number } = {}): Promise<World> {
  const start = options.start ?? 0
  const scenario: Scenario = {
    format: 'pengcheng-scenario', version: 1, id: name, name: { zh: name, en: name }, city: name, seed: 1,
    window: { start: formatTimeOfDay(start), end: formatTimeOfDay(start + seconds) }, demand: { scale: options.scale ?? 1, rerouteShare: 0 }, edits: [],
  }
  const home = join(folder, name)
  await writeImport(home, { id: name, network, trips, scenario, report })
  const { compiled } = await openScenario(join(home, 'scenario.json'))
  const world = createWorld(compiled)
  while (world.tick < compiled.endTick) {
    step(world)
    if (options.check) checkInvariants(world)
  }
  const { departures, waiting, running, arrived, unreachable } = totals(world)
  expect(waiting + running + arrived + unreachable).toBe(departures)
  return world
}

function plain(name: string, files: Readonly<Record<string, string>>): string {
  for (const [kind, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.${kind}.xml`), text)
  return join(folder, `${name}.nod.xml`)
}

describe('an imported network runs', () => {
  test('desired speeds of a vType, or of a vehicle, are driven', async () => {
    const net = plain('straight', {
      nod: '<nodes><node id="a" x="0" y="0"/><node id="b" x="2000" y="0"/><node id="c" x="2200" y="0"/></nodes>',
      edg: '<edges><edge id="road" from="a" to="b" speed="20"/><edge id="end" from="b" to="c" speed="20"/></edges>',
    })
    const routes = join(folder, 'straight.rou.xml')
    writeFileSync(routes, `<routes>
      <vType id="slow" speedFactor="normc(0.5,0,0.2,2)" tau="2.5"/><vType id="usual"/><vType id="even" speedFactor="1" speedDev="0"/>
      <vehicle id="even" type="even" depart="0"><route edges="road end"/></vehicle>
      <vehicle id="own" type="even" speedFactor="0.8" depart="60"><route edges="road end"/></vehicle>
      <vehicle id="slow" type="slow" depart="120"><route edges="road end"/></vehicle>
      <flow id="usual" type="usual" begin="600" end="1200" number="12"><route edges="road end"/></flow></routes>`)
    const imported = importSumo(net, [routes], { startTime: 0, seed: 1 })
    expect(imported.report.approximated).toContainEqual({ what: 'vType tau 2.5 s: every car here has 1.1 s', count: 1, examples: ['slow'] })
    const world = await drive('straight', imported, imported.trips!, 1500, { check: true })
    const { insertTick, arriveTick } = tripResults(world)
    const seconds = Array.from(arriveTick, (tick, row) => (tick - insertTick[row]!) * 0.5)
    // 2200 m at 20, 16 and 10 m/s, and some seconds to get there.
    for (const [row, free] of [110, 137.5, 220].entries()) expect(Math.abs(seconds[row]! - free), `vehicle ${row}: ${seconds[row]} s`).toBeLessThan(15)
    expect(new Set(seconds.slice(3)).size).toBeGreaterThan(6)
  })

  test('vehicles are as long as their vType says, and stand so in a queue', async () => {
    const net = plain('queue', {
      nod: '<nodes><node id="a" x="0" y="0"/><node id="b" x="300" y="0" type="traffic_light"/><node id="c" x="600" y="0"/></nodes>',
      edg: '<edges><edge id="road" from="a" to="b" numLanes="1"/><edge id="end" from="b" to="c" numLanes="1"/></edges>',
    })
    const routes = join(folder, 'queue.rou.xml')
    writeFileSync(routes, `<routes>
      <vType id="small" length="3.5"/><vType id="van" vClass="delivery" length="7"/><vType id="train" vClass="truck" length="18"/>
      ${['small', 'van', 'train', 'small', 'van', 'train'].map((type, at) => `<vehicle id="${at}" type="${type}" depart="${20 * at}"><route edges="road end"/></vehicle>`).join('')}</routes>`)
    const imported = importSumo(net, [routes], { startTime: 0, seed: 1 })
    expect(imported.report.approximated).toContainEqual({ what: 'vType length 18 m: vehicles here are 1.9 to 12 m long', count: 1, examples: ['train'] })
    expect(imported.trips!.map(({ length }) => length)).toEqual([3.5, 7, 12, 3.5, 7, 12])
    const world = await drive('queue', imported, imported.trips!, 100, { check: true })
    const { trip, cell } = world.slots
    const present = Array.from(trip.keys()).filter(slot => trip[slot]! >= 0)
    expect(present.length).toBeGreaterThan(0)
    for (const slot of present) expect(world.cells.length[cell[slot]!]).toBe([3.5, 7, 12][trip[slot]! % 3])
  })

  test('given routes are kept, even the long way round; scaled demand repeats them', async () => {
    // From a to b: 400 m straight on, or 900 m over c.
    const net = plain('fork', {
      nod: '<nodes><node id="o" x="-200" y="0"/><node id="a" x="0" y="0"/><node id="b" x="400" y="0"/><node id="d" x="600" y="0"/><node id="c" x="200" y="400"/></nodes>',
      edg: `<edges><edge id="in" from="o" to="a"/><edge id="short" from="a" to="b"/><edge id="up" from="a" to="c"/><edge id="down" from="c" to="b"/><edge id="out" from="b" to="d"/></edges>`,
    })
    const routes = join(folder, 'fork.rou.xml')
    writeFileSync(routes, `<routes>
      <vehicle id="long" depart="0"><route edges="in up down out"/></vehicle>
      <vehicle id="short" depart="10"><route edges="in short out"/></vehicle>
      <trip id="free" depart="20" from="in" to="out"/></routes>`)
    const imported = importSumo(net, [routes], { startTime: 0, seed: 1 })
    const world = await drive('fork', imported, imported.trips!, 300, { check: true })
    const { distance, arriveTick } = tripResults(world)
    expect([...arriveTick].every(tick => tick > 0)).toBe(true)
    expect([...distance].map(metres => Math.round(metres / 100))).toEqual([13, 8, 8])
    const doubled = await drive('forkTwice', imported, imported.trips!, 300, { scale: 2, check: true })
    expect([...tripResults(doubled).distance].map(metres => Math.round(metres / 100)).sort()).toEqual([13, 13, 8, 8, 8, 8])
  })

  test('a signal of the file lets through what its green is worth, and nobody on red', async () => {
    const routes = join(folder, 'queue.rou.xml')
    writeFileSync(routes, '<routes><flow id="f" begin="0" end="1800" vehsPerHour="3600" from="wc" to="ce"/><flow id="g" begin="0" end="1800" vehsPerHour="300" from="sc" to="cw"/></routes>')
    const imported = importSumo(join(fixtures, 'cross.nod.xml'), [routes], { startTime: 0, seed: 1 })
    const world = await drive('queue', imported, imported.trips!, 1800, { check: true })
    const { arriveTick } = tripResults(world)
    const origin = world.input.trips.originLink
    const wc = imported.network.links.id.findIndex(row => imported.network.strings[row] === 'wc')
    const served = [...arriveTick].filter((tick, row) => origin[row] === wc && tick > 1200).length
    // Two lanes of 1,900 veh/h; 27 s of green and 3 of yellow less 3 s of loss, of 60 s: 1,710 veh/h.
    const perHour = (served * 3600) / 1200
    expect(perHour).toBeGreaterThan(1710 * 0.88)
    expect(perHour).toBeLessThan(1710 * 1.12)
  })

  test('who must give way does: the side road of a T waits for the main road', async () => {
    const routes = join(folder, 'yield.rou.xml')
    const flows = (main: number): string => `<routes><flow id="m" begin="0" end="900" vehsPerHour="${main}" from="wm" to="me"/><flow id="s" begin="0" end="900" vehsPerHour="120" from="sm" to="me"/></routes>`
    const sideTime = async (main: number): Promise<number> => {
      writeFileSync(routes, flows(main))
      const imported = importSumo(join(fixtures, 'tee.net.xml'), [routes], { startTime: 0, seed: 1 })
      const world = await drive(`yield${main}`, imported, imported.trips!, 1200, { check: true })
      const { insertTick, arriveTick } = tripResults(world)
      const sm = imported.network.links.id.findIndex(row => imported.network.strings[row] === 'sm')
      const times = [...arriveTick].flatMap((tick, row) => (world.input.trips.originLink[row] === sm && tick > 0 ? [(tick - insertTick[row]!) / 2] : []))
      return times.reduce((sum, time) => sum + time, 0) / times.length
    }
    const [quiet, busy] = [await sideTime(1), await sideTime(1000)]
    expect(busy).toBeGreaterThan(quiet + 1)
  })

  test.skipIf(!existsSync(raw))('the networks of Futian and Liuxiandong run with random trips', async () => {
    for (const [name, file, least] of [['futian', 'FuTian.nod.xml.gz', 0.97], ['pcl', 'pcl.net.xml.gz', 0.97]] as const) {
      const imported = importSumo(join(raw, file), [], { startTime: 0, seed: 1 })
      const trips = randomTripList(imported.network, 300, 25200, 25800, 1)
      expect(trips).toHaveLength(300)
      const again = randomTripList(imported.network, 300, 25200, 25800, 1)
      expect(again).toEqual(trips)
      const world = await drive(name, imported, trips, 2400, { start: 25200 })
      expect(totals(world).arrived / 300, name).toBeGreaterThan(least)
    }
  })
})
