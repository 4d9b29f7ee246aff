import { Minus, Plus } from 'lucide-react'
import { useEffect, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTimeOfDay, secondsOfDay, type ClosureEdit } from '../../scenario'
import { roadName } from '../model/places'
import { linksOf, targetOf } from '../model/roadTargets'
import { IconButton } from '../parts/IconButton'
import { Segments } from '../parts/Segments'
import { TimeField } from '../parts/TimeField'
import { session, timeNow } from '../session'
import { useApp } from '../stores/store'

/** s of the simulated day that a new closure lasts unless the planner says otherwise. */
const HOUR = 3600

/** Closing a road: direction, extent, lanes and time window. It applies to the running simulation at once. */
export function ClosureForm({ link, onDone }: { link: number; onDone: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const scenario = useApp(state => state.scenario)
  const { city, view } = session
  const [bothWays, setBothWays] = useState(false)
  const [wholeRoad, setWholeRoad] = useState(false)
  const [count, setCount] = useState<number | null>(null)
  const [side, setSide] = useState<'kerb' | 'median'>('kerb')
  const end = scenario ? secondsOfDay(scenario.window.end)! : 0
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState(() => formatTimeOfDay(Math.min(end, Math.ceil((timeNow() + HOUR) / 300) * 300)))
  const target = useMemo(() => (city ? targetOf(link, { bothWays, wholeRoad }, city) : null), [city, link, bothWays, wholeRoad])
  const links = useMemo(() => (city && target ? linksOf(target, city) : []), [city, target])
  useEffect(() => { view.highlightLinks(links) }, [links, view])
  if (!city || !scenario || !target) return null

  const name = roadName(city, link)?.name ?? null
  const lanesMost = Math.max(1, ...links.map(row => city.network.links.laneCount[row]!))
  const road = name ?? t('inspector.unnamed')

  function submit(): void {
    // Never before the present: what has been simulated stays as it was.
    const start = Math.max(from === null ? 0 : secondsOfDay(from) ?? 0, Math.ceil(timeNow()))
    const edit: ClosureEdit = {
      kind: 'closure', id: `closure-${Date.now().toString(36)}`, enabled: true, target: target!,
      label: count === null ? t('closure.label', { road }) : t('closure.labelLanes', { road, count }),
      window: { start: formatTimeOfDay(start), end: to },
      lanes: count === null ? 'all' : { count, side },
    }
    if (session.apply({ kind: 'add', edit })) onDone()
  }

  return (
    <form className="closure-form" onSubmit={event => { event.preventDefault(); submit() }}>
      <h3>{t('closure.title')}</h3>
      <Field label={t('closure.direction')}>
        <Segments label={t('closure.direction')} value={bothWays ? 'both' : 'this'} onChange={value => setBothWays(value === 'both')} options={[
          { value: 'this', text: t('closure.thisWay') }, { value: 'both', text: t('closure.bothWays') }]} />
      </Field>
      <Field label={t('closure.extent')}>
        <Segments label={t('closure.extent')} value={wholeRoad ? 'road' : 'section'} onChange={value => setWholeRoad(value === 'road')} options={[
          { value: 'section', text: t('closure.section') }, { value: 'road', text: t('closure.wholeRoad'), disabled: name === null }]} />
      </Field>
      <Field label={t('closure.lanes')}>
        <div className="stepper">
          <button type="button" className="segment" aria-pressed={count === null} data-state={count === null ? 'on' : 'off'} onClick={() => setCount(null)}>{t('closure.all')}</button>
          <IconButton icon={Minus} label="−1" disabled={lanesMost < 2 || count === 1} onClick={() => setCount(Math.max(1, (count ?? lanesMost) - 1))} />
          <output>{count ?? lanesMost} / {lanesMost}</output>
          <IconButton icon={Plus} label="+1" disabled={count === null} onClick={() => setCount(count! + 1 >= lanesMost ? null : count! + 1)} />
        </div>
      </Field>
      {count !== null && (
        <Field label={t('closure.side')}>
          <Segments label={t('closure.side')} value={side} onChange={setSide} options={[
            { value: 'kerb', text: t('closure.kerb') }, { value: 'median', text: t('closure.median') }]} />
        </Field>
      )}
      <div className="times">
        <label>{t('closure.from')}<TimeField label={t('closure.from')} value={from} placeholder={t('closure.now')} onChange={setFrom} /></label>
        <label>{t('closure.to')}<TimeField label={t('closure.to')} value={to.slice(0, 5)} onChange={time => { if (time) setTo(time) }} /></label>
      </div>
      <p className="soft small">{t('closure.note')}</p>
      <div className="row">
        <button type="submit" className="button closure" data-testid="apply-closure">{count === null ? t('closure.apply') : t('closure.applyLanes', { count })}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </form>
  )
}

function Field({ label, children }: { label: string; children: ReactElement }): ReactElement {
  return <div className="field"><span>{label}</span>{children}</div>
}
