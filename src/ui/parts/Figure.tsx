import type { ReactElement, ReactNode } from 'react'

interface Props { readonly label: string; readonly value: ReactNode; readonly unit?: string; readonly tone?: 'bad' | 'good' | 'closure' }

/** A measured value with its name and unit. */
export function Figure({ label, value, unit, tone }: Props): ReactElement {
  return (
    <div className="figure" data-tone={tone}>
      <dt>{label}</dt>
      <dd>{value}{unit && <small> {unit}</small>}</dd>
    </div>
  )
}
