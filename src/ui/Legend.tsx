import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from './stores/store'

/** What the colours of the roads mean, and how closed lanes look while there are some. */
export function Legend(): ReactElement | null {
  const { t } = useTranslation()
  const mode = useApp(state => state.roadColours)
  const closed = useApp(state => state.closedLanes.length > 0)
  if (mode === 'none' && !closed) return null
  const shut = closed && <p className="legend-closed" data-testid="legend-closed"><i /> {t('legend.closed')}</p>
  if (mode === 'none') return <aside className="legend glass" aria-label={t('legend.closed')}>{shut}</aside>
  const ends = mode === 'congestion' ? [t('legend.slow'), '', t('legend.free')] : [t('legend.better'), t('legend.same'), t('legend.worse')]
  return (
    <aside className="legend glass" aria-label={t(`legend.${mode}`)}>
      <span>{t(`legend.${mode}`)}</span>
      <i className="ramp" data-mode={mode} />
      <div className="soft">{ends.map((text, index) => <span key={index}>{text}</span>)}</div>
      {shut}
    </aside>
  )
}
