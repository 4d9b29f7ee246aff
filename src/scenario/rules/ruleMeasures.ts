import type { Outcome, PeopleInput, RuleMeasure } from '../../sim'
import { problem } from '../checks'
import type { ScenarioCity } from '../city'
import type { RuleCondition, Scenario } from '../document'
import { topFloor } from '../ground/place'
import { resolveTarget } from '../roadTarget'

/**
 * What the simulation watches for a condition, or what the city lacks for it; null = it is about people where nobody
 * walks in this run, so it can never be met.
 *
 * @param where  names the rule in messages
 */
export function ruleMeasure(when: RuleCondition, id: string, scenario: Scenario, city: ScenarioCity, people: PeopleInput | undefined, where: string): Outcome<RuleMeasure | null> {
  if (when.measure === 'roadQueue' || when.measure === 'roadSpeed') {
    const links = resolveTarget(when.target, city, where)
    return links.ok ? { ok: true, value: { kind: when.measure, links: links.value } } : links
  }
  if (!people) return { ok: true, value: null }
  const unknown = (thing: string, name: string, known: readonly string[], remedy: string): Outcome<never> =>
    ({ ok: false, problems: [problem(`scenario/unknown-${thing}`, 'rule', id, `${where}: the run has no ${thing} "${name}".`, known.length > 0 ? `It has ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}.` : remedy)] })
  const { crowd: { space } } = people
  const walked = new Set(space.floors.map(floor => floor.id))
  switch (when.measure) {
    case 'crowdDensity': {
      const floors = densityFloors(when.place, city)
      if (floors.length === 0) {
        return typeof when.place === 'string' ? unknown('place', when.place, city.areas.map(area => area.id), 'Draw a circle on ground that people walk on.')
          : { ok: false, problems: [problem('scenario/off-ground', 'rule', id, `${where}: the middle of its circle lies on no ground that people walk on.`, 'Move it on to a square or a hall.')] }
      }
      const there = floors.filter(floor => walked.has(floor))
      if (there.length === 0) return { ok: true, value: null }
      if (typeof when.place === 'string') return { ok: true, value: { kind: 'crowdDensity', floors: there } }
      const [x, y] = city.toPlane(...when.place.middle)
      return { ok: true, value: { kind: 'crowdDensity', floors: there, circle: { x, y, radius: when.place.radiusM } } }
    }
    case 'gateQueue': {
      const own = `edit:${when.gate}`
      const gate = space.gates.find(each => each.id === own || each.id === when.gate)
      const edits = scenario.edits.flatMap(edit => (edit.kind === 'gate' && edit.enabled ? [edit.id] : []))
      return gate ? { ok: true, value: { kind: 'gateQueue', gate: gate.id } }
        : edits.includes(when.gate) ? { ok: true, value: null }
          : unknown('gate', when.gate, [...edits, ...space.gates.flatMap(each => (each.id.startsWith('edit:') || each.id.startsWith('rule:') ? [] : [each.id]))], 'Set a gate on the ground first.')
    }
    case 'rankQueue':
      return people.ranks.includes(when.rank) ? { ok: true, value: { kind: 'rankQueue', rank: when.rank } } : unknown('rank', when.rank, people.ranks, 'Let some of the audience take taxis.')
    case 'platformLoad': case 'platformDensity': {
      const platforms = platformsOf(people)
      const floors = [...platforms].flatMap(([floor, names]) => (floor === when.station || names.includes(when.station) ? [floor] : []))
      return floors.length > 0 ? { ok: true, value: { kind: when.measure, floors } } : unknown('station', when.station, [...new Set([...platforms.values()].map(([name]) => name!))], 'Nobody walks on a platform in this run.')
    }
    case 'lineFlow': {
      const lines = people.countLines?.map(line => line.id) ?? []
      return lines.includes(when.line) ? { ok: true, value: { kind: 'lineFlow', line: when.line } } : unknown('count line', when.line, lines, 'Draw a line to count at first.')
    }
  }
}

/** Floors of an area without its stairs, a single one, or the uppermost under the middle of a circle; by "area/floor". */
function densityFloors(place: Extract<RuleCondition, { measure: 'crowdDensity' }>['place'], city: ScenarioCity): string[] {
  const named = (keep: (area: string, floor: string) => boolean): string[] =>
    city.areas.flatMap(({ id, space: { floors } }) => floors.flatMap(floor => (floor.ascent || !keep(id, floor.id) ? [] : [`${id}/${floor.id}`])))
  if (typeof place === 'string') return named((area, floor) => place === area || place === `${area}/${floor}`)
  const { middle, level } = place
  if (level !== undefined) return named((area, floor) => level === `${area}/${floor}`)
  const [x, y] = city.toPlane(...middle)
  const top = topFloor([x, y], city)
  return top ? [`${top.area.id}/${top.floor}`] : []
}

/** Floors with doors of trains, and the names of their stations in both languages. */
function platformsOf({ crowd: { space }, goalStop, transit, transitNames }: PeopleInput): Map<string, string[]> {
  const platforms = new Map<string, string[]>()
  for (const [goal, { floor }] of space.goals.entries()) {
    if (goalStop[goal]! < 0) continue
    const station = transitNames?.stations[transit!.stops.place[goalStop[goal]!]!]
    platforms.set(floor, station ? [station.zh, station.en] : [floor])
  }
  return platforms
}
