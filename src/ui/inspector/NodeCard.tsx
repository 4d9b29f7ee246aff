import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { whole } from '../model/format'
import { Figure } from '../parts/Figure'
import { session } from '../session'
import { CardFrame } from './CardFrame'

/** A junction: which roads meet, and who decides who goes. */
export function NodeCard({ row, onClose }: { row: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  if (!session.city) return null
  const { nodes, programs, stages, strings } = session.city.network
  const program = nodes.program[row]!
  let cycle = 0
  if (program >= 0) {
    const first = programs.stageFirst[program]!
    for (let stage = first; stage < first + programs.stageCount[program]!; stage++) cycle += stages.green[stage]! + stages.yellow[stage]! + stages.allRed[stage]!
  }
  return (
    <CardFrame kind={t('inspector.node')} title={strings[nodes.name[row]!] ?? t('inspector.node')} onClose={onClose}>
      <dl className="figures">
        <Figure label={t('inspector.control')} value={t(`control.${nodes.control[row]!}`)} />
        <Figure label={t('inspector.turns')} value={whole(nodes.turnCount[row]!)} />
        {program >= 0 && <Figure label={t('inspector.cycle')} value={whole(cycle)} unit={t('unit.s')} />}
        {program >= 0 && <Figure label={t('inspector.stages')} value={whole(programs.stageCount[program]!)} />}
      </dl>
    </CardFrame>
  )
}
