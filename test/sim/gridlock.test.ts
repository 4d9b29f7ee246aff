import { describe, expect, test } from 'vitest'
import { Draft } from '../../src/analysis/validation/networks'
import { assembleNetwork, Control, gridSpec, interventionLog, LinkFlag, metresPerSecond, totals, type World } from '../../src/sim'
import { inputOf, runChecked, tripTable, type TripRow } from './support'

/**
 * A block of four one-way, one-lane streets, driven anticlockwise: everybody enters at a corner, drives three sides
 * and leaves at the last, so that the queue of every street reaches back into the corner before it.
 */
function fullBlock(spacing: number, control: number, perHour: number, count: number): { world: World; rows: TripRow[] } {
  const grid = gridSpec(2, { spacing, lanes: 1, control })
  const corners = [[0, 0], [spacing, 0], [spacing, spacing], [0, spacing]] as const
  const cornerOf = (node: number): number => corners.findIndex(([x, y]) => grid.nodes[node]!.x === x && grid.nodes[node]!.y === y)
  const links = grid.links.filter(({ from, to }) => cornerOf(from) < 0 || cornerOf(to) < 0 || cornerOf(to) === (cornerOf(from) + 1) % 4)
  const network = assembleNetwork({ ...grid, links })
  const { links: table } = network
  const ends = corners.map((_, corner) => {
    const rows = Array.from({ length: table.rows }, (__, link) => link)
    return {
      in: rows.find(link => table.flags[link]! & LinkFlag.gatewayIn && cornerOf(table.toNode[link]!) === corner)!,
      out: rows.find(link => table.flags[link]! & LinkFlag.gatewayOut && cornerOf(table.fromNode[link]!) === corner)!,
    }
  })
  const rows = corners.flatMap((_, corner) => Array.from({ length: count }, (__, k) => ({
    id: corner * count + k, depart: Math.round((k * 7200) / perHour), from: ends[corner]!.in, to: ends[(corner + 3) % 4]!.out,
  })))
  return { world: runChecked(inputOf(network, tripTable(network, rows), { rerouteShare: 0 }), 12000), rows }
}

const cases: [string, number][] = [['all-way stops', Control.allWay], ['priority', Control.priority], ['signals', Control.signal]]

describe('a block filled all round', () => {
  const runs = cases.map(([name, control]) => ({ name, ...fullBlock(60, control, 1200, 25) }))

  test.each(runs)('with $name empties itself: everybody arrives, nobody disappears', ({ world, rows }) => {
    expect(totals(world)).toMatchObject({ departures: rows.length, arrived: rows.length, running: 0, waiting: 0, unreachable: 0 })
  })

  test.each(runs)('with $name logs every intervention that it counts, with tick, node and trip', ({ world, rows }) => {
    const log = interventionLog(world)
    expect(log).toHaveLength(totals(world).interventions)
    log.forEach(({ tick, node, trip }, at) => {
      expect(tick).toBeGreaterThanOrEqual(log[at - 1]?.tick ?? 0)
      expect(tick).toBeLessThan(world.tick)
      expect(node).toBeLessThan(world.input.network.nodes.rows)
      expect(rows.some(({ id }) => id === trip)).toBe(true)
    })
  })

  // Should the engine ever need nobody here, a tighter block has to take its place.
  test('somebody had to be let through, but few', () => {
    const count = runs.reduce((sum, { world }) => sum + totals(world).interventions, 0)
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(60)
  })
})

test('a roundabout that four queues enter, everybody bound three quarters round, empties itself', () => {
  const draft = new Draft()
  const corners = [[-18, 0], [0, -18], [18, 0], [0, 18]] as const
  const ring = corners.map(([x, y]) => draft.node(x, y, Control.roundabout))
  const arms = corners.map(([x, y], at) => {
    const end = draft.gateway(x * 15, y * 15)
    return { in: draft.link(end, ring[at]!, 1, { placement: 'left' }), out: draft.link(ring[at]!, end, 1, { placement: 'left' }) }
  })
  for (let at = 0; at < 4; at++) {
    const points = Array.from({ length: 9 }, (_, k) => {
      const angle = Math.PI * (1 + at / 2 + k / 16)
      return [18 * Math.cos(angle), 18 * Math.sin(angle), 0]
    }).flat()
    draft.link(ring[at]!, ring[(at + 1) % 4]!, 1, { flags: LinkFlag.oneway | LinkFlag.roundabout, speedLimit: metresPerSecond(30), points })
  }
  const network = draft.network()
  const rows = arms.flatMap((arm, at) => Array.from({ length: 40 }, (_, k) => ({ id: at * 40 + k, depart: k * 6, from: arm.in, to: arms[(at + 3) % 4]!.out })))
  const world = runChecked(inputOf(network, tripTable(network, rows), { rerouteShare: 0 }), 3600)
  expect(totals(world)).toMatchObject({ departures: 160, arrived: 160, running: 0, waiting: 0, unreachable: 0 })
  expect(totals(world).interventions).toBeLessThan(8)
})
