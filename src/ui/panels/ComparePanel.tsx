import '../styles/results.css'
import { Download, FileText, GitCompareArrows, Palette, Square } from 'lucide-react'
import { useCallback, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { baselines, comparisonCsv, differenceMeasures, usualBaseline, type Baseline } from '../../analysis'
import { formatTimeOfDay, isEvent, secondsOfDay } from '../../scenario'
import { Chart } from '../charts/Chart'
import { timeChart } from '../charts/timeChart'
import { comparer } from '../comparer'
import { download } from '../model/download'
import { duration } from '../model/format'
import { NumberField } from '../parts/NumberField'
import { PanelFrame } from '../parts/PanelFrame'
import { Segments } from '../parts/Segments'
import { TimeField } from '../parts/TimeField'
import type { FinishedComparison } from '../stores/comparison'
import { store, useApp } from '../stores/store'
import { BesideButton } from './compare/BesideButton'
import { KpiTable } from './compare/KpiTable'
import { RoadTable } from './compare/RoadTable'
import { TripGroups } from './compare/TripGroups'
import { Verdicts } from './compare/Verdicts'

/** Baseline and variant side by side, and what differs. */
export default function ComparePanel({ onClose }: { onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const scenario = useApp(state => state.scenario)
  const comparison = useApp(state => state.comparison)
  const [until, setUntil] = useState<string | null>(null)
  const [seeds, setSeeds] = useState(3)
  const [chosen, setChosen] = useState<Baseline | null>(null)
  if (!scenario) return null
  const active = scenario.edits.filter(edit => edit.enabled)
  const end = until ?? scenario.window.end
  const keeps = chosen ?? usualBaseline(scenario)
  const { phase, result } = comparison
  return (
    <PanelFrame title={t('compare.title')} intro={t('compare.intro')} wide onClose={onClose}>
      {active.length === 0 && <p className="notice">{t('compare.nothing')}</p>}
      {phase !== 'running' && active.length > 0 && (
        <form className="compare-start" onSubmit={event => { event.preventDefault(); void comparer.start({ variant: { ...scenario, window: { ...scenario.window, end } }, seeds, keeps }) }}>
          <label>{t('compare.window')} <b>{scenario.window.start}</b> {t('compare.until')}
            <TimeField label={t('compare.until')} value={end.slice(0, 5)} onChange={time => { if (time) setUntil(later(time, scenario.window)) }} /></label>
          <span data-testid="compare-seeds"><NumberField label={t('compare.seeds')} value={seeds} min={1} max={30} step={1} onChange={setSeeds} /></span>
          {active.some(isEvent) && !active.every(isEvent) && (
            <Segments label={t('compare.against')} value={keeps} onChange={setChosen} options={baselines.map(value => ({ value, text: t(`compare.keeps.${value}`) }))} />
          )}
          <button type="submit" className="button primary" data-testid="start-compare"><GitCompareArrows aria-hidden size="1rem" /> {t(result ? 'compare.again' : 'compare.start')}</button>
        </form>
      )}
      {active.length > 0 && <div className="row"><BesideButton /></div>}
      {phase === 'running' && <Progress />}
      {phase === 'cancelled' && <p className="notice">{t('compare.cancelled')}</p>}
      {phase === 'failed' && <p className="notice" data-tone="bad">{t('compare.failed')}: {comparison.problems.map(({ message }) => message).join(' ')}</p>}
      {result && phase !== 'running' && <Result result={result} stale={JSON.stringify(result.variant.edits) !== JSON.stringify(scenario.edits)} />}
    </PanelFrame>
  )
}

/** A time typed by the planner, kept inside the window of the document. */
function later(text: string, window: { start: string; end: string }): string {
  const time = secondsOfDay(text)
  if (time === null) return window.end
  return formatTimeOfDay(Math.min(secondsOfDay(window.end)!, Math.max(secondsOfDay(window.start)! + 60, time)))
}

function Progress(): ReactElement {
  const { t } = useTranslation()
  const { baseline, variant, secondsLeft } = useApp(state => state.comparison)
  const row = (name: string, share: number): ReactElement => (
    <div className="progress-row"><span>{name}</span><progress value={share} max={1} aria-label={name} /><b>{Math.round(share * 100)} %</b></div>
  )
  return (
    <div className="compare-progress" role="status">
      {row(t('compare.baseline'), baseline)}
      {row(t('compare.variant'), variant)}
      <div className="row compare-foot">
        <span className="soft grow">{secondsLeft === null ? t('compare.estimating') : t('compare.remaining', { time: duration(secondsLeft) })}</span>
        <button type="button" className="button" onClick={() => comparer.cancel()}><Square aria-hidden size="0.9rem" /> {t('compare.cancel')}</button>
      </div>
    </div>
  )
}

function Result({ result, stale }: { result: FinishedComparison; stale: boolean }): ReactElement {
  const { t } = useTranslation()
  const colours = useApp(state => state.roadColours)
  const difference = useApp(state => state.difference)
  const { series, variant: { edits, window } } = result
  const drawVehicles = useCallback((width: number) => timeChart(series, { width, height: 150, value: 'vehicles', label: t('compare.vehiclesOnRoad') }), [series, t])
  const drawSpeed = useCallback((width: number) => timeChart(series, { width, height: 150, value: 'speed', label: t('compare.speedOnRoad') }), [series, t])
  return (
    <>
      <p className="soft">{t('compare.of', { count: result.seeds.length, start: window.start, end: window.end, against: t(`compare.keeps.${result.keeps}`) })}</p>
      <p className="soft small">{t(result.seeds.length === 1 ? 'compare.oneSeed' : 'compare.howSure')}</p>
      {stale && <p className="notice">{t('compare.stale')}</p>}
      <Verdicts kpis={result.kpis} />
      <div className="row">
        <button type="button" className="button primary" data-testid="make-report" onClick={() => store.getState().openDialog('report')}><FileText aria-hidden size="1rem" /> {t('report.make')}</button>
        <button type="button" className="button" onClick={() => save(result)}><Download aria-hidden size="1rem" /> {t('compare.save')}</button>
      </div>
      <div className="row">
        <button type="button" className="button" aria-pressed={colours === 'difference'}
          onClick={() => store.getState().setRoadColours(colours === 'difference' ? 'congestion' : 'difference')}>
          <Palette aria-hidden size="1rem" /> {t(colours === 'difference' ? 'compare.hide' : 'compare.show')}
        </button>
        {colours === 'difference' && <Segments label={t('compare.map')} value={difference} onChange={next => store.setState({ difference: next })} options={differenceMeasures.map(value => ({ value, text: t(`compare.maps.${value}`) }))} />}
      </div>
      <h3>{t('compare.overTime')}</h3>
      <Chart label={t('compare.vehiclesOnRoad')} draw={drawVehicles} />
      <Chart label={t('compare.speedOnRoad')} draw={drawSpeed} />
      <h3>{t('compare.kpis')}</h3>
      <KpiTable first={t('compare.measure')} kpis={result.kpis} testId="compare-kpis" />
      {result.events.length > 1 && result.events.map(({ event, kpis }) => (
        <KpiTable key={event} first={edits.find(({ id }) => id === event)?.label ?? event} kpis={kpis} testId="compare-event" />
      ))}
      <h3>{t('compare.roads')} · {t('compare.roadsUnit')}</h3>
      <RoadTable roads={result.roads} />
      <h3>{t('compare.who')}</h3>
      <TripGroups trips={result.trips} />
    </>
  )
}

/** A mark of the encoding lets spreadsheets read Chinese names. */
function save(result: FinishedComparison): void {
  download(`pengcheng-comparison-seeds${result.seeds[0]}-${result.seeds.at(-1)}.csv`, `\ufeff${comparisonCsv(result)}`, 'text/csv')
}
