import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangedTrip } from '../../../analysis'
import type { FinishedComparison, TracedPair } from '../../../workers'
import { comparer } from '../../comparer'
import { clock, signed } from '../../model/format'
import { Segments } from '../../parts/Segments'
import { JourneyPair } from './JourneyPair'

type Traced = { readonly id: number; readonly state: 'running'; readonly share: number } | { readonly id: number; readonly state: 'failed'; readonly text: string } | { readonly id: number; readonly state: 'done'; readonly pair: TracedPair }

/** Journeys of a comparison: those that changed most, or one by its number, told side by side. */
export function Journeys({ result }: { result: FinishedComparison }): ReactElement {
  const { t } = useTranslation()
  const { winners, losers } = result.trips.most
  const [which, choose] = useState<'losers' | 'winners'>(losers.length > 0 ? 'losers' : 'winners')
  const [typed, setTyped] = useState('')
  const [traced, setTraced] = useState<Traced | null>(null)
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])

  function trace(id: number): void {
    stop.current()
    let current = true
    setTraced({ id, state: 'running', share: 0 })
    const task = comparer.trace(result, id, share => { if (current) setTraced({ id, state: 'running', share }) })
    stop.current = () => { current = false; task.cancel() }
    task.done.then(outcome => {
      if (current) setTraced(outcome.ok ? { id, state: 'done', pair: outcome.value } : { id, state: 'failed', text: outcome.problems.map(({ message }) => message).join(' ') })
    }, (error: unknown) => { if (current) setTraced({ id, state: 'failed', text: String(error) }) }).finally(() => { stop.current = () => undefined })
  }

  const shown = which === 'losers' ? losers : winners
  return (
    <>
      <p className="soft small">{t('journey.note', { seed: result.seeds[0] })}</p>
      <form className="journey-ask" onSubmit={event => { event.preventDefault(); if (/^\d{1,10}$/.test(typed)) trace(Number(typed)) }}>
        <label className="number-field"><span>{t('journey.number')}</span><input className="time-field" inputMode="numeric" value={typed} onChange={({ target }) => setTyped(target.value.replace(/\D/g, ''))} /></label>
        <button type="submit" className="button" disabled={typed === ''}>{t('journey.show')}</button>
      </form>
      {losers.length + winners.length > 0 && <>
        <Segments label={t('journey.title')} value={which} onChange={choose} options={(['losers', 'winners'] as const).map(value => ({ value, text: t(`journey.${value}`) }))} />
        <ul className="chips journey-list" data-testid="journeys">{shown.map(trip => <li key={trip.id}><Chip trip={trip} pressed={traced?.id === trip.id} onClick={() => trace(trip.id)} /></li>)}</ul>
      </>}
      {traced?.state === 'running' && <div className="compare-row" role="status"><span>{t('journey.running')} · {t('journey.trip', { id: traced.id })}</span><progress value={traced.share} max={1} aria-label={t('journey.running')} /></div>}
      {traced?.state === 'failed' && <p className="notice" data-tone="bad">{traced.text}</p>}
      {traced?.state === 'done' && <JourneyPair key={traced.id} id={traced.id} pair={traced.pair} />}
    </>
  )
}

function Chip({ trip, pressed, onClick }: { trip: ChangedTrip; pressed: boolean; onClick: () => void }): ReactElement {
  const { t } = useTranslation()
  return <button type="button" className="chip" aria-pressed={pressed} onClick={onClick}>{t(`vehicleClass.${trip.class}`)} {trip.id} · {clock(trip.depart)} · {signed((trip.variant - trip.baseline) / 60, 0)} min</button>
}
