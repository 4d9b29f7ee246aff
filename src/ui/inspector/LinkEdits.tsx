import { LockOpen, Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer } from '../../city'
import type { ScenarioEdit } from '../../scenario'
import { editIcons, shutsOut, whatOf } from '../model/describeEdit'
import { clock } from '../model/format'
import { editsOnLink, editsOnNode, endNow, stateOf } from '../model/editsInForce'
import { changesOf } from '../model/metro'
import { linksOfEdit } from '../model/roadTargets'
import { session, timeNow } from '../session'
import { useApp } from '../stores/store'
import { useLayer } from './useLayer'

/** Changes of a road section and of the turns at its end: what holds, until when, and ending it. */
export function LinkEdits({ link }: { link: number }): ReactElement | null {
  const changes = useApp(state => state.changes)
  const edits = useEdits()
  const { city } = session
  return city && edits ? <EditList edits={editsOnLink(link, city.network, changes, edits, timeNow())} /> : null
}

/** The same of the signals of a junction. */
export function NodeEdits({ node }: { node: number }): ReactElement | null {
  const edits = useEdits()
  const { city } = session
  return city && edits ? <EditList edits={editsOnNode(node, city.network, edits, timeNow())} /> : null
}

/** The same of a metro station with its lines, or of a line. */
export function MetroEdits({ about }: { about: { readonly station: number } | { readonly line: number } }): ReactElement | null {
  const edits = useEdits()
  const layer = useLayer(metroLayer)
  return layer && edits ? <EditList edits={changesOf(edits, about, layer).filter(edit => edit.enabled && stateOf(edit, timeNow()) !== 'over')} /> : null
}

/** Read anew with every measure of the run, so that what is over goes away. */
function useEdits(): readonly ScenarioEdit[] | undefined {
  useApp(state => Math.floor((state.status?.totals.tick ?? 0) / 20))
  return useApp(state => state.scenario?.edits)
}

const EditList = ({ edits }: { edits: readonly ScenarioEdit[] }): ReactElement | null =>
  edits.length === 0 ? null : <ul className="link-edits">{edits.map(edit => <LinkEdit key={edit.id} edit={edit} />)}</ul>

function LinkEdit({ edit }: { edit: ScenarioEdit }): ReactElement {
  const { t } = useTranslation()
  const active = stateOf(edit, timeNow()) === 'active'
  const closure = shutsOut(edit)
  const Icon = editIcons[edit.kind]
  const sections = session.city ? linksOfEdit(edit, session.city).length : 1
  const end = t(active ? (closure ? 'inspector.reopen' : 'inspector.lift') : 'mark.remove')
  return (
    <li data-tone={closure ? 'closure' : undefined}>
      <Icon aria-hidden size="1.1rem" />
      <div>
        <b>{t(`edits.${edit.kind}`)} {edit.window.start.slice(0, 5)}–{edit.window.end.slice(0, 5)}</b>
        <p className="soft">{whatOf(edit, t)}{sections > 1 && ` · ${t('edits.links', { count: sections })}`}</p>
        <p className="soft">{active ? t(closure ? 'inspector.reopensAt' : 'inspector.liftedAt', { time: edit.window.end.slice(0, 5) }) : t('edits.upcoming', { time: edit.window.start.slice(0, 5) })}</p>
      </div>
      <button type="button" className="button" data-testid={closure ? 'reopen' : 'lift'} title={active ? t(closure ? 'inspector.reopenNote' : 'inspector.liftNote', { time: clock(timeNow()) }) : undefined} onClick={() => session.apply(endNow(edit, timeNow()))}>
        {active ? <LockOpen aria-hidden size="1rem" /> : <Trash2 aria-hidden size="1rem" />} {end}
      </button>
    </li>
  )
}
