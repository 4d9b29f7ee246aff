import { describe, expect, test } from 'vitest'
import { readTntpNetwork, readTntpTrips, tntpAssignment } from '../../../src/city'

const net = `<NUMBER OF ZONES> 2
<NUMBER OF NODES> 4
<FIRST THRU NODE> 3\t
<NUMBER OF LINKS> 3
<ORIGINAL HEADER>~ \tInit node\tTerm node
<END OF METADATA>

~ \tInit node \tTerm node \tCapacity \tLength \tFree Flow Time \tB\tPower\tSpeed limit \tToll \tType\t;
\t1\t3\t25900.20064\t6\t6\t0.15\t4\t0\t7\t1\t;
\t3\t4\t49500\t2\t0\t0\t0\t0\t0\t1\t; ~ a comment
 3 2 1000 1.5 2.5e0 0.15 4.446;
`
const trips = `<NUMBER OF ZONES> 2
<TOTAL OD FLOW> 30.5
<END OF METADATA>

Origin \t1
    1 :      5.0;     2 :    20.0;
~ the rest
Origin 2
  1 : 5.5; 2 : 0;`

const edit = (text: string, from: string, to: string): string => {
  expect(text).toContain(from)
  return text.replace(from, to)
}

describe('reads', () => {
  test('links with metadata, comments, and the last columns left out', () => {
    const network = readTntpNetwork(net, 'a.tntp')
    expect(network).toMatchObject({ zones: 2, nodes: 4, firstThroughNode: 3 })
    expect(network.links).toEqual([
      { from: 1, to: 3, capacity: 25900.20064, length: 6, freeFlowTime: 6, b: 0.15, power: 4, toll: 7, line: 9 },
      { from: 3, to: 4, capacity: 49500, length: 2, freeFlowTime: 0, b: 0, power: 0, toll: 0, line: 10 },
      { from: 3, to: 2, capacity: 1000, length: 1.5, freeFlowTime: 2.5, b: 0.15, power: 4.446, toll: 0, line: 11 },
    ])
    expect(readTntpNetwork(net.replaceAll('\n', '\r\n'), 'a.tntp')).toEqual(network)
    expect(readTntpNetwork(edit(net, '<END', '<DISTANCE FACTOR> 0.04\n<TOLL FACTOR> 0.02\n<END'), 'a.tntp')).toMatchObject({ distanceFactor: 0.04, tollFactor: 0.02 })
  })

  test('trips, those within a zone too, without empty entries', () => {
    expect(readTntpTrips(trips, 't.tntp')).toEqual({
      zones: 2, totalClaimed: 30.5,
      pairs: [{ origin: 1, destination: 1, trips: 5, line: 6 }, { origin: 1, destination: 2, trips: 20, line: 6 }, { origin: 2, destination: 1, trips: 5.5, line: 9 }],
    })
  })

  test('costs are time, toll and length', () => {
    const { links, demand, firstThroughNode } = tntpAssignment(readTntpNetwork(net, 'a'), readTntpTrips(trips, 't'), { tollFactor: 0.5, distanceFactor: 0.04 }, { net: 'a', trips: 't' })
    expect([...links.fixedCost]).toEqual([0.5 * 7 + 0.04 * 6, 0.04 * 2, 0.04 * 1.5])
    expect([...links.fromNode]).toEqual([0, 2, 2])
    expect(firstThroughNode).toBe(2)
    expect([...demand.trips]).toEqual([5, 20, 5.5])
  })
})

describe('says file, line and remedy', () => {
  test.each([
    ['no TNTP file', 'id,from,to\n1,2,3', /^n: has no <END OF METADATA>\. Is it/],
    ['a missing tag', edit(net, '<FIRST THRU NODE> 3\t\n', ''), /^n: has no <FIRST THRU NODE>\. Write 1 where/],
    ['a tag that is no number', edit(net, 'NODES> 4', 'NODES> four'), /^n:2: <NUMBER OF NODES> is "four"/],
    ['more zones than nodes', edit(net, 'ZONES> 2', 'ZONES> 9'), /^n:1: 9 zones among 4 nodes/],
    ['a file cut off', edit(net, ' 3 2 1000 1.5 2.5e0 0.15 4.446;\n', ''), /^n:4: declares 3 links, but the file has 2\. Fetch/],
    ['a word for a number', edit(net, '49500', '4_9500'), /^n:10: capacity is "4_9500", not a number/],
    ['too few columns', edit(net, ' 3 2 1000 1.5 2.5e0 0.15 4.446;', '3 2 1000 1.5;'), /^n:11: a link with 4 values\. Give init_node term_node capacity/],
    ['a node out of range', edit(net, '\t1\t3\t', '\t1\t5\t'), /^n:9: term_node is 5, but nodes are 1 to 4/],
    ['a negative time', edit(net, '2.5e0', '-2.5'), /^n:11: free_flow_time is -2.5/],
    ['no capacity', edit(net, '1000', '0'), /^n:11: capacity is 0 while/],
    ['data among the metadata', edit(net, '<NUMBER OF LINKS> 3', '<NUMBER OF LINKS> 3\n1 2 3'), /^n:5: "1 2 3" stands before <END OF METADATA>/],
    ['a factor that is none', edit(net, '<END', '<TOLL FACTOR> x\n<END'), /^n:6: <TOLL FACTOR> is "x"/],
  ])('network: %s', (_, text, message) => expect(() => readTntpNetwork(text, 'n')).toThrow(message))

  test('all faults at once', () => {
    expect(() => readTntpNetwork(edit(edit(net, '49500', 'x'), '25900.20064', 'y'), 'n')).toThrow(/2 problems[\s\S]*n:9[\s\S]*n:10/)
  })

  test.each([
    ['an unknown zone', edit(trips, ' 2 :    20.0', ' 3 :    20.0'), /^t:6: destination is "3", but zones are 1 to 2/],
    ['an unknown origin', edit(trips, 'Origin 2', 'Origin 0'), /^t:8: origin is "0", but zones are 1 to 2/],
    ['a word', edit(trips, '20.0', 'many'), /^t:6: trips to zone 2 are "many"/],
    ['a negative number', edit(trips, '20.0', '-1'), /^t:6: trips to zone 2 are "-1"/],
    ['a pair given twice', edit(trips, '2 : 0;', '1 : 3;'), /^t:9: trips from zone 2 to zone 1 stand in line 9 already/],
    ['trips before an origin', edit(trips, 'Origin \t1\n', ''), /t:5: trips before any origin/],
    ['an entry that is none', edit(trips, '1 : 5.5;', '1 = 5.5;'), /^t:9: "1 = 5\.5" is no entry of trips\. Write destination : trips/],
    ['no zones', edit(trips, '<NUMBER OF ZONES> 2\n', ''), /^t: has no <NUMBER OF ZONES>/],
  ])('trips: %s', (_, text, message) => expect(() => readTntpTrips(text, 't')).toThrow(message))

  test('files of two networks, and a negative cost', () => {
    const network = readTntpNetwork(net, 'n')
    const more = readTntpTrips(edit(trips, 'ZONES> 2', 'ZONES> 3'), 't')
    const factors = { tollFactor: 0, distanceFactor: 0 }
    expect(() => tntpAssignment(network, more, factors, { net: 'n', trips: 't' })).toThrow(/^t: has 3 zones, but n has 2\. Give the two files of one network/)
    const paid = readTntpNetwork(edit(net, '\t7\t', '\t-70\t'), 'n')
    expect(() => tntpAssignment(paid, readTntpTrips(trips, 't'), { tollFactor: 1, distanceFactor: 0 }, { net: 'n', trips: 't' })).toThrow(/^n:9: toll -70 makes/)
  })
})
