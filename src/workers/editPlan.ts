import { isEnd, subjectOf, type NetworkChange } from '../sim'
import { isCityEdit, isEvent, type Scenario, type ScenarioEdit } from '../scenario'

/** Tick at which each edit of the document joined the run; 0 for those it was loaded with. */
export type JoinTicks = ReadonlyMap<string, number>

export interface UpdatePlan {
  /** `schedule`: only additions; `rewind`: go back to `fromTick` first; `restart`: other persons or another time. */
  readonly kind: 'schedule' | 'rewind' | 'restart'
  /** Everything the run follows from now on, in order of tick. */
  readonly changes: readonly NetworkChange[]
  /** `schedule`: those of `changes` that are new. */
  readonly added: readonly NetworkChange[]
  /** `rewind`: the first tick whose result may differ; at most the present one. */
  readonly fromTick: number
  readonly joined: JoinTicks
}

/**
 * What must be done so that a run standing at `tick` follows `after` instead of `before`.
 *
 * @param applied   changes that the run follows now, with the ticks at which they really apply
 * @param compiled  changes of `after` as its windows say, which may lie in the past
 */
export function planUpdate(
  before: Scenario, after: Scenario, applied: readonly NetworkChange[], compiled: readonly NetworkChange[],
  joined: JoinTicks, tick: number,
): UpdatePlan {
  const active = (scenario: Scenario): Map<string, ScenarioEdit> =>
    new Map(scenario.edits.filter(edit => edit.enabled).map(edit => [edit.id, edit]))
  const old = active(before)
  const now = active(after)
  const joinedNow = new Map([...now.keys()].map(id => [id, old.has(id) ? joined.get(id) ?? 0 : tick]))
  const changes = [...now.keys()].flatMap(id =>
    clampToJoin(compiled.filter(change => change.source === id), joinedNow.get(id)!)).sort((a, b) => a.tick - b.tick)

  if (!samePersons(before, after)) return { kind: 'restart', changes, added: [], fromTick: 0, joined: joinedNow }

  const differs = (id: string): boolean => JSON.stringify(old.get(id)) !== JSON.stringify(now.get(id))
  const touched = new Set([...old.keys()].filter(differs))
  if (touched.size === 0) {
    const added = changes.filter(change => !old.has(change.source))
    return { kind: 'schedule', changes, added, fromTick: tick, joined: joinedNow }
  }
  return { kind: 'rewind', changes, added: [], fromTick: Math.min(tick, firstDifference(applied, changes, touched)), joined: joinedNow }
}

/** First tick at which the touched edits do something else than before: a closure that ends earlier changes no past. */
function firstDifference(before: readonly NetworkChange[], after: readonly NetworkChange[], touched: ReadonlySet<string>): number {
  const byText = (changes: readonly NetworkChange[]): Map<string, number> =>
    new Map(changes.filter(({ source }) => touched.has(source)).map(change => [JSON.stringify(change), change.tick]))
  const [was, is] = [byText(before), byText(after)]
  let first = Infinity
  for (const [text, tick] of was) if (!is.has(text)) first = Math.min(first, tick)
  for (const [text, tick] of is) if (!was.has(text)) first = Math.min(first, tick)
  return first
}

/**
 * Changes of one edit for a run that it joins at `join`: what its window says for the past holds from `join` on, and
 * what was over by then never happens.
 */
export function clampToJoin(changes: readonly NetworkChange[], join: number): NetworkChange[] {
  const past = new Map<string, NetworkChange>()
  const future: NetworkChange[] = []
  for (const change of changes) {
    if (change.tick >= join) future.push(change)
    else past.set(subjectOf(change), change)
  }
  const standing = [...past.values()].filter(change => !isEnd(change))
  return [...standing.map(change => ({ ...change, tick: join })), ...future]
}

/** Whether two documents are about the same trips; if not it is another day, not the same day with an edit. */
export function samePersons(a: Scenario, b: Scenario): boolean {
  return personsKey(a) === personsKey(b)
}

const personsKey = ({ city, seed, window, demand, edits }: Scenario): string =>
  JSON.stringify([city, seed, window, demand, edits.filter(edit => (isEvent(edit) || isCityEdit(edit)) && edit.enabled)])
