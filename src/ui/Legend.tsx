import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { withTexts } from './i18n'
import { lazyPart } from './parts/lazyPart'
import { useApp } from './stores/store'

const CrowdLegend = lazyPart(withTexts(() => import('./CrowdLegend')))

/** What the colours of the roads mean, and how closed lanes look while there are some. */
export function Legend(): ReactElement | null {
  const { t } = useTranslation()
  const mode = useApp(state => state.roadColours)
  const closed = useApp(state => state.closedLanes.length > 0)
  const difference = useApp(state => state.difference)
  const crowd = useApp(state => state.crowdHeat !== 'none')
  if (crowd) return <CrowdLegend />
  if (mode === 'none' && !closed) return null
  const shut = closed && <p className="legend-closed" data-testid="legend-closed"><i /> {t('legend.closed')}</p>
  if (mode === 'none') return <aside className="legend glass" aria-label={t('legend.closed')}>{shut}</aside>
  const ends = mode === 'congestion' ? [t('legend.slow'), '', t('legend.free')] : [t(difference === 'speed' ? 'legend.quicker' : 'legend.better'), t('legend.same'), t(difference === 'speed' ? 'legend.slower' : 'legend.worse')]
  return (
    <aside className="legend glass" aria-label={t(`legend.${mode}`)}>
      <span>{t(mode === 'difference' ? `legend.differences.${difference}` : `legend.${mode}`)}</span>
      <i className="ramp" data-mode={mode} />
      <div className="soft">{ends.map((text, index) => <span key={index}>{text}</span>)}</div>
      {shut}
    </aside>
  )
}
