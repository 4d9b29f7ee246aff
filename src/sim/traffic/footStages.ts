import { Direction, type Network } from '../network/networkTables'

/**
 * Signal groups that keep people off the crossing of one arm of a junction: those that come from the link under it, and
 * those that turn into the link under it on a protected green (true: not while they only may go giving way). Right turns
 * always give way to people.
 *
 * @param enters  link that enters the junction over the crossing; -1 = none
 * @param leaves  link that leaves it so; -1 = none
 */
export function groupsAcross({ nodes, nodeTurns, turns, lanes }: Network, junction: number, enters: number, leaves: number): Map<number, boolean> {
  const groups = new Map<number, boolean>()
  for (let at = nodes.turnFirst[junction]; at < nodes.turnFirst[junction] + nodes.turnCount[junction]; at++) {
    const turn = nodeTurns.turn[at]
    if (turns.group[turn] < 0 || turns.direction[turn] === Direction.right) continue
    if (lanes.link[turns.fromLane[turn]] === enters) groups.set(turns.group[turn], false)
    else if (lanes.link[turns.toLane[turn]] === leaves) groups.set(turns.group[turn], groups.get(turns.group[turn]) ?? true)
  }
  return groups
}

/** Whether a stage of a program leaves people a crossing that these groups go over. */
export function isFreeInSome({ programs, stages }: Network, program: number, groups: ReadonlyMap<number, boolean>): boolean {
  for (let stage = programs.stageFirst[program]; stage < programs.stageFirst[program] + programs.stageCount[program]; stage++) {
    const goes = [...groups].some(([group, gives]) => {
      const bit = 1 << (group - programs.groupFirst[program])
      return (stages.protectedMask[stage] & bit) !== 0 || (!gives && (stages.permittedMask[stage] & bit) !== 0)
    })
    if (!goes) return true
  }
  return false
}
