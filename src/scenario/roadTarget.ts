import { Direction, type Network, type Outcome, type Problem } from '../sim'
import type { ScenarioCity } from './city'
import { problem } from './checks'
import type { RoadTarget } from './document'

const headings = { north: [0, 1], east: [1, 0], south: [0, -1], west: [-1, 0] } as const
const headingWords = { north: 'northbound', east: 'eastbound', south: 'southbound', west: 'westbound' } as const

/** Links that a target means, ascending; `where` names the edit in messages. */
export function resolveTarget(target: RoadTarget, city: ScenarioCity, where: string): Outcome<readonly number[]> {
  return 'links' in target ? resolveIds(target.links, city, where) : resolveRoad(target, city, where)
}

interface Names { readonly rows: ReadonlyMap<string, number>; readonly named: ReadonlyMap<string, readonly number[]> }
const names = new WeakMap<Network, Names>()

/** Links of a network by their id, and by the name of their road, ascending: made once, as a document may name thousands. */
function namesOf(network: Network): Names {
  const known = names.get(network)
  if (known) return known
  const rows = new Map<string, number>()
  const named = new Map<string, number[]>()
  for (let link = 0; link < network.links.rows; link++) {
    rows.set(network.strings[network.links.id[link]!] ?? '', link)
    const name = network.strings[network.links.name[link]!] ?? ''
    const own = named.get(name)
    if (own) own.push(link)
    else named.set(name, [link])
  }
  names.set(network, { rows, named })
  return { rows, named }
}

function resolveIds(ids: readonly string[], { network }: ScenarioCity, where: string): Outcome<readonly number[]> {
  const { rows } = namesOf(network)
  const unknown = ids.filter(id => !rows.has(id))
  if (unknown.length > 0) {
    return {
      ok: false, problems: unknown.map(id => problem('scenario/unknown-link', 'link', id,
        `${where}: the city has no link "${id}".`, 'Pick the road on the map again, or name it with "road".')),
    }
  }
  return { ok: true, value: [...new Set(ids.map(id => rows.get(id)!))].sort((a, b) => a - b) }
}

function resolveRoad(target: Extract<RoadTarget, { road: string }>, city: ScenarioCity, where: string): Outcome<readonly number[]> {
  const { network } = city
  const named = namesOf(network).named.get(target.road) ?? []
  const refuse = (problems: Problem[]): Outcome<readonly number[]> => ({ ok: false, problems })
  if (named.length === 0) {
    const similar = similarNames(network, target.road)
    return refuse([problem('scenario/unknown-road', 'road', target.road, `${where}: the city has no road named "${target.road}".`,
      similar.length > 0 ? `Did you mean ${similar.map(name => `"${name}"`).join(', ')}?` : 'Look its name up on the map.')])
  }
  let chosen = named
  if (target.heading) {
    const [hx, hy] = headings[target.heading]
    const direction = carriagewayDirections(network, named)
    // Within 45 degrees of the heading.
    chosen = named.filter(link => {
      const [x, y] = direction.get(link)!
      const along = x * hx + y * hy
      return along > 0 && along * along * 2 >= x * x + y * y
    })
  }
  if (chosen.length === 0) {
    return refuse([problem('scenario/no-heading', 'road', target.road,
      `${where}: "${target.road}" has no ${headingWords[target.heading!]} carriageway.`, 'Choose another heading, or leave it out.')])
  }
  if (target.from ?? target.to) chosen = stretch(chosen, target, city)
  if (chosen.length === 0) {
    return refuse([problem('scenario/empty-stretch', 'road', target.road,
      `${where}: no part of "${target.road}" lies between "from" and "to".`, 'Give points on the road, [longitude, latitude].')])
  }
  return { ok: true, value: chosen }
}

/**
 * Overall direction of the carriageway that each link belongs to: links of the same name that follow one another
 * straight on or to the right are one carriageway, so a bend in it does not change its heading. Where a chain bends
 * back on itself the link's own direction counts.
 */
export function carriagewayDirections(network: Network, named: readonly number[]): Map<number, [number, number]> {
  const { links, lanes, turns, points } = network
  const group = new Map(named.map(link => [link, link]))
  const root = (link: number): number => {
    while (group.get(link) !== link) link = group.get(link)!
    return link
  }
  for (const link of named) {
    for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++) {
      for (let turn = lanes.turnFirst[lane]!; turn < lanes.turnFirst[lane]! + lanes.turnCount[lane]!; turn++) {
        const next = lanes.link[turns.toLane[turn]!]!
        if (turns.direction[turn] !== Direction.straight || !group.has(next)) continue
        const [a, b] = [root(link), root(next)]
        group.set(Math.max(a, b), Math.min(a, b))
      }
    }
  }
  const own = (link: number): [number, number] => {
    const first = links.pointFirst[link]!
    const last = first + links.pointCount[link]! - 1
    return [points.x[last]! - points.x[first]!, points.y[last]! - points.y[first]!]
  }
  const sums = new Map<number, { x: number; y: number; length: number }>()
  for (const link of named) {
    const sum = sums.get(root(link)) ?? { x: 0, y: 0, length: 0 }
    const [x, y] = own(link)
    sums.set(root(link), { x: sum.x + x, y: sum.y + y, length: sum.length + links.length[link]! })
  }
  return new Map(named.map(link => {
    const { x, y, length } = sums.get(root(link))!
    const straight = x * x + y * y > 0.25 * length * length
    return [link, straight ? [x, y] : own(link)]
  }))
}

/** Links whose middle projects between the two points; a missing point leaves that side open. */
function stretch(links: readonly number[], target: Extract<RoadTarget, { road: string }>, city: ScenarioCity): number[] {
  const { network } = city
  const middle = (link: number): readonly [number, number] => {
    const first = network.links.pointFirst[link]!
    const last = first + network.links.pointCount[link]! - 1
    return [(network.points.x[first]! + network.points.x[last]!) / 2, (network.points.y[first]! + network.points.y[last]!) / 2]
  }
  const distance = ([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number => Math.sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by))
  const farthest = (point: readonly [number, number]): readonly [number, number] =>
    links.map(middle).reduce((best, each) => distance(each, point) > distance(best, point) ? each : best)
  const given = { from: target.from && city.toPlane(...target.from), to: target.to && city.toPlane(...target.to) }
  const from = given.from ?? farthest(given.to!)
  const to = given.to ?? farthest(given.from!)
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  return links.filter(link => {
    const [x, y] = middle(link)
    const along = (x - from[0]) * dx + (y - from[1]) * dy
    return along >= 0 && along <= dx * dx + dy * dy
  })
}

function similarNames(network: Network, wanted: string): string[] {
  const names = new Set<string>()
  for (let link = 0; link < network.links.rows; link++) {
    const name = network.strings[network.links.name[link]!]
    if (name) names.add(name)
  }
  const shared = (name: string): number => [...new Set(wanted)].filter(letter => name.includes(letter)).length
  return [...names].filter(name => shared(name) >= Math.max(2, new Set(wanted).size / 2))
    .sort((a, b) => shared(b) - shared(a) || (a < b ? -1 : 1)).slice(0, 3)
}
