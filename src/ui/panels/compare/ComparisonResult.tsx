import { Download, FileText, Palette } from 'lucide-react'
import { useCallback, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { comparisonCsv, differenceMeasures } from '../../../analysis'
import type { FinishedComparison } from '../../../workers'
import { Chart } from '../../charts/Chart'
import { timeChart } from '../../charts/timeChart'
import { language } from '../../i18n'
import { labelOf } from '../../model/labels'
import { download } from '../../model/download'
import { Segments } from '../../parts/Segments'
import { store, useApp } from '../../stores/store'
import { Journeys } from './Journeys'
import { KpiTable } from './KpiTable'
import { RoadTable } from './RoadTable'
import { TripGroups } from './TripGroups'
import { Verdicts } from './Verdicts'

/** What came of a comparison. */
export function ComparisonResult({ result }: { result: FinishedComparison }): ReactElement {
  const { t } = useTranslation()
  const colours = useApp(state => state.roadColours)
  const difference = useApp(state => state.difference)
  const stale = useApp(({ scenario }) => scenario !== null && scenario.id === result.variant.id && JSON.stringify(result.variant.edits) !== JSON.stringify(scenario.edits))
  const { series, variant: { edits, window, name } } = result
  const drawVehicles = useCallback((width: number) => timeChart(series, { width, height: 150, value: 'vehicles', label: t('compare.vehiclesOnRoad') }), [series, t])
  const drawSpeed = useCallback((width: number) => timeChart(series, { width, height: 150, value: 'speed', label: t('compare.speedOnRoad') }), [series, t])
  return (
    <section className="compare-result" aria-label={name[language()]}>
      <h3>{name[language()]}</h3>
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
        <KpiTable key={event} first={labelOf(edits.find(({ id }) => id === event) ?? {}) ?? event} kpis={kpis} testId="compare-event" />
      ))}
      <h3>{t('compare.roads')} · {t('compare.roadsUnit')}</h3>
      <RoadTable roads={result.roads} />
      <h3>{t('compare.who')}</h3>
      <TripGroups trips={result.trips} />
      <h3>{t('journey.title')}</h3>
      <Journeys result={result} />
    </section>
  )
}

/** A mark of the encoding lets spreadsheets read Chinese names. */
function save(result: FinishedComparison): void {
  download(`pengcheng-comparison-seeds${result.seeds[0]}-${result.seeds.at(-1)}.csv`, `\ufeff${comparisonCsv(result)}`, 'text/csv')
}
