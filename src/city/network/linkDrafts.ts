import type { Gateways } from './gateways'
import type { LinkDraft } from './movements'
import { linksAt } from './movements'
import type { Places } from './places'
import { strongComponents, type Dropped } from './prune'
import { turned, type Stretch } from './stretches'

/** Directed links of all stretches, sorted by id. Ids: way, sense, index of the node where the piece starts. */
export function draftLinks(stretches: readonly Stretch[], places: Places, gateways: Gateways): LinkDraft[] {
  const links: LinkDraft[] = []
  for (const [index, stretch] of stretches.entries()) {
    links.push(draft(stretch, index, false, places, gateways))
    if (!stretch.main.edge.road.oneway) links.push(draft(turned(stretch), index, true, places, gateways))
  }
  return links.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function draft(stretch: Stretch, index: number, reversed: boolean, places: Places, gateways: Gateways): LinkDraft {
  const first = stretch.parts[0]!
  const last = stretch.parts.at(-1)!
  const nodes = stretch.parts.flatMap((part, i) => {
    const list = part.reversed ? part.edge.nodes.toReversed() : part.edge.nodes
    return i === 0 ? [...list] : list.slice(1)
  })
  const fromNode = nodes[0]!
  const toNode = nodes.at(-1)!
  const [startX, startY] = heading(nodes, places)
  const [backX, backY] = heading(nodes.toReversed(), places)
  return {
    id: `${first.edge.road.key}${first.reversed ? '-' : '+'}${first.edge.index}`,
    road: stretch.main.edge.road, stretch: index, reversed,
    from: gateways.group.get(fromNode) ?? stretch.from, to: gateways.group.get(toNode) ?? stretch.to, fromNode, toNode,
    firstWay: first.edge.road.key, lastWay: last.edge.road.key,
    startX, startY, endX: -backX, endY: -backY,
  }
}

/** Unit vector over the first 15 m. */
function heading(nodes: readonly number[], places: Places): [number, number] {
  const [x0, y0] = places.at(nodes[0]!)
  let dx = 0
  let dy = 0
  for (const id of nodes.slice(1)) {
    const [x, y] = places.at(id)
    dx = x - x0
    dy = y - y0
    if (Math.hypot(dx, dy) >= 15) break
  }
  const length = Math.hypot(dx, dy) || 1
  return [dx / length, dy / length]
}

/**
 * Keeps the links that reach each other over allowed movements, with gateways joined outside. Turning back is possible
 * only where a road ends, so some directions that a graph of nodes calls connected are not.
 */
export function keepReachable(
  drafted: readonly LinkDraft[], stretches: readonly Stretch[], places: Places, gateways: ReadonlySet<number>,
  bansOf: (links: readonly LinkDraft[]) => readonly { from: number; to: number }[], dropped: Dropped[],
): { links: LinkDraft[] } {
  const banned = new Set(bansOf(drafted).map(({ from, to }) => `${from} ${to}`))
  const outside = drafted.length
  const arcs: number[][] = Array.from({ length: outside + 1 }, () => [])
  for (const [node, { entering, leaving }] of linksAt(drafted)) {
    if (gateways.has(node)) {
      for (const from of entering) arcs[from]!.push(outside)
      arcs[outside]!.push(...leaving)
      continue
    }
    for (const from of entering) {
      const exits = leaving.filter(to => !banned.has(`${from} ${to}`))
      const forward = exits.filter(to => drafted[to]!.stretch !== drafted[from]!.stretch)
      arcs[from]!.push(...(forward.length > 0 ? forward : exits))
    }
  }
  const component = strongComponents(arcs)
  const weight = new Map<number, number>()
  for (const [row, link] of drafted.entries()) weight.set(component[row]!, (weight.get(component[row]!) ?? 0) + stretches[link.stretch]!.length)
  const main = [...weight].sort((a, b) => b[1] - a[1])[0]![0]
  for (const [row, link] of drafted.entries()) {
    if (component[row] === main) continue
    dropped.push({ reason: 'unconnected', name: link.road.name || link.id, length: stretches[link.stretch]!.length, edges: 1, at: places.at(link.fromNode) })
  }
  return { links: drafted.filter((_, row) => component[row] === main) }
}
