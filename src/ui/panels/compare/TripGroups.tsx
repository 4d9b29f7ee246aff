import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { roundedTogether, type TripComparison, type TripGroup } from '../../../analysis'
import { signed, whole } from '../../model/format'
import { isSure } from '../../model/verdict'
import { openGroupNames, type GroupNames } from '../../model/groupNames'
import { Segments } from '../../parts/Segments'
import { session } from '../../session'
import { trend } from './KpiTable'

const SHOWN = 12

/** Ways to tell apart who gains and who loses. */
export const tripGroupings = ['district', 'zone', 'class', 'distance', 'departure'] as const
export type TripGrouping = (typeof tripGroupings)[number]

/** Rows of a grouping, those that a table has room for; counts and hours are rounded so that every grouping has the same sums. */
export function groupsOf(trips: TripComparison, by: TripGrouping): readonly TripGroup[] {
  const groups = { district: trips.byRegion, zone: trips.byZone, class: trips.byClass, distance: trips.byDistance, departure: trips.byDeparture }[by]
  const counts = roundedTogether(groups.map(group => group.trips)), hours = roundedTogether(groups.map(group => group.hours), 1)
  return groups.map((group, at) => ({ ...group, trips: counts[at]!, hours: hours[at]! })).slice(0, by === 'zone' ? SHOWN : undefined)
}

/** Who gained and who lost time: how many, and by where and when they set out, how far they go and what they drive. */
export function TripGroups({ trips }: { trips: TripComparison }): ReactElement {
  const { t } = useTranslation()
  const [by, choose] = useState<TripGrouping>('district')
  const [names, setNames] = useState<GroupNames | null>(null)
  useEffect(() => {
    if (session.city) void openGroupNames(session.city).then(found => setNames(() => found))
  }, [])
  return (
    <>
      <TripCounts trips={trips} />
      <Segments label={t('compare.who')} value={by} onChange={choose} options={tripGroupings.map(value => ({ value, text: t(`compare.by.${value}`) }))} />
      {names && <GroupTable first={t(`compare.groupedBy.${by}`)} groups={groupsOf(trips, by)} nameOf={key => names(by, key)} />}
      <p className="soft small">{t('compare.noIncome')}</p>
    </>
  )
}

export function TripCounts({ trips: { winners, losers, unchanged, stranded, freed } }: { trips: TripComparison }): ReactElement {
  const { t } = useTranslation()
  const [gain, lose, stay] = roundedTogether([winners, losers, unchanged]) as [number, number, number]
  return (
    <p data-testid="compare-trips">{t('compare.winners', { winners: whole(gain), losers: whole(lose), unchanged: whole(stay) })}
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
              {low95 !== null && high95 !== null && <small className="soft interval">{sure ? '' : `${t('compare.chance')} `}<span>{signed(low95, 0)} … {signed(high95, 0)}</span></small>}</td>
          </tr>
        )
      })}</tbody>
    </table>
  )
}
