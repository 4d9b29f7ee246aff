import { Redo2, Undo2 } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsOfDay, type Conflict, type ScenarioEdit } from '../../scenario'
import { useConflicts } from '../documents/useConflicts'
import { labelOf } from '../model/labels'
import { whereOf, whatOf } from '../model/describeEdit'
import { clock } from '../model/format'
import { IconButton } from '../parts/IconButton'
import { PanelFrame } from '../parts/PanelFrame'
import { timeNow } from '../session'
import { store, useApp } from '../stores/store'
import { lazyPart } from '../parts/lazyPart'
import { AddChange } from './AddChange'
import { EditRow } from './EditRow'

const RulesSection = lazyPart(() => import('./rules/RulesSection'))

/** So many changes are found by looking. */
const FEW = 3

/** The planner's changes in the order in which they were made, on one timeline, with what is to be looked at before they run. */
export default function EditsPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const edits = useApp(state => state.scenario?.edits ?? none)
  const canUndo = useApp(state => state.undoStack.length > 0)
  const canRedo = useApp(state => state.redoStack.length > 0)
  const conflicts = useConflicts()
  const [kind, setKind] = useState<ScenarioEdit['kind'] | null>(null)
  const [words, setWords] = useState('')
  const { undo, redo } = store.getState()
  const kinds = [...new Set(edits.map(edit => edit.kind))]
  const chosen = kind && kinds.includes(kind) ? kind : null
  const text = (edit: ScenarioEdit): string => [labelOf(edit), t(`edits.${edit.kind}`), whereOf(edit, t), whatOf(edit, t)].join(' ').toLowerCase()
  const shown = edits.filter(edit => (chosen === null || edit.kind === chosen) && words.toLowerCase().split(/\s+/).every(word => text(edit).includes(word)))
  const of = (edit: ScenarioEdit): readonly Conflict[] => conflicts.filter(({ id }) => id === edit.id)
  return (
    <PanelFrame title={t('edits.title')} intro={t(edits.length === 0 ? 'edits.empty' : 'edits.intro')} onClose={onClose} actions={<>
      <IconButton icon={Undo2} label={t('top.undo')} keys="Ctrl Z" disabled={!canUndo} onClick={undo} />
      <IconButton icon={Redo2} label={t('top.redo')} keys="Ctrl Y" disabled={!canRedo} onClick={redo} />
    </>}>
      <AddChange />
      {edits.length > FEW && (
        <div className="edit-filter" role="search">
          <input type="search" className="time-field" value={words} placeholder={t('edits.find')} aria-label={t('edits.find')} onChange={({ target }) => setWords(target.value)} />
          {kinds.length > 1 && (
            <div className="chips" role="group" aria-label={t('edits.find')}>
              <button type="button" className="chip" aria-pressed={chosen === null} onClick={() => setKind(null)}>{t('edits.all')} {edits.length}</button>
              {kinds.map(each => (
                <button type="button" key={each} className="chip" aria-pressed={chosen === each} onClick={() => setKind(chosen === each ? null : each)}>
                  {t(`edits.${each}`)} {edits.filter(edit => edit.kind === each).length}
                </button>
              ))}
            </div>
          )}
        </div>
      )}
      {conflicts.length > 0 && <p className="notice" data-tone="warn" role="status" data-testid="conflicts">{t('conflict.title', { count: conflicts.length })}</p>}
      {edits.length > 0 && <Axis />}
      <ul className="rows edits">{shown.map(edit => <EditRow key={edit.id} edit={edit} conflicts={of(edit)} />)}</ul>
      {edits.length > 0 && shown.length === 0 && <p className="soft">{t('edits.none')}</p>}
      <RulesSection />
    </PanelFrame>
  )
}

const none: readonly ScenarioEdit[] = []

/** The hours of the run that the bars below stand for, and where it is now. */
function Axis(): ReactElement | null {
  const window = useApp(state => state.scenario?.window)
  const now = useApp(({ info, status }) => (info && status ? Math.floor(timeNow() / 30) * 30 : null))
  if (!window) return null
  const [start, end] = [secondsOfDay(window.start)!, secondsOfDay(window.end)!]
  const share = now === null ? null : Math.min(1, Math.max(0, (now - start) / (end - start)))
  return (
    <div className="edit-axis" aria-hidden>
      <span>{clock(start)}</span><span>{clock((start + end) / 2)}</span><span>{clock(end)}</span>
      {share !== null && <i style={{ left: `${share * 100}%` }} />}
    </div>
  )
}
