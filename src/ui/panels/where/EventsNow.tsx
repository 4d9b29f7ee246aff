import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isEvent, type ScenarioEdit } from '../../../scenario'
import { labelOf } from '../../model/labels'
import { whereOf } from '../../model/describeEdit'
import { stateOf } from '../../model/editsInForce'
import { framingOf } from '../../model/framing'
import { whole } from '../../model/format'
import { session, timeNow } from '../../session'
import { useApp } from '../../stores/store'
import { PlaceRow } from './PlaceRow'
import { useDemandNow } from './useDemandNow'

const none: readonly ScenarioEdit[] = []

/** The camera goes where everything of an edit is in the picture. */
export function goToEdit(edit: ScenarioEdit): void {
  const { city } = session
  if (city) void framingOf([edit], city).then(pose => { if (pose) session.view.flyTo(pose) })
}

/** Events, whether they are on, and how far their people have come. */
export function EventsNow(): ReactElement {
  const { t } = useTranslation()
  const edits = useApp(state => state.scenario?.edits ?? none)
  const clearings = useApp(state => state.status?.people?.clearByEvent ?? null)
  const demand = useDemandNow()
  const events = edits.filter(isEvent).filter(({ enabled }) => enabled)
  if (events.length === 0) return <p className="soft">{t('where.noEvents')}</p>
  return (
    <ul className="rows" data-testid="events-now">
      {events.map(event => {
        const cars = demand?.planned.find(({ edit }) => edit === event.id)
        const clearing = clearings?.find(each => each.event === event.id)
        const { window, attendance } = event
        const state = stateOf(event, timeNow())
        const more = [
          ...(cars && cars.trips > 0 ? [t('where.cars', { underWay: whole(cars.underWay), arrived: whole(cars.arrived), waiting: whole(cars.waiting) })] : []),
          ...(cars && cars.unreachable > 0 ? [t('where.carsLost', { unreachable: whole(cars.unreachable) })] : []),
          ...(clearing && clearing.left > 0 ? [t('where.left', { left: whole(clearing.left), expected: whole(clearing.expected) })] : []),
        ].join(' · ')
        return <PlaceRow key={event.id} name={labelOf(event) ?? whereOf(event, t)} figure={`${t(`edits.${state}`, { time: state === 'upcoming' ? window.start : window.end })} · ${t('where.attendance', { count: attendance })}`} more={more} go={() => goToEdit(event)} />
      })}
    </ul>
  )
}
