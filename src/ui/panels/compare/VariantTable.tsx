import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { digitsFor, shownComparison, SURE, variantTable, type VariantCell } from '../../../analysis'
import type { FinishedComparison } from '../../../workers'
import { language } from '../../i18n'
import { fixed, signed } from '../../model/format'
import { goodWhenMore, shownKpi } from '../../model/kpis'
import { headlines } from '../../model/verdict'
import { trend } from './KpiTable'

/** Several variants of one day against one baseline: what each does, in a sentence and by every indicator; in the panel and in the report. */
export function VariantTable({ variants }: { variants: readonly FinishedComparison[] }): ReactElement {
  const { t } = useTranslation()
  const rows = variantTable(variants, variants[0]!.seeds.length)
  const first = new Set<string>(headlines(rows.map(row => row.variants[0]!), 6).map(({ name }) => name)).add('unreachable')
  const told = (at: number, which: 'better' | 'worse' | 'chance' | 'unsure'): string => rows.filter(({ name }) => first.has(name))
    .map(row => row.variants[at]!).filter(cell => verdictAmong(cell) === which)
    .map(cell => (which === 'better' || which === 'worse' ? `${t(`kpi.${cell.name}`)} ${written(cell)} ${t(`kpiUnit.${shownKpi(cell).unit}`, { defaultValue: shownKpi(cell).unit })}`.trim() : t(`kpi.${cell.name}`))).join(t('edits.comma'))
  return (
    <div data-testid="variant-table">
      <p className="soft small">{t(variants[0]!.seeds.length > 1 ? 'compare.variantsNote' : 'compare.variantsOneSeed', { count: variants.length })}</p>
      <ol className="variant-list">{variants.map(({ id, variant: { name } }, at) => (
        <li key={id}><b className="variant-letter">{letter(at)}</b> <b>{name[language()]}</b> {(['better', 'worse', 'chance', 'unsure'] as const).filter(which => told(at, which)).map(which => (
          <span key={which} data-verdict={which}>{t(`compare.told.${which}`, { measures: told(at, which) })} </span>
        ))}</li>
      ))}</ol>
      {rows.some(({ name, variants: cells }) => name === 'unreachable' && cells.some(({ difference }) => (difference ?? 0) > 0)) && <p className="notice">{t('compare.missing')}</p>}
      <div className="variant-scroll" role="region" aria-label={t('compare.variants')} tabIndex={0}>
        <table className="compare-table variant-table">
          <thead><tr><th scope="col">{t('compare.measure')}</th><th scope="col">{t('compare.baseline')}</th>{variants.map(({ id, variant: { name } }, at) => <th key={id} scope="col" title={name[language()]}>{letter(at)}</th>)}</tr></thead>
          <tbody>{rows.map(row => {
            const { baseline, unit } = shownKpi({ ...row.variants[0]!, baseline: row.baseline })
            return (
              <tr key={row.name}>
                <th scope="row">{t(`kpi.${row.name}`)} <small className="soft">{t(`kpiUnit.${unit}`, { defaultValue: unit })}</small></th>
                <td>{baseline === null ? '–' : fixed(baseline, digitsFor(baseline))}</td>
                {row.variants.map((cell, at) => <Cell key={at} cell={cell} />)}
              </tr>
            )
          })}</tbody>
        </table>
      </div>
    </div>
  )
}

/** A, B, C ... */
const letter = (at: number): string => String.fromCharCode(65 + at)

function written(cell: VariantCell): string {
  const { digits, difference } = shownComparison(shownKpi(cell))
  return difference === null ? '–' : signed(difference, digits)
}

/** What is said of a variant beside others: only what holds among all of them is called better or worse. */
function verdictAmong({ name, difference, among }: VariantCell): 'better' | 'worse' | 'chance' | 'unsure' | 'same' {
  if (difference === null || difference === 0) return 'same'
  if (among === null) return 'unsure'
  if (among >= SURE) return 'chance'
  return difference > 0 === goodWhenMore.has(name) ? 'better' : 'worse'
}

function Cell({ cell }: { cell: VariantCell }): ReactElement {
  const { t } = useTranslation()
  const { probability, among, name } = cell
  const { digits, difference, low95, high95 } = shownComparison(shownKpi(cell))
  const sure = among === null || among < SURE
  const doubt = sure ? '' : t(probability! < SURE ? 'compare.onlyAlone' : 'compare.chance')
  return (
    <td data-trend={sure ? trend(difference ?? 0, digits, goodWhenMore.has(name)) : 'same'} data-sure={sure}>
      {written(cell)}
      {low95 !== null && high95 !== null && !(low95 === 0 && high95 === 0) && <small className="soft interval">{doubt} <span>{signed(low95, digits)} … {signed(high95, digits)}</span></small>}
    </td>
  )
}
