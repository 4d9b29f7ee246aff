import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { CityArea } from '../../../city'
import { useGrounds } from '../../inspector/useGrounds'
import { clock, fixed, whole } from '../../model/format'
import { middle } from '../../model/walkGround'
import { session } from '../../session'
import { store, useApp } from '../../stores/store'
import { usePlaceName } from '../people/usePlaceName'
import { PlaceRow } from './PlaceRow'

const SHOWN = 12
const NEAR = 110 // m

/** Where most people stand and wait. */
export function CrowdsNow(): ReactElement {
  const { t } = useTranslation()
  const people = useApp(state => state.status?.people ?? null)
  const start = useApp(state => state.info?.startTime ?? 0)
  const { areas } = useGrounds()
  const nameOf = usePlaceName()
  if (!people) return <p className="soft">{t('where.noPeople')}</p>
  const places = [
    ...people.platforms.map(({ floor, onFloor, atDoors, most }) => ({ id: floor, now: onFloor + atDoors, most, text: 'onFloor' as const, at: middleOf(floor, areas) })),
    ...people.queues.map(({ id, now, most, x, y }) => ({ id, now, most, text: 'inLine' as const, at: { x, y } })),
  ].filter(({ now }) => now > 0).toSorted((a, b) => b.now - a.now).slice(0, SHOWN)
  const { densest, alarmCount } = people
  return (
    <>
      {densest && <ul className="rows"><PlaceRow name={nameOf(densest.floor)} figure={t('where.densest', { density: fixed(densest.density, 1), time: clock(start + densest.time) })} go={() => session.view.flyTo({ x: densest.x, y: densest.y, distance: NEAR })} /></ul>}
      {places.length === 0 && <p className="soft">{t('where.noCrowds')}</p>}
      <ol className="rows ranked" data-testid="crowds-now">
        {places.map(({ id, now, most, text, at }) => (
          <PlaceRow key={text + id} name={nameOf(id)} figure={t(`where.${text}`, { now: whole(now) })} more={t('where.most', { most: whole(most) })} share={now / places[0]!.now}
            {...(at ? { go: () => session.view.flyTo({ ...at, distance: NEAR }) } : {})} />
        ))}
      </ol>
      {alarmCount > 0 && <button type="button" className="button" onClick={() => store.getState().show('crowd')}>{t('where.alarms', { count: alarmCount })}</button>}
    </>
  )
}

/** The middle of a floor of a walk space, by its id. */
function middleOf(id: string, areas: readonly CityArea[]): { readonly x: number; readonly y: number } | null {
  for (const { space } of areas) {
    const ring = space.floors.find(floor => floor.id === id)?.outlines[0]
    if (!ring) continue
    const [x, y] = middle(ring)
    return { x, y }
  }
  return null
}
