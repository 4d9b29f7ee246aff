import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { whole } from '../../model/format'
import { districtAt } from '../../model/districts'
import { session } from '../../session'
import { useApp } from '../../stores/store'
import { usePlaceName } from '../people/usePlaceName'
import { PlaceRow } from './PlaceRow'
import { useDemandNow } from './useDemandNow'

const SHOWN = 12
const OVER_A_ZONE = 1600 // m

/** Lines at taxi ranks, and zones where taxis set out. */
export function TaxisNow(): ReactElement {
  const { t } = useTranslation()
  const ranks = useApp(state => state.status?.people?.ranks ?? null)
  const nameOf = usePlaceName()
  const demand = useDemandNow()
  const { city } = session
  const waiting = ranks?.filter(({ line, taxis, lineMost }) => line + taxis + lineMost > 0).toSorted((a, b) => b.line - a.line) ?? []
  const zones = demand?.taxis.slice(0, SHOWN) ?? []
  return (
    <>
      {waiting.length > 0 && <>
        <h3>{t('where.ranks')}</h3>
        <ul className="rows" data-testid="ranks-now">
          {waiting.map(({ name, line, taxis, lineMost }) => <PlaceRow key={name} name={nameOf(`${name}/taxi`)} figure={t('where.rank', { line: whole(line), taxis: whole(taxis) })} more={t('where.most', { most: whole(lineMost) })} {...goTo(name)} />)}
        </ul>
        <h3>{t('where.zones')}</h3>
      </>}
      {demand && zones.length === 0 && <p className="soft">{t('where.noTaxis')}</p>}
      <ol className="rows ranked" data-testid="taxis-now">
        {zones.map(({ zone, x, y, calls, waiting: held }) => (
          <PlaceRow key={zone} name={(city && districtAt(city.pack, x, y)) || t('where.gateway')} figure={t('where.calls', { calls: whole(calls) })} share={calls / zones[0]!.calls}
            {...(held > 0 ? { more: t('where.callsWait', { waiting: whole(held) }) } : {})} go={() => session.view.flyTo({ x, y, distance: OVER_A_ZONE })} />
        ))}
      </ol>
    </>
  )
}

/** A rank is known by the event or square that it belongs to. */
function goTo(name: string): { go?: () => void } {
  const { city } = session
  return city ? { go: () => void import('../../model/walkGround').then(async ({ middle, openAreas }) => {
    const area = (await openAreas(city.pack)).find(({ id }) => id === name)
    const ring = area?.space.goals.find(({ id }) => id.endsWith('taxi'))?.shape ?? area?.space.floors[0]?.outlines[0]
    if (!ring) return
    const [x, y] = middle(ring)
    session.view.flyTo({ x, y, distance: 150 })
  }) } : {}
}
