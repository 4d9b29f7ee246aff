import { describe, expect, test } from 'vitest'
import { advance, bed, greenAndRed } from '../../src/analysis/validation/bed'
import { assembleNetwork, crossSpec, JamCause, jamReport, straightSpec, type Network, type NetworkChange } from '../../src/sim'

const linksOf = ({ links }: Network): number[] => Array.from({ length: links.rows }, (_, link) => link)
/** Cars every 2 s from the start of the first link to the end of the last. */
const stream = (from: number, to: number, count = 120) => Array.from({ length: count }, (_, at) => ({ depart: 2 * at, from, to }))
const closes = (lane: number, tick: number): NetworkChange => ({ tick, kind: 'closeLane', row: lane, source: 'works' })

describe('a queue has its cause where it begins', () => {
  const network = assembleNetwork(straightSpec(1200, { parts: 4, signal: true }))

  test('at a red light', () => {
    const straight = greenAndRed(assembleNetwork(straightSpec(1200, { parts: 2, signal: true })), 20, 70)
    const world = bed(straight, stream(0, 1))
    let red = 0
    advance(world, 240, () => {
      const { cause, standing, chain } = jamReport(world, 0)
      if (cause !== JamCause.signal) return
      red++
      expect([chain, standing > 0]).toEqual([[0], true])
    })
    expect(red).toBeGreaterThan(200)
  })

  test('at a closed lane; the links that it spills back over are told in order', () => {
    const open = assembleNetwork(straightSpec(1200, { parts: 8, lanes: 3 }))
    const lanes = Array.from({ length: open.lanes.rows }, (_, lane) => lane).filter(lane => open.lanes.link[lane] === 6)
    const world = bed(open, stream(0, 7, 400).map((trip, at) => ({ ...trip, depart: at * 0.8 })), { changes: lanes.slice(0, 2).map(lane => closes(lane, 40)) })
    let longest: readonly number[] = []
    advance(world, 400, () => {
      for (let link = 0; link < 6; link++) {
        const { chain, cause } = jamReport(world, link)
        expect(chain).toEqual(chain.map((_, at) => link + at))
        if (cause === JamCause.closure && chain.length > longest.length) longest = chain
      }
    })
    expect(longest.length).toBeGreaterThan(1)
    expect([5, 6]).toContain(longest.at(-1))
  })

  test('nobody stands on an empty road', () => {
    const world = bed(network, [])
    expect(jamReport(world, 0)).toEqual({ link: 0, chain: [0], cause: JamCause.unknown, standing: 0 })
  })

  test('a full exit is followed to the next link, never in a circle', () => {
    const cross = assembleNetwork(crossSpec({}))
    const world = bed(cross, linksOf(cross).flatMap(from => stream(from, (from + 3) % cross.links.rows, 60)).filter(({ from, to }) => from !== to))
    for (let round = 0; round < 20; round++) {
      advance(world, 10)
      for (const link of linksOf(cross)) {
        const { chain } = jamReport(world, link)
        expect(new Set(chain).size).toBe(chain.length)
      }
    }
  })
})
