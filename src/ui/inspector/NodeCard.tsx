import { SlidersHorizontal } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesOf } from '../../scenario'
import { whole } from '../model/format'
import { namePair } from '../model/places'
import { Figure } from '../parts/Figure'
import { session } from '../session'
import { CardFrame } from './CardFrame'
import { NodeEdits } from './LinkEdits'
import { SignalPlanForm } from './SignalPlanForm'

/** A junction: which roads meet, who decides who goes, and changing its signals. */
export function NodeCard({ row, onClose }: { row: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const [planning, setPlanning] = useState(false)
  if (!session.city) return null
  const { network } = session.city
  const { nodes, strings } = network
  const program = nodes.program[row]!
  const { pack } = session.city
  // The roads that meet, "A / B".
  const name = strings[nodes.name[row]!]?.split(' / ').map(road => namePair(pack, road).name).join(' / ') ?? t('inspector.node')
  const stages = program >= 0 ? stagesOf(network, program) : []
  const cycle = stages.reduce((sum, { green, yellow, allRed }) => sum + green + yellow + allRed, 0)
  return (
    <CardFrame kind={t('inspector.node')} title={name} onClose={onClose}>
      <dl className="figures">
        <Figure label={t('inspector.control')} value={t(`control.${nodes.control[row]!}`)} />
        <Figure label={t('inspector.turns')} value={whole(nodes.turnCount[row]!)} />
        {program >= 0 && <Figure label={t('inspector.cycle')} value={whole(cycle)} unit={t('unit.s')} />}
        {program >= 0 && <Figure label={t('inspector.stages')} value={whole(stages.length)} />}
      </dl>
      {stages.length > 0 && !planning && (
        <>
          <NodeEdits node={row} />
          <div className="row">
            <button type="button" className="button" data-testid="plan-signals" onClick={() => setPlanning(true)}><SlidersHorizontal aria-hidden size="1rem" /> {t('signalPlan.plan')}</button>
          </div>
        </>
      )}
      {planning && <SignalPlanForm node={row} name={name} onDone={() => setPlanning(false)} />}
    </CardFrame>
  )
}
