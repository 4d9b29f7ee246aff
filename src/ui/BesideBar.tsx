import './styles/beside.css'
import { Columns2, X } from 'lucide-react'
import { useRef, type PointerEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { usualBaseline } from '../analysis'
import { beside } from './beside'
import { clock } from './model/format'
import { IconButton } from './parts/IconButton'
import { Segments } from './parts/Segments'
import { store, useApp } from './stores/store'

const modes = ['swipe', 'split'] as const
/** Of the width, by which a key moves the line. */
const KEY_STEP = 0.02

const move = (at: number): void => { store.setState({ beside: { ...store.getState().beside, at: Math.min(0.98, Math.max(0.02, at)) } }) }

/** While a run without the changes is shown left of the one with them: what is what, the line between, and how the map is shared. */
export default function BesideBar(): ReactElement | null {
  const { t } = useTranslation()
  const { phase, mode, at, tick } = useApp(state => state.beside)
  const info = useApp(state => state.info)
  const status = useApp(state => state.status)
  const keeps = useApp(state => (state.followed ? usualBaseline(state.followed) : 'nothing'))
  const line = useRef<HTMLDivElement>(null)
  if (!info || !status) return null
  const timeOf = (when: number): string => clock(info.startTime + when * info.dt, true)
  const drag = (event: PointerEvent): void => {
    if (mode === 'split' || event.buttons === 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    move(event.clientX / document.documentElement.clientWidth)
  }
  const place = mode === 'split' ? 0.5 : at
  return (
    <>
      <div className="beside-line" data-mode={mode} ref={line} style={{ left: `${place * 100}%` }} role={mode === 'swipe' ? 'slider' : 'separator'} aria-label={t('beside.line')} aria-orientation="horizontal"
        {...(mode === 'swipe' ? { tabIndex: 0, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': Math.round(at * 100) } : {})} data-testid="beside-line"
        onPointerDown={drag} onPointerMove={drag} onKeyDown={event => {
          const by = event.key === 'ArrowLeft' ? -KEY_STEP : event.key === 'ArrowRight' ? KEY_STEP : 0
          if (by === 0 || mode === 'split') return
          event.preventDefault()
          event.stopPropagation()
          move(at + by)
        }}>
        {mode === 'swipe' && <span className="beside-grip" aria-hidden>⇔</span>}
      </div>
      <section className="beside glass-strong" aria-label={t('beside.title')} data-testid="beside" data-phase={phase}>
        <span className="beside-side"><b>{t(keeps === 'events' ? 'beside.withoutButEvents' : 'beside.without')}</b> <time>{phase === 'on' ? timeOf(tick) : ''}</time></span>
        <Columns2 aria-hidden size="1rem" />
        <span className="beside-side"><b>{t('beside.with')}</b> <time>{timeOf(status.totals.tick)}</time></span>
        {phase === 'on'
          ? <Segments label={t('beside.mode')} value={mode} onChange={next => store.setState({ beside: { ...store.getState().beside, mode: next } })} options={modes.map(value => ({ value, text: t(`beside.${value}`) }))} />
          : <span className="soft beside-wait" role="status">{phase === 'loading' ? t('beside.loading') : t('beside.ahead', { now: timeOf(tick), until: timeOf(status.liveTick) })}
            {phase === 'ahead' && <progress value={tick} max={Math.max(1, status.liveTick)} aria-label={t('beside.title')} />}</span>}
        <IconButton icon={X} label={t('beside.close')} keys="K" onClick={() => beside.close()} />
      </section>
    </>
  )
}
