import type { NetworkChange, Problem, Rule } from '../../sim'
import { problem } from '../checks'

/** What of one kind holds on a row only once: of several, what began last. */
const ONCE = new Set<NetworkChange['kind']>(['speedLimit', 'capacity', 'signalPlan', 'message'])

/** What one planner's means sets, and when. */
interface Setter { readonly name: string; readonly id: string; readonly rule: boolean; readonly fromTick: number; readonly toTick: number; readonly sets: ReadonlySet<string> }

const setsOf = (changes: readonly Omit<NetworkChange, 'tick'>[], trains: Rule['trains'] = []): Set<string> => new Set([...changes.flatMap(({ kind, row }) => (ONCE.has(kind) ? [`${kind} ${row}`] : [])), ...trains.map(({ route }) => `headway ${route}`)])

/** Rules that set what another rule or an edit sets at a time when both may hold, so that one undoes the other. */
export function ruleFights(rules: readonly Rule[], changes: readonly NetworkChange[]): Problem[] {
  const edits = new Map<string, NetworkChange[]>()
  for (const change of changes) {
    const own = edits.get(change.source)
    if (own) own.push(change)
    else edits.set(change.source, [change])
  }
  const setters: Setter[] = [
    ...[...edits].map(([id, own]) => ({ name: `edit "${id}"`, id, rule: false, fromTick: own[0]!.tick, toTick: own.at(-1)!.tick > own[0]!.tick ? own.at(-1)!.tick : Infinity, sets: setsOf(own) })),
    ...rules.map(({ id, fromTick, toTick, begin, trains }) => ({ name: `rule "${id}"`, id, rule: true, fromTick, toTick, sets: setsOf(begin.network, trains) })),
  ]
  return setters.flatMap((one, at) => (one.rule ? setters.slice(0, at) : []).flatMap(other => {
    if (one.fromTick >= other.toTick || other.fromTick >= one.toTick) return []
    const shared = [...one.sets].find(each => other.sets.has(each))
    const thing = shared?.split(' ')[0]
    return thing === undefined ? [] : [problem('scenario/rule-fights', 'rule', one.id, `${one.name} and ${other.name} both set ${words[thing]} of the same ${thing === 'headway' ? 'metro line' : 'place'}; while both hold, the one that began last does.`, 'Take it out of one of the two, or part their windows.')]
  }))
}

const words: Record<string, string> = { speedLimit: 'the speed limit', capacity: 'the capacity', signalPlan: 'the signals', message: 'the message to drivers', headway: 'the headway' }
