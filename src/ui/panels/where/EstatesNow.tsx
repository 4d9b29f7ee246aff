import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { HousingEdit, ScenarioEdit } from '../../../scenario'
import { labelOf } from '../../model/labels'
import { whole } from '../../model/format'
import { useApp } from '../../stores/store'
import { goToEdit } from './EventsNow'
import { PlaceRow } from './PlaceRow'
import { useDemandNow } from './useDemandNow'

const none: readonly ScenarioEdit[] = []

/** New estates, and what their people put on the roads. */
export function EstatesNow(): ReactElement {
  const { t } = useTranslation()
  const edits = useApp(state => state.scenario?.edits ?? none)
  const demand = useDemandNow()
  const estates = edits.filter((edit): edit is HousingEdit => edit.kind === 'housing' && edit.enabled)
  if (estates.length === 0) return <p className="soft">{t('where.noEstates')}</p>
  const tallies = new Map(demand?.planned.map(tally => [tally.edit, tally]))
  const busiest = Math.max(1, ...estates.map(({ id }) => tallies.get(id)?.underWay ?? 0))
  return (
    <ul className="rows" data-testid="estates-now">
      {estates.map(estate => {
        const tally = tallies.get(estate.id)
        const more = tally ? [
          t('where.out', { due: whole(tally.due), trips: whole(tally.trips) }),
          t('where.cars', { underWay: whole(tally.underWay), arrived: whole(tally.arrived), waiting: whole(tally.waiting) }),
        ].join(' · ') : ''
        return <PlaceRow key={estate.id} name={labelOf(estate) ?? estate.name} figure={t('where.estate', { persons: whole(estate.persons) })} more={more} share={(tally?.underWay ?? 0) / busiest} go={() => goToEdit(estate)} />
      })}
    </ul>
  )
}
