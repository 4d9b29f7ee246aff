import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleReport } from '../../../sim'
import { clock, fixed } from '../../model/format'
import { session } from '../../session'
import { LimitsForm } from './LimitsForm'
import { usePlaceName } from './usePlaceName'

const KINDS = ['unstable', 'dangerous', 'turbulent', 'flow', 'platform', 'safety'] as const
/** Digits after the point of a value and its limit. */
const DIGITS = { unstable: 1, dangerous: 1, turbulent: 3, flow: 0, platform: 1, safety: 1 } as const

/** What passed its limit: where, when, by how much, and who says that this is the limit; a click flies there. @param start  s of the day */
export function AlarmList({ people: { alarms, alarmCount, limits }, start }: { people: PeopleReport; start: number }): ReactElement {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  return (
    <>
      {alarms.length === 0 && <p className="soft">{t('people.calm', { unstable: limits.unstable, hold: limits.hold })}</p>}
      <ul className="rows" data-testid="crowd-alarms">
        {alarms.map(({ kind, value, limit, x, y, time, floor }) => {
          const name = KINDS[kind]!
          return (
            <li key={`${kind} ${time} ${x} ${y}`}>
              <button type="button" className="row-button alarm" data-kind={name} onClick={() => session.view.flyTo({ x, y, distance: 90 })}>
                <b>{t(`people.alarm.${name}`)}</b>
                <span>{clock(start + time, true)} · {nameOf(floor)}</span>
                <span className="soft">{t('people.passed', { value: fixed(value, DIGITS[name]), limit: fixed(limit, DIGITS[name]), unit: t(`people.unit.${name}`) })} · {t(`people.source.${name}`)}</span>
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
