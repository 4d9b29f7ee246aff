import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer, type MetroLayer } from '../../city'
import { isOnFoot, metroPlaces, metroRow, type MetroChange, type MetroEdit } from '../../scenario'
import { newEditId } from '../model/editsInForce'
import { linesAt, lineNames, stationsOf } from '../model/metro'
import { EditForm } from '../parts/EditForm'
import { NumberField } from '../parts/NumberField'
import { Segments } from '../parts/Segments'
import { session } from '../session'
import { useApp } from '../stores/store'
import { useEditWindow } from './useEditWindow'
import { useLayer } from './useLayer'

type What = MetroChange['what']
interface Props {
  /** What the planner has clicked, by row; absent = nothing. */
  readonly line?: number
  readonly station?: number
  /** A change that is changed again. */
  readonly old?: MetroEdit
  readonly onDone: () => void
}

/** min between trains that is proposed: about twice that of Shenzhen's lines at noon. */
const USUAL_MINUTES = 10

/** The metro runs otherwise for a while: no trains on a line, another headway, or a station closed. */
export function MetroForm(props: Props): ReactElement | null {
  const layer = useLayer(metroLayer)
  return layer && <Form key={`${props.line} ${props.station}`} layer={layer} {...props} />
}

function Form({ layer, line, station, old, onDone }: Props & { readonly layer: MetroLayer }): ReactElement {
  const { t } = useTranslation()
  const hours = useEditWindow(old ? { given: old.window } : {})
  const rides = useApp(({ scenario }) => scenario !== null && isOnFoot(scenario))
  const [first] = useState(() => firstChoice(layer, line, station, old))
  const [what, setWhat] = useState<What>(first.what)
  const [row, setLine] = useState(first.line)
  const [stop, setStop] = useState(first.station)
  const [minutes, setMinutes] = useState(first.minutes)
  const names = lineNames(layer)
  const stops = stationsOf(layer, row)
  const chosen = stops.find(each => each.row === stop) ?? stops[0]!

  function submit(): void {
    const change: MetroChange = what === 'closeStation' ? { what, station: chosen.zh } : what === 'setHeadway' ? { what, line: names[row]!.zh, minutes } : { what, line: names[row]!.zh }
    const label = t(`metro.label.${what}`, { name: what === 'closeStation' ? chosen.shown : names[row]!.shown, minutes })
    const edit: MetroEdit = { kind: 'metro', id: old?.id ?? newEditId('metro'), enabled: old?.enabled ?? true, label, window: hours.read(), change }
    if (session.apply(old ? { kind: 'replace', id: old.id, edit } : { kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t(old ? 'metro.change' : 'metro.title')} {...(what === 'setHeadway' ? {} : { tone: 'closure' as const })} onSubmit={submit}>
      <Segments label={t('metro.what')} value={what} onChange={setWhat} options={(['suspendLine', 'setHeadway', 'closeStation'] as const).map(value => ({ value, text: t(`metro.${value}`) }))} />
      <label className="number-field">
        <span>{t('metro.line')}</span>
        <select className="time-field" data-testid="metro-line" value={row} onChange={({ target }) => setLine(Number(target.value))}>
          {names.map(each => <option key={each.row} value={each.row}>{each.shown}</option>)}
        </select>
      </label>
      {what === 'closeStation' && (
        <label className="number-field">
          <span>{t('metro.station')}</span>
          <select className="time-field" data-testid="metro-station" value={chosen.row} onChange={({ target }) => setStop(Number(target.value))}>
            {stops.map(each => <option key={each.row} value={each.row}>{each.shown}</option>)}
          </select>
        </label>
      )}
      {what === 'setHeadway' && <NumberField label={t('metro.minutes')} value={minutes} min={1} max={60} step={0.5} digits={1} onChange={setMinutes} />}
      {hours.fields}
      <p className="soft small">{t(`metro.note.${what}`)}</p>
      {!rides && <p className="notice" data-tone="warn">{t('conflict.metroIdle')}</p>}
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-metro">{t(old ? 'draw.save' : 'metro.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}

function firstChoice(layer: MetroLayer, line: number | undefined, station: number | undefined, old: MetroEdit | undefined): { what: What; line: number; station: number; minutes: number } {
  const first = { what: 'suspendLine' as What, line: line ?? 0, station: -1, minutes: USUAL_MINUTES }
  const at = (row: number): typeof first => ({ ...first, what: 'closeStation', line: linesAt(layer, row)[0]?.row ?? 0, station: row })
  if (!old) return station === undefined ? first : at(station)
  const row = metroRow(old.change, metroPlaces(layer))
  if (row < 0) return first
  if (old.change.what === 'closeStation') return at(row)
  return { ...first, what: old.change.what, line: row, ...(old.change.what === 'setHeadway' ? { minutes: old.change.minutes } : {}) }
}
