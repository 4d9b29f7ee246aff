import { Popover } from 'radix-ui'
import { useMemo, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { store, useApp } from './stores/store'

/** Where each step points, in the order of a planner's first minute; those that a small screen has no room for are left out. */
const steps = [
  { name: 'scenario', at: '.scenario-name', side: 'bottom' },
  { name: 'map', at: '.rail-item[data-tool="inspect"]', side: 'right' },
  { name: 'close', at: '.rail-item[data-tool="close"]', side: 'right' },
  { name: 'time', at: '.transport', side: 'bottom' },
  { name: 'edits', at: '[data-panel="edits"]', side: 'right' },
  { name: 'compare', at: '.top-compare', side: 'bottom' },
  { name: 'more', at: '[data-testid="more"]', side: 'bottom' },
] as const

/** One minute through the workbench, a step at a time; the run goes on beneath. */
export default function Tour(): ReactElement | null {
  const { t } = useTranslation()
  const step = useApp(state => state.tourStop)
  const shown = useMemo(() => steps.filter(({ at }) => (document.querySelector(at)?.getBoundingClientRect().width ?? 0) > 0), [])
  const stop = shown[step ?? 0]
  const anchor = useMemo(() => ({ current: stop ? document.querySelector<HTMLElement>(stop.at) : null }), [stop])
  const { setTourStop } = store.getState()
  if (step === null || !stop || !anchor.current) return null
  const last = step === shown.length - 1
  const go = (to: number): void => setTourStop(to < 0 ? 0 : to >= shown.length ? null : to)
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
    event.preventDefault()
    event.stopPropagation()
    go(step + (event.key === 'ArrowRight' ? 1 : -1))
  }
  return (
    <Popover.Root key={stop.name} open onOpenChange={open => { if (!open) setTourStop(null) }}>
      <Popover.Anchor virtualRef={anchor as { current: HTMLElement }} />
      <Popover.Portal>
        <Popover.Content className="tour glass-strong" side={stop.side} sideOffset={12} collisionPadding={12} aria-label={t('tour.title')} onKeyDown={onKey} onInteractOutside={event => event.preventDefault()}>
          <p className="soft small">{t('tour.step', { step: step + 1, of: shown.length })}</p>
          <h2>{t(`tour.${stop.name}`)}</h2>
          <p>{t(`tour.${stop.name}Note`)}</p>
          <div className="row">
            {!last && <button type="button" className="button" onClick={() => setTourStop(null)}>{t('tour.end')}</button>}
            {step > 0 && <button type="button" className="button" onClick={() => go(step - 1)}>{t('tour.back')}</button>}
            <button type="button" className="button primary" autoFocus onClick={() => go(step + 1)}>{t(last ? 'tour.done' : 'tour.next')}</button>
          </div>
          <Popover.Arrow className="tour-arrow" width={16} height={8} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
