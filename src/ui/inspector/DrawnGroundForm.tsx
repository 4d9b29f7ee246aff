import { useEffect, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ringArea, type EventPlace } from '../../scenario'
import type { Mark } from '../cityView'
import { squareMetres, whole } from '../model/format'
import { middle, nearestOnRings, positionOf, stretchOfEdge, type Point } from '../model/walkGround'
import { TextField } from '../parts/TextField'
import { session } from '../session'
import { store } from '../stores/store'
import { DrawButtons } from './DrawButtons'
import { EventForm } from './EventForm'
import { MapTags, type MapTag } from './MapTags'
import { useGrounds } from './useGrounds'
import { useSketch } from './useSketch'

const EXIT_WIDTH = 6 // m, as of the ways that areas of the city have
const EXIT_NEAR = 12 // m from the edge within which a click means an exit
/** m² that one person of an audience takes on open ground, as scenario/outings/area.ts has it. */
const GROUND_EACH = 0.5
const AREA_MIN = 200 // m²
const TAG_WITHIN = 20_000 // m

/** Draws the ground of an event: its edge, then its exits; then says what the event is. */
export function DrawnGroundForm({ onDone }: { onDone: (id: string) => void }): ReactElement {
  const { t } = useTranslation()
  const { grounds } = useGrounds()
  const [exits, setExits] = useState<readonly (readonly [Point, Point])[]>([])
  const [name, setName] = useState('')
  const { sketch, step, putCentre } = useSketch('ground', grounds, null, () => undefined, (at, ring) => {
    const { distance } = nearestOnRings([ring], at)
    const old = exits.find(([p, q]) => Math.hypot((p[0] + q[0]) / 2 - at[0], (p[1] + q[1]) / 2 - at[1]) < EXIT_NEAR / 2)
    if (old) setExits(exits.filter(exit => exit !== old))
    else if (distance < EXIT_NEAR) setExits([...exits, stretchOfEdge(ring, at, EXIT_WIDTH)])
    else store.getState().say('info', t('draw.exitHint'))
  })
  const { points, cursor, finished } = sketch
  const shown = useMemo(() => (cursor && !finished ? [...points, cursor] : points), [points, cursor, finished])
  useEffect(() => {
    const marks: Mark[] = shown.length < 2 ? [] : [{ id: '', kind: 'ground', points: finished ? [...shown, shown[0]!] : shown, height: null, state: 'drawn' }]
    session.view.setSketch([...marks, ...exits.map((exit): Mark => ({ id: '', kind: 'exit', points: exit, height: null, state: 'drawn' }))])
  }, [shown, finished, exits])
  const clear = (): void => setExits([])
  const area = ringArea(points)
  const site = useMemo(() => {
    const venue: EventPlace = {
      name: name.trim() || t('draw.groundName'), position: positionOf(middle(points.length > 0 ? points : [[0, 0]])),
      ground: { outline: points.map(positionOf), ...(exits.length > 0 ? { exits: exits.map(([p, q]) => [positionOf(p), positionOf(q)] as const) } : {}) },
    }
    return { venue, name: venue.name, capacity: null, ground: { name: venue.name, nameEn: venue.name, room: Math.floor(area / GROUND_EACH), at: middle(points.length > 0 ? points : [[0, 0]]) } }
  }, [name, points, exits, area, t])
  const tags = useMemo((): MapTag[] => (shown.length < 2 ? [] : [{ id: 'area', at: shown.length > 2 ? middle(shown) : shown.at(-1)!, height: null, text: squareMetres(ringArea(shown)), tone: 'drawn', within: TAG_WITHIN }]), [shown])
  return (
    <>
      <MapTags tags={tags} />
      <p className="notice" role="status" data-testid="draw-status">
        {finished ? t('draw.groundDone', { area: squareMetres(area), persons: whole(area / GROUND_EACH) }) : points.length === 0 ? t('draw.groundBegin') : t('draw.groundOn', { area: squareMetres(ringArea(shown)) })}
      </p>
      <DrawButtons what="ground" sketch={sketch} step={next => { step(next); if (next.kind !== 'move') clear() }} putCentre={putCentre} onClear={clear} chosen={false} />
      {finished && area < AREA_MIN && <p className="notice" data-tone="bad">{t('draw.groundSmall', { least: AREA_MIN })}</p>}
      {finished && area >= AREA_MIN && (
        <>
          <p className="soft small">{exits.length === 0 ? t('draw.exitsNone') : t('draw.exits', { count: exits.length })}</p>
          <TextField label={t('draw.groundNamed')} value={name} placeholder={t('draw.groundName')} onChange={setName} />
          <EventForm site={site} onDone={id => (id ? onDone(id) : store.getState().setTool('inspect'))} />
        </>
      )}
    </>
  )
}
