import { areaY, axisX, axisY, gridY, lineY, plot, ruleX } from '@observablehq/plot'
import { clock } from '../model/format'
import { hourTicks, sideColours } from './timeChart'

/** A value by second of the day; null where there is none. */
export type Curve = readonly { readonly time: number; readonly value: number | null }[]

export interface RunChartOptions {
  readonly width: number
  readonly label: string
  readonly curve: Curve
  /** Behind it, of another run. */
  readonly behind: Curve
  /** Seconds of the day between which it is drawn, and the one that is looked at. */
  readonly from: number
  readonly to: number
  readonly now: number
}

const HEIGHT = 130

/** A value of the running city since the start of the run, over that of its baseline. */
export function runChart({ width, label, curve, behind, from, to, now }: RunChartOptions): Element {
  return plot({
    width, height: HEIGHT, marginLeft: 44, marginBottom: 26, marginTop: 22, style: { background: 'none', fontSize: '11px', fontFamily: 'inherit', overflow: 'visible' },
    x: { domain: [from, to] },
    y: { zero: true, nice: true },
    marks: [
      gridY({ strokeOpacity: 0.14 }),
      axisY({ label, labelArrow: 'none', ticks: 4 }),
      axisX({ label: null, tickFormat: (seconds: number) => clock(seconds), ticks: hourTicks([from, to], width) }),
      areaY(curve, { x: 'time', y: 'value', fill: sideColours.variant, fillOpacity: 0.12 }),
      ...(behind.length > 1 ? [lineY(behind, { x: 'time', y: 'value', stroke: sideColours.baseline, strokeWidth: 2, strokeDasharray: '5 3' })] : []),
      lineY(curve, { x: 'time', y: 'value', stroke: sideColours.variant, strokeWidth: 2 }),
      ruleX([now], { stroke: 'currentColor', strokeOpacity: 0.5 }),
    ],
  })
}
