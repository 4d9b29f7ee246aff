import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { TracedJourney } from '../../../analysis'
import type { LegReport } from '../../../sim'
import { language } from '../../i18n'
import { clock, duration } from '../../model/format'

/** By number of `LegKind`. */
const LEGS = ['crowd', 'footway', 'drive', 'taxi', 'transit', 'transfer'] as const

/** A person's plan without the changes and with them, leg by leg. */
export function PersonPair({ id, baseline, variant }: { id: number; baseline: TracedJourney; variant: TracedJourney }): ReactElement {
  const { t } = useTranslation()
  const sides = [baseline, variant]
  const legs = Array.from({ length: Math.max(...sides.map(({ person }) => person?.legs.length ?? 0)) }, (_, at) => sides.map(({ person }) => person?.legs[at] ?? null))
  const whole = ({ person, startTime }: TracedJourney): string => {
    const begin = person?.legs[0]?.begin ?? null, end = person?.legs.at(-1)?.end ?? null
    return begin === null ? '–' : `${clock(startTime + begin)}–${end === null ? t('journey.never') : `${clock(startTime + end)} (${duration(end - begin)})`}`
  }
  return (
    <section className="journey-pair" data-testid="journey-pair">
      <p><b>{t('person.number', { id })}</b></p>
      <table className="compare-table">
        <thead><tr><th scope="col">{t('journey.leg')}</th><th scope="col">{t('compare.baseline')}</th><th scope="col">{t('compare.variant')}</th></tr></thead>
        <tbody>
          <tr><th scope="row">{t('journey.takes')}</th>{sides.map((side, at) => <td key={at}>{whole(side)}</td>)}</tr>
          {legs.map((pair, at) => (
            <tr key={at}><th scope="row">{pair.filter(leg => leg !== null).slice(0, 1).map(leg => named(leg, t))}</th>
              {pair.map((leg, side) => <td key={side}>{leg && leg.begin !== null ? `${clock(sides[side]!.startTime + leg.begin)} · ${leg.end === null ? t('journey.never') : duration(leg.end - leg.begin)}` : '–'}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function named({ kind, line, to }: LegReport, t: ReturnType<typeof useTranslation>['t']): string {
  const lang = language()
  return [t(`person.leg.${LEGS[kind]!}`), line?.[lang], to?.[lang]].filter(Boolean).join(' · ')
}
