import { Direction, RoadClass } from '../networkTables'

/** What the generator needs of one signal group. */
export interface GroupDraft {
  readonly link: number
  readonly direction: number
  /** Unit direction of travel at the stop line. */
  readonly dx: number
  readonly dy: number
  readonly class: number
  /** Lanes of its approach. */
  readonly lanes: number
  /** True if no lane of the group also serves another group. */
  readonly exclusive: boolean
}

export interface StageDraft { green: number; greenMin: number; greenMax: number; yellow: number; allRed: number; protectedMask: number; permittedMask: number }
export interface PlanDraft { readonly offset: number; readonly stages: StageDraft[] }

const YELLOW = 3 // s, GB 14886-2016: 3 to 5
const ALL_RED = 2 // s; with yellow the 5 s change of Chinese urban practice
const GREEN_MIN = 15 // s, a pedestrian over half of a six-lane road at 1.2 m/s
const GREEN_MIN_LEFT = 10 // s
const ACTUATED_LEFT_MIN = 6 // s, the fifth car of a queue has started (start-up 2 s, then 1.9 s each)
const ACTUATED_MAX = 1.6 // times the fixed green; longer cycles gain little (Webster 1958)
/** Cycle by number of stages, s: usual fixed-time plans of Chinese main roads. Assumed, see docs/assumptions.md. */
const CYCLES = [60, 60, 75, 100, 120, 140]
const PROGRESSION_SPEED = 12.5 // m/s, offsets follow a platoon at 45 km/h along the main axis
const AXIS = 0.766 // cos 40 degrees: approaches within this belong to one axis

/**
 * A fixed-time plan for one junction: each axis gets a stage for through and right, then one for its left turns where
 * they have lanes of their own; narrow junctions let the left turn through gaps; mixed layouts run one approach after
 * the other. Right turns go on red, giving way, as in China (Road Traffic Safety Regulations, art. 38).
 *
 * @param conflicts  whether any turns of groups i and j cross or merge
 */
export function planSignals(groups: readonly GroupDraft[], conflicts: (i: number, j: number) => boolean, x: number, y: number): PlanDraft {
  const wanted = axesOf(groups).flatMap(axis => axisStages(groups, axis))
  const stages = validated(groups, wanted, conflicts)
  for (const stage of stages) fillCompatible(groups, stage, conflicts)
  if (stages.length === 1) stages.push({ main: [], protected: new Set(), permitted: new Set() }) // pedestrians cross
  const drafts = timed(groups, stages)
  const cycle = drafts.reduce((sum, stage) => sum + stage.green + stage.yellow + stage.allRed, 0)
  const main = groups[0]
  const along = (x * main.dx + y * main.dy) / PROGRESSION_SPEED
  return { offset: Math.round(along - Math.floor(along / cycle) * cycle), stages: drafts }
}

interface Stage { main: number[]; protected: Set<number>; permitted: Set<number> }

/** Approaches of one direction or its opposite, main road first. */
function axesOf(groups: readonly GroupDraft[]): number[][] {
  const order = groups.map((_, i) => i).sort((a, b) => groups[a].class - groups[b].class || groups[b].lanes - groups[a].lanes || a - b)
  const axes: number[][] = []
  for (const i of order) {
    const home = axes.find(axis => Math.abs(groups[axis[0]].dx * groups[i].dx + groups[axis[0]].dy * groups[i].dy) > AXIS)
    if (home) home.push(i)
    else axes.push([i])
  }
  return axes
}

const turnsLeft = (group: GroupDraft): boolean => group.direction === Direction.left || group.direction === Direction.uTurn

function axisStages(groups: readonly GroupDraft[], axis: readonly number[]): Stage[] {
  const first = groups[axis[0]]
  const isAhead = (i: number): boolean => groups[i].dx * first.dx + groups[i].dy * first.dy > 0
  const sides = [axis.filter(isAhead), axis.filter(i => !isAhead(i))].filter(side => side.length > 0)
  const stage = (protectedGroups: readonly number[], permitted: readonly number[] = []): Stage =>
    ({ main: [...protectedGroups], protected: new Set(protectedGroups), permitted: new Set(permitted) })
  const lefts = axis.filter(i => turnsLeft(groups[i]))
  const others = axis.filter(i => !turnsLeft(groups[i]))
  if (sides.length === 1 || lefts.length === 0) return [stage(axis)]
  if (others.every(i => groups[i].direction === Direction.right)) return sides.map(side => stage(side))
  if (lefts.every(i => groups[i].exclusive)) return [stage(others), stage(lefts)]
  if (axis.every(i => groups[i].lanes <= 2)) return [stage(others, lefts)]
  return sides.map(side => stage(side))
}

/** No two protected groups of a stage may conflict: turning ones give way, others get a stage of their own. */
function validated(groups: readonly GroupDraft[], wanted: readonly Stage[], conflicts: (i: number, j: number) => boolean): Stage[] {
  const result: Stage[] = []
  const queue = [...wanted]
  const priority = (i: number): number => (groups[i].direction === Direction.straight ? 0 : groups[i].direction === Direction.right ? 2 : 1)
  while (queue.length > 0) {
    const stage = queue.shift()!
    const accepted: number[] = [], rest: number[] = []
    for (const i of [...stage.protected].sort((a, b) => priority(a) - priority(b) || a - b)) {
      if (accepted.every(j => !conflicts(i, j))) accepted.push(i)
      else if (groups[i].direction === Direction.right) stage.permitted.add(i)
      else rest.push(i)
    }
    result.push({ main: accepted, protected: new Set(accepted), permitted: stage.permitted })
    if (rest.length > 0) queue.unshift({ main: rest, protected: new Set(rest), permitted: new Set() })
  }
  return result
}

/** Whatever crosses nobody may go too; right turns always may, giving way. */
function fillCompatible(groups: readonly GroupDraft[], stage: Stage, conflicts: (i: number, j: number) => boolean): void {
  if (stage.protected.size === 0) return
  for (let i = 0; i < groups.length; i++) {
    if (stage.protected.has(i)) continue
    const free = [...stage.protected, ...stage.permitted].every(j => j === i || !conflicts(i, j))
    if (free) { stage.protected.add(i); stage.permitted.delete(i) }
    else if (groups[i].direction === Direction.right) stage.permitted.add(i)
  }
}

function timed(groups: readonly GroupDraft[], stages: readonly Stage[]): StageDraft[] {
  const cycle = CYCLES[Math.min(stages.length, CYCLES.length - 1)]
  const weights = stages.map(({ main }) => Math.max(0.25, ...main.map(i => classWeight(groups[i].class) * (turnsLeft(groups[i]) ? 0.5 : groups[i].direction === Direction.right ? 0.3 : 1))))
  const minimum = stages.map(({ main }) => (main.length > 0 && main.every(i => turnsLeft(groups[i])) ? GREEN_MIN_LEFT : GREEN_MIN))
  const available = Math.max(cycle - stages.length * (YELLOW + ALL_RED), minimum.reduce((a, b) => a + b, 0))
  const spare = available - minimum.reduce((a, b) => a + b, 0)
  const total = weights.reduce((a, b) => a + b, 0)
  return stages.map((stage, s) => {
    const green = Math.round(minimum[s] + (spare * weights[s]) / total)
    const greenMin = minimum[s] === GREEN_MIN_LEFT ? ACTUATED_LEFT_MIN : GREEN_MIN
    return {
      green, greenMin, greenMax: Math.round(green * ACTUATED_MAX), yellow: YELLOW, allRed: ALL_RED,
      protectedMask: mask(stage.protected), permittedMask: mask(stage.permitted),
    }
  })
}

function mask(bits: ReadonlySet<number>): number {
  let value = 0
  for (const bit of bits) value |= 1 << bit
  return value >>> 0
}

/** Demand per lane relative to a primary road; assumed, see docs/assumptions.md. */
function classWeight(roadClass: number): number {
  if (roadClass <= RoadClass.primaryLink) return 1
  if (roadClass <= RoadClass.secondaryLink) return 0.75
  if (roadClass <= RoadClass.tertiaryLink) return 0.55
  return 0.4
}
