import { Crosshair } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { loadScenarioCity, resolveAccess, TRIPS_PER_CAR, usableLinks, type HousingEdit, type Position } from '../../scenario'
import type { Mark } from '../cityView'
import { newEditId } from '../model/editsInForce'
import { estateRing, exitAt } from '../model/estate'
import { whole } from '../model/format'
import { roadTitle } from '../model/roadTitle'
import { planeOf, positionOf } from '../model/walkGround'
import { EditForm } from '../parts/EditForm'
import { NumberField } from '../parts/NumberField'
import { Segments } from '../parts/Segments'
import { TextField } from '../parts/TextField'
import { session } from '../session'
import { store } from '../stores/store'
import { isField } from '../useShortcuts'
import { CardFrame } from './CardFrame'

/** Cars by person in Shenzhen: 4.2 million for 17.8 million who live there (docs/demand.md). */
const USUAL_CARS = 0.24
const USUAL_PERSONS = 5000
const WHOLE_DAY = { start: '00:00', end: '24:00' } as const

type Click = 'estate' | 'access'

/** A new estate: a click puts it on the map, another says where its cars come on to the road; then who lives there. */
export function HousingCard({ old, onClose, onDone }: { old: HousingEdit | undefined; onClose: () => void; onDone: (id: string) => void }): ReactElement {
  const { t } = useTranslation()
  const [position, setPosition] = useState<Position | null>(old?.position ?? null)
  const [given, setGiven] = useState<Position | null>(old?.access ?? null)
  const [click, setClick] = useState<Click>('estate')
  const [name, setName] = useState(old?.name ?? '')
  const [persons, setPersons] = useState(old?.persons ?? USUAL_PERSONS)
  const [cars, setCars] = useState(old?.carsPerPerson ?? USUAL_CARS)
  const access = useAccess(given ?? position)
  useClicks(place => (click === 'estate' ? setPosition(positionOf(place)) : setGiven(positionOf(place))))
  useEffect(() => {
    if (!position) return session.view.setSketch([])
    const base = { id: '', height: null, state: 'drawn' } as const
    const marks: Mark[] = [{ ...base, kind: 'ground', points: estateRing(planeOf([position])[0]!, persons) }]
    session.view.setSketch(access?.link === undefined || !session.city ? marks : [...marks, { ...base, kind: 'exit', points: exitAt(session.city.network, access.link, access.offset) }])
  }, [position, access, persons])
  useEffect(() => () => session.view.setSketch([]), [])

  function submit(): void {
    if (!position) return
    const called = name.trim() || t('housing.unnamed')
    const edit: HousingEdit = {
      kind: 'housing', id: old?.id ?? newEditId('estate'), enabled: old?.enabled ?? true, window: old?.window ?? WHOLE_DAY, label: name.trim() ? t('housing.label', { name: called }) : called,
      name: called, position, persons, carsPerPerson: cars, ...(given ? { access: given } : {}),
    }
    if (session.apply(old ? { kind: 'replace', id: old.id, edit } : { kind: 'add', edit })) onDone(edit.id)
  }

  const street = access?.link === undefined || !session.city ? null : roadTitle(session.city, access.link)
  return (
    <CardFrame kind={t('draw.title')} title={t('edits.housing')} onClose={onClose}>
      <p className="notice" role="status" data-testid="draw-status">{t(position ? `housing.click.${click}` : 'housing.begin')}</p>
      <div className="row draw-buttons">
        <button type="button" className="button" data-testid="draw-centre" title={t('draw.centreNote')} onClick={() => putCentre(click === 'estate' ? setPosition : setGiven)}><Crosshair aria-hidden size="1rem" /> {t('draw.centre')} <kbd>.</kbd></button>
      </div>
      {position && (
        <EditForm title={t('draw.details')} onSubmit={submit}>
          <TextField label={t('housing.name')} value={name} placeholder={t('housing.unnamed')} onChange={setName} />
          <div className="times">
            <NumberField label={t('housing.persons')} value={persons} min={1} max={200_000} step={500} onChange={setPersons} />
            <NumberField label={t('housing.cars')} value={cars} min={0} max={1} step={0.01} digits={2} onChange={setCars} />
          </div>
          <div className="number-field"><span>{t('housing.clicks')}</span>
            <Segments label={t('housing.clicks')} value={click} onChange={setClick} options={(['estate', 'access'] as const).map(value => ({ value, text: t(`housing.${value}`) }))} />
          </div>
          {access?.problem && <p className="notice" data-tone="bad">{t('housing.offRoad')}</p>}
          {street && <p className="soft small" data-testid="estate-street">{t(given ? 'housing.given' : 'housing.nearest', { street })} {given && <button type="button" className="link-button" onClick={() => setGiven(null)}>{t('housing.useNearest')}</button>}</p>}
          <p className="soft small">{t('housing.note', { cars: whole(persons * cars), trips: whole(persons * cars * TRIPS_PER_CAR) })}</p>
          <div className="row">
            <button type="submit" className="button primary" data-testid="apply-housing" disabled={street === null}>{t(old ? 'draw.save' : 'housing.apply')}</button>
            <button type="button" className="button" onClick={() => store.getState().setTool('inspect')}>{t('closure.cancel')}</button>
          </div>
        </EditForm>
      )}
    </CardFrame>
  )
}

function putCentre(put: (position: Position) => void): void {
  const centre = session.view.centre(null)
  if (centre) put(positionOf(centre.at))
}

/** Has every click on the map, and the key for its middle, told to `act`. */
function useClicks(act: (place: readonly [number, number]) => void): void {
  const now = useRef(act)
  useEffect(() => { now.current = act })
  useEffect(() => session.view.watchPointer({ height: () => null, move: () => undefined, end: () => undefined, click: place => now.current(place) }), [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '.' || isField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      putCentre(position => now.current(planeOf([position])[0]!))
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}

type Found = { readonly link: number; readonly offset: number; readonly problem?: undefined } | { readonly link?: undefined; readonly problem: true }

/** The street on which cars of a place come on to the road; null = not yet known. */
function useAccess(position: Position | null): Found | null {
  const [found, setFound] = useState<{ readonly position: Position; readonly found: Found } | null>(null)
  useEffect(() => {
    const { city } = session
    if (!city || !position) return undefined
    let current = true
    void loadScenarioCity(city.pack).then(known => {
      const access = resolveAccess(position, known, usableLinks(known), '', '')
      if (current) setFound({ position, found: access.ok ? access.value.links[0]! : { problem: true } })
    }, () => undefined)
    return () => { current = false }
  }, [position])
  return useMemo(() => (found && found.position === position ? found.found : null), [found, position])
}
