import { Crosshair } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from '../i18n'
import type { PlaceHit } from '../model/cityModel'
import { session } from '../session'
import { CardFrame } from './CardFrame'
import { PlaceActions } from './PlaceActions'

/** Too large, or no place, to hold an event at. */
const areas: ReadonlySet<string> = new Set(['district', 'subDistrict', 'road', 'water'])

/** A named place: station, park, venue, district. */
export function PlaceCard({ place, onClose }: { place: PlaceHit; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const [title, other] = language() === 'en' && place.en ? [place.en, place.zh] : [place.zh, place.en]
  return (
    <CardFrame kind={t(`hit.${place.kind}`, { defaultValue: t('hit.place') })} title={title} subtitle={other !== title ? other : null} onClose={onClose}>
      {place.detail && <p className="soft">{place.detail}</p>}
      {areas.has(place.kind)
        ? <button type="button" className="button" onClick={() => session.view.flyTo({ x: place.x, y: place.y, distance: 900 })}><Crosshair aria-hidden size="1rem" /> {t('inspector.fly')}</button>
        : <PlaceActions key={`${place.x} ${place.y}`} x={place.x} y={place.y} name={place.zh} shownName={title} />}
    </CardFrame>
  )
}
