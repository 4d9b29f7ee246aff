import { CrowdCount, type Crowd } from './crowd'
import type { CrowdChange } from './crowdTypes'

/** Adds changes to a crowd under way, of this tick or later ones. Keeps the order of tick, then of arrival. */
export function scheduleCrowdChanges(crowd: Crowd, changes: readonly CrowdChange[]): void {
  const done = crowd.counts[CrowdCount.nextChange]
  crowd.changes = [...crowd.changes.slice(0, done), ...[...crowd.changes.slice(done), ...changes].sort((a, b) => a.tick - b.tick)]
}
