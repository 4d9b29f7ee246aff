import { Ban, CloudRain, Crosshair, PencilLine, Redo2, Trash2, Undo2 } from 'lucide-react'
import { Switch } from 'radix-ui'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isNetworkEdit, type ScenarioEdit } from '../../scenario'
import { editIcons, shutsOut, whatOf, whereOf } from '../model/describeEdit'
import { stateOf } from '../model/editsInForce'
import { framingOf } from '../model/framing'
import { linksOfEdit } from '../model/roadTargets'
import { IconButton } from '../parts/IconButton'
import { PanelFrame } from '../parts/PanelFrame'
import { session } from '../session'
import { store, useApp } from '../stores/store'
import { lazyPart } from '../parts/lazyPart'
import { RainForm } from './RainForm'

const RulesSection = lazyPart(() => import('./rules/RulesSection'))

/** The planner's changes in the order in which they were made. */
export default function EditsPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const edits = useApp(state => state.scenario?.edits ?? none)
  const canUndo = useApp(state => state.undoStack.length > 0)
  const canRedo = useApp(state => state.redoStack.length > 0)
  const [raining, setRaining] = useState(false)
  const { undo, redo, setTool } = store.getState()
  return (
    <PanelFrame title={t('edits.title')} intro={t('edits.intro')} onClose={onClose} actions={<>
      <IconButton icon={Undo2} label={t('top.undo')} keys="Ctrl Z" disabled={!canUndo} onClick={undo} />
      <IconButton icon={Redo2} label={t('top.redo')} keys="Ctrl Y" disabled={!canRedo} onClick={redo} />
    </>}>
      <ul className="rows">{edits.map(edit => <EditRow key={edit.id} edit={edit} />)}</ul>
      {raining ? <RainForm onDone={() => setRaining(false)} /> : (
        <div className="row">
          <button type="button" className="button closure" onClick={() => setTool('close')}><Ban aria-hidden size="1rem" /> {t('edits.start')}</button>
          <button type="button" className="button" onClick={() => setTool('draw')}><PencilLine aria-hidden size="1rem" /> {t('rail.draw')}</button>
          <button type="button" className="button" data-testid="plan-rain" onClick={() => setRaining(true)}><CloudRain aria-hidden size="1rem" /> {t('weather.plan')}</button>
        </div>
      )}
      <RulesSection />
    </PanelFrame>
  )
}

const none: readonly ScenarioEdit[] = []

function EditRow({ edit }: { edit: ScenarioEdit }): ReactElement {
  const { t } = useTranslation()
  const state = useApp(({ info, status }) => stateOf(edit, info ? info.startTime + (status?.totals.tick ?? 0) * info.dt : 0))
  const Icon = editIcons[edit.kind]
  const time = (state === 'upcoming' ? edit.window.start : edit.window.end).slice(0, 5)
  return (
    <li className="edit" data-state={state} data-kind={edit.kind}>
      <Icon aria-hidden size="1.1rem" />
      <div>
        <b>{edit.label ?? t(`edits.${edit.kind}`)}</b>
        <p className="soft">{[whereOf(edit, t), whatOf(edit, t)].filter(Boolean).join(' · ')} · {edit.window.start.slice(0, 5)}–{edit.window.end.slice(0, 5)}</p>
        <span className="chips"><i data-tone={state === 'active' ? (shutsOut(edit) ? 'closure' : 'good') : undefined}>{t(`edits.${state}`, { time })}</i></span>
      </div>
      <div className="edit-actions">
        <Switch.Root className="switch" aria-label={t('edits.enable')} checked={edit.enabled}
          onCheckedChange={enabled => session.apply({ kind: 'replace', id: edit.id, edit: { ...edit, enabled } })}>
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
        <IconButton icon={Crosshair} label={t('edits.show')} onClick={() => void show(edit)} />
        <IconButton icon={Trash2} label={t('edits.remove')} onClick={() => session.apply({ kind: 'remove', id: edit.id })} />
      </div>
    </li>
  )
}

async function show(edit: ScenarioEdit): Promise<void> {
  const { city, view } = session
  if (!city) return
  if (isNetworkEdit(edit)) view.highlightLinks(linksOfEdit(edit, city))
  const pose = await framingOf([{ ...edit, enabled: true }], city)
  if (pose) view.flyTo(pose)
}
