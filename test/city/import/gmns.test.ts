import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ImportError, importGmns } from '../../../src/city/node'
import { Control, NodeKind, type Network } from '../../../src/sim'
import { spoil, turnNames } from './inspect'

const fixture = join(import.meta.dirname, '../../fixtures/import/gmns')
let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'import-gmns-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { network, report } = importGmns(fixture)
const named = (net: Network, id: string): number => net.links.id.findIndex(row => net.strings[row] === id)

describe('GMNS tables', () => {
  test('movements are lane to lane: lanes count from the left in the tables, from the kerb here', () => {
    expect(turnNames(network)).toEqual([
      '10.0 > 20.0 right', '10.1 > 12.0 straight', '10.2 > 12.1 straight',
      '13.0 > 11.0 straight', '13.1 > 11.1 straight', '13.1 > 20.0 left',
      '20-reverse.0 > 11.0 left', '20-reverse.0 > 11.1 left', '20-reverse.0 > 12.0 right', '20.0 > 20-reverse.0 uTurn',
    ].sort())
  })

  test('speed in the unit of config.csv, both directions of an undirected link, WKT shape, control, gateways', () => {
    const { links, nodes } = network
    expect(links.speedLimit[named(network, '10')]).toBeCloseTo(35 * 0.44704, 6)
    // Two legs of 203.96 m, less what the crossing takes.
    for (const id of ['20', '20-reverse']) {
      expect(links.length[named(network, id)]).toBeGreaterThan(370)
      expect(links.length[named(network, id)]).toBeLessThan(2 * Math.hypot(40, 200))
    }
    const kinds = Object.fromEntries(Array.from(nodes.kind, (kind, row) => [network.strings[nodes.id[row]!], kind]))
    expect(kinds).toEqual({ 1: NodeKind.gateway, 2: NodeKind.junction, 3: NodeKind.gateway, 4: NodeKind.junction })
    expect(nodes.control[nodes.id.findIndex(row => network.strings[row] === '2')]).toBe(Control.signal)
    expect(report.leftOut).toEqual([
      { what: 'links whose allowed_uses let no car, taxi, bus or lorry in', count: 1, examples: ['30'] },
      { what: 'nodes without a link', count: 1, examples: ['5'] },
    ])
  })

  test('bad tables are refused with file, line and remedy', () => {
    const cases: readonly (readonly [string, string, string, RegExp])[] = [
      ['link.csv', ',2,4,0', ',2,9,0', /^link\.csv:6: to_node_id is 9, and node\.csv has no such node\. Add the node, or correct the id\.$/],
      ['link.csv', 'link_id,', 'linkid,', /^link\.csv:1: has no column link_id; it has linkid, name, .*\. Add the column/],
      ['link.csv', '(500 0, 540 -200', '(500, 540 -200', /^link\.csv:6: geometry is no WKT LINESTRING/],
      ['link.csv', '"LINESTRING', 'LINESTRING', /^link\.csv:6: has \d+ cells, the first line has 10\. Put cells that hold a comma in quotes\.|is no table of comma-separated values/],
      ['link.csv', '35,3,primary', 'quick,3,primary', /^link\.csv:2: free_speed is "quick", which is not a number from 0 to 300/],
      ['link.csv', '\n11,', '\n10,', /^link\.csv:3: link 10 is there twice\. Remove one of the two\./],
      ['node.csv', '\n4,south,500', '\n4,south,', /^node\.csv:5: (has|x_coord|y_coord)/],
      ['node.csv', 'signal', 'lights', /^node\.csv:3: ctrl_type is "lights", which is not known\. Use one of signal,/],
      ['movement.csv', '10,1,2,12', '10,1,4,12', /^movement\.csv:2: end_ib_lane is "4", which is not a number from 1 to 3/],
      ['movement.csv', '2,2,10,3', '2,2,12,3', /^movement\.csv:3: link 12 does not end where link 20 begins\. Correct the movement\./],
      ['config.csv', 'mph', 'knots', /^config\.csv:2: speed is "knots", which is no unit that is known\. Give mph, km\/h or m\/s\./],
    ]
    for (const [file, from, to, message] of cases) {
      cpSync(fixture, folder, { recursive: true })
      const text = readFileSync(join(fixture, file), 'utf8')
      expect(text).toContain(from)
      writeFileSync(join(folder, file), text.replace(from, to))
      expect(() => importGmns(folder), `${file}: ${from} -> ${to}`).toThrow(ImportError)
      expect(() => importGmns(folder), `${file}: ${from} -> ${to}`).toThrow(message)
    }
    expect(() => importGmns(join(folder, 'nowhere'))).toThrow(/holds no node\.csv\. Give the folder of a GMNS network/)
  })

  test.each(['node.csv', 'link.csv', 'movement.csv'])('spoilt copies of %s are refused with a file name, or make a network', file => {
    const text = readFileSync(join(fixture, file), 'utf8')
    let refused = 0
    for (let seed = 0; seed < 60; seed++) {
      cpSync(fixture, folder, { recursive: true })
      writeFileSync(join(folder, file), spoil(text, seed))
      try {
        importGmns(folder)
      } catch (error) {
        if (!(error instanceof ImportError) || !/\.csv|import-gmns/.test(error.message)) throw new Error(`${file}, seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`, { cause: error })
        refused++
      }
    }
    expect(refused).toBeGreaterThan(10)
  })
})
