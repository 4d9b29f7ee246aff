import { useCallback, useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { loadAreas, toPlane } from '../../city'
import { areaOf, ARRIVAL_MINUTES, checkInCity, formatTimeOfDay, LEAVING_MINUTES, loadScenarioCity, modeShares, roomOf, secondsOfDay, type EventEdit, type ModeShares, type OnFoot } from '../../scenario'
import { language } from '../i18n'
import { middle } from '../model/walkGround'
import { newEditId } from '../model/editsInForce'
import { whole } from '../model/format'
import { EditForm } from '../parts/EditForm'
import { NumberField } from '../parts/NumberField'
import { TimeField } from '../parts/TimeField'
import { session, timeNow } from '../session'
import { EventStewards } from './EventStewards'
import { useApp } from '../stores/store'

/** Where an event may be, and what it is called. */
export interface EventSite {
  readonly venue: EventEdit['venue']
  readonly name: string
  /** Persons; null = unknown. */
  readonly capacity: number | null
  /** Ground that is drawn for it; absent = what the city has there. */
  readonly ground?: Ground
}

const HALF_HOUR = 1800
const DAY = 24 * 3600
/** Until the shares are known by which people would come there; docs/demand.md says what is assumed. */
const SHARES = { carShare: 0.1, taxiShare: 0.1, personsPerCar: 2.4 }
const METRO_SHARE = 0.5

type Draft = Pick<EventEdit, 'attendance' | 'personsPerCar' | 'window'> & { onFoot?: OnFoot & { readonly metroShare: number } }
  & Required<Pick<EventEdit, 'carShare' | 'taxiShare' | 'arrivalMinutesBefore' | 'leavingMinutesAfter'>>

function firstDraft({ capacity, ground }: EventSite, runEnd: number): Draft {
  // In an hour, so that those who come are in the run; at least so many that a short run has some of them.
  const start = Math.min(Math.ceil((timeNow() + 2 * HALF_HOUR) / HALF_HOUR) * HALF_HOUR, Math.max(0, runEnd - 300), DAY - 4 * HALF_HOUR)
  const draft: Draft = {
    ...SHARES, attendance: Math.min(20_000, capacity ?? 5000, ground?.room ?? Infinity),
    window: { start: formatTimeOfDay(start), end: formatTimeOfDay(Math.min(DAY, start + 4 * HALF_HOUR)) },
    arrivalMinutesBefore: ARRIVAL_MINUTES, leavingMinutesAfter: LEAVING_MINUTES,
  }
  // Who draws a ground wants to see people on it.
  return ground ? walking(draft, METRO_SHARE) : draft
}

/** An event: how many come, when, and how. Those who drive or are driven are simulated vehicle by vehicle. */
export function EventForm({ site, onDone }: { site: EventSite; /** Told the id of the event; absent = none was added. */ onDone: (id?: string) => void }): ReactElement | null {
  const { venue, name, capacity } = site
  const { t } = useTranslation()
  const runEnd = useApp(state => (state.scenario ? secondsOfDay(state.scenario.window.end)! : DAY))
  const [draft, setDraft] = useState(() => firstDraft(site, runEnd))
  const { reachable, shares } = useSiteInCity(venue) ?? { reachable: null, shares: null }
  const [touched, setTouched] = useState(false)
  if (shares && !touched) {
    // Once they are known, the estimated shares stand in the form, as long as nobody has set any.
    setTouched(true)
    setDraft(before => settled(before, shares))
  }
  const cityGround = useGround(venue)
  const ground = site.ground ?? cityGround
  const set = (part: Partial<Draft>): void => setDraft(before => ({ ...before, ...part }))
  const setShare = (part: Partial<Draft>): void => { setTouched(true); set(part) }
  const setStewards = useCallback((part: object): void => setDraft(before => {
    const onFoot = { ...before.onFoot, ...part }
    return { ...before, onFoot: Object.fromEntries(Object.entries(onFoot).filter(([, value]) => value !== undefined)) as unknown as NonNullable<Draft['onFoot']> }
  }), [])
  const { window, carShare, taxiShare, attendance, onFoot } = draft
  const metroShare = onFoot?.metroShare ?? 0
  const rest = (share: number): number => 100 - Math.round(share * 100)
  const vehicles = Math.round((attendance * carShare) / draft.personsPerCar) + Math.round((attendance * taxiShare) / 2)

  function submit(): void {
    const edit: EventEdit = { kind: 'event', id: newEditId('event'), enabled: true, venue, label: t('event.label', { name }), ...draft }
    if (session.apply({ kind: 'add', edit })) onDone(edit.id)
  }

  return (
    <EditForm title={t('event.title')} onSubmit={submit}>
      {reachable === false && <p className="notice" data-tone="bad">{t('event.offRoad')}</p>}
      <NumberField label={capacity === null ? t('event.attendance') : t('event.attendanceOf', { capacity: whole(capacity) })} value={attendance} min={1} max={500_000} step={1000}
        onChange={value => set({ attendance: value })} />
      <div className="times">
        <label>{t('event.begin')}<TimeField label={t('event.begin')} value={window.start.slice(0, 5)} onChange={time => { if (time) set({ window: { ...window, start: time } }) }} /></label>
        <label>{t('event.end')}<TimeField label={t('event.end')} value={window.end.slice(0, 5)} onChange={time => { if (time) set({ window: { ...window, end: time } }) }} /></label>
      </div>
      <div className="settings">
        <NumberField label={t('event.car')} value={Math.round(carShare * 100)} min={0} max={rest(taxiShare + metroShare)} step={5} onChange={percent => setShare({ carShare: percent / 100 })} />
        <NumberField label={t('event.taxi')} value={Math.round(taxiShare * 100)} min={0} max={rest(carShare + metroShare)} step={5} onChange={percent => setShare({ taxiShare: percent / 100 })} />
        <NumberField label={t('event.perCar')} value={draft.personsPerCar} min={1} max={60} step={0.1} digits={1} onChange={value => set({ personsPerCar: value })} />
      </div>
      {shares && <p className="soft small">{t('event.sharesNote', { metro: percent(shares.metro), bus: percent(shares.bus), taxi: percent(shares.taxi), car: percent(shares.car), walk: percent(shares.walk) })}</p>}
      {ground && <>
        <label className="row"><input type="checkbox" data-testid="event-on-foot" checked={onFoot !== undefined}
          onChange={({ target }) => setDraft(before => walking(before, target.checked ? shares?.metro ?? METRO_SHARE : null))} />
          {t('event.onFoot')}</label>
        {onFoot && <>
          <NumberField label={t('event.metro')} value={Math.round(metroShare * 100)} min={0} max={rest(carShare + taxiShare)} step={5} onChange={percent => setShare({ onFoot: { ...onFoot, metroShare: percent / 100 } })} />
          <p className="soft small">{t('event.onFootNote')} {attendance > ground.room && <b>{t('event.room', { area: language() === 'zh' ? ground.name : ground.nameEn, room: whole(ground.room) })}</b>}</p>
        </>}
      </>}
      {ground && onFoot && <EventStewards value={onFoot} at={ground.at} onChange={setStewards} />}
      <details className="fold">
        <summary>{t('event.profile')}</summary>
        <Minutes label={t('event.arrive')} value={draft.arrivalMinutesBefore} falling onChange={arrivalMinutesBefore => set({ arrivalMinutesBefore })} />
        <Minutes label={t('event.leave')} value={draft.leavingMinutesAfter} onChange={leavingMinutesAfter => set({ leavingMinutesAfter })} />
      </details>
      <p className="soft small">{t('event.note', { vehicles: whole(vehicles) })}{secondsOfDay(window.end)! >= runEnd && ` ${t('event.beyond', { time: formatTimeOfDay(runEnd) })}`}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-event" disabled={reachable !== true || (onFoot !== undefined && ground !== null && attendance > ground.room)}>{t('event.apply')}</button>
        <button type="button" className="button" onClick={() => onDone()}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}

const percent = (share: number): number => Math.round(share * 100)

/** The draft with the shares by which people would come there. */
function settled(draft: Draft, { car, taxi, metro }: ModeShares): Draft {
  const next = { ...draft, carShare: percent(car) / 100, taxiShare: percent(taxi) / 100 }
  return draft.onFoot ? walking(next, percent(metro) / 100) : next
}

/** The draft with its people on foot, so many of them by metro; null = with its vehicles only. */
function walking(draft: Draft, metroShare: number | null): Draft {
  const { onFoot: _, ...vehicles } = draft
  return metroShare === null ? vehicles : { ...draft, onFoot: { metroShare: Math.min(metroShare, 1 - draft.carShare - draft.taxiShare) } }
}

/** First, most and last, kept in their order. */
function Minutes({ label, value, falling = false, onChange }: { label: string; value: readonly [number, number, number]; falling?: boolean; onChange: (value: [number, number, number]) => void }): ReactElement {
  const { t } = useTranslation()
  const names = ['event.first', 'event.most', 'event.last'] as const
  const limits = (index: number): { min: number; max: number } => {
    const [least, greatest] = [value[falling ? index + 1 : index - 1] ?? 0, value[falling ? index - 1 : index + 1] ?? 600]
    return { min: least + (index === (falling ? 0 : 2) ? 1 : 0), max: greatest }
  }
  return (
    <>
      <h3>{label}</h3>
      <div className="settings">
        {names.map((name, index) => (
          <NumberField key={name} label={t(name)} value={value[index]!} {...limits(index)} step={5}
            onChange={minutes => onChange(value.map((old, i) => (i === index ? minutes : old)) as [number, number, number])} />
        ))}
      </div>
    </>
  )
}

interface SiteInCity { readonly reachable: boolean; /** In whole per cent. */ readonly shares: ModeShares | null }

/** Whether a road of the modelled area leads there, and by what people would come; null = not yet known. */
function useSiteInCity(venue: EventEdit['venue']): SiteInCity | null {
  const [site, setSite] = useState<SiteInCity | null>(null)
  useEffect(() => {
    let current = true
    const { city } = session
    if (!city) return undefined
    void loadScenarioCity(city.pack).then(known => {
      if (!current) return
      const reachable = checkInCity({ edits: [{ kind: 'event', enabled: true, venue }] }, known).length === 0
      const place = typeof venue === 'string' ? known.venues.find(({ id }) => id === venue) : placeAt(venue.position)
      setSite({ reachable, shares: place ? modeShares(place, known.demand, known.stations) : null })
    }, () => undefined)
    return () => { current = false }
  }, [venue])
  return site
}

function placeAt([longitude, latitude]: readonly [number, number]): { x: number; y: number } {
  const [x, y] = toPlane(longitude, latitude)
  return { x, y }
}

interface Ground { readonly name: string; readonly nameEn: string; readonly room: number; /** Its middle, m. */ readonly at: readonly [number, number] }

/** Where the people of a venue can walk, and how many have room; null = the city has no such ground, or it is not yet known. */
function useGround(venue: EventEdit['venue']): Ground | null {
  const [ground, setGround] = useState<Ground | null>(null)
  useEffect(() => {
    let current = true
    const { city } = session
    if (!city) return undefined
    void loadAreas(city.pack).then(areas => {
      const area = areaOf({ venue }, areas)
      if (current) setGround(area ? { name: area.name, nameEn: area.nameEn, room: roomOf(area), at: middle(area.portals.map(({ at }) => at)) } : null)
    }, () => undefined)
    return () => { current = false }
  }, [venue])
  return ground
}
