import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from './parts/Logo'
import { useApp } from './stores/store'

/** Shown until the city stands; it says what it is doing and how far it is. */
export function LoadingScreen(): ReactElement {
  const { t } = useTranslation()
  const { step, share, now, until } = useApp(state => state.opening)
  const text = t(`loading.${step}`, { now, until })
  const cityVisible = useApp(state => state.cityVisible)
  return (
    <div className="loading" data-city={cityVisible} role="status" aria-live="polite">
      <div className="loading-card">
        <Logo />
        <h2>鹏城 <span>Pengcheng</span></h2>
        <p>{t('app.tagline')}</p>
        <progress value={share} max={1} aria-label={text} />
        <p className="loading-step">{text}</p>
        <p className="soft">{t('loading.hint')}</p>
      </div>
    </div>
  )
}
