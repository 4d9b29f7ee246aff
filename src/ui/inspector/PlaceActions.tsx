import { Crosshair, Ticket } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { toLonLat, venuesLayer } from '../../city'
import { language } from '../i18n'
import { session } from '../session'
import { EventForm, type EventSite } from './EventForm'
import { useLayer } from './useLayer'

/** m around a place within which a venue of the same name, or any venue, is meant by it. */
const SAME_NAME = 400
const SAME_PLACE = 120

interface Props { readonly x: number; readonly y: number; /** Chinese name, as the pack has it. */ readonly name: string; /** In the language of the page. */ readonly shownName: string }

/** What one can do at a place: hold an event there, or fly to it. */
export function PlaceActions({ x, y, name, shownName }: Props): ReactElement {
  const { t } = useTranslation()
  const [planning, setPlanning] = useState(false)
  const site = useSite(x, y, name, shownName)
  if (planning && site) return <EventForm site={site} onDone={() => setPlanning(false)} />
  return (
    <div className="row">
      <button type="button" className="button" data-testid="plan-event" disabled={!site} onClick={() => setPlanning(true)}><Ticket aria-hidden size="1rem" /> {t('event.plan')}</button>
      <button type="button" className="button" onClick={() => session.view.flyTo({ x, y, distance: 900 })}><Crosshair aria-hidden size="1rem" /> {t('inspector.fly')}</button>
    </div>
  )
}

/** The venue of the pack that is meant, with its capacity; else the place itself. */
function useSite(x: number, y: number, name: string, shownName: string): EventSite | null {
  const layer = useLayer(venuesLayer)
  const without = session.city?.pack.has(venuesLayer.kind) === false
  return useMemo(() => {
    if (without) return placeSite(x, y, shownName)
    if (!layer) return null
    const { venues, strings } = layer
    let best = -1
    let distanceBest = Infinity
    for (let row = 0; row < venues.rows; row++) {
      const distance = Math.hypot(venues.x[row]! - x, venues.y[row]! - y)
      if (distance <= (strings[venues.name[row]!] === name ? SAME_NAME : SAME_PLACE) && distance < distanceBest) { best = row; distanceBest = distance }
    }
    if (best < 0) return placeSite(x, y, shownName)
    const capacity = venues.capacity[best]!
    const venueName = (language() === 'en' ? strings[venues.nameEn[best]!] : undefined) ?? strings[venues.name[best]!]!
    return { venue: strings[venues.id[best]!]!, name: venueName, capacity: capacity > 0 ? capacity : null }
  }, [layer, without, x, y, name, shownName])
}

function placeSite(x: number, y: number, name: string): EventSite {
  const [longitude, latitude] = toLonLat(x, y)
  return { venue: { name, position: [Number(longitude.toFixed(6)), Number(latitude.toFixed(6))] }, name, capacity: null }
}
