import { Trash2 } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isOnFoot, type ResponseRule, type RuleAction, type RuleMeasured, type ScenarioEdit } from '../../../scenario'
import { useEditWindow } from '../../inspector/useEditWindow'
import { labelFrom, labelOf } from '../../model/labels'
import { whatOf, whereOf } from '../../model/describeEdit'
import { actionOf, measureOf } from '../../model/describeRule'
import { newEditId } from '../../model/editsInForce'
import { namePair } from '../../model/places'
import { EditForm } from '../../parts/EditForm'
import { IconButton } from '../../parts/IconButton'
import { NumberField } from '../../parts/NumberField'
import { TextField } from '../../parts/TextField'
import { session } from '../../session'
import { useApp } from '../../stores/store'
import { usePlaceName } from '../people/usePlaceName'
import { TrainFields } from './TrainFields'
import { useMeasureChoices, useRoadAtHand, type MeasureChoice } from './useMeasureChoices'

/** Threshold that is proposed for a measure, the one at which it ends, and how both step. */
const PROPOSED: Record<RuleMeasured['measure'], { readonly at: number; readonly back: number; readonly step: number; readonly digits: number }> = {
  crowdDensity: { at: 2, back: 1, step: 0.1, digits: 1 }, platformDensity: { at: 1, back: 0.5, step: 0.1, digits: 1 }, gateQueue: { at: 100, back: 30, step: 10, digits: 0 },
  rankQueue: { at: 50, back: 10, step: 10, digits: 0 }, platformLoad: { at: 300, back: 150, step: 10, digits: 0 }, lineFlow: { at: 200, back: 100, step: 10, digits: 0 },
  roadQueue: { at: 20, back: 8, step: 1, digits: 0 }, roadSpeed: { at: 15, back: 25, step: 1, digits: 0 },
}
const MOST = 1_000_000
const DRAWN = new Set<ScenarioEdit['kind']>(['closure', 'turnClosure', 'laneUse', 'message', 'speedLimit', 'capacity', 'signalPlan', 'barrier', 'gate'])
const noEdits: readonly ScenarioEdit[] = []
type Quick = 'gate' | 'metro' | 'speedLimit' | 'closure' | 'drawn' | 'none'
const AS_IT_IS = 'as it is'
const isDrawn = (edit: ScenarioEdit): boolean => DRAWN.has(edit.kind) || (edit.kind === 'metro' && edit.change.what === 'setHeadway')

/** A rule, another or one that is changed: a measure of this run, a threshold, and what is done then; or changes of the list, which the rule then makes. */
export function RuleForm({ old, onDone }: { old?: ResponseRule; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const road = useRoadAtHand()
  const roadName = road && session.city ? namePair(session.city.pack, road).name : road
  const nameOf = usePlaceName()
  const { measures: found, ways, platforms } = useMeasureChoices(road)
  const measures = old ? [asItIs(old, measureOf(old, t, nameOf)), ...found] : found
  const edits = useApp(state => state.scenario?.edits ?? noEdits)
  const drawn = edits.filter(isDrawn)
  const rides = useApp(({ scenario }) => scenario !== null && isOnFoot(scenario))
  const hours = useEditWindow(old ? { given: old.window } : {})
  const [name, setName] = useState(labelOf(old ?? {}) ?? '')
  const [key, setKey] = useState('')
  const chosen = measures.find(measure => measure.key === key) ?? measures[0]
  const measure = chosen?.measured.measure ?? 'roadQueue'
  const { step, digits, ...proposed } = PROPOSED[measure]
  const given = old ? old.when.above ?? old.when.below ?? proposed.at : proposed.at
  const [limits, setLimits] = useState<{ measure: string; at: number; back: number }>({ measure, at: given, back: old ? old.release?.threshold ?? given : proposed.back })
  const { at, back } = limits.measure === measure ? limits : proposed
  const [seconds, setSeconds] = useState({ hold: old?.when.forSeconds ?? 30, after: old?.release?.afterSeconds ?? 60, rest: old?.cooldownSeconds ?? 0 })
  const [lasts, setLasts] = useState(old !== undefined && old.release === undefined)
  const [kept, setKept] = useState<readonly RuleAction[]>(old?.actions ?? [])
  const [quick, setQuick] = useState<Quick | null>(null)
  const what: Quick = quick ?? (old ? 'none' : ways.length > 0 ? 'gate' : drawn.length > 0 ? 'drawn' : 'closure')
  const [way, setWay] = useState('')
  const [rate, setRate] = useState(60)
  const [speed, setSpeed] = useState(30)
  const [trains, setTrains] = useState({ line: '', minutes: 3 })
  const [taken, setTaken] = useState<readonly string[]>([])
  const takenOver = what === 'drawn' ? drawn.filter(({ id }) => taken.includes(id)) : []
  // The line that is offered first is that of the platform which is watched.
  const watched = chosen && 'station' in chosen.measured ? chosen.measured.station : null
  const ridden = useMemo(() => (watched === null ? platforms : [...platforms.filter(floor => floor.includes(watched)), ...platforms]), [watched, platforms])
  const side = chosen?.key === AS_IT_IS && old ? (old.when.above === undefined ? 'below' : 'above') : measure === 'roadSpeed' ? 'below' : 'above'
  const acts = [...kept, ...actions()]

  function actions(): RuleAction[] {
    switch (what) {
      case 'none': return []
      case 'gate': return ways.filter(({ id }) => way === '' || id === way).map(({ id }) => ({ kind: 'gate', at: id, personsPerMinute: rate }))
      case 'metro': return trains.line === '' ? [] : [{ kind: 'metro', change: { what: 'setHeadway', ...trains } }]
      case 'closure': return road ? [{ kind: 'closure', target: { road }, lanes: 'all' }] : []
      case 'speedLimit': return road ? [{ kind: 'speedLimit', target: { road }, speedLimitKmh: speed }] : []
      case 'drawn': return takenOver.map(edit => JSON.parse(JSON.stringify({ ...edit, id: undefined, label: undefined, enabled: undefined, window: undefined })) as RuleAction)
    }
  }

  function submit(): void {
    if (!chosen || acts.length === 0) return
    const rule: ResponseRule = {
      id: old?.id ?? newEditId('rule'), ...labelFrom(name, old ?? {}), enabled: old?.enabled ?? true, window: hours.read(),
      when: { ...chosen.measured, [side]: at, forSeconds: seconds.hold }, ...(lasts ? {} : { release: { threshold: back, afterSeconds: seconds.after } }), actions: acts,
      ...(seconds.rest > 0 ? { cooldownSeconds: seconds.rest } : {}),
    }
    // What the rule does is no longer in force by itself.
    const edits = [old ? { kind: 'replaceRule', id: old.id, rule } as const : { kind: 'addRule', rule } as const, ...takenOver.map(({ id }) => ({ kind: 'remove', id }) as const)]
    if (session.apply({ kind: 'several', edits })) onDone()
  }

  if (!chosen) {
    return (
      <EditForm title={t('rules.new')} onSubmit={onDone}>
        <p className="soft">{t('rules.nothing')}</p>
        <div className="row"><button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button></div>
      </EditForm>
    )
  }
  const unit = t(`rules.unit.${measure}`)
  return (
    <EditForm title={t(old ? 'rules.change' : 'rules.new')} onSubmit={submit}>
      <TextField label={t('rules.name')} value={name} placeholder={t('rules.namePlaceholder')} onChange={setName} />
      <label className="number-field">
        <span>{t('rules.when')}</span>
        <select className="time-field" data-testid="rule-measure" value={chosen.key} onChange={({ target }) => setKey(target.value)}>{measures.map(each => <option key={each.key} value={each.key}>{each.text}</option>)}</select>
      </label>
      <div className="times">
        <NumberField label={t(`rules.field.${side}`, { unit })} value={at} min={0} max={MOST} step={step} digits={digits} onChange={value => setLimits({ measure, at: value, back: side === 'above' ? Math.min(back, value) : Math.max(back, value) })} />
        <NumberField label={t('rules.field.hold')} value={seconds.hold} min={0} max={7200} step={5} onChange={hold => setSeconds({ ...seconds, hold })} />
        {!lasts && <NumberField label={t(`rules.field.${side === 'above' ? 'backBelow' : 'backAbove'}`, { unit })} value={back} min={side === 'above' ? 0 : at} max={side === 'above' ? at : MOST} step={step} digits={digits} onChange={value => setLimits({ measure, at, back: value })} />}
        {!lasts && <NumberField label={t('rules.field.after')} value={seconds.after} min={0} max={7200} step={5} onChange={after => setSeconds({ ...seconds, after })} />}
        <NumberField label={t('rules.field.rest')} value={seconds.rest} min={0} max={7200} step={30} onChange={rest => setSeconds({ ...seconds, rest })} />
      </div>
      <label className="row small"><input type="checkbox" checked={lasts} onChange={({ target }) => setLasts(target.checked)} /> {t('rules.lasts')}</label>
      {kept.length > 0 && <ul className="rule-kept" aria-label={t('rules.then')}>
        {kept.map((action, row) => <li key={row}><span>{actionOf(action, t, nameOf)}</span> <IconButton icon={Trash2} label={t('rules.dropAction')} onClick={() => setKept(kept.filter((_, each) => each !== row))} /></li>)}
      </ul>}
      <label className="number-field">
        <span>{t(kept.length > 0 ? 'rules.more' : 'rules.then')}</span>
        <select className="time-field" data-testid="rule-action" value={what} onChange={({ target }) => setQuick(target.value as Quick)}>
          {old && <option value="none">{t('rules.nothingMore')}</option>}
          {ways.length > 0 && <option value="gate">{t('edits.gate')}</option>}
          {rides && <option value="metro">{t('edits.metro')} · {t('metro.setHeadway')}</option>}
          {road && <option value="closure">{t('rules.closes', { road: roadName })}</option>}
          {road && <option value="speedLimit">{t('edits.speedLimit')} · {roadName}</option>}
          {drawn.length > 0 && <option value="drawn">{t('rules.drawn')}</option>}
        </select>
      </label>
      {what === 'gate' && <div className="times">
        <label className="number-field"><span>{t('rules.at')}</span>
          <select className="time-field" data-testid="rule-way" value={way} onChange={({ target }) => setWay(target.value)}>
            <option value="">{t('rules.allWays')}</option>
            {ways.map(({ id, text }) => <option key={id} value={id}>{text}</option>)}
          </select>
        </label>
        <NumberField label={t('rules.perMinute')} value={rate} min={0} max={1000} step={10} onChange={setRate} />
      </div>}
      {what === 'metro' && <TrainFields {...trains} platforms={ridden} onChange={setTrains} />}
      {what === 'speedLimit' && <NumberField label={t('unit.kmh')} value={speed} min={5} max={120} step={5} onChange={setSpeed} />}
      {what === 'drawn' && <fieldset className="rule-drawn"><legend className="soft small">{t('rules.drawnNote')}</legend>
        {drawn.map(edit => (
          <label key={edit.id}>
            <input type="checkbox" checked={taken.includes(edit.id)} onChange={({ target }) => setTaken(target.checked ? [...taken, edit.id] : taken.filter(id => id !== edit.id))} />
            {labelOf(edit) ?? [t(`edits.${edit.kind}`), whereOf(edit, t), whatOf(edit, t)].filter(Boolean).join(' · ')}
          </label>
        ))}
      </fieldset>}
      {hours.fields}
      <p className="soft small">{t('rules.note')}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-rule" disabled={acts.length === 0}>{t(old ? 'draw.save' : 'rules.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}

/** What a rule measures already, as one of the choices. */
function asItIs({ when }: ResponseRule, text: string): MeasureChoice {
  const { above: _, below: __, forSeconds: ___, ...measured } = when
  return { key: AS_IT_IS, text, measured: measured as RuleMeasured }
}
