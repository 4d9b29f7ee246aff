import { CrowdCount } from '../crowd/crowd'
import type { Goal } from '../crowd/walkSpace'
import type { People } from './people'
import type { ExitReport } from './peopleReportTypes'

/**
 * Persons by the goal where they left, most first; of ways to the street with their share beside that of their width,
 * which is what they can carry: the Green Guide reckons exits by the metre.
 *
 * The balance is 1 - 1/2 sum over ways of |share of persons - share of width|, over all such ways of the areas where
 * any was used: 1 less the index of dissimilarity (Duncan & Duncan 1955, Am. Sociol. Rev. 20, 210).
 */
export function exitReports({ crowd, input }: People): { readonly exits: ExitReport[]; readonly balance: number | null } {
  const { goals } = input.crowd.space
  const used = new Int32Array(goals.length)
  for (let at = 0; at < crowd.counts[CrowdCount.left]; at++) used[crowd.left.goal[at]]++
  const isStreet = (row: number): boolean => goals[row].kind === 'exit' && goals[row].shape.length === 2 && input.goalStop[row] < 0
  const areas = new Set(goals.flatMap(({ id }, row) => (used[row] > 0 && isStreet(row) ? [areaOf(id)] : [])))
  const street = goals.flatMap(({ id }, row) => (isStreet(row) && areas.has(areaOf(id)) ? [row] : []))
  const persons = street.reduce((sum, row) => sum + used[row], 0)
  const width = street.reduce((sum, row) => sum + widthOf(goals[row]), 0)
  const exits = goals.flatMap((goal, row): ExitReport[] => {
    if (used[row] === 0) return []
    const onStreet = isStreet(row)
    return [{
      goal: goal.id, persons: used[row], width: goal.shape.length === 2 ? widthOf(goal) : null,
      share: onStreet ? used[row] / persons : null, capacityShare: onStreet ? widthOf(goal) / width : null,
    }]
  })
  return {
    exits: exits.sort((a, b) => b.persons - a.persons || (a.goal < b.goal ? -1 : 1)),
    balance: persons === 0 ? null : 1 - street.reduce((sum, row) => sum + Math.abs(used[row] / persons - widthOf(goals[row]) / width), 0) / 2,
  }
}

const areaOf = (id: string): string => id.slice(0, id.indexOf('/') + 1)

function widthOf({ shape: [a, b] }: Goal): number {
  return Math.sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]))
}
