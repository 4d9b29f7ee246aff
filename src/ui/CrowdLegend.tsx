import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { fruinBounds, fruinLetters } from './model/fruin'
import { useApp } from './stores/store'

/** What the colours under a crowd mean. */
export default function CrowdLegend(): ReactElement {
  const { t } = useTranslation()
  const mode = useApp(state => state.crowdHeat)
  return (
    <aside className="legend glass" aria-label={t('crowd.density')} data-testid="legend-crowd">
      <span>{t(mode === 'levels' ? 'crowd.fruin' : 'crowd.density')}</span>
      <ol className="fruin" data-mode={mode}>
        {fruinLetters.map((letter, level) => (
          <li key={letter}>
            <i style={{ background: `var(--ramp-fruin-${level})` }} />
            {mode === 'levels' && <b>{letter}</b>}
            <small>{level < 5 ? `≤ ${fruinBounds[level]!.toFixed(1)}` : `> ${fruinBounds[4]!.toFixed(1)}`}</small>
          </li>
        ))}
      </ol>
      <div className="soft">{t('crowd.perSquareMetre')}</div>
    </aside>
  )
}
