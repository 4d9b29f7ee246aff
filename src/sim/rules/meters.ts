import { invariant } from '../core/invariant'
import type { People } from '../people/people'
import { kmPerHour } from '../units'
import type { World } from '../world'
import { crowdDensityMeter, gateQueueMeter, lineFlowMeter, platformMeter, rankQueueMeter } from './peopleMeters'
import type { RuleMeasure } from './ruleTypes'

/** What tells a measure of a world at any moment, in its unit; it reads nothing but the state. */
export function meterOf(world: World, measure: RuleMeasure): () => number {
  switch (measure.kind) {
    case 'roadQueue': return () => sumOf(world.measures.live.queue, measure.links)
    case 'roadSpeed': return () => roadSpeed(world, measure.links)
    case 'crowdDensity': return crowdDensityMeter(peopleOf(world, measure), measure)
    case 'gateQueue': return gateQueueMeter(peopleOf(world, measure), measure.gate)
    case 'rankQueue': return rankQueueMeter(peopleOf(world, measure), measure.rank)
    case 'platformLoad': case 'platformDensity': return platformMeter(peopleOf(world, measure), measure)
    case 'lineFlow': return lineFlowMeter(peopleOf(world, measure), measure.line)
  }
}

function peopleOf({ people }: World, { kind }: RuleMeasure): People {
  invariant(people !== null, () => `a rule measures ${kind} in a run that has nobody on foot`)
  return people
}

const sumOf = (values: ArrayLike<number>, rows: readonly number[]): number => rows.reduce((sum, row) => sum + values[row], 0)

/** Mean over the vehicles on the lanes of links at this moment, km/h; where there are none, the mean limit by length. */
function roadSpeed({ measures: { live }, input: { network: { links } } }: World, rows: readonly number[]): number {
  const vehicles = sumOf(live.vehicles, rows)
  if (vehicles > 0) return kmPerHour(rows.reduce((sum, link) => sum + live.vehicles[link] * Math.max(0, live.speed[link]), 0) / vehicles)
  return kmPerHour(rows.reduce((sum, link) => sum + links.speedLimit[link] * links.length[link], 0) / sumOf(links.length, rows))
}
