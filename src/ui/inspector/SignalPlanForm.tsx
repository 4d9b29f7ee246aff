import '../styles/changes.css'
import { RotateCcw, Sparkles } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { CYCLE_MAX, cycleOfPlan, fitGreens, movementFaults, planFaults, stageMasks, stagesOf, type MovementFault, type MovementLights, type PlanFault, type SignalPlanEdit } from '../../scenario'
import { withMasks, type Network } from '../../sim'
import type { SignalAdvice } from '../../workers'
import { roadTitle } from '../model/roadTitle'
import { newEditId } from '../model/editsInForce'
import { fixed, whole } from '../model/format'
import { EditForm } from '../parts/EditForm'
import { NumberField } from '../parts/NumberField'
import { session } from '../session'
import { MovementList, movementName } from './MovementList'
import { SplitBar } from './SplitBar'
import { StagePicture } from './StagePicture'
import { useEditWindow } from './useEditWindow'

const GREEN_MAX = 200 // s
/** Share of the time from which greens leave nothing in hand. */
const SATURATED = 0.85

interface Props { readonly node: number; readonly name: string; /** A plan that is changed. */ readonly old?: SignalPlanEdit; readonly onDone: () => void }

/** Other greens, another offset and other movements in the stages of the signals of a junction. */
export function SignalPlanForm(props: Props): ReactElement | null {
  const { city } = session
  const program = city?.network.nodes.program[props.node] ?? -1
  return city && program >= 0 ? <Form network={city.network} program={program} {...props} /> : null
}

function Form({ network, program, node, name, old, onDone }: Props & { readonly network: Network; readonly program: number }): ReactElement {
  const { t } = useTranslation()
  const hours = useEditWindow(old ? { given: old.window } : {})
  const stages = useMemo(() => stagesOf(network, program), [network, program])
  const compiled = useMemo(() => ({ greens: stages.map(({ green }) => Math.round(green)), offset: Math.round(network.programs.offset[program]!) }), [stages, network, program])
  const [greens, setGreens] = useState<readonly number[]>(old?.greens ?? compiled.greens)
  const [offset, setOffset] = useState(old?.offset ?? compiled.offset)
  const [advice, setAdvice] = useState<SignalAdvice | null>(null)
  const [movements, setMovements] = useState<readonly MovementLights[]>(old?.movements ?? [])
  const masks = useMemo(() => stageMasks(network, program, movements), [network, program, movements])
  const planned = useMemo(() => withMasks(network, program, masks), [network, program, masks])
  const unsafe = useMemo(() => movementFaults(network, program, masks), [network, program, masks])
  const cycle = cycleOfPlan(stages, greens)
  const least = stages.map(({ greenMin }) => Math.ceil(greenMin))
  const lost = cycleOfPlan(stages, stages.map(() => 0))
  const faults = planFaults(stages, greens, offset % cycle)

  function setCycle(next: number): void {
    const fitted = fitGreens(greens, least, next - lost)
    if (fitted) setGreens(fitted)
  }
  async function ask(): Promise<void> {
    const outcome = await session.client?.ask(host => host.signalAdvice(program, masks ?? null))
    if (!outcome?.ok) return
    setAdvice(outcome.value)
    if (outcome.value.flowVehPerHour > 0) setGreens(outcome.value.greens)
  }
  function submit(): void {
    const edit: SignalPlanEdit = {
      kind: 'signalPlan', id: old?.id ?? newEditId('signals'), enabled: old?.enabled ?? true, node: network.strings[network.nodes.id[node]!]!, greens, offset: offset % cycle, ...(movements.length > 0 ? { movements } : {}),
      window: hours.read(), label: t('signalPlan.label', { name, cycle }),
    }
    if (session.apply(old ? { kind: 'replace', id: old.id, edit } : { kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t('signalPlan.title')} onSubmit={submit}>
      <SplitBar stages={stages} greens={greens} cycle={cycle} onChange={setGreens} />
      <ol className="stages">
        {stages.map((stage, at) => (
          <li key={at}>
            <StagePicture network={planned} stage={network.programs.stageFirst[program]! + at} program={program} />
            <div>
              <NumberField label={t('signalPlan.green', { stage: at + 1 })} value={greens[at]!} min={least[at]!} max={GREEN_MAX} step={1}
                onChange={green => setGreens(greens.map((before, each) => (each === at ? green : before)))} />
              <small className="soft">{t('signalPlan.stageTimes', { least: least[at], yellow: brief(stage.yellow), allRed: brief(stage.allRed) })}</small>
            </div>
          </li>
        ))}
      </ol>
      <details className="movement-choice" open={movements.length > 0 || undefined}>
        <summary data-testid="stage-movements">{t('signalPlan.movements')}</summary>
        <MovementList network={network} program={program} movements={movements} onChange={next => { setMovements(next); setAdvice(null) }} />
      </details>
      <div className="times">
        <NumberField label={t('signalPlan.cycleField')} value={cycle} min={Math.ceil(least.reduce((sum, green) => sum + green, lost))} max={CYCLE_MAX} step={5} onChange={setCycle} />
        <NumberField label={t('signalPlan.offset')} value={offset} min={0} max={Math.max(0, Math.ceil(cycle) - 1)} step={1} onChange={setOffset} />
      </div>
      <div className="row">
        <button type="button" className="button" data-testid="signals-best" onClick={() => void ask()}><Sparkles aria-hidden size="1rem" /> {t('signalPlan.best')}</button>
        <button type="button" className="button" data-testid="signals-reset" onClick={() => { setGreens(compiled.greens); setOffset(compiled.offset); setMovements([]); setAdvice(null) }}><RotateCcw aria-hidden size="1rem" /> {t('signalPlan.reset')}</button>
      </div>
      {advice && <p className="notice" role="status" data-tone={advice.flowRatio >= SATURATED ? 'warn' : undefined} data-testid="signals-advice">
        {advice.flowVehPerHour === 0 ? t('signalPlan.noFlow') : t(advice.flowRatio >= SATURATED ? 'signalPlan.saturated' : 'signalPlan.webster', { flow: whole(advice.flowVehPerHour), ratio: fixed(advice.flowRatio, 2) })}
      </p>}
      {faults.map((fault, at) => <p key={at} className="notice" data-tone="bad" role="alert">{faultText(fault)}</p>)}
      {unsafe.length === 0 ? <p className="soft small" data-testid="signals-safe">{t('signalPlan.safe')}</p>
        : unsafe.map((fault, at) => <p key={at} className="notice" data-tone="bad" role="alert" data-testid="signals-unsafe">{unsafeText(fault)}</p>)}
      {hours.fields}
      <p className="soft small">{t('signalPlan.note')}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-plan" disabled={faults.length + unsafe.length > 0}>{t(old ? 'draw.save' : 'signalPlan.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )

  function faultText(fault: PlanFault): string {
    switch (fault.kind) {
      case 'short': return t('signalPlan.short', { stage: fault.stage + 1, least: fault.least })
      case 'long': return t('signalPlan.long', { cycle: brief(fault.cycle), most: CYCLE_MAX })
      case 'late': return t('signalPlan.late', { cycle: brief(fault.cycle) })
    }
  }
  function unsafeText(fault: MovementFault): string {
    switch (fault.kind) {
      case 'crosses': return t('signalPlan.crosses', { stage: fault.stage + 1, one: road(fault.links[0]), other: road(fault.links[1]) })
      case 'never': return t('signalPlan.never', { movement: movementName(network, fault.movement, t) })
      case 'onFoot': return t('signalPlan.onFoot', { road: road(fault.link) })
    }
  }
  function road(link: number): string {
    return session.city ? roadTitle(session.city, link) : t('inspector.unnamed')
  }
}

const brief = (seconds: number): string => fixed(seconds, Number.isInteger(seconds) ? 0 : 1)
