import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../sim'

const SIDE = 64 // px

/** The ways over a junction that a stage of its signals gives green, as seen from above; those that give way are dashed. */
export function StagePicture({ network, program, stage }: { network: Network; program: number; stage: number }): ReactElement {
  const { t } = useTranslation()
  const { programs, stages, turns, nodes, nodeTurns, points } = network
  const node = programs.node[program]!
  const ways = Array.from({ length: nodes.turnCount[node]! }, (_, at) => nodeTurns.turn[nodes.turnFirst[node]! + at]!).filter(turn => turns.group[turn]! >= 0)
  const shape = (turn: number): [number, number][] =>
    Array.from({ length: turns.pointCount[turn]! }, (_, at) => [points.x[turns.pointFirst[turn]! + at]!, points.y[turns.pointFirst[turn]! + at]!])
  const all = ways.flatMap(shape)
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)]
  const [west, south] = [Math.min(...xs), Math.min(...ys)]
  const scale = (SIDE - 8) / Math.max(1, Math.max(...xs) - west, Math.max(...ys) - south)
  const place = ([x, y]: readonly [number, number]): string => `${(4 + (x - west) * scale).toFixed(1)},${(SIDE - 4 - (y - south) * scale).toFixed(1)}`
  const lightOf = (turn: number): 'go' | 'yield' | 'stop' => {
    const bit = 1 << (turns.group[turn]! - programs.groupFirst[program]!)
    return stages.protectedMask[stage]! & bit ? 'go' : stages.permittedMask[stage]! & bit ? 'yield' : 'stop'
  }
  const order = { stop: 0, yield: 1, go: 2 }
  return (
    <svg className="stage" viewBox={`0 0 ${SIDE} ${SIDE}`} width={SIDE} height={SIDE} role="img" aria-label={t('signalPlan.picture', { stage: stage - programs.stageFirst[program]! + 1 })}>
      {ways.toSorted((a, b) => order[lightOf(a)] - order[lightOf(b)]).map(turn => <polyline key={turn} points={shape(turn).map(place).join(' ')} data-light={lightOf(turn)} />)}
    </svg>
  )
}
