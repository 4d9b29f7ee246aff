import type { Network, Outcome } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { TurnTarget } from './document'
import { resolveTarget } from './roadTarget'

/** A turn of each movement that is meant, which stands for all lanes of it; `where` names the edit in messages. */
export function resolveTurns(turns: readonly TurnTarget[], city: ScenarioCity, where: string): Outcome<readonly number[]> {
  const links = resolveTarget({ links: turns.flatMap(({ from, to }) => [from, to]) }, city, where)
  if (!links.ok) return links
  const { network } = city
  const idOf = (link: number): string => network.strings[network.links.id[link]!] ?? ''
  const rows = new Map(links.value.map(link => [idOf(link), link]))
  const found = new Set<number>()
  const problems = turns.flatMap(({ from, to }) => {
    const movements = movementsFrom(network, rows.get(from)!)
    const turn = movements.get(rows.get(to)!)
    if (turn !== undefined) { found.add(turn); return [] }
    const known = [...movements.keys()].map(link => `"${idOf(link)}"`).join(', ')
    return [problem('scenario/unknown-turn', 'turn', `${from} ${to}`, `${where}: no lane of link "${from}" turns into link "${to}".`,
      known ? `It leads to ${known}.` : 'It leads nowhere; pick another turn on the map.')]
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: [...found].sort((a, b) => a - b) }
}

/** Links that a link turns into, each with the first turn that leads there. */
export function movementsFrom({ links, lanes, turns }: Network, link: number): Map<number, number> {
  const movements = new Map<number, number>()
  for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++) {
    for (let turn = lanes.turnFirst[lane]!; turn < lanes.turnFirst[lane]! + lanes.turnCount[lane]!; turn++) {
      const next = lanes.link[turns.toLane[turn]!]!
      if (!movements.has(next)) movements.set(next, turn)
    }
  }
  return movements
}
