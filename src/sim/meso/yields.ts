import { Control, Direction, Yield, type Network } from '../network/networkTables'
import { Merge, type NetworkIndex } from '../network/networkIndex'
import { drivers } from '../traffic/driverTypes'
import { FOLLOW_UP_MINOR, GAP_MAJOR_LEFT, GAP_MINOR } from '../traffic/gapAcceptance'
import { Group, GROUP_BYTES, LANE_BYTES, Lane, Slot, SLOT_BYTES, Turn, TURN_BYTES } from './mesoTables'
import { MESO_STEP, type MesoWorld } from './mesoWorld'

/**
 * Who gives way to whom at crossings and merges. Compressed rows: the entries of turn r are first[r] .. first[r + 1] - 1.
 */
export interface MesoYields {
  readonly first: Int32Array
  /** The turn that goes first. */
  readonly other: Int32Array
  /** When it gives way: by rule, or only while its light is permitted and the other's is green; or just not at the same time. */
  readonly rule: Uint8Array
  /** From the other's stop line until its rear is past the conflict, s. */
  readonly clear: Float32Array
  /** Least time until the next one on the other turn reaches its stop line, once the last is past the conflict, s. */
  readonly gap: Float32Array
  /** Least time between two who give way one behind the other, s, by turn; 0 = never gives way by rule. */
  readonly followUp: Float32Array
}

/** Slower than this nobody with priority is taken to come, m/s; as in the micro engine. */
const SLOW = 3
const Rule = { byLight: 0, always: 1, notTogether: 2 } as const

/** Waiting so long, s, a driver is let in by those who had priority; as in the micro engine. */
const STARVED_SECONDS = 15
/** s that one who was let in holds those up. */
const COURTESY = 2.5
/** Looks at those with priority before a driver takes the time as it is. */
const LOOKS = 8

export function indexYields(network: Network, index: NetworkIndex, regrouped: ReadonlySet<number>): MesoYields {
  const { turns, nodes } = network
  const first = new Int32Array(turns.rows + 1)
  const other: number[] = []
  const rules: number[] = []
  const clears: number[] = []
  const gaps: number[] = []
  const followUps = new Float32Array(turns.rows)
  for (let turn = 0; turn < turns.rows; turn++) {
    const isSignalled = turns.group[turn] >= 0
    const minor = turns.rank[turn] > 1
    const direction = Math.min(turns.direction[turn], Direction.left)
    const critical = minor || direction === Direction.right ? GAP_MINOR[direction] : GAP_MAJOR_LEFT
    const give = (to: number, rule: number, start: number, end: number): void => {
      if (isSignalled && !meet(network, turns.group[turn], turns.group[to], regrouped)) return
      const speed = Math.max(SLOW, turns.speedMax[to])
      const clear = (end + drivers.length[0]) / speed
      other.push(to)
      rules.push(rule)
      clears.push(clear)
      gaps.push(Math.max(0, critical - start / speed))
      if (rule === Rule.always && !isSignalled && minor && nodes.control[turns.node[turn]] === Control.priority) followUps[turn] = FOLLOW_UP_MINOR[direction]
    }
    for (let at = index.crossFirst[turn]; at < index.crossFirst[turn + 1]; at++) {
      const rule = index.crossYields[at] === Yield.owner ? Rule.always : index.crossYields[at] === Yield.byArrival ? Rule.notTogether : Rule.byLight
      if (rule !== Rule.byLight || isSignalled) give(index.crossOther[at], rule, index.crossOtherStart[at], index.crossOtherEnd[at])
    }
    for (let at = index.mergeFirst[turn]; at < index.mergeFirst[turn + 1]; at++) {
      const yields = index.mergeYields[at] === Merge.yields
      // Into a lane one may fall in right behind whoever goes first.
      if (yields || (isSignalled && index.mergeYields[at] === Merge.first)) give(index.mergeOther[at], yields ? Rule.always : Rule.byLight, turns.length[index.mergeOther[at]], 0)
    }
    first[turn + 1] = other.length
  }
  return {
    first, other: Int32Array.from(other), rule: Uint8Array.from(rules), clear: Float32Array.from(clears), gap: Float32Array.from(gaps), followUp: followUps,
  }
}

/** Whether a stage lets both signal groups go, one of them giving way; or might, under a plan. */
function meet({ groups, programs, stages }: Network, group: number, other: number, regrouped: ReadonlySet<number>): boolean {
  if (other < 0) return true
  const program = groups.program[group]
  if (groups.program[other] !== program || regrouped.has(program)) return true
  const own = 1 << (group - programs.groupFirst[program])
  const theirs = 1 << (other - programs.groupFirst[program])
  for (let stage = programs.stageFirst[program]; stage < programs.stageFirst[program] + programs.stageCount[program]; stage++) {
    const goes = stages.protectedMask[stage] | stages.permittedMask[stage]
    if (goes & own && goes & theirs && (stages.permittedMask[stage] & (own | theirs))) return true
  }
  return false
}

const DUE = LANE_BYTES / 4

/**
 * When the head of a lane that has to give way may go, s, at the earliest at `time`: once those on the conflicting turns
 * are past it, and if the next of each is a critical gap away. That one is seen at the head of its lane, as drivers see
 * it, so gaps are those of the platoons that come, and not of a mean flow. Who has waited too long is let in.
 */
export function waitForGap(world: MesoWorld, turn: number, time: number, waited: number): number {
  const { fixed: { yields }, lanes, slots, turns, signals: { groups }, tick } = world
  const { first, other, rule, clear, gap } = yields
  const ownGroup = turns.i32[turn * (TURN_BYTES / 4) + Turn.group]
  const ownPermitted = ownGroup >= 0 && groups.i32[ownGroup * (GROUP_BYTES / 4) + Group.permitted] !== 0
  const isStarved = waited > STARVED_SECONDS
  const now = tick * MESO_STEP
  let go = time
  for (let look = 0, moved = true; moved && look < LOOKS; look++) {
    moved = false
    for (let at = first[turn]; at < first[turn + 1]; at++) {
      const major = other[at]
      const record = major * (TURN_BYTES / 4)
      const group = turns.i32[record + Turn.group]
      if (ownGroup >= 0 && group >= 0) {
        if (groups.f64[group * (GROUP_BYTES / 8) + Group.goUntil] <= go || groups.f64[group * (GROUP_BYTES / 8) + Group.goFrom] > go) continue
        const otherPermitted = groups.i32[group * (GROUP_BYTES / 4) + Group.permitted] !== 0
        if (ownPermitted === otherPermitted ? rule[at] === Rule.byLight : !ownPermitted) continue
      }
      const cleared = turns.f64[record / 2 + Turn.lastPass] + clear[at]
      if (cleared > go) { go = cleared; moved = true }
      if (rule[at] === Rule.notTogether && !(ownPermitted && group >= 0)) continue
      const lane = turns.i32[record + Turn.lane] * DUE
      const head = lanes.i32[lane + Lane.head]
      const givesWay = turns.i32[record + Turn.yields] >= 0 && (group < 0 || groups.i32[group * (GROUP_BYTES / 4) + Group.permitted] !== 0)
      if (isStarved) {
        // Whoever has not waited as long is held back, wherever he turns.
        const since = head < 0 ? now : Math.max(slots.f64[head * (SLOT_BYTES / 8) + Slot.ready], lanes.f64[lane / 2 + Lane.outNext])
        if (now - since < STARVED_SECONDS && lanes.f64[lane / 2 + Lane.outNext] < go + COURTESY) lanes.f64[lane / 2 + Lane.outNext] = go + COURTESY
        continue
      }
      if (head < 0 || lanes.i32[lane + Lane.waitsFor] >= 0 || slots.i32[head * (SLOT_BYTES / 4) + Slot.turn] !== major) continue
      const due = lanes.i32[lane + Lane.due]
      if (due < tick) continue
      let comes = slots.f64[head * (SLOT_BYTES / 8) + Slot.ready]
      if (lanes.f64[lane / 2 + Lane.outNext] > comes) comes = lanes.f64[lane / 2 + Lane.outNext]
      // Whoever stands there and gives way himself is nobody to wait for.
      if (comes < now && givesWay) continue
      if (due > tick && due * MESO_STEP > comes) comes = due * MESO_STEP
      if (comes < now) comes = now
      if (comes - go >= gap[at] || comes + clear[at] <= go) continue
      go = comes + clear[at]
      moved = true
    }
  }
  return go
}
