import type { ComparedKpi, Comparison } from './compare'
import { kpiNames, kpiUnits, type KpiName } from './kpis'
import { holm, studentT975, studentTail } from './statistics'

/** What a variant does to an indicator, as one of several that are held against the same baseline. */
export interface VariantCell extends ComparedKpi {
  /** Probability of so large a mean difference without any change, by the paired t-test; null = one seed, or no difference to tell. */
  readonly probability: number | null
  /** The same, raised by Holm for the number of variants of the row. */
  readonly among: number | null
}

/** An indicator of a baseline and of several variants. */
export interface VariantRow { readonly name: string; readonly unit: string; readonly baseline: number | null; readonly variants: readonly VariantCell[] }

/** Below this, a difference is said to be more than chance. */
export const SURE = 0.05

/** Comparisons with one baseline, over the same seeds, in one table: a row an indicator, a cell a variant. */
export function variantTable(comparisons: readonly Pick<Comparison, 'kpis'>[], seeds: number): VariantRow[] {
  const has = new Set(comparisons.flatMap(({ kpis }) => kpis.map(({ name }) => name)))
  return kpiNames.filter(name => has.has(name)).map((name): VariantRow => {
    const cells = comparisons.map(({ kpis }) => kpis.find(kpi => kpi.name === name) ?? absent(name))
    const alone = cells.map(cell => probabilityOf(cell, seeds))
    const known = alone.flatMap((value, at) => (value === null ? [] : [{ value, at }]))
    const among = holm(known.map(({ value }) => value))
    return {
      name, unit: kpiUnits[name], baseline: cells.find(({ baseline }) => baseline !== null)?.baseline ?? null,
      variants: cells.map((cell, at) => ({ ...cell, probability: alone[at]!, among: among[known.findIndex(each => each.at === at)] ?? null })),
    }
  })
}

const absent = (name: KpiName): ComparedKpi => ({ name, unit: kpiUnits[name], baseline: null, variant: null, difference: null, low95: null, high95: null })

/** The interval tells the standard error of the mean difference: its half is that times Student's t. */
function probabilityOf({ difference, low95, high95 }: ComparedKpi, seeds: number): number | null {
  if (difference === null || low95 === null || high95 === null) return null
  const error = (high95 - low95) / 2 / studentT975(seeds - 1)
  return error > 0 ? studentTail(difference / error, seeds - 1) : difference === 0 ? 1 : 0
}
