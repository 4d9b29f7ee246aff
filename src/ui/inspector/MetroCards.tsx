import '../styles/changes.css'
import { Crosshair, TrainFront } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer } from '../../city'
import type { PlaceHit } from '../model/cityModel'
import { whole } from '../model/format'
import { lineNames, linesAt, rowOfHit, stationName, stationsOf } from '../model/metro'
import { Figure } from '../parts/Figure'
import { session } from '../session'
import { store } from '../stores/store'
import { CardFrame } from './CardFrame'
import { MetroEdits } from './LinkEdits'
import { MetroForm } from './MetroForm'
import { useLayer } from './useLayer'

/** A metro station and the lines that stop there, in their colours; what is changed of them, and changing it. */
export function StationCard({ row, onClose }: { row: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const layer = useLayer(metroLayer)
  if (!layer) return null
  const { shown, other } = stationName(layer, row)
  const here = linesAt(layer, row)
  return (
    <CardFrame kind={t('inspector.station')} title={shown} subtitle={other} onClose={onClose}>
      {here.length > 1 && <p className="soft">{t('inspector.transfer', { count: here.length })}</p>}
      <ul className="metro-lines">
        {here.map(line => (
          <li key={line.row} style={{ '--line-colour': line.colour } as React.CSSProperties}>
            <button type="button" data-testid="metro-line-of-station" onClick={() => store.getState().select({ kind: 'metroLine', row: line.row })}>{line.shown}</button>
          </li>
        ))}
      </ul>
      <Changes about={{ station: row }} plan={t('metro.planStation')} />
    </CardFrame>
  )
}

/** The station or line that search has found. */
export function MetroPlaceCard({ place, onClose }: { place: PlaceHit; onClose: () => void }): ReactElement | null {
  const layer = useLayer(metroLayer)
  const row = layer ? rowOfHit(place, layer) : -1
  if (row < 0) return null
  return place.kind === 'metroLine' ? <LineCard key={row} row={row} onClose={onClose} /> : <StationCard key={row} row={row} onClose={onClose} />
}

/** A metro line and its stations; what is changed of it, and changing it. */
export function LineCard({ row, onClose }: { row: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const layer = useLayer(metroLayer)
  if (!layer) return null
  const { shown, other, colour } = lineNames(layer)[row]!
  const stops = stationsOf(layer, row)
  const first = layer.lines.stopFirst[row]!
  const sum = (values: ArrayLike<number>): number => stops.reduce((total, _, at) => total + values[first + at]!, 0)
  const go = (): void => {
    const { x, y } = layer.stations
    const middle = stops[stops.length >> 1]!.row
    session.view.flyTo({ x: x[middle]!, y: y[middle]!, distance: 9000 })
  }
  return (
    <CardFrame kind={t('hit.metroLine')} title={shown} subtitle={other} onClose={onClose}>
      <dl className="figures">
        <Figure label={t('metro.stations')} value={whole(stops.length)} />
        <Figure label={t('metro.length')} value={whole(sum(layer.stops.distance) / 1000)} unit="km" />
        <Figure label={t('metro.time')} value={whole(sum(layer.stops.forward) / 60)} unit={t('unit.min')} />
      </dl>
      <Changes about={{ line: row }} plan={t('metro.planLine')} more={<button type="button" className="button" onClick={go}><Crosshair aria-hidden size="1rem" /> {t('inspector.fly')}</button>} />
      <details className="fold">
        <summary>{t('metro.stops')}</summary>
        <ol className="line-stops" style={{ '--line-colour': colour } as React.CSSProperties}>
          {stops.map(stop => <li key={stop.row}><button type="button" className="link-button" onClick={() => store.getState().select({ kind: 'station', row: stop.row })}>{stop.shown}</button></li>)}
        </ol>
      </details>
    </CardFrame>
  )
}

/** What is changed of a station or line, and the form for another change. */
function Changes({ about, plan, more }: { about: { readonly station: number } | { readonly line: number }; plan: string; more?: ReactElement }): ReactElement {
  const [planning, setPlanning] = useState(false)
  if (planning) return <MetroForm {...about} onDone={() => setPlanning(false)} />
  return (
    <>
      <MetroEdits about={about} />
      <div className="row">
        <button type="button" className="button" data-testid="plan-metro" onClick={() => setPlanning(true)}><TrainFront aria-hidden size="1rem" /> {plan}</button>
        {more}
      </div>
    </>
  )
}
