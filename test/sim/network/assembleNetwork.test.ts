import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, ConflictKind, Control, Direction, NodeKind, RoadClass, Yield, type LinkSpec, type Network, type NetworkSpec, type NodeSpec,
} from '../../../src/sim'

const node = (id: string, x: number, y: number, kind: number = NodeKind.end, control: number = Control.none): NodeSpec => ({ id, x, y, z: 0, kind, control })
function link(nodes: readonly NodeSpec[], from: number, to: number, lanes: number, roadClass: number = RoadClass.primary): LinkSpec {
  const a = nodes[from]!, b = nodes[to]!
  return {
    id: `${a.id}-${b.id}`, from, to, class: roadClass, speedLimit: 60 / 3.6, flags: 0, layer: 0, zone: -1, placement: 'left',
    points: [a.x, a.y, a.z, b.x, b.y, b.z],
    lanes: Array.from({ length: lanes }, () => ({ width: 3.25, allowed: 0xffff, marks: 0 })),
  }
}
/** Crossing of two roads, turned by `angle`; arms of 200 m. */
function crossing(control: number, lanesMain: number, lanesSide: number, angle = 0): NetworkSpec {
  const at = (r: number, phi: number): [number, number] => [r * Math.cos(phi + angle), r * Math.sin(phi + angle)]
  const nodes = [node('c', 0, 0, NodeKind.junction, control), ...['e', 'n', 'w', 's'].map((id, i) => node(id, ...at(200, (i * Math.PI) / 2)))]
  const lanes = (arm: number): number => (arm % 2 === 1 ? lanesMain : lanesSide)
  const classOf = (arm: number): number => (arm % 2 === 1 ? RoadClass.primary : RoadClass.tertiary)
  return { nodes, bans: [], links: [1, 2, 3, 4].flatMap(arm => [link(nodes, arm, 0, lanes(arm), classOf(arm)), link(nodes, 0, arm, lanes(arm), classOf(arm))]) }
}
const linkOf = (n: Network, lane: number): number => n.lanes.link[lane]!
/** Whether any turns of two groups cross or merge. */
function groupsConflict(n: Network, a: number, b: number): boolean {
  for (let c = 0; c < n.conflicts.rows; c++)
    if (n.conflicts.kind[c] !== ConflictKind.diverging && n.turns.group[n.conflicts.turn[c]!] === a && n.turns.group[n.conflicts.other[c]!] === b) return true
  return false
}

describe('assembleNetwork', () => {
  test.each([[Control.signal, 3, 2], [Control.signal, 1, 1], [Control.signal, 4, 4], [Control.priority, 2, 1], [Control.allWay, 1, 1]])(
    'control %d with %d and %d lanes: every movement exists and every lane leads somewhere', (control, main, side) => {
      const n = assembleNetwork(crossing(control, main, side))
      const movements = new Set(Array.from(n.turns.fromLane, (lane, t) => `${linkOf(n, lane)}>${linkOf(n, n.turns.toLane[t]!)}`))
      for (const from of [0, 2, 4, 6]) for (const to of [1, 3, 5, 7])
        if (to !== from + 1) expect(movements).toContain(`${from}>${to}`)
      for (let lane = 0; lane < n.lanes.rows; lane++)
        if (n.links.toNode[linkOf(n, lane)] === 0) expect(n.lanes.turnCount[lane]).toBeGreaterThan(0)
    })

  test('turns of a lane are consecutive and their paths join the lanes', () => {
    const n = assembleNetwork(crossing(Control.signal, 3, 2))
    for (let lane = 0; lane < n.lanes.rows; lane++)
      for (let i = 0; i < n.lanes.turnCount[lane]!; i++) expect(n.turns.fromLane[n.lanes.turnFirst[lane]! + i]).toBe(lane)
    for (let t = 0; t < n.turns.rows; t++) {
      const last = n.turns.pointFirst[t]! + n.turns.pointCount[t]! - 1
      const start = n.lanes.pointFirst[n.turns.toLane[t]!]!
      expect(Math.hypot(n.points.x[last]! - n.points.x[start]!, n.points.y[last]! - n.points.y[start]!)).toBeLessThan(0.05)
    }
  })

  test.each([[3, 2], [2, 2], [1, 1], [4, 3], [5, 1]])('a plan for %d and %d lanes never shows green to two streams that cross', (main, side) => {
    const n = assembleNetwork(crossing(Control.signal, main, side))
    const { programs, stages } = n
    const shown = new Set<number>()
    for (let s = 0; s < programs.stageCount[0]!; s++) {
      const mask = stages.protectedMask[programs.stageFirst[0]! + s]!
      for (let a = 0; a < programs.groupCount[0]!; a++) {
        if ((mask | stages.permittedMask[programs.stageFirst[0]! + s]!) & (1 << a)) shown.add(a)
        for (let b = 0; b < programs.groupCount[0]!; b++)
          if (a !== b && mask & (1 << a) && mask & (1 << b)) expect(groupsConflict(n, programs.groupFirst[0]! + a, programs.groupFirst[0]! + b)).toBe(false)
      }
    }
    expect(shown.size).toBe(programs.groupCount[0])
  })

  test('through streams of crossing roads conflict, of one road do not, and every conflict stands on both sides', () => {
    const n = assembleNetwork(crossing(Control.priority, 1, 1))
    const turn = (from: number, to: number): number => Array.from({ length: n.turns.rows }, (_, t) => t).find(t => linkOf(n, n.turns.fromLane[t]!) === from && linkOf(n, n.turns.toLane[t]!) === to)!
    const meets = (a: number, b: number): number => Array.from({ length: n.conflicts.rows }, (_, c) => c).findIndex(c => n.conflicts.turn[c] === a && n.conflicts.other[c] === b)
    const eastbound = turn(4, 1), westbound = turn(0, 5), northbound = turn(6, 3)
    expect(meets(eastbound, westbound)).toBe(-1)
    const crossing1 = meets(eastbound, northbound), crossing2 = meets(northbound, eastbound)
    expect(n.conflicts.kind[crossing1]).toBe(ConflictKind.crossing)
    expect(n.conflicts.yields[crossing1]).toBe(Yield.other)
    expect(n.conflicts.yields[crossing2]).toBe(Yield.owner)
    for (let c = 0; c < n.conflicts.rows; c++) {
      const mirror = meets(n.conflicts.other[c]!, n.conflicts.turn[c]!)
      expect(n.conflicts.start[mirror]).toBe(n.conflicts.otherStart[c])
      expect(n.conflicts.end[c]).toBeLessThanOrEqual(n.turns.length[n.conflicts.turn[c]!]! + 0.02)
    }
  })

  test('turning the city by 37 degrees changes no turn, no conflict and no length', () => {
    const a = assembleNetwork(crossing(Control.signal, 3, 2)), b = assembleNetwork(crossing(Control.signal, 3, 2, 0.65))
    expect(Array.from(b.turns.direction)).toEqual(Array.from(a.turns.direction))
    expect(Array.from(b.turns.toLane)).toEqual(Array.from(a.turns.toLane))
    expect(b.conflicts.rows).toBe(a.conflicts.rows)
    expect(Array.from(b.stages.protectedMask)).toEqual(Array.from(a.stages.protectedMask))
    for (let t = 0; t < a.turns.rows; t++) expect(b.turns.length[t]).toBeCloseTo(a.turns.length[t]!, 1)
  })

  test('a slip road takes the kerb lanes and the main road runs on', () => {
    const nodes = [node('w', -300, 0), node('g', 0, 0, NodeKind.junction), node('e', 300, 0), node('r', 250, -60)]
    const lane = (from: number, to: number, lanes: number, roadClass: number): LinkSpec => ({ ...link(nodes, from, to, lanes, roadClass), placement: 'centre' })
    const n = assembleNetwork({ nodes, bans: [], links: [lane(0, 1, 4, RoadClass.trunk), lane(1, 2, 3, RoadClass.trunk), lane(1, 3, 1, RoadClass.trunkLink)] })
    const pairs = Array.from(n.turns.fromLane, (from, t) => `${n.lanes.index[from]}>${linkOf(n, n.turns.toLane[t]!)}.${n.lanes.index[n.turns.toLane[t]!]}`)
    expect(pairs.sort()).toEqual(['0>2.0', '1>1.0', '2>1.1', '3>1.2'])
  })

  test('a ramp that joins merges into the kerb lane and gives way', () => {
    const nodes = [node('w', -300, 0), node('m', 0, 0, NodeKind.junction, Control.priority), node('e', 300, 0), node('r', -250, -60)]
    const lane = (from: number, to: number, lanes: number, roadClass: number): LinkSpec => ({ ...link(nodes, from, to, lanes, roadClass), placement: 'centre' })
    const n = assembleNetwork({ nodes, bans: [], links: [lane(0, 1, 3, RoadClass.trunk), lane(3, 1, 1, RoadClass.trunkLink), lane(1, 2, 3, RoadClass.trunk)] })
    const ramp = Array.from({ length: n.turns.rows }, (_, t) => t).filter(t => linkOf(n, n.turns.fromLane[t]!) === 1)
    expect(ramp.map(t => n.lanes.index[n.turns.toLane[t]!])).toEqual([0])
    expect(n.turns.direction[ramp[0]!]).toBe(Direction.straight)
    const merge = Array.from({ length: n.conflicts.rows }, (_, c) => c).filter(c => n.conflicts.turn[c] === ramp[0])
    expect(merge.map(c => [n.conflicts.kind[c], n.conflicts.yields[c]])).toEqual([[ConflictKind.merging, Yield.owner]])
  })

  test('a link without lanes is refused by name', () => {
    const spec = crossing(Control.signal, 1, 1)
    expect(() => assembleNetwork({ ...spec, links: [{ ...spec.links[0]!, lanes: [] }] })).toThrow('link e-c (0) has no lanes')
  })
})
