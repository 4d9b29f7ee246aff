import type { ReactElement } from 'react'

interface Series { readonly values: readonly number[]; readonly tone?: 'other' }
interface Props {
  /** By minute; drawn over each other. */
  readonly series: readonly Series[]
  /** A line across at this value. */
  readonly limit?: number
  readonly label: string
}

const WIDTH = 300
const HEIGHT = 40

/** Lines over time, from the start of the run to now, the greatest value at the top. */
export function Sparkline({ series, limit, label }: Props): ReactElement {
  const length = Math.max(2, ...series.map(({ values }) => values.length))
  const top = Math.max(1e-9, limit ?? 0, ...series.flatMap(({ values }) => values))
  const y = (value: number): number => HEIGHT - (value / top) * (HEIGHT - 2) - 1
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {series.map(({ values, tone }, index) => (
        <polyline key={index} data-tone={tone} vectorEffect="non-scaling-stroke" points={values.map((value, at) => `${((at / (length - 1)) * WIDTH).toFixed(1)},${y(value).toFixed(1)}`).join(' ')} />
      ))}
      {limit !== undefined && <line x1={0} x2={WIDTH} y1={y(limit)} y2={y(limit)} vectorEffect="non-scaling-stroke" />}
    </svg>
  )
}
