import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from './stores/store'

/** What the colours of the roads mean. */
export function Legend(): ReactElement | null {
  const { t } = useTranslation()
  const mode = useApp(state => state.roadColours)
  if (mode === 'none') return null
  const ends = mode === 'congestion' ? [t('legend.slow'), '', t('legend.free')] : [t('legend.better'), t('legend.same'), t('legend.worse')]
  return (
    <aside className="legend glass" aria-label={t(`legend.${mode}`)}>
      <span>{t(`legend.${mode}`)}</span>
      <i className="ramp" data-mode={mode} />
      <div className="soft">{ends.map((text, index) => <span key={index}>{text}</span>)}</div>
    </aside>
  )
}
