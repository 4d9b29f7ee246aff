import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ImportError, importSumo, writeImport } from '../../../src/city/node'
import { spoil } from './inspect'

const fixtures = join(import.meta.dirname, '../../fixtures/import')
let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'import-bad-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text = (name: string): string => readFileSync(join(fixtures, name), 'utf8')
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const sumo = (net: string, routes: readonly string[] = []): unknown => importSumo(net, routes, { startTime: 0, seed: 1 })

/** The message with which a call is refused. */
function refusal(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof ImportError) return error.message
    throw error
  }
  return 'was taken'
}

describe('a SUMO network is refused with file, line and remedy', () => {
  const tee = text('sumo/tee.net.xml')
  const cases: readonly (readonly [string, (net: string) => string, RegExp])[] = [
    ['no XML', () => 'x,y\n1,2\n', /^net\.xml:1: is not XML\. Give a SUMO file/],
    ['cut off', net => net.slice(0, 3000), /^net\.xml:\d+: is not well-formed XML: .*\. Is the file complete\? Export or fetch it again\.$/],
    ['another root', () => '<osm/>', /root element is <osm>, which is no SUMO network\. Give a \.net\.xml/],
    ['left-hand traffic', net => net.replace('<net ', '<net lefthand="true" '), /^net\.xml:4: is a network of left-hand traffic\. .*netconvert/],
    ['a junction that is not there', net => net.replace('<edge id="sm" from="s"', '<edge id="sm" from="nowhere"'), /^net\.xml:\d+: edge "sm" has from="nowhere", and there is no such node\. Add the node/],
    ['no speed', net => net.replace('index="0" speed="8.33" length="142.80" shape="201.60', 'index="0" length="142.80" shape="201.60'), /^net\.xml:\d+: <lane id="sm_0"> has no speed\. Add speed/],
    ['a speed that is none', net => net.replace('speed="8.33"', 'speed="fast"'), /has speed="fast", which is not a number from 0\.1 to 150\. Correct the value\.$/],
    ['a shape that is none', net => net.replace('201.60,0.00 201.60,142.80', '201.60 201.60,142.80'), /has the point "201\.60" in its shape, which is not x,y or x,y,z/],
    ['a lane that is not there', net => net.replace('<connection from="em" to="mw" fromLane="0"', '<connection from="em" to="mw" fromLane="3"'), /<connection> has fromLane="3", but edge "em" has the lanes 0 to 0\. Correct the lane\./],
    ['edges that do not meet', net => net.replace('<connection from="em" to="mw"', '<connection from="em" to="em"'), /leads from edge "em", which ends at node "m", to edge "em", which begins at "e"\. Connect edges that meet\./],
    ['an edge twice', net => net.replace('id="me" from', 'id="em" from').replace('from="wm" to="me"', 'from="wm" to="em"'), /edge "em" is there twice/],
    ['nothing to drive on', net => net.replaceAll(' speed=', ' allow="tram" speed='), /^net\.xml: holds no road that a car, taxi, bus or lorry may use\. Give a road network\.$/],
  ]
  test.each(cases)('%s', (_, spoil, message) => expect(refusal(() => sumo(put('net.xml', spoil(tee))))).toMatch(message))

  test('a file that is not there, a folder, damaged gzip, another encoding', () => {
    expect(refusal(() => sumo(join(folder, 'none.net.xml')))).toMatch(/none\.net\.xml: no such file\. Check the path\./)
    expect(refusal(() => sumo(folder))).toMatch(/is a folder, not a file/)
    expect(refusal(() => sumo(put('torn.net.xml.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3))))).toMatch(/is damaged gzip .*\. Fetch it again\./)
    expect(refusal(() => sumo(put('latin.net.xml', Uint8Array.of(0x3c, 0x61, 0xe9, 0x3e))))).toMatch(/is not text in UTF-8\. Save it as UTF-8\./)
  })

  test('plain files: the other half missing, a wrong name, a program with a letter too few', () => {
    expect(refusal(() => sumo(put('alone.nod.xml', text('sumo/cross.nod.xml'))))).toMatch(/alone\.nod\.xml: has no .*alone\.edg\.xml beside it\. Plain networks need nodes/)
    expect(refusal(() => sumo(put('nodes.xml', text('sumo/cross.nod.xml'))))).toMatch(/name does not end in \.nod\.xml/)
    for (const kind of ['nod', 'edg', 'con']) put(`short.${kind}.xml`, text(`sumo/cross.${kind}.xml`))
    put('short.tll.xml', text('sumo/cross.tll.xml').replace('yyyyyrrr', 'yyyyyrr'))
    expect(refusal(() => sumo(join(folder, 'short.nod.xml')))).toMatch(/^short\.tll\.xml:4: a phase of signal program "c" has 7 letters, the first has 8\. Give each phase one letter a link\.$/)
  })

  test('all faults are told at once, at most twenty', () => {
    const message = refusal(() => sumo(put('net.xml', tee.replaceAll('speed="13.89"', 'speed="x"'))))
    expect(message.split('\n')).toHaveLength(1 + 6)
    const many = `<edges>${Array.from({ length: 50 }, (_, row) => `<edge id="e${row}" from="w" to="e" speed="x"/>`).join('\n')}</edges>`
    put('many.nod.xml', text('sumo/cross.nod.xml'))
    put('many.edg.xml', many)
    expect(refusal(() => sumo(join(folder, 'many.nod.xml')))).toMatch(/^21 problems:\n[^]*and 30 more of this file\. Mend these first\.$/)
  })
})

describe('a SUMO route file is refused with file, line and remedy', () => {
  const net = join(fixtures, 'sumo/tee.net.xml')
  const routes = text('sumo/tee.rou.xml')
  const cases: readonly (readonly [string, (routes: string) => string, RegExp])[] = [
    ['an edge that is not there', all => all.replace('edges="sm mw"', 'edges="sm xx"'), /^r\.rou\.xml:9: vehicle "b" uses edge "xx", which is not in the network\. Is it the network that the routes were made for\?$/],
    ['no way from edge to edge', all => all.replace('edges="sm mw"', 'edges="sm wm"'), /:9: vehicle "b" goes from edge "sm" to "wm", and no lane leads there\. Correct the route/],
    ['no way between the ends of a trip', all => all.replace('from="em" to="ms"', 'from="ms" to="em"'), /:10: trip "c" goes from edge "ms" to "em", and no way leads there/],
    ['an unknown route', all => all.replace('route="through" departPos', 'route="gone" departPos'), /:8: vehicle "a" has route="gone", and there is no such <route>\. Add the route/],
    ['an unknown type', all => all.replace('type="lorry"', 'type="ufo"'), /:9: vehicle "b" has type="ufo", and there is no such <vType>/],
    ['no departure', all => all.replace('depart="7.5" ', ''), /:10: <trip> has no depart\. Add depart/],
    ['a departure that is no time', all => all.replace('depart="7.5"', 'depart="soon"'), /:10: trip "c" has depart="soon", which is no time\. Give seconds/],
    ['neither route nor ends', all => all.replace('from="em" to="ms"', ''), /:10: trip "c" has neither a route nor from and to/],
    ['a flow without number', all => all.replace('number="6" ', ''), /:11: flow "f" has none of number, vehsPerHour, period and probability/],
    ['a flow that ends before it begins', all => all.replace('end="70"', 'end="5"'), /flow "f" ends at 5 s, before or when it begins \(10 s\)/],
    ['the same id twice', all => all.replace('id="b"', 'id="a"'), /vehicle "a" is there twice\. Give each an id of its own\./],
    ['a later day', all => all.replace('depart="7.5"', 'depart="90000"'), /departs at 90000 s, after the end of the day/],
    ['zones for ends', all => all.replace('from="em" to="ms"', 'fromTaz="1" toTaz="2"'), /has fromTaz, not an edge to start from\. Write routes from it with duarouter\./],
    ['nobody who drives', () => '<routes/>', /r\.rou\.xml: holds no vehicle that can drive\. Give a file with <vehicle>/],
    ['another root', () => '<net/>', /the root element is <net>, not <routes>/],
  ]
  test.each(cases)('%s', (_, spoil, message) => expect(refusal(() => sumo(net, [put('r.rou.xml', spoil(routes))]))).toMatch(message))
})

describe('spoilt files are refused with their name, or make a network; nothing else happens', () => {
  const run = (name: string, source: string, read: (path: string) => unknown, seeds: number, others: readonly string[] = [name]): void => {
    let refused = 0
    for (let seed = 0; seed < seeds; seed++) {
      const path = put(name, spoil(source, seed))
      try {
        read(path)
      } catch (error) {
        if (!(error instanceof ImportError)) throw new Error(`${name}, seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`, { cause: error })
        if (!others.some(other => error.message.includes(other))) throw new Error(`${name}, seed ${seed}: no file named in "${error.message}"`, { cause: error })
        refused++
      }
    }
    expect(refused).toBeGreaterThan(seeds / 5)
  }
  test('.net.xml', () => run('fuzz.net.xml', text('sumo/tee.net.xml'), path => sumo(path), 150))
  test('.rou.xml', () => run('fuzz.rou.xml', text('sumo/tee.rou.xml'), path => sumo(join(fixtures, 'sumo/tee.net.xml'), [path]), 150))
  test.each(['nod', 'edg', 'con', 'tll'])('.%s.xml', kind => {
    for (const each of ['nod', 'edg', 'con', 'tll']) put(`fuzz.${each}.xml`, text(`sumo/cross.${each}.xml`))
    // What a spoilt file lacks, another may refer to.
    run(`fuzz.${kind}.xml`, text(`sumo/cross.${kind}.xml`), path => sumo(path), 60, ['fuzz.'])
    put(`fuzz.${kind}.xml`, text(`sumo/cross.${kind}.xml`))
  })
})

describe('writing', () => {
  test('a folder with other things in it is left alone, and a failure leaves nothing behind', async () => {
    const { network, report } = importSumo(join(fixtures, 'sumo/tee.net.xml'), [], { startTime: 0, seed: 1 })
    const home = mkdtempSync(join(folder, 'out-'))
    const full = join(home, 'full')
    rmSync(full, { recursive: true, force: true })
    writeFileSync(join(home, 'keep.txt'), 'mine')
    await expect(writeImport(home, { id: 'tee', network, scenario: {}, report })).rejects.toThrow(/is not empty and holds no earlier import\. Give a new folder/)
    for (const file of [join(home, 'keep.txt'), join(home, 'keep.txt', 'below', 'it')]) {
      await expect(writeImport(file, { id: 'tee', network, scenario: {}, report })).rejects.toThrow(/keep\.txt.* is a file, not a folder\. Give a new folder/)
    }
    if (existsSync('/proc/self')) await expect(writeImport('/proc/out/below', { id: 'tee', network, scenario: {}, report })).rejects.toThrow(/cannot be written/)
    expect(readdirSync(home)).toEqual(['keep.txt'])
    // A document that cannot be written: the folder never appears, nor does a temporary one stay.
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    await expect(writeImport(full, { id: 'tee', network, scenario: circular, report })).rejects.toThrow(/circular/i)
    expect(readdirSync(home)).toEqual(['keep.txt'])
    // The second import of a folder takes the first one's place as a whole.
    await writeImport(full, { id: 'tee', network, scenario: {}, report })
    await writeImport(full, { id: 'tee2', network, scenario: {}, report })
    expect(readdirSync(full).sort()).toEqual(['import-report.json', 'scenario.json', 'tee2'])
    expect(existsSync(join(full, 'tee2/manifest.json'))).toBe(true)
    expect(readdirSync(home).sort()).toEqual(['full', 'keep.txt'])
  })
})
