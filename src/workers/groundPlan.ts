import { isGroundEdit, type Scenario, type ScenarioEdit } from '../scenario'
import type { CountLine, CrowdChange } from '../sim'
import type { JoinTicks } from './editPlan'

/** What a run that stands at a tick must do to follow other edits of the ground. */
export interface GroundPlan {
  /** Everything its crowd follows from now on, in order of tick. */
  readonly changes: readonly CrowdChange[]
  /** The first tick whose result may differ; at most the present one. */
  readonly fromTick: number
}

/** Edits of the ground that are switched on. */
const active = ({ edits }: Scenario): ScenarioEdit[] => edits.filter(edit => isGroundEdit(edit) && edit.enabled)

/** Whether two documents say the same about the ground that people walk on, and about what is measured of them. */
export const sameGround = (a: Scenario, b: Scenario): boolean => JSON.stringify([active(a), a.crowdLimits]) === JSON.stringify([active(b), b.crowdLimits])

/**
 * @param applied       changes that the crowd follows now, with the ticks at which they really apply
 * @param compiled      changes as the windows of the document say, which may lie in the past
 * @param joined        tick of the run at which each edit joined it
 * @param ticksPerTick  ticks of the crowd in one of the run
 */
export function planGround(applied: readonly CrowdChange[], compiled: readonly CrowdChange[], joined: JoinTicks, tick: number, ticksPerTick: number): GroundPlan {
  const changes = [...joined].flatMap(([id, join]) => clampGroundToJoin(compiled.filter(({ source }) => source === id), join * ticksPerTick)).sort((a, b) => a.tick - b.tick)
  const texts = (list: readonly CrowdChange[]): Map<string, number> => new Map(list.map(change => [JSON.stringify(change), change.tick]))
  const [was, is] = [texts(applied), texts(changes)]
  let first = Infinity
  for (const [text, at] of was) if (!is.has(text)) first = Math.min(first, at)
  for (const [text, at] of is) if (!was.has(text)) first = Math.min(first, at)
  return { changes, fromTick: Math.min(tick, Math.floor(first / ticksPerTick)) }
}

/** Lines of edits that joined a run under way count from then on. @param dt  s, of a tick of the run */
export const joinLines = (lines: readonly CountLine[], joined: JoinTicks, dt: number): CountLine[] =>
  lines.map(line => ({ ...line, from: Math.max(line.from, (joined.get(line.id) ?? 0) * dt) }))

/** Changes of one edit for a run that it joins at `join`: what stands by then stands from then on, what was over never was. */
function clampGroundToJoin(changes: readonly CrowdChange[], join: number): CrowdChange[] {
  const begins = new Map<string, CrowdChange>()
  const rest: CrowdChange[] = []
  for (const change of changes) {
    if (change.tick >= join) rest.push(change)
    else if (isBegin(change)) begins.set(subjectOf(change), change)
    else begins.delete(subjectOf(change))
  }
  return [...[...begins.values()].map(change => ({ ...change, tick: join })), ...rest]
}

const isBegin = (change: CrowdChange): boolean => (change.kind === 'barrier' && change.closed) || (change.kind === 'gate' && change.stands === true)

const subjectOf = (change: CrowdChange): string => `${change.kind} ${'id' in change ? change.id : change.floor}`
