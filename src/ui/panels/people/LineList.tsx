import { Spline } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { toPlane } from '../../../city'
import type { PeopleReport } from '../../../sim'
import { labelOf } from '../../model/labels'
import { brief, clock, fixed, whole } from '../../model/format'
import { Sparkline } from '../../parts/Sparkline'
import { session } from '../../session'
import { store, useApp } from '../../stores/store'

/** Persons over drawn lines, each way, and their flow against what the ground takes. @param start  s of the day */
export function LineList({ lines, start }: { lines: PeopleReport['lines']; start: number }): ReactElement {
  const { t } = useTranslation()
  const edits = useApp(state => state.scenario?.edits)
  return (
    <>
      <ul className="rows" data-testid="count-lines">
        {lines.map(({ id, toLeft, toRight, flowNow, peak, limit, width, leftByMinute, rightByMinute }) => {
          const edit = edits?.find(each => each.id === id)
          const ends = edit?.kind === 'countLine' ? edit.line.map(position => toPlane(...position)) : []
          const fly = (): void => { if (ends.length > 1) session.view.flyTo({ x: (ends[0]![0] + ends[1]![0]) / 2, y: (ends[0]![1] + ends[1]![1]) / 2, distance: 160 }) }
          return (
            <li key={id}>
              <button type="button" className="row-button" onClick={fly}>
                <b>{(edit && labelOf(edit)) ?? t('edits.countLine')}</b>
                <span>{t('people.crossed', { left: whole(toLeft), right: whole(toRight) })}</span>
                <Sparkline label={t('people.perMinute')} series={[{ values: leftByMinute }, { values: rightByMinute, tone: 'other' }]} />
                <span className="soft" data-tone={peak && peak.flow > limit ? 'bad' : undefined}>
                  {t('people.flow', { now: brief(flowNow), peak: peak ? brief(peak.flow) : '–', at: peak ? clock(start + peak.time) : '–', limit, width: fixed(width, 1) })}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <button type="button" className="button" onClick={() => store.getState().draw('countLine')}><Spline aria-hidden size="1rem" /> {t('people.drawLine')}</button>
      {lines.length > 0 && <p className="soft small">{t('people.lineNote')}</p>}
    </>
  )
}
