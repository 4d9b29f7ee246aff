import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventClearing } from '../../../sim'
import { labelOf } from '../../model/labels'
import { fixed, whole } from '../../model/format'
import { useApp } from '../../stores/store'

/** How each event of several empties, min from when its first leave. */
export function EventClearings({ events }: { events: readonly EventClearing[] }): ReactElement {
  const { t } = useTranslation()
  const edits = useApp(state => state.scenario?.edits)
  const minutes = (seconds: number | null): string => (seconds === null ? '–' : fixed(seconds / 60, 1))
  return (
    <table className="people-table" data-testid="event-clearings">
      <thead><tr><th>{t('people.event')}</th><th>{t('people.left')}</th>{(['50', '95', '100'] as const).map(percent => <th key={percent} title={t(`kpi.clearT${percent}`)}>T{percent} {t('kpiUnit.min')}</th>)}</tr></thead>
      <tbody>
        {events.map(({ event, left, expected, t50, t95, t100 }) => (
          <tr key={event}><td>{labelOf(edits?.find(({ id }) => id === event) ?? {}) ?? event}</td><td>{whole(left)} / {whole(expected)}</td><td>{minutes(t50)}</td><td>{minutes(t95)}</td><td>{minutes(t100)}</td></tr>
        ))}
      </tbody>
    </table>
  )
}
