import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { TripComparison, TripGroup } from '../../../analysis'
import { fixed, signed, whole } from '../../model/format'
import { isSure } from '../../model/verdict'
import { openZoneNames } from '../../model/zoneNames'
import { session } from '../../session'
import { trend } from './KpiTable'

const SHOWN = 8

/** Who gained and who lost time: how many, and by where they set out and what they drive. */
export function TripGroups({ trips }: { trips: TripComparison }): ReactElement {
  const { t } = useTranslation()
  const [nameOf, setNames] = useState<((zone: number) => string) | null>(null)
  useEffect(() => {
    if (session.city) void openZoneNames(session.city).then(names => setNames(() => names))
  }, [])
  return (
    <>
      <TripCounts trips={trips} />
      <GroupTable first={t('compare.zones')} groups={trips.byZone.slice(0, SHOWN)} nameOf={nameOf ?? String} />
      <GroupTable first={t('compare.classes')} groups={trips.byClass} nameOf={key => t(`vehicleClass.${key}`)} />
    </>
  )
}

export function TripCounts({ trips: { winners, losers, unchanged, stranded, freed } }: { trips: TripComparison }): ReactElement {
  const { t } = useTranslation()
  return (
    <p data-testid="compare-trips">{t('compare.winners', { winners: whole(winners), losers: whole(losers), unchanged: whole(unchanged) })}
      {stranded > 0 && ` ${t('compare.stranded', { count: Math.round(stranded) })}`}{freed > 0 && ` ${t('compare.freed', { count: Math.round(freed) })}`}</p>
  )
}

export function GroupTable({ first, groups, nameOf }: { first: string; groups: readonly TripGroup[]; nameOf: (key: number) => string }): ReactElement {
  const { t } = useTranslation()
  return (
    <table className="compare-table group-table">
      <thead><tr><th scope="col">{first}</th><th scope="col">{t('compare.trips')}</th><th scope="col">{t('compare.hours')}</th><th scope="col">{t('compare.secondsEach')}</th></tr></thead>
      <tbody>{groups.map(group => {
        const { key, trips, hours, mean, low95, high95 } = group
        const sure = isSure(group)
        return (
          <tr key={key}>
            <td>{nameOf(key)}</td><td>{whole(trips)}</td><td>{signed(hours, 1)}</td>
            <td data-trend={sure ? trend(mean, 0, false) : 'same'} data-sure={sure}>{signed(mean, 0)}
              {low95 !== null && high95 !== null && <small className="soft interval">{sure ? '' : `${t('compare.chance')} `}{fixed(low95, 0)} … {fixed(high95, 0)}</small>}</td>
          </tr>
        )
      })}</tbody>
    </table>
  )
}
