import { ConflictKind, type Network } from '../sim'

/** Two movements that cross and both have a protected green in one stage: links that they come from. */
export interface StageConflict { readonly stage: number; readonly links: readonly [number, number] }

/** The stages of a program against the conflicts of its junction. */
export function stageConflicts({ programs, stages, nodes, nodeTurns, turns, lanes, conflicts }: Network, program: number): StageConflict[] {
  const node = programs.node[program]!
  const bitOf = (turn: number): number => (turns.group[turn]! < 0 ? 0 : 1 << (turns.group[turn]! - programs.groupFirst[program]!))
  const found = new Map<string, StageConflict>()
  for (let at = nodes.turnFirst[node]!; at < nodes.turnFirst[node]! + nodes.turnCount[node]!; at++) {
    const turn = nodeTurns.turn[at]!
    for (let row = turns.conflictFirst[turn]!; row < turns.conflictFirst[turn]! + turns.conflictCount[turn]!; row++) {
      const other = conflicts.other[row]!
      if (conflicts.kind[row] !== ConflictKind.crossing || turns.node[other] !== node || other < turn) continue
      const both = bitOf(turn) | bitOf(other)
      for (let stage = 0; stage < programs.stageCount[program]!; stage++) {
        const goes = stages.protectedMask[programs.stageFirst[program]! + stage]!
        // Lanes of one approach under one light pass each other as on any road.
        if (bitOf(turn) === 0 || bitOf(other) === 0 || bitOf(turn) === bitOf(other) || (goes & both) !== both) continue
        const links = [lanes.link[turns.fromLane[turn]!]!, lanes.link[turns.fromLane[other]!]!] as const
        found.set(`${stage} ${links.join()}`, { stage, links })
      }
    }
  }
  return [...found.values()]
}
