import { Copy, Crosshair, PencilLine, Trash2, TriangleAlert } from 'lucide-react'
import { Switch } from 'radix-ui'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isNetworkEdit, secondsOfDay, type Conflict, type ScenarioEdit } from '../../scenario'
import { MetroForm } from '../inspector/MetroForm'
import { editName, labelFrom, labelOf } from '../model/labels'
import { conflictText } from '../model/conflictText'
import { editIcons, shutsOut, whatOf, whereOf } from '../model/describeEdit'
import { newEditId, stateOf } from '../model/editsInForce'
import { framingOf } from '../model/framing'
import { linksOfEdit } from '../model/roadTargets'
import { isSound } from '../parts/EditForm'
import { IconButton } from '../parts/IconButton'
import { TextField } from '../parts/TextField'
import { TimeField } from '../parts/TimeField'
import { session } from '../session'
import { store, useApp } from '../stores/store'
import { WeatherForm } from './WeatherForm'

/** One change: what it does and where, when as a bar on the timeline of the run, what to look at, and what can be done with it. */
export function EditRow({ edit, conflicts }: { edit: ScenarioEdit; conflicts: readonly Conflict[] }): ReactElement {
  const { t } = useTranslation()
  const state = useApp(({ info, status }) => stateOf(edit, info ? info.startTime + (status?.totals.tick ?? 0) * info.dt : 0))
  const [changing, setChanging] = useState(false)
  const Icon = editIcons[edit.kind]
  const time = (state === 'upcoming' ? edit.window.start : edit.window.end).slice(0, 5)
  const name = editName(edit, t)
  const edits = store.getState().scenario?.edits ?? []

  function duplicate(): void {
    const index = edits.findIndex(({ id }) => id === edit.id) + 1
    // Switched off, so that nothing is done twice before the copy is made different.
    session.apply({ kind: 'add', edit: { ...edit, id: newEditId(edit.kind), label: t('edits.copy', { label: name }).slice(0, 200), enabled: false }, index })
  }

  return (
    <li className="edit" data-state={state} data-kind={edit.kind}>
      <Icon aria-hidden size="1.1rem" />
      <div>
        <b>{name}</b>
        <p className="soft">{[whereOf(edit, t), whatOf(edit, t)].filter(Boolean).join(' · ')} · {edit.window.start.slice(0, 5)}–{edit.window.end.slice(0, 5)}</p>
        <Bar edit={edit} shut={shutsOut(edit)} />
        <span className="chips"><i data-tone={state === 'active' ? (shutsOut(edit) ? 'closure' : 'good') : undefined}>{t(`edits.${state}`, { time })}</i></span>
        {conflicts.map((conflict, at) => <p key={at} className="edit-conflict" data-conflict={conflict.kind}><TriangleAlert aria-hidden size="0.9rem" /> {conflictText(conflict, edits, t)}</p>)}
        {changing && (edit.kind === 'metro' ? <MetroForm old={edit} onDone={() => setChanging(false)} /> : edit.kind === 'weather' ? <WeatherForm old={edit} onDone={() => setChanging(false)} /> : <Change edit={edit} onDone={() => setChanging(false)} />)}
      </div>
      <div className="edit-actions">
        <Switch.Root className="switch" aria-label={`${t('edits.enable')}: ${name}`} checked={edit.enabled}
          onCheckedChange={enabled => session.apply({ kind: 'replace', id: edit.id, edit: { ...edit, enabled } })}>
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
        <IconButton icon={Crosshair} label={t('edits.show')} onClick={() => void show(edit)} />
        <IconButton icon={PencilLine} label={t('edits.change')} pressed={changing} onClick={() => (edit.kind === 'housing' ? store.getState().draw('housing', edit.id) : setChanging(!changing))} />
        <IconButton icon={Copy} label={t('edits.duplicate')} onClick={duplicate} />
        <IconButton icon={Trash2} label={t('edits.remove')} onClick={() => session.apply({ kind: 'remove', id: edit.id })} />
      </div>
    </li>
  )
}

/** When an edit holds, within the hours of the run. */
function Bar({ edit, shut }: { edit: ScenarioEdit; shut: boolean }): ReactElement | null {
  const { t } = useTranslation()
  const window = useApp(state => state.scenario?.window)
  if (!window) return null
  const [start, end] = [secondsOfDay(window.start)!, secondsOfDay(window.end)!]
  const place = (text: string): number => Math.min(100, Math.max(0, (100 * (secondsOfDay(text)! - start)) / (end - start)))
  const [from, to] = [place(edit.window.start), place(edit.window.end)]
  const hours = { start: edit.window.start.slice(0, 5), end: edit.window.end.slice(0, 5), from: window.start.slice(0, 5), until: window.end.slice(0, 5) }
  return <div className="edit-bar" role="img" aria-label={t('edits.timeline', hours)}><i data-tone={shut ? 'closure' : undefined} style={{ left: `${from}%`, width: `${to - from}%` }} /></div>
}

/** Another name, other hours. */
function Change({ edit, onDone }: { edit: ScenarioEdit; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const [label, setLabel] = useState(labelOf(edit) ?? '')
  const [{ start, end }, setWindow] = useState(edit.window)
  function submit(): void {
    const { label: _, ...rest } = edit
    if (session.apply({ kind: 'replace', id: edit.id, edit: { ...rest, window: { start, end }, ...labelFrom(label, edit) } })) onDone()
  }
  return (
    <form className="edit-change" onSubmit={event => { event.preventDefault(); if (isSound(event.currentTarget)) submit() }}>
      <TextField label={t('edits.label')} value={label} placeholder={t(`edits.${edit.kind}`)} longest={200} onChange={setLabel} />
      <div className="times">
        <label>{t('closure.from')}<TimeField label={t('closure.from')} value={start.slice(0, 5)} onChange={time => { if (time && time !== start.slice(0, 5)) setWindow({ start: time, end }) }} /></label>
        <label>{t('closure.to')}<TimeField label={t('closure.to')} value={end.slice(0, 5)} onChange={time => { if (time && time !== end.slice(0, 5)) setWindow({ start, end: time }) }} /></label>
      </div>
      <div className="row">
        <button type="submit" className="button primary">{t('edits.done')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </form>
  )
}

async function show(edit: ScenarioEdit): Promise<void> {
  const { city, view } = session
  if (!city) return
  if (isNetworkEdit(edit)) view.highlightLinks(linksOfEdit(edit, city))
  const pose = await framingOf([{ ...edit, enabled: true }], city)
  if (pose) view.flyTo(pose)
}
