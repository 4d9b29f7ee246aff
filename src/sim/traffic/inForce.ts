import { ALL_CLASSES, VehicleClass } from '../network/networkTables'
import type { NetworkChange } from '../worldTypes'

/** Whether a change ends what its source began, rather than beginning something. */
export function isEnd({ kind, speedLimit, capacity, plan, share }: NetworkChange): boolean {
  switch (kind) {
    case 'openLane': case 'openTurn': return true
    case 'speedLimit': return speedLimit === undefined
    case 'capacity': case 'weather': return capacity === undefined
    case 'signalPlan': return plan === undefined
    case 'message': return share === undefined
    default: return false
  }
}

/** What a change is about: beginning and end of one edit of one thing have it in common. */
export function subjectOf({ kind, row }: NetworkChange): string {
  const thing = kind === 'closeLane' || kind === 'openLane' ? 'lane' : kind === 'closeTurn' || kind === 'openTurn' ? 'turn' : kind
  return `${thing} ${row}`
}

/** Of the first `count` changes, the one of a kind that holds for a row: that of the edit that began last and has not ended. */
export function inForce(changes: readonly NetworkChange[], count: number, kind: NetworkChange['kind'], row: number): NetworkChange | undefined {
  const ended: string[] = []
  for (let back = count - 1; back >= 0; back--) {
    const change = changes[back]
    if (change.kind !== kind || change.row !== row) continue
    if (isEnd(change)) { ended.push(change.source); continue }
    const own = ended.indexOf(change.source)
    if (own < 0) return change
    ended.splice(own, 1)
  }
  return undefined
}

/** Sets the classes, as bits, that may not make each hop after the first `count` changes; a turn under two bans opens with the last. Emergency vehicles pass. */
export function findBanned(banned: Uint16Array, changes: readonly NetworkChange[], count: number, turnHop: Int32Array): void {
  const bans = new Map<string, { hop: number; classes: number }>()
  for (let at = 0; at < count; at++) {
    const { kind, row, source, classes = ALL_CLASSES } = changes[at]
    if (kind === 'closeTurn') bans.set(`${turnHop[row]} ${source}`, { hop: turnHop[row], classes })
    else if (kind === 'openTurn') bans.delete(`${turnHop[row]} ${source}`)
  }
  banned.fill(0)
  for (const { hop, classes } of bans.values()) banned[hop] |= classes & ~(1 << VehicleClass.emergency)
}

/** Classes, as bits, that are shut out of each lane at `tick`, given the changes in order of tick; lanes open to all are left out. */
export function shutLanes(changes: readonly NetworkChange[], tick: number): Map<number, number> {
  const shut = new Map<number, number>()
  for (const { tick: at, kind, row, classes = ALL_CLASSES } of changes) {
    if (at > tick) break
    if (kind === 'closeLane') shut.set(row, (shut.get(row) ?? 0) | classes)
    else if (kind === 'openLane') shut.set(row, (shut.get(row) ?? 0) & ~classes)
  }
  for (const [lane, classes] of shut) if (classes === 0) shut.delete(lane)
  return shut
}
