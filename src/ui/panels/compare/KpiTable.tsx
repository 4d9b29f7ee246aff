import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { shownComparison, type ComparedKpi } from '../../../analysis'
import { fixed, signed } from '../../model/format'
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
  const { digits, baseline, variant } = shownComparison(kpi)
  const shown = (value: number | null): string => (value === null ? '–' : fixed(value, digits))
  return (
    <tr>
      <td>{t(`kpi.${kpi.name}`, { defaultValue: kpi.name })} <small className="soft">{t(`kpiUnit.${kpi.unit}`, { defaultValue: kpi.unit })}</small></td>
      <td>{shown(baseline)}</td><td>{shown(variant)}</td>
      <DifferenceCell of={kpi} moreIsBetter={goodWhenMore.has(kpi.name)} />
    </tr>
  )
}

/** The difference of the figures beside it with its interval below, coloured where the seeds show that something changed. */
export function DifferenceCell({ of, moreIsBetter, children }: { of: ComparedKpi; moreIsBetter: boolean; children?: ReactElement }): ReactElement {
  const { digits, difference } = shownComparison(of)
  return (
    <td data-trend={isSure(of) ? trend(difference ?? 0, digits, moreIsBetter) : 'same'} data-sure={isSure(of)}>
      {difference === null ? '–' : signed(difference, digits)}<IntervalLine of={of} />{children}
    </td>
  )
}

/** The 95 % interval below a difference; says so where it holds 0. */
function IntervalLine({ of }: { of: ComparedKpi }): ReactElement | null {
  const { t } = useTranslation()
  const { digits, low95, high95 } = shownComparison(of)
  if (low95 === null || high95 === null || (low95 === 0 && high95 === 0)) return null
  return <small className="soft interval">{isSure(of) ? '' : `${t('compare.chance')} `}<span>{signed(low95, digits)} … {signed(high95, digits)}</span></small>
}

/** By what is shown: a difference that rounds to nothing is none. */
export function trend(difference: number, digits: number, moreIsBetter: boolean): 'better' | 'worse' | 'same' {
  if (signed(difference, digits) === '0') return 'same'
  return difference > 0 === moreIsBetter ? 'better' : 'worse'
}
