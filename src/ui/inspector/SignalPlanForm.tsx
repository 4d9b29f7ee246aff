import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesOf, type SignalPlanEdit } from '../../scenario'
import { newEditId } from '../model/editsInForce'
import { EditForm } from '../parts/EditForm'
import { NumberField } from '../parts/NumberField'
import { session } from '../session'
import { StagePicture } from './StagePicture'
import { useEditWindow } from './useEditWindow'

const GREEN_MAX = 200 // s

/** Other greens and another offset for the signals of a junction. */
export function SignalPlanForm({ node, name, onDone }: { node: number; name: string; onDone: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const hours = useEditWindow()
  const { city } = session
  const program = city?.network.nodes.program[node] ?? -1
  const stages = city && program >= 0 ? stagesOf(city.network, program) : []
  const [greens, setGreens] = useState<readonly number[]>(() => stages.map(({ green }) => Math.round(green)))
  const [offset, setOffset] = useState(() => (city && program >= 0 ? Math.round(city.network.programs.offset[program]!) : 0))
  if (!city || stages.length === 0) return null
  const { network } = city
  const cycle = greens.reduce((sum, green, at) => sum + green + stages[at]!.yellow + stages[at]!.allRed, 0)

  function submit(): void {
    const edit: SignalPlanEdit = {
      kind: 'signalPlan', id: newEditId('signals'), enabled: true, node: network.strings[network.nodes.id[node]!]!, greens, offset: offset % cycle,
      window: hours.read(), label: t('signalPlan.label', { name, cycle }),
    }
    if (session.apply({ kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t('signalPlan.title')} onSubmit={submit}>
      <ol className="stages">
        {stages.map((stage, at) => (
          <li key={at}>
            <StagePicture network={network} stage={network.programs.stageFirst[program]! + at} program={program} />
            <NumberField label={t('signalPlan.green', { stage: at + 1 })} value={greens[at]!} min={Math.ceil(stage.greenMin)} max={GREEN_MAX} step={1}
              onChange={green => setGreens(greens.map((old, each) => (each === at ? green : old)))} />
          </li>
        ))}
      </ol>
      <div className="settings">
        <NumberField label={t('signalPlan.offset')} value={offset} min={0} max={Math.ceil(cycle) - 1} step={1} onChange={setOffset} />
        <p className="soft small">{t('signalPlan.cycle', { cycle })}</p>
      </div>
      {hours.fields}
      <p className="soft small">{t('signalPlan.note')}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-plan">{t('signalPlan.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
