import type { ComparedKpi } from '../../analysis'

/** Measures of which more is better; of all others, less is. */
export const goodWhenMore: ReadonlySet<string> = new Set(['arrived', 'meanSpeed', 'personsArrived', 'exitBalance'])

/** A measure as planners read it: minutes for travel times. */
export function shownKpi(kpi: ComparedKpi): ComparedKpi {
  if (kpi.unit !== 's') return kpi
  const minutes = (seconds: number | null): number | null => (seconds === null ? null : seconds / 60)
  return { ...kpi, unit: 'min', baseline: minutes(kpi.baseline), variant: minutes(kpi.variant), difference: minutes(kpi.difference), low95: minutes(kpi.low95), high95: minutes(kpi.high95) }
}
