import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTimeOfDay, secondsOfDay, type ScenarioEdit } from '../../scenario'
import { TimeField } from '../parts/TimeField'
import { timeNow } from '../session'
import { useApp } from '../stores/store'

/** s of the simulated day that a new change of a road lasts unless the planner says otherwise. */
const HOUR = 3600

/**
 * The hours of a change: from now, or from a later time, until another. `read` is asked on submitting.
 *
 * @param given    hours of a change that is changed again
 * @param lasting  s that a new one lasts unless the planner says otherwise
 */
export function useEditWindow({ given, lasting = HOUR }: { given?: ScenarioEdit['window']; lasting?: number } = {}): { readonly fields: ReactElement; read(): { start: string; end: string } } {
  const { t } = useTranslation()
  const runEnd = useApp(state => (state.scenario ? secondsOfDay(state.scenario.window.end)! : 24 * HOUR))
  const [from, setFrom] = useState<string | null>(given?.start ?? null)
  const [to, setTo] = useState(() => given?.end ?? formatTimeOfDay(Math.min(runEnd, Math.ceil((timeNow() + lasting) / 300) * 300)))
  return {
    fields: (
      <div className="times">
        <label>{t('closure.from')}<TimeField label={t('closure.from')} value={from?.slice(0, 5) ?? null} placeholder={t('closure.now')} onChange={setFrom} /></label>
        <label>{t('closure.to')}<TimeField label={t('closure.to')} value={to.slice(0, 5)} onChange={time => { if (time) setTo(time) }} /></label>
      </div>
    ),
    // Never before the present: what has been simulated stays as it was, unless it is this very change that is changed.
    read: () => ({ start: given && from === given.start ? from : formatTimeOfDay(Math.max(from === null ? 0 : secondsOfDay(from) ?? 0, Math.ceil(timeNow()))), end: to }),
  }
}
