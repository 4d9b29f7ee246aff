import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { linkMiddle } from '../model/cityModel'
import { clock, whole } from '../model/format'
import { roadTitle } from '../model/roadTitle'
import { PanelFrame } from '../parts/PanelFrame'
import { session } from '../session'
import { useApp } from '../stores/store'

const SHOWN = 100

/** Every trip that cannot arrive, with its reason. */
export default function TripsPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const trips = useApp(state => state.trips)
  const { city, view } = session
  const name = (link: number): string => city ? roadTitle(city, link) : t('inspector.unnamed')
  return (
    <PanelFrame title={t('unreachable.title')} intro={t('unreachable.intro')} onClose={onClose}>
      {trips.length === 0 && <p className="soft">{t('unreachable.empty')}</p>}
      <ul className="rows">
        {trips.slice(0, SHOWN).map(({ trip, reason, time, originLink, destinationLink }) => (
          <li key={trip}>
            <button type="button" className="row-button" onClick={() => {
              if (!city) return
              view.highlightLinks([originLink, destinationLink])
              view.flyTo(linkMiddle(city.network, reason === 2 ? originLink : destinationLink))
            }}>
              <b>{name(originLink)} → {name(destinationLink)}</b>
              <span className="soft">{t(`unreachable.${reason}`)} · {t('unreachable.time', { time: clock(time) })} · {t('inspector.trip', { id: trip })}</span>
            </button>
          </li>
        ))}
      </ul>
      {trips.length > SHOWN && <p className="soft">{t('unreachable.more', { count: trips.length - SHOWN, formatted: whole(trips.length - SHOWN) })}</p>}
    </PanelFrame>
  )
}
