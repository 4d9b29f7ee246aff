import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleReport } from '../../../sim'
import { language } from '../../i18n'
import { clock, fixed, whole } from '../../model/format'
import { Sparkline } from '../../parts/Sparkline'
import { usePlaceName } from './usePlaceName'

/** How full platforms are, how long it takes to clear them, and whom full trains left behind. @param start  s of the day */
export function StationLoads({ people: { platforms, stops, limits }, start }: { people: PeopleReport; start: number }): ReactElement {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  const time = (minutes: number): string => (Number.isFinite(minutes) ? fixed(minutes, 1) : '∞')
  const over = ({ platform, safety }: { platform: number; safety: number }): boolean => platform > limits.platform || safety > limits.safety
  const used = platforms.filter(({ most }) => most > 0).toSorted((a, b) => b.most - a.most)
  const waited = stops.filter(stop => stop.waitingMost + stop.leftBehind > 0).toSorted((a, b) => b.leftBehind - a.leftBehind || b.waitingMost - a.waitingMost)
  return (
    <>
      <ul className="rows" data-testid="platforms">
        {used.map(({ floor, onFloor, atDoors, most, mostTime, clearNow, clearMost, mostByMinute }) => (
          <li key={floor} className="row-text">
            <div className="row spread"><b>{nameOf(floor)}</b><span>{t('people.platformNow', { now: whole(onFloor + atDoors), most: whole(most), at: clock(start + mostTime) })}</span></div>
            <Sparkline label={nameOf(floor)} series={[{ values: mostByMinute }]} />
            <p className="small" data-tone={over(clearMost) ? 'bad' : undefined}>{t('people.clearing', { now: time(clearNow.platform), most: time(clearMost.platform), safety: time(clearMost.safety) })}</p>
          </li>
        ))}
      </ul>
      <p className="soft small">{t('people.clearingNote', { platform: limits.platform, safety: limits.safety })}</p>
      {waited.length > 0 && (
        <table className="people-table" data-testid="left-behind">
          <thead><tr><th>{t('people.station')}</th><th>{t('people.waitingMost')}</th><th>{t('people.waitMean')}</th><th>{t('people.leftBehind')}</th></tr></thead>
          <tbody>
            {waited.slice(0, 12).map(({ station, line, towards, waitingMost, waitMean, leftBehind }) => (
              <tr key={station.zh + line.zh + towards.zh}>
                <td>{station[language()]}<small className="soft"> {line[language()]} → {towards[language()]}</small></td>
                <td>{whole(waitingMost)}</td><td>{waitMean === null ? '–' : fixed(waitMean / 60, 1)}</td><td data-tone={leftBehind > 0 ? 'bad' : undefined}>{whole(leftBehind)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
