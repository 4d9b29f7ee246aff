import { Ban, Crosshair, DoorOpen, Ticket } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { CityArea } from '../../city'
import { formatTimeOfDay, ringArea, roomOf, secondsOfDay, waysOf, type AreaWay, type ScenarioEdit } from '../../scenario'
import { language } from '../i18n'
import { newEditId, stateOf } from '../model/editsInForce'
import { brief, squareMetres, whole } from '../model/format'
import { lengthOf, middle } from '../model/walkGround'
import { areaName, wayName, wayNumber } from '../model/wayName'
import { EditForm } from '../parts/EditForm'
import { Figure } from '../parts/Figure'
import { session, timeNow } from '../session'
import { store } from '../stores/store'
import { CardFrame } from './CardFrame'
import { EventForm } from './EventForm'
import { MapTags, type MapTag } from './MapTags'
import { useGrounds } from './useGrounds'
import { useMeasure } from './useMeasure'

const TAG_WITHIN = 2500 // m from the eye
const FEW = 12
const kinds = ['entrance', 'portal'] as const

/** A square, park, stadium or station where people walk: its size, its ways with their control, and where its figures come from. */
export function AreaCard({ id, onClose }: { id: string; onClose: () => void }): ReactElement | null {
  const { areas, edits } = useGrounds()
  const area = areas.find(each => each.id === id)
  return area ? <Area area={area} edits={edits} onClose={onClose} /> : null
}

function Area({ area, edits, onClose }: { area: CityArea; edits: readonly ScenarioEdit[]; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const ways = useMemo(() => waysOf(area), [area])
  const [controlled, setControlled] = useState<string | null>(null)
  const [planning, setPlanning] = useState(false)
  const name = areaName(area)
  const tags = useMemo(() => ways.map((way): MapTag => ({
    id: way.id, at: middle(way.line), height: null, text: way.kind === 'portal' ? wayNumber(way) : wayName(way, area, t, true), title: wayName(way, area, t, true), within: TAG_WITHIN, onClick: () => setControlled(way.id),
    ...(way.id === controlled ? { tone: 'chosen' } : {}),
  })), [ways, area, controlled, t])
  const chosen = ways.find(way => way.id === controlled)
  const platforms = area.space.floors.filter(floor => floor.surface === 'level' && floor.id.includes(':platform:'))
  const open = area.space.floors.filter(floor => floor.surface === 'level' && !/platform|concourse/.test(floor.id))
  const size = open.reduce((sum, { outlines }) => sum + outlines.reduce((inside, ring, index) => inside + (index === 0 ? 1 : -1) * ringArea(ring), 0), 0)
  const room = roomOf(area)
  const site = useMemo(() => (area.venue ? { venue: area.venue, name, capacity: room > 0 ? room : null } : null), [area, name, room])
  const measured = area.figures.filter(figure => figure.measured).length
  return (
    <CardFrame kind={t(platforms.length > 0 && open.length === 0 ? 'inspector.station' : 'area.kind')} title={name} subtitle={language() === 'en' ? area.name : area.nameEn} onClose={onClose}>
      <MapTags tags={tags} />
      <dl className="figures">
        {size > 0 && <Figure label={t('area.ground')} value={squareMetres(size)} />}
        {room > 0 && <Figure label={t('area.room')} value={whole(room)} unit={t('kpiUnit.persons')} />}
        <Figure label={t('area.ways')} value={whole(ways.length)} />
        {platforms.length > 0 && <Figure label={t('area.platforms')} value={platforms.map(({ id }) => lineName(id)).join(t('edits.comma'))} />}
      </dl>
      {planning && site ? <EventForm site={site} onDone={added => { setPlanning(false); if (added) onClose() }} /> : (
        <div className="row">
          {site && <button type="button" className="button" data-testid="plan-event" onClick={() => setPlanning(true)}><Ticket aria-hidden size="1rem" /> {t('event.plan')}</button>}
          <button type="button" className="button" onClick={() => fly(area)}><Crosshair aria-hidden size="1rem" /> {t('inspector.fly')}</button>
        </div>
      )}
      {chosen && <ControlForm key={chosen.id} area={area} way={chosen} onDone={() => setControlled(null)} />}
      {kinds.map(kind => {
        const rows = ways.filter(way => way.kind === kind)
        const list = (
          <ul className="rows ways">
            {rows.map(way => <WayRow key={way.id} area={area} way={way} edits={edits} chosen={way.id === controlled} onControl={() => setControlled(way.id)} />)}
          </ul>
        )
        if (rows.length === 0) return null
        // A square has dozens of ways to the street.
        return rows.length > FEW ? <details key={kind} className="fold"><summary>{t(`area.${kind}`)} ({rows.length})</summary>{list}</details> : <div key={kind}><h3>{t(`area.${kind}`)}</h3>{list}</div>
      })}
      <details className="fold">
        <summary>{t('area.figures', { measured, assumed: area.figures.length - measured })}</summary>
        <ul className="rows">
          {area.figures.map(({ subject, name: chinese, nameEn, value, unit, measured: known }, index) => (
            <li key={index} className="row spread small">
              <span>{language() === 'en' ? nameEn : chinese}{subject && <small className="soft"> {subject.split(':').slice(1).join(' ')}</small>}</span>
              <span>{unit ? `${brief(value)} ${unit}` : value === 1 ? '' : brief(value)} <i className="tag" data-tone={known ? 'accent' : undefined}>{t(known ? 'area.measured' : 'area.assumed')}</i></span>
            </li>
          ))}
        </ul>
      </details>
    </CardFrame>
  )
}

/** "2" of "市民中心:platform:02". */
const lineName = (floor: string): string => floor.split(':platform:')[1]!.replace(/^0/, '')

function fly({ space }: CityArea): void {
  const outline = (space.floors.find(({ id }) => id === 'ground') ?? space.floors[0]!).outlines[0]!
  const [x, y] = middle(outline)
  session.view.flyTo({ x, y, distance: Math.min(900, Math.max(260, Math.sqrt(ringArea(outline)) * 1.4)) })
}

interface WayProps { readonly area: CityArea; readonly way: AreaWay; readonly edits: readonly ScenarioEdit[]; readonly chosen: boolean; readonly onControl: () => void }

/** A way in and out: how wide it is, what holds there, and controlling or closing it. */
function WayRow({ area, way, edits, chosen, onControl }: WayProps): ReactElement {
  const { t } = useTranslation()
  const held = edits.find(edit => edit.kind === 'gate' && edit.at === way.id && ['active', 'upcoming'].includes(stateOf(edit, timeNow())))
  const persons = held?.kind === 'gate' ? held.personsPerMinute : -1
  return (
    <li aria-current={chosen || undefined}>
      <button type="button" className="row-button" onClick={() => { const [x, y] = middle(way.line); session.view.flyTo({ x, y, distance: 140 }) }}>
        <b>{wayName(way, area, t, true)}</b>
        <span className="soft">{t('area.wide', { width: brief(lengthOf(way.line)) })}{persons >= 0 && ` · ${persons === 0 ? t('mark.shut') : t('mark.lets', { persons: whole(persons) })}`}</span>
      </button>
      {held
        ? <button type="button" className="button" onClick={() => store.getState().select({ kind: 'mark', id: held.id })}>{t('mark.change')}</button>
        : <>
            <button type="button" className="button" data-testid="control-way" onClick={onControl}><DoorOpen aria-hidden size="1rem" /> {t('area.control')}</button>
            <button type="button" className="button" data-testid="close-way" onClick={() => close(way, t('draw.shutAt', { place: wayName(way, area, t) }))}><Ban aria-hidden size="1rem" /> {t('area.close')}</button>
          </>}
    </li>
  )
}

/** Closes a way from now until the run ends. */
function close(way: AreaWay, label: string): void {
  const end = store.getState().scenario!.window.end
  const start = Math.min(Math.ceil(timeNow()), secondsOfDay(end)! - 1)
  session.apply({ kind: 'add', edit: { kind: 'gate', id: newEditId('gate'), enabled: true, at: way.id, personsPerMinute: 0, label, window: { start: formatTimeOfDay(start), end } } })
}

function ControlForm({ area, way, onDone }: { area: CityArea; way: AreaWay; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const name = wayName(way, area, t)
  const measure = useMeasure('gate', { line: way.line, way: way.kind })
  function submit(): void {
    if (session.apply({ kind: 'add', edit: measure.edit({ way: way.id, name }) })) onDone()
  }
  return (
    <EditForm title={t('area.controlAt', { place: name })} onSubmit={submit}>
      {measure.fields}
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-measure">{t('draw.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
