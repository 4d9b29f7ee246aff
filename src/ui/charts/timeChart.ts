import { areaY, axisX, axisY, gridY, lineY, plot, ruleX } from '@observablehq/plot'
import type { ComparedBin } from '../../analysis'
import { clock } from '../model/format'

/** Colours of the two sides wherever they are drawn; the variant's stands out on light and on dark ground. */
export const sideColours = { baseline: '#8a94a3', variant: '#1f7fd1' } as const

export interface TimeChartOptions {
  readonly width: number
  readonly height: number
  /** What is drawn, with its unit; stands above the axis. */
  readonly label: string
  readonly value: 'vehicles' | 'speed'
  /** Second of the day that is looked at; absent = none. */
  readonly now?: number
}

/** Both sides of a comparison over the simulated day; around the variant, of vehicles on the road, the 95 % interval of the difference. */
export function timeChart(bins: readonly ComparedBin[], { width, height, label, value, now }: TimeChartOptions): Element {
  const minutes = bins.map(bin => ({ ...bin, before: bin.baseline[value], after: bin.variant[value] }))
  const sure = value === 'vehicles' && minutes.every(({ difference }) => difference.low95 !== null)
  const chart = plot({
    width, height, marginLeft: 44, marginBottom: 26, marginTop: 22, style: { background: 'none', fontSize: '11px', fontFamily: 'inherit', overflow: 'visible' },
    y: { zero: true, nice: true },
    marks: [
      gridY({ strokeOpacity: 0.14 }),
      axisY({ label, labelArrow: 'none', ticks: 4 }),
      axisX({ label: null, tickFormat: (seconds: number) => clock(seconds), ticks: hourTicks(bins.map(({ time }) => time), width) }),
      ...(sure ? [areaY(minutes, { x: 'time', y1: bin => bin.baseline.vehicles + bin.difference.low95!, y2: bin => bin.baseline.vehicles + bin.difference.high95!, fill: sideColours.variant, fillOpacity: 0.2 })] : []),
      lineY(minutes, { x: 'time', y: 'before', stroke: sideColours.baseline, strokeWidth: 2, strokeDasharray: '5 3' }),
      lineY(minutes, { x: 'time', y: 'after', stroke: sideColours.variant, strokeWidth: 2.2 }),
      ...(now === undefined ? [] : [ruleX([now], { stroke: 'currentColor', strokeOpacity: 0.5 })]),
    ],
  })
  return chart
}

/** Round times between the first and the last, one about every 70 px. */
export function hourTicks(times: readonly number[], width: number): number[] {
  const first = times.reduce((least, time) => Math.min(least, time), Infinity), last = times.reduce((most, time) => Math.max(most, time), -Infinity)
  if (first > last) return []
  const step = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14400].find(each => (last - first) / each <= width / 70) ?? 14400
  return Array.from({ length: Math.floor(last / step) - Math.ceil(first / step) + 1 }, (_, at) => (Math.ceil(first / step) + at) * step)
}
