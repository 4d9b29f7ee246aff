import type { Network, NetworkSpec, NodeSpec, TurnSpec } from '../../sim'
import type { Notes } from './importReport'

/** m: on a shorter link nobody can change lanes between two stop lines. */
const SHORT = 15

/**
 * Programs with instantaneous lane changes let a vehicle cross all lanes of a link of a few metres. Here it could not,
 * and would stand: so each lane of such a link leads to all its exits, beside the lanes that lead there in the source,
 * with their light and right of way. Answers the spec itself where there is none.
 */
export function easeShortLinks(spec: NetworkSpec, network: Network, approximated: Notes): NetworkSpec {
  const given = spec.turns ?? []
  const byLink = new Map<number, number[]>()
  for (const [index, { from }] of given.entries()) byLink.set(from, [...byLink.get(from) ?? [], index])
  const turns: TurnSpec[] = [...given]
  const twins = new Map<number, number[]>() // given turn -> added turns with its light
  for (const [link, { id, lanes }] of spec.links.entries()) {
    const own = byLink.get(link)
    if (lanes.length < 2 || network.links.length[link]! >= SHORT || !own) continue
    for (const to of new Set(own.map(index => given[index]!.to))) {
      const leading = own.filter(index => given[index]!.to === to)
      for (let lane = 0; lane < lanes.length; lane++) {
        if (leading.some(index => given[index]!.fromLane === lane)) continue
        const near = leading.toSorted((a, b) => Math.abs(given[a]!.fromLane - lane) - Math.abs(given[b]!.fromLane - lane) || a - b)[0]!
        if ((lanes[lane]!.allowed & spec.links[to]!.lanes[given[near]!.toLane]!.allowed) === 0) continue
        twins.set(near, [...twins.get(near) ?? [], turns.length])
        turns.push({ ...given[near]!, fromLane: lane })
        approximated.add(`links under ${SHORT} m, too short to change lanes on: each lane leads to every exit`, id)
      }
    }
  }
  if (twins.size === 0) return spec
  const withTwins = (list: readonly number[]): number[] => list.flatMap(index => [index, ...twins.get(index) ?? []])
  const nodes = spec.nodes.map((node): NodeSpec => (node.signal ? {
    ...node, signal: { ...node.signal, stages: node.signal.stages.map(stage => ({ ...stage, protectedTurns: withTwins(stage.protectedTurns), permittedTurns: withTwins(stage.permittedTurns) })) },
  } : node))
  return { ...spec, nodes, turns: turns.map(turn => (turn.yieldsTo ? { ...turn, yieldsTo: withTwins(turn.yieldsTo) } : turn)) }
}
