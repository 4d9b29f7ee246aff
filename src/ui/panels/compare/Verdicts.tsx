import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { shownComparison, type ComparedKpi } from '../../../analysis'
import { fixed, signed } from '../../model/format'
import { shownKpi } from '../../model/kpis'
import { headlines, verdictOf } from '../../model/verdict'

/** The answer in a few sentences, each of which says whether it is more than chance. */
export function Verdicts({ kpis }: { kpis: readonly ComparedKpi[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <ul className="verdicts" data-testid="verdicts">
      {headlines(kpis).map(kpi => {
        const verdict = verdictOf(kpi)
        const { unit, ...values } = shownKpi(kpi)
        const { digits, baseline, variant, difference, percent, low95, high95 } = shownComparison(values)
        const share = percent === null ? '' : ` (${signed(percent, 0)} %)`
        return (
          <li key={kpi.name} data-verdict={verdict}>
            <b>{t(`kpi.${kpi.name}`)}</b> {t(`compare.verdict.${verdict}`, {
              before: fixed(baseline!, digits), after: fixed(variant!, digits), difference: `${signed(difference!, digits)}${share}`, unit: t(`kpiUnit.${unit}`, { defaultValue: unit }),
              low: low95 === null ? '' : signed(low95, digits), high: high95 === null ? '' : signed(high95, digits),
            })}
          </li>
        )
      })}
    </ul>
  )
}
