import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleReport } from '../../../sim'
import { clock, fixed, whole } from '../../model/format'
import { session } from '../../session'
import { LimitsForm } from './LimitsForm'
import { usePlaceName } from './usePlaceName'

const KINDS = ['unstable', 'dangerous', 'turbulent', 'flow', 'platform', 'safety'] as const
/** Digits after the point of a value and its limit. */
const DIGITS = { unstable: 1, dangerous: 1, turbulent: 3, flow: 0, platform: 1, safety: 1 } as const

/** What passed its limit: where, from when to when, by how much at the worst, and who says that this is the limit; a click flies there. @param start  s of the day */
export function AlarmList({ people: { alarms, alarmCount, limits }, start }: { people: PeopleReport; start: number }): ReactElement {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  return (
    <>
      {alarms.length === 0 && <p className="soft">{t('people.calm', { unstable: limits.unstable, hold: limits.hold })}</p>}
      <ul className="rows" data-testid="crowd-alarms">
        {alarms.map(({ kind, peak, limit, persons, x, y, time, endTime, floor }) => {
          const name = KINDS[kind]!
          return (
            <li key={`${kind} ${time} ${x} ${y}`}>
              <button type="button" className="row-button alarm" data-kind={name} data-over={endTime !== null} onClick={() => session.view.flyTo({ x, y, distance: 90 })}>
                <b>{t(`people.alarm.${name}`)}</b>
                <span>{endTime === null ? t('people.since', { from: clock(start + time, true) }) : t('people.fromTo', { from: clock(start + time, true), to: clock(start + endTime, true) })} · {nameOf(floor)}</span>
                <span className="soft">{t('people.passed', { value: fixed(peak, DIGITS[name]), limit: fixed(limit, DIGITS[name]), unit: t(`people.unit.${name}`) })}{persons !== null && ` · ${t('people.among', { count: persons, persons: whole(persons) })}`} · {t(`people.source.${name}`)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {alarmCount > alarms.length && <p className="soft">{t('people.more', { count: alarmCount - alarms.length })}</p>}
      <LimitsForm limits={limits} />
    </>
  )
}
