import { Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlaceHit } from './model/cityModel'
import { PlaceInput } from './search/PlaceInput'
import { session } from './session'
import { store } from './stores/store'

/** Finds roads, stations and places, and flies there; persons and vehicles by their numbers, and follows them. */
export function SearchBox(): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="search">
      <Search aria-hidden size="1rem" />
      <PlaceInput id="search" numbers label={t('top.search')} placeholder={t('top.search')} title={t('top.searchHint')} onChoose={goTo} />
      <kbd>/</kbd>
    </div>
  )
}

function goTo(hit: PlaceHit): void {
  if (hit.person !== undefined) {
    store.getState().select({ kind: 'person', slot: hit.person })
    return store.getState().setFollowing(true)
  }
  if (hit.vehicle) {
    store.getState().select({ kind: 'vehicle', ...hit.vehicle })
    session.view.follow(hit.vehicle.slot)
    return store.getState().setFollowing(true)
  }
  session.view.flyTo({ x: hit.x, y: hit.y, distance: hit.kind === 'district' ? 9000 : hit.kind === 'subDistrict' ? 3500 : 1400 })
  store.getState().select(hit.link === undefined ? { kind: 'place', place: hit } : { kind: 'link', link: hit.link })
}
