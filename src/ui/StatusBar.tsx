import { TriangleAlert, Unplug, Zap } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '../scenario'
import { brief, fixed, whole } from './model/format'
import { Tip } from './parts/Tip'
import { kmPerHour } from '../sim'
import { store, useApp } from './stores/store'

/** The run in eight figures; changes at measuring rate. */
export function StatusBar(): ReactElement {
  const { t } = useTranslation()
  const status = useApp(state => state.status)
  const speedMean = useApp(state => state.speedMean)
  const memory = useApp(state => state.memory)
  const scenario = useApp(state => state.scenario)
  const followed = useApp(state => state.followed)
  const updating = useApp(state => state.updating)
  const totals = status?.totals
  const replay = status?.replay
  return (
    <footer className="status glass" aria-label={t('status.running')}>
      <Count label={t('status.running')} value={totals && whole(totals.running)} id="running" />
      <Count label={t('status.arrived')} value={totals && whole(totals.arrived)} id="arrived" />
      <Count label={t('status.waiting')} value={totals && whole(totals.waiting)} id="waiting" />
      <button type="button" className="count link" data-testid="unreachable" onClick={() => store.getState().show('trips')}>
        <span>{t('status.unreachable')}</span><b data-tone={totals && totals.unreachable > 0 ? 'warn' : undefined}>{totals ? whole(totals.unreachable) : '–'}</b>
      </button>
      <Count label={t('status.speed')} value={totals && fixed(kmPerHour(speedMean), 1)} unit="km/h" id="speed" />
      <Tip text={t('status.interventionsNote')} side="top">
        <div className="count" tabIndex={0}><span>{t('status.interventions')}</span><b>{totals ? whole(totals.interventions) : '–'}</b></div>
      </Tip>
      <span className="grow" />
      {scenario && followed && scenario.edits.length > 0 && (
        <Tip text={t('run.followsNote')} side="top">
          <div className="count" tabIndex={0} data-testid="follows"><span>{t('run.follows')}</span><b data-tone={followed === scenario ? undefined : 'warn'}>{t('run.followsOf', { of: followedEdits(scenario, followed), all: scenario.edits.length })}</b></div>
        </Tip>
      )}
      {(updating || replay) && (
        <div className="count busy" role="status">
          <i className="spinner" />
          <span>{replay ? t('run.replaying', { percent: Math.round((100 * (totals!.tick - replay.fromTick)) / Math.max(1, replay.toTick - replay.fromTick)) }) : t('run.updating')}</span>
        </div>
      )}
      {status?.finished && <div className="count" role="status"><TriangleAlert aria-hidden size="0.9rem" /> <span>{t('run.finished')}</span></div>}
      <div className="count"><b>{status ? brief(status.realTimeFactor) : '–'}</b><span>{t('status.realTime')}</span></div>
      <Tip text={t(memory === 'shared' ? 'status.memorySharedNote' : 'status.memoryTransferredNote')} side="top">
        <div className="count memory" tabIndex={0} data-testid="memory" data-mode={memory}>
          {memory === 'shared' ? <Zap aria-hidden size="0.9rem" /> : <Unplug aria-hidden size="0.9rem" />}
          <span>{t(memory === 'shared' ? 'status.memoryShared' : 'status.memoryTransferred')}</span>
        </div>
      </Tip>
    </footer>
  )
}

function Count({ label, value, unit, id }: { label: string; value: string | undefined; unit?: string; id: string }): ReactElement {
  return <div className="count" data-testid={id}><span>{label}</span><b>{value ?? '–'}{unit && <small> {unit}</small>}</b></div>
}

/** Changes of the document that the run has as they stand there. */
const followedEdits = ({ edits }: Scenario, followed: Scenario): number => edits.filter(edit => followed.edits.includes(edit)).length
