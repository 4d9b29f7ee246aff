import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComparedKpi } from '../../../analysis'
import { digitsFor, fixed, signed } from '../../model/format'
import { goodWhenMore, shownKpi } from '../../model/kpis'
import { isSure } from '../../model/verdict'

interface Props { readonly first: string; readonly kpis: readonly ComparedKpi[]; readonly testId?: string }

/** Indicators of both sides with their difference and its interval; in the panel and in the report. */
export function KpiTable({ first, kpis, testId }: Props): ReactElement {
  return (
    <table className="compare-table" data-testid={testId}>
      <ComparedHead first={first} />
      <tbody>{kpis.map(kpi => <KpiRow key={kpi.name} kpi={shownKpi(kpi)} />)}</tbody>
    </table>
  )
}

export function ComparedHead({ first }: { first: string }): ReactElement {
  const { t } = useTranslation()
  return <thead><tr><th scope="col">{first}</th><th scope="col">{t('compare.baseline')}</th><th scope="col">{t('compare.variant')}</th><th scope="col">{t('compare.difference')}</th></tr></thead>
}

function KpiRow({ kpi }: { kpi: ComparedKpi }): ReactElement {
  const { t } = useTranslation()
  const digits = digitsFor(kpi.baseline ?? 0, kpi.variant ?? 0)
  const shown = (value: number | null, write: typeof fixed): string => (value === null ? '–' : write(value, digits))
  return (
    <tr>
      <td>{t(`kpi.${kpi.name}`, { defaultValue: kpi.name })} <small className="soft">{t(`kpiUnit.${kpi.unit}`, { defaultValue: kpi.unit })}</small></td>
      <td>{shown(kpi.baseline, fixed)}</td><td>{shown(kpi.variant, fixed)}</td>
      <DifferenceCell of={kpi} digits={digits} moreIsBetter={goodWhenMore.has(kpi.name)} />
    </tr>
  )
}

/** A difference with its interval below, coloured where the seeds show that something changed. */
export function DifferenceCell({ of, digits, moreIsBetter, children }: { of: ComparedKpi; digits: number; moreIsBetter: boolean; children?: ReactElement }): ReactElement {
  return (
    <td data-trend={isSure(of) ? trend(of.difference ?? 0, digits, moreIsBetter) : 'same'} data-sure={isSure(of)}>
      {of.difference === null ? '–' : signed(of.difference, digits)}<IntervalLine of={of} digits={digits} />{children}
    </td>
  )
}

/** The 95 % interval below a difference; says so where it holds 0. */
function IntervalLine({ of, digits }: { of: ComparedKpi; digits: number }): ReactElement | null {
  const { t } = useTranslation()
  const { low95, high95 } = of
  if (low95 === null || high95 === null || (low95 === 0 && high95 === 0)) return null
  return <small className="soft interval">{isSure(of) ? '' : `${t('compare.chance')} `}<span>{signed(low95, digits)} … {signed(high95, digits)}</span></small>
}

/** By what is shown: a difference that rounds to nothing is none. */
export function trend(difference: number, digits: number, moreIsBetter: boolean): 'better' | 'worse' | 'same' {
  if (signed(difference, digits) === '0') return 'same'
  return difference > 0 === moreIsBetter ? 'better' : 'worse'
}
