import { Direction, groupsAcross, isFreeInSome, withMasks, type Network, type StageMasks } from '../sim'
import type { MovementLight, MovementLights, MovementTurn } from './document'
import { stageConflicts, type StageConflict } from './stageConflicts'

/** A movement over a junction with signals. */
export interface Movement {
  /** Link that it comes from. */
  readonly link: number
  readonly turn: MovementTurn
  /** Bits of its groups in the stages of the program. */
  readonly bits: number
}

/** What is unsafe or cannot be about who goes in the stages of a program. */
export type MovementFault =
  | { readonly kind: 'crosses' } & StageConflict
  /** It has no green in any stage, though it had. */
  | { readonly kind: 'never'; readonly movement: Movement }
  /** People on foot never get across the road that a link comes in by. */
  | { readonly kind: 'onFoot'; readonly link: number }

const turnNames: Record<number, MovementTurn> = { [Direction.left]: 'left', [Direction.straight]: 'straight', [Direction.right]: 'right', [Direction.uTurn]: 'uTurn' }

/** The movements that the signals of a program govern, by link and from the right turn to the U-turn. */
export function movementsOf({ programs, groups }: Network, program: number): Movement[] {
  const found = new Map<string, Movement>()
  for (let at = 0; at < programs.groupCount[program]!; at++) {
    const row = programs.groupFirst[program]! + at
    const [link, turn] = [groups.link[row]!, turnNames[groups.direction[row]!]!]
    const key = `${link} ${turn}`
    found.set(key, { link, turn, bits: ((found.get(key)?.bits ?? 0) | (1 << at)) >>> 0 })
  }
  const order: readonly MovementTurn[] = ['right', 'straight', 'left', 'uTurn']
  return [...found.values()].sort((a, b) => a.link - b.link || order.indexOf(a.turn) - order.indexOf(b.turn))
}

/** What a movement is shown in each stage, by the masks of the network. */
export function lightsOf({ programs, stages }: Network, program: number, { bits }: Movement): MovementLight[] {
  return Array.from({ length: programs.stageCount[program]! }, (_, at) => {
    const stage = programs.stageFirst[program]! + at
    return stages.protectedMask[stage]! & bits ? 'go' : stages.permittedMask[stage]! & bits ? 'yield' : 'stop'
  })
}

/** Who goes in the stages of a program when some movements have other lights; undefined where none has. Movements that the junction does not have say nothing. */
export function stageMasks(network: Network, program: number, movements: readonly MovementLights[] = []): StageMasks[] | undefined {
  const others = movements.flatMap(({ lights, ...named }) => { const movement = movementNamed(network, program, named); return movement ? [{ bits: movement.bits, lights }] : [] })
  if (others.length === 0) return undefined
  const { programs, stages } = network
  return Array.from({ length: programs.stageCount[program]! }, (_, at) => {
    let [protectedMask, permittedMask] = [stages.protectedMask[programs.stageFirst[program]! + at]!, stages.permittedMask[programs.stageFirst[program]! + at]!]
    for (const { bits, lights } of others) {
      protectedMask = (lights[at] === 'go' ? protectedMask | bits : protectedMask & ~bits) >>> 0
      permittedMask = (lights[at] === 'yield' ? permittedMask | bits : permittedMask & ~bits) >>> 0
    }
    return { protectedMask, permittedMask }
  })
}

/** The movement that a document means; null = the junction has none of that kind. */
export function movementNamed(network: Network, program: number, { from, turn }: Pick<MovementLights, 'from' | 'turn'>): Movement | null {
  const { links, strings } = network
  return movementsOf(network, program).find(each => each.turn === turn && strings[links.id[each.link]!] === from) ?? null
}

/** Everything that is wrong with who goes in the stages of a program. */
export function movementFaults(own: Network, program: number, masks: readonly StageMasks[] | undefined): MovementFault[] {
  const network = withMasks(own, program, masks)
  const all = movementsOf(network, program)
  return [
    ...stageConflicts(network, program).map((conflict): MovementFault => ({ kind: 'crosses', ...conflict })),
    ...all.filter(movement => neverGoes(network, program, movement) && !neverGoes(own, program, movement)).map((movement): MovementFault => ({ kind: 'never', movement })),
    ...[...new Set(all.map(({ link }) => link))].filter(link => shutsFootOut(own, network, program, link)).map((link): MovementFault => ({ kind: 'onFoot', link })),
  ]
}

const neverGoes = (network: Network, program: number, movement: Movement): boolean => lightsOf(network, program, movement).every(light => light === 'stop')

/** Whether people could cross where a link comes in, and no longer can. */
function shutsFootOut(own: Network, network: Network, program: number, enters: number): boolean {
  const { links, programs } = own
  const junction = programs.node[program]!
  const leaves = Array.from({ length: links.rows }, (_, link) => link).find(link => links.fromNode[link] === junction && links.toNode[link] === links.fromNode[enters]) ?? -1
  const groups = groupsAcross(own, junction, enters, leaves)
  return isFreeInSome(own, program, groups) && !isFreeInSome(network, program, groups)
}
