import type { ComparedKpi } from '../../analysis'
import { goodWhenMore } from './kpis'

/** What a comparison says of one indicator: `chance` = these seeds do not show that anything changed; `unsure` = one seed cannot tell. */
export type Verdict = 'better' | 'worse' | 'same' | 'chance' | 'unsure'

/** Whether the seeds show that anything changed; one seed cannot tell, and is taken as it is. */
export const isSure = ({ low95, high95 }: Pick<ComparedKpi, 'low95' | 'high95'>): boolean => low95 === null || high95 === null || low95 > 0 || high95 < 0

export function verdictOf(kpi: ComparedKpi): Verdict {
  const { name, difference, low95, high95 } = kpi
  if (difference === null || difference === 0) return 'same'
  if (low95 === null || high95 === null) return 'unsure'
  if (!isSure(kpi)) return 'chance'
  return difference > 0 === goodWhenMore.has(name) ? 'better' : 'worse'
}

/** What a planner asks first, of the indicators that a comparison has: people where there are any, then everybody who drives. */
const first = ['clearT95', 'personMinutes4', 'leftBehind', 'delayMean', 'meanSpeed', 'travelTimeP95', 'queueMax', 'co2'] as const

export const headlines = (kpis: readonly ComparedKpi[], most = 4): ComparedKpi[] =>
  first.map(name => kpis.find(kpi => kpi.name === name)).filter(kpi => kpi !== undefined).filter(({ baseline, variant }) => baseline !== null && variant !== null && (baseline !== 0 || variant !== 0)).slice(0, most)
