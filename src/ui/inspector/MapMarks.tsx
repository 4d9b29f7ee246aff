import { useEffect, useMemo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isEvent } from '../../scenario'
import type { LineReport } from '../../sim'
import { marksOfEdits } from '../model/marksOfEdits'
import { whole } from '../model/format'
import { middle, octantAcross, type Point } from '../model/walkGround'
import { session, timeNow } from '../session'
import { store, useApp } from '../stores/store'
import { MapTags, type MapTag } from './MapTags'
import { MetroTags } from './MetroTags'
import { useGrounds } from './useGrounds'

const TAG_WITHIN = 1800 // m from the eye
const arrows = ['↑', '↗', '→', '↘', '↓', '↙', '←', '↖'] as const

/** What the document puts on the ground where people walk, on the map, with its figures. */
export default function MapMarks(): ReactElement {
  const { t } = useTranslation()
  const { areas, drawn, grounds, edits } = useGrounds()
  // A change begins and ends on its second; looked at as often as measures come.
  const now = useApp(state => (state.info ? Math.floor(timeNow()) : 0))
  const chosen = useApp(state => (state.selection?.kind === 'mark' ? state.selection.id : null))
  const key = JSON.stringify(marksOfEdits(edits, now, areas, grounds))
  const marks = useMemo(() => JSON.parse(key) as ReturnType<typeof marksOfEdits>, [key])
  useEffect(() => {
    session.view.setMarks(marks, chosen)
  }, [marks, chosen])
  useEffect(() => session.view.setDrawnAreas(drawn), [drawn])
  useEffect(() => () => { session.view.setMarks([], null); session.view.setDrawnAreas([]) }, [])
  const people = useApp(state => state.status?.people ?? null)
  const tags = useMemo(() => marks.flatMap(({ id, kind, points, height }): MapTag[] => {
    const edit = edits.find(each => each.id === id)
    if (!edit || kind === 'exit' || kind === 'stage') return []
    const at = points.length > 2 ? middle(points) : middle([points[0]!, points.at(-1)!])
    if (edit.kind === 'gate') {
      const waiting = people?.queues.find(queue => queue.id === `edit:${id}`)?.now ?? 0
      const text = edit.personsPerMinute === 0 ? t('mark.shut') : t('mark.lets', { persons: whole(edit.personsPerMinute) })
      return [{ id, at, height, text: waiting > 0 ? `${text} · ${t('mark.waiting', { count: waiting })}` : text, tone: edit.personsPerMinute === 0 ? 'barrier' : 'gate', within: TAG_WITHIN }]
    }
    if (edit.kind === 'countLine') {
      const counted = people?.lines.find(each => each.id === id)
      return counted ? [{ id, at, height, text: countText(counted, points), tone: 'count', within: TAG_WITHIN }] : []
    }
    if (edit.kind === 'housing') return [{ id, at, height, text: `${edit.name} · ${t('edits.attendance', { people: whole(edit.persons) })}`, tone: 'drawn', within: TAG_WITHIN * 4, onClick: () => store.getState().select({ kind: 'mark', id }) }]
    if (isEvent(edit) && typeof edit.venue !== 'string') return [{ id, at, height, text: edit.venue.name, tone: 'drawn', within: TAG_WITHIN * 3 }]
    return []
  }), [marks, edits, people, t])
  const metro = edits.some(({ kind, enabled }) => kind === 'metro' && enabled)
  return <><MapTags tags={tags} />{metro && <MetroTags now={now} />}</>
}

/** Persons each way, with arrows as on a map that has north above. */
function countText({ toLeft, toRight }: LineReport, line: readonly Point[]): string {
  return `${arrows[octantAcross(line, 'toLeft')]!} ${whole(toLeft)}  ${arrows[octantAcross(line, 'toRight')]!} ${whole(toRight)}`
}
