import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { roundedTogether } from '../../../analysis'
import type { PeopleReport } from '../../../sim'
import { clock, fixed } from '../../model/format'
import { Figure } from '../../parts/Figure'
import { usePlaceName } from './usePlaceName'

const LEVELS = ['A', 'B', 'C', 'D', 'E', 'F'] as const

/** How densely people stood, for how long. @param start  s of the day */
export function DensityFigures({ people, start }: { people: PeopleReport; start: number }): ReactElement {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  const { densest, densityNow, exposure } = people
  const levels = people.walkwayLevels.map((seconds, level) => seconds + people.stairLevels[level]!)
  const all = levels.reduce((sum, seconds) => sum + seconds, 0)
  const shares = roundedTogether(levels.map(seconds => (100 * seconds) / Math.max(1, all)), 1)
  return (
    <>
      <dl className="figures">
        <Figure label={t('people.now')} value={fixed(densityNow, 1)} unit={t('people.perMetre')} />
        <Figure label={t('people.most')} value={densest ? fixed(densest.density, 1) : '–'} unit={densest ? `${t('people.perMetre')}, ${clock(start + densest.time)}` : ''} />
        <Figure label={t('people.exposure', { density: 4 })} value={fixed(exposure[0] / 60, 1)} unit={t('people.personMinutes')} />
        <Figure label={t('people.exposure', { density: 5 })} value={fixed(exposure[1] / 60, 1)} unit={t('people.personMinutes')} />
      </dl>
      {densest && <p className="soft small">{t('people.mostAt', { place: nameOf(densest.floor) })}</p>}
      {all > 0 && (
        <div className="fruin-bar" role="img" aria-label={t('people.fruin')}>
          {levels.map((seconds, level) => seconds > 0 && (
            <span key={LEVELS[level]} data-grade={LEVELS[level]} style={{ flexGrow: seconds / all }} title={`${LEVELS[level]}: ${fixed(shares[level]!, 1)} %`}>{seconds / all > 0.06 ? LEVELS[level] : ''}</span>
          ))}
        </div>
      )}
      <p className="soft small">{t('people.fruin')}: {levels.map((_, level) => `${LEVELS[level]} ${fixed(shares[level]!, 1)} %`).join(' · ')}</p>
    </>
  )
}
