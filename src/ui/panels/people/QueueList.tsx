import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleReport } from '../../../sim'
import { fixed, whole } from '../../model/format'
import { session } from '../../session'
import { usePlaceName } from './usePlaceName'

const SHOWN = 12

/** Where people wait: gates, ways into areas and stations, taxi ranks; now, at most, and how long each on average. */
export function QueueList({ people: { queues, ranks } }: { people: PeopleReport }): ReactElement {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  const minutes = (seconds: number | null): string => (seconds === null ? '–' : fixed(seconds / 60, 1))
  return (
    <table className="people-table" data-testid="queues">
      <thead><tr><th>{t('people.queueAt')}</th><th>{t('people.queueNow')}</th><th>{t('people.queueMost')}</th><th>{t('people.waitMean')}</th></tr></thead>
      <tbody>
        {ranks.map(({ name, line, lineMost, taxis, waitMean }) => (
          <tr key={name}><td>{nameOf(`${name}/taxi`)}<small className="soft"> {t('people.rankHas', { taxis: whole(taxis) })}</small></td><td data-tone={line > 50 ? 'bad' : undefined}>{whole(line)}</td><td>{whole(lineMost)}</td><td>{minutes(waitMean)}</td></tr>
        ))}
        {queues.slice(0, SHOWN).map(({ id, x, y, now, most, waitMean }) => (
          <tr key={id}><td><button type="button" className="link" onClick={() => session.view.flyTo({ x, y, distance: 90 })}>{nameOf(id)}</button></td><td>{whole(now)}</td><td>{whole(most)}</td><td>{minutes(waitMean)}</td></tr>
        ))}
      </tbody>
    </table>
  )
}
