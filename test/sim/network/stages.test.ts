import { describe, expect, test } from 'vitest'
import { assembleNetwork, ConflictKind, Control, createWorld, Direction, gridSpec, LinkFlag, RoadClass, uniform, type LinkSpec, type Network, type NetworkSpec } from '../../../src/sim'
import { inputOf, mean, run, travelTimes, tripTable } from '../support'

/** A signalised crossing of three to five arms in any directions, with any numbers of lanes and classes of road. */
function crossing(seed: number): NetworkSpec {
  const draw = (k: number): number => uniform(seed, 99, k, 0)
  const arms = 3 + Math.floor(draw(0) * 3)
  const base = gridSpec(1)
  const nodes = [base.nodes[0]!, ...Array.from({ length: arms }, (_, at) => {
    const angle = (2 * Math.PI * (at + 0.5 * draw(10 + at))) / arms
    return { ...base.nodes[1]!, id: `arm${at}`, x: 300 * Math.cos(angle), y: 300 * Math.sin(angle) }
  })]
  const links = Array.from({ length: arms }, (_, at): LinkSpec[] => {
    const lanes = Array.from({ length: 1 + Math.floor(draw(30 + at) * 5) }, () => ({ width: 3.25, allowed: 0xffff, marks: 0 }))
    const of = (from: number, to: number): LinkSpec => ({
      ...base.links[0]!, id: `l${from}-${to}`, from, to, lanes, class: [RoadClass.primary, RoadClass.secondary, RoadClass.tertiary][Math.floor(draw(50 + at) * 3)]!,
      points: [nodes[from]!.x, nodes[from]!.y, 0, nodes[to]!.x, nodes[to]!.y, 0], placement: 'left', flags: from === 0 ? LinkFlag.gatewayOut : LinkFlag.gatewayIn,
    })
    return [of(at + 1, 0), of(0, at + 1)]
  }).flat()
  return { nodes, links, bans: [] }
}

interface Stage { readonly green: number; readonly greenMin: number; readonly yellow: number; readonly allRed: number; readonly protectedMask: number; readonly permittedMask: number }
const stagesOf = ({ stages }: Network): Stage[] => Array.from({ length: stages.rows }, (_, row) => ({
  green: stages.green[row]!, greenMin: stages.greenMin[row]!, yellow: stages.yellow[row]!, allRed: stages.allRed[row]!,
  protectedMask: stages.protectedMask[row]!, permittedMask: stages.permittedMask[row]!,
}))

describe.each(Array.from({ length: 12 }, (_, seed) => seed + 1))('the generated plan of crossing %d', seed => {
  const network = assembleNetwork(crossing(seed))
  const { turns, conflicts, groups } = network
  const stages = stagesOf(network)

  test('never gives two ways that cross or merge a green of their own', () => {
    for (let row = 0; row < conflicts.rows; row++) {
      if (conflicts.kind[row] === ConflictKind.diverging) continue
      const [a, b] = [turns.group[conflicts.turn[row]!]!, turns.group[conflicts.other[row]!]!]
      if (a === b) continue
      for (const { protectedMask } of stages) expect(protectedMask & (1 << a) && protectedMask & (1 << b), `groups ${a} and ${b}`).toBeFalsy()
    }
  })

  test('lets everybody go once in a cycle, with 3 s of yellow, 2 s of all-red, and time to walk across', () => {
    const shown = stages.reduce((bits, { protectedMask, permittedMask }) => bits | protectedMask | permittedMask, 0)
    expect(shown >>> 0).toBe(2 ** groups.rows - 1)
    for (const { green, yellow, allRed, protectedMask } of stages) {
      expect([yellow, allRed]).toEqual([3, 2])
      const leftOnly = protectedMask !== 0 && Array.from(groups.direction).every((direction, group) => !(protectedMask & (1 << group)) || direction !== Direction.straight)
      expect(green).toBeGreaterThanOrEqual(leftOnly ? 10 : 15)
    }
  })

  test('lets right turns go in every stage, giving way where others have green', () => {
    for (let group = 0; group < groups.rows; group++)
      if (groups.direction[group] === Direction.right)
        for (const { protectedMask, permittedMask } of stages) if (protectedMask !== 0) expect((protectedMask | permittedMask) & (1 << group), `group ${group}`).toBeTruthy()
  })
})

test('who turns right at red waits for a gap only, who drives straight on waits for green', () => {
  const network = assembleNetwork(gridSpec(1, { lanes: 3, control: Control.signal }))
  const { links, turns, lanes } = network
  const from = Array.from(links.flags).findIndex(flags => flags & LinkFlag.gatewayIn)
  const exitOf = (direction: number): number => {
    const turn = Array.from(turns.direction).findIndex((each, row) => each === direction && lanes.link[turns.fromLane[row]!] === from)
    return lanes.link[turns.toLane[turn]!]!
  }
  const time = (direction: number): number => {
    const trips = tripTable(network, Array.from({ length: 24 }, (_, k) => ({ depart: k * 47, from, to: exitOf(direction), toOffset: 100 })))
    return mean(travelTimes(run(createWorld(inputOf(network, trips)), 1600)))
  }
  expect(time(Direction.right)).toBeLessThan(time(Direction.straight) - 8)
})
