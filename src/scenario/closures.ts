import { connectedLinks } from '../city'
import type { NetworkChange, Problem } from '../sim'
import type { ScenarioCity } from './city'
import type { NetworkEdit, Scenario } from './document'
import { isNetworkEdit } from './editKinds'
import { effectOf } from './effects'
import { secondsOfDay } from './timeOfDay'

/** What one edit of the network touches, for lists and for the map. */
export interface AppliedEdit {
  readonly id: string
  readonly kind: NetworkEdit['kind']
  readonly links: readonly number[]
  readonly fromTick: number
  readonly toTick: number
}

/** Ticks of a run: `tickOf` rounds to the tick at or after a second of the day. */
export interface RunClock {
  readonly start: number
  readonly end: number
  readonly dt: number
}

export const tickOf = (clock: RunClock, time: number): number => Math.ceil((time - clock.start) / clock.dt - 1e-9)

/** Timed changes of the network for the edits of a scenario, sorted by tick; they take themselves back. */
export function networkChanges(scenario: Scenario, city: ScenarioCity, clock: RunClock):
{ changes: NetworkChange[]; applied: AppliedEdit[]; problems: Problem[] } {
  const changes: NetworkChange[] = []
  const applied: AppliedEdit[] = []
  const problems: Problem[] = []
  for (const edit of scenario.edits) {
    if (!isNetworkEdit(edit) || !edit.enabled) continue
    const effect = effectOf(edit, city, `edit "${edit.id}"`)
    if (!effect.ok) { problems.push(...effect.problems); continue }
    const { links, begin, end } = effect.value
    const fromTick = Math.max(0, tickOf(clock, secondsOfDay(edit.window.start)!))
    const toTick = tickOf(clock, secondsOfDay(edit.window.end)!)
    const endTick = tickOf(clock, clock.end)
    if (toTick <= 0 || fromTick >= endTick) continue
    applied.push({ id: edit.id, kind: edit.kind, links, fromTick, toTick })
    changes.push(...begin.map(change => ({ tick: fromTick, ...change })))
    if (toTick < endTick) changes.push(...end.map(change => ({ tick: toTick, ...change })))
  }
  // Sort is stable: edits of one tick stay in the order of the document.
  return { changes: changes.sort((a, b) => a.tick - b.tick), applied, problems }
}

/** Streets that a closure cuts off from the rest, in at least one direction. */
export interface CutOff {
  /** The edit that does it. */
  readonly id: string
  readonly links: number
  readonly km: number
  /** Some of their names. */
  readonly names: readonly string[]
}

/**
 * Streets that closures cut off: connected in the open city, and neither closed themselves nor connected while the
 * closures of one moment hold. Trips that start or end there are listed as unreachable, so the planner should know.
 *
 * @param only  edits that are asked about; absent = all
 */
export function cutOffs(scenario: Scenario, city: ScenarioCity, applied: readonly AppliedEdit[], only?: ReadonlySet<string>): CutOff[] {
  const { network, demand } = city
  const shuts = new Map(scenario.edits.flatMap(edit =>
    (edit.kind === 'closure' && edit.lanes === 'all' || edit.kind === 'turnClosure') && !edit.classes ? [[edit.id, edit] as const] : []))
  const full = applied.filter(({ id }) => shuts.has(id))
  const idOf = (link: number): string => network.strings[network.links.id[link]!]!
  const cutAt = (tick: number): Omit<CutOff, 'id'> | null => {
    const now = full.filter(other => other.fromTick <= tick && other.toTick > tick)
    const closed = new Set(now.filter(other => shuts.get(other.id)!.kind === 'closure').flatMap(({ links }) => links))
    const banned = new Set(now.flatMap(other => {
      const edit = shuts.get(other.id)!
      return edit.kind === 'turnClosure' ? edit.turns.map(({ from, to }) => `${from} ${to}`) : []
    }))
    const open = new Set(connectedLinks(network, closed, banned.size === 0 ? undefined : (from, to) => banned.has(`${idOf(from)} ${idOf(to)}`)).links)
    const lost = Array.from(demand.connected.link).filter(link => !open.has(link) && !closed.has(link))
    if (lost.length === 0) return null
    const km = lost.reduce((sum, link) => sum + network.links.length[link]!, 0) / 1000
    const names = [...new Set(lost.map(link => network.strings[network.links.name[link]!]).filter(name => name !== undefined))].slice(0, 5)
    return { links: lost.length, km, names }
  }
  // All that begin at one moment cut off the same streets, and a day has fewer moments than a document may have edits.
  const cut = new Map<number, Omit<CutOff, 'id'> | null>()
  return full.filter(({ id }) => only?.has(id) ?? true).flatMap(({ id, fromTick }) => {
    if (!cut.has(fromTick)) cut.set(fromTick, cutAt(fromTick))
    const lost = cut.get(fromTick)
    return lost ? [{ id, ...lost }] : []
  })
}
