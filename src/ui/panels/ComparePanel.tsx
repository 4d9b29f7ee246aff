import { Download, GitCompareArrows, Palette, Square } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { baselines, comparisonCsv, usualBaseline, type Baseline, type ComparedKpi } from '../../analysis'
import { formatTimeOfDay, isEvent, secondsOfDay } from '../../scenario'
import type { ComparedRoad } from '../../workers'
import { comparer } from '../comparer'
import { linkMiddle } from '../model/cityModel'
import { download } from '../model/download'
import { digitsFor, duration, fixed, signed } from '../model/format'
import { goodWhenMore, shownKpi } from '../model/kpis'
import { namePair } from '../model/places'
import { NumberField } from '../parts/NumberField'
import { PanelFrame } from '../parts/PanelFrame'
import { Segments } from '../parts/Segments'
import { TimeField } from '../parts/TimeField'
import { session } from '../session'
import type { FinishedComparison } from '../stores/comparison'
import { store, useApp } from '../stores/store'

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
      {phase === 'running' && <Progress />}
      {phase === 'cancelled' && <p className="notice">{t('compare.cancelled')}</p>}
      {phase === 'failed' && <p className="notice" data-tone="bad">{t('compare.failed')}: {comparison.problems.map(({ message }) => message).join(' ')}</p>}
      {result && phase !== 'running' && <Result result={result} stale={comparer.isStale(scenario)} />}
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
  const edits = useApp(state => state.scenario?.edits) ?? []
  return (
    <>
      <p className="soft">{t('compare.of', { count: result.seeds.length, start: result.window.start, end: result.window.end, against: t(`compare.keeps.${result.keeps}`) })}</p>
      <p className="soft small">{t(result.seeds.length === 1 ? 'compare.oneSeed' : 'compare.howSure')}</p>
      {stale && <p className="notice">{t('compare.stale')}</p>}
      <div className="row">
        <button type="button" className="button" aria-pressed={colours === 'difference'}
          onClick={() => store.getState().setRoadColours(colours === 'difference' ? 'congestion' : 'difference')}>
          <Palette aria-hidden size="1rem" /> {t(colours === 'difference' ? 'compare.hide' : 'compare.show')}
        </button>
        <button type="button" className="button" onClick={() => save(result)}><Download aria-hidden size="1rem" /> {t('compare.save')}</button>
      </div>
      <h3>{t('compare.kpis')}</h3>
      <table className="compare-table" data-testid="compare-kpis">
        <Head first={t('compare.measure')} />
        <tbody>{result.kpis.map(kpi => <KpiRow key={kpi.name} kpi={shownKpi(kpi)} />)}</tbody>
      </table>
      {result.events.length > 1 && result.events.map(({ event, kpis }) => (
        <table key={event} className="compare-table" data-testid="compare-event">
          <Head first={edits.find(({ id }) => id === event)?.label ?? event} />
          <tbody>{kpis.map(kpi => <KpiRow key={kpi.name} kpi={shownKpi(kpi)} />)}</tbody>
        </table>
      ))}
      <h3>{t('compare.roads')} · {t('compare.roadsUnit')}</h3>
      <table className="compare-table" data-testid="compare-roads">
        <Head first={t('inspector.road')} />
        <tbody>{result.roads.slice(0, 10).map(road => <RoadRow key={road.name} road={road} most={Math.abs(result.roads[0]!.difference)} />)}</tbody>
      </table>
    </>
  )
}

/** A mark of the encoding lets spreadsheets read Chinese names. */
function save(result: FinishedComparison): void {
  download(`pengcheng-comparison-seeds${result.seeds[0]}-${result.seeds.at(-1)}.csv`, `\ufeff${comparisonCsv(result)}`, 'text/csv')
}

function Head({ first }: { first: string }): ReactElement {
  const { t } = useTranslation()
  return <thead><tr><th>{first}</th><th>{t('compare.baseline')}</th><th>{t('compare.variant')}</th><th>{t('compare.difference')}</th></tr></thead>
}

function KpiRow({ kpi }: { kpi: ComparedKpi }): ReactElement {
  const { t } = useTranslation()
  const digits = digitsFor(kpi.baseline ?? 0, kpi.variant ?? 0)
  const shown = (value: number | null, write: typeof fixed): string => (value === null ? '–' : write(value, digits))
  return (
    <tr>
      <td>{t(`kpi.${kpi.name}`, { defaultValue: kpi.name })} <small className="soft">{t(`kpiUnit.${kpi.unit}`, { defaultValue: kpi.unit })}</small></td>
      <td>{shown(kpi.baseline, fixed)}</td><td>{shown(kpi.variant, fixed)}</td>
      <td data-trend={isSure(kpi) ? trend(kpi.difference ?? 0, digits, goodWhenMore.has(kpi.name)) : 'same'} data-sure={isSure(kpi)}>{shown(kpi.difference, signed)}<Interval of={kpi} digits={digits} /></td>
    </tr>
  )
}

function RoadRow({ road, most }: { road: ComparedRoad; most: number }): ReactElement {
  function go(): void {
    if (!session.city) return
    session.view.flyTo({ ...linkMiddle(session.city.network, road.link), distance: 1200 })
    store.getState().select({ kind: 'link', link: road.link })
  }
  return (
    <tr>
      <td><button type="button" className="link-button" onClick={go}>{session.city ? namePair(session.city.pack, road.name).name : road.name}</button></td>
      <td>{fixed(road.baseline, 1)}</td><td>{fixed(road.variant, 1)}</td>
      <td data-trend={isSure(road) ? trend(road.difference, 1, false) : 'same'} data-sure={isSure(road)}>{signed(road.difference, 1)}<Interval of={road} digits={1} />
        <i className="diff-bar" data-trend={trend(road.difference, 1, false)} style={{ width: `${(100 * Math.abs(road.difference)) / most}%` }} /></td>
    </tr>
  )
}

/** Whether the seeds show that anything changed; one seed cannot tell, and is taken as it is. */
const isSure = ({ low95, high95 }: ComparedKpi): boolean => low95 === null || high95 === null || low95 > 0 || high95 < 0

/** The 95 % interval below a difference; says so where it holds 0. */
function Interval({ of, digits }: { of: ComparedKpi; digits: number }): ReactElement | null {
  const { t } = useTranslation()
  const { low95, high95 } = of
  if (low95 === null || high95 === null || (low95 === 0 && high95 === 0)) return null
  return <small className="soft interval">{isSure(of) ? '' : `${t('compare.chance')} `}{signed(low95, digits)} … {signed(high95, digits)}</small>
}

/** By what is shown: a difference that rounds to nothing is none. */
function trend(difference: number, digits: number, moreIsBetter: boolean): 'better' | 'worse' | 'same' {
  if (signed(difference, digits) === '0') return 'same'
  return difference > 0 === moreIsBetter ? 'better' : 'worse'
}
