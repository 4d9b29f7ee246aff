import type { ComparedValue } from '../../analysis'

/** Measures of which more is better; of all others, less is. */
export const goodWhenMore: ReadonlySet<string> = new Set(['arrived', 'meanSpeed'])

/** A measure as planners read it: minutes for travel times. */
export function shownKpi(kpi: ComparedValue): ComparedValue | null {
  const scaled = (factor: number, unit: string): ComparedValue => ({
    ...kpi, unit, baseline: kpi.baseline * factor, variant: kpi.variant * factor, difference: kpi.difference * factor,
  })
  if (!Number.isFinite(kpi.baseline) && !Number.isFinite(kpi.variant)) return null
  if (kpi.unit === 's') return scaled(1 / 60, 'min')
  return kpi
}
