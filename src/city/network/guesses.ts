import { RoadClass } from '../../sim'
import type { Places } from './places'
import { isRamp, type RoadWay } from './roadWays'

/** Lanes, speed and width of a road, and which of them the source did not say. */
export interface RoadStandard {
  readonly forward: number
  readonly backward: number
  /** m/s */
  readonly speed: number
  /** m of one lane. */
  readonly laneWidth: number
  readonly lanesGuess: '' | 'name' | 'class'
  readonly speedGuess: '' | 'class'
}

/** Lanes of one direction by class: [one-way carriageway, half of a two-way road]. Chinese practice; assumed, see docs/city.md. */
const lanesOf: Readonly<Record<number, readonly [number, number]>> = {
  [RoadClass.motorway]: [3, 3], [RoadClass.motorwayLink]: [1, 1], [RoadClass.trunk]: [4, 2], [RoadClass.trunkLink]: [1, 1],
  [RoadClass.primary]: [3, 2], [RoadClass.primaryLink]: [1, 1], [RoadClass.secondary]: [3, 2], [RoadClass.secondaryLink]: [1, 1],
  [RoadClass.tertiary]: [2, 1], [RoadClass.tertiaryLink]: [1, 1], [RoadClass.unclassified]: [1, 1], [RoadClass.residential]: [1, 1],
  [RoadClass.service]: [1, 1],
}
const FRONTAGE_LANES = 2

/** km/h by class: motorway 120, trunk 80, then 60/50/40 as in mosstool's tables; ramps and small roads by practice (assumed). */
const speedOf: Readonly<Record<number, number>> = {
  [RoadClass.motorway]: 120, [RoadClass.motorwayLink]: 60, [RoadClass.trunk]: 80, [RoadClass.trunkLink]: 50,
  [RoadClass.primary]: 60, [RoadClass.primaryLink]: 40, [RoadClass.secondary]: 50, [RoadClass.secondaryLink]: 40,
  [RoadClass.tertiary]: 40, [RoadClass.tertiaryLink]: 30, [RoadClass.unclassified]: 40, [RoadClass.residential]: 30,
  [RoadClass.service]: 20,
}
const FRONTAGE_SPEED = 50

const widthOf = (roadClass: number): number => (roadClass <= RoadClass.trunkLink ? 3.75 : roadClass <= RoadClass.tertiaryLink ? 3.5 : 3.25)

/** A name vouches for its untagged parts if this much of it has lanes tagged, m. */
const NAMED_LENGTH_MIN = 250

/**
 * Says what each road is like: by its tags; where lanes are not tagged, as most of the tagged length of the same road
 * (name, class, one-way or not); else by class.
 */
export function roadStandards(roads: readonly RoadWay[], places: Places): Map<RoadWay, RoadStandard> {
  const tagged = new Map<string, Map<string, number>>()
  for (const road of roads) {
    if (!road.name || road.lanesForward === 0) continue
    const counts = tagged.get(kind(road)) ?? new Map<string, number>()
    tagged.set(kind(road), counts)
    const lanes = `${road.lanesForward} ${road.lanesBackward}`
    counts.set(lanes, (counts.get(lanes) ?? 0) + places.length(road.nodes))
  }
  const usual = new Map<string, readonly [number, number]>()
  for (const [key, counts] of tagged) {
    const [best, length] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]!
    if (length >= NAMED_LENGTH_MIN) usual.set(key, best.split(' ').map(Number) as [number, number])
  }
  const standards = new Map<RoadWay, RoadStandard>()
  for (const road of roads) {
    const frontage = road.name.includes('辅') && !isRamp(road.class)
    const byName = usual.get(kind(road))
    let [forward, backward] = [road.lanesForward, road.lanesBackward]
    const lanesGuess = forward > 0 && (road.oneway || backward > 0) ? '' : byName && road.name ? 'name' : 'class'
    if (lanesGuess === 'name') [forward, backward] = byName!
    else if (lanesGuess === 'class') {
      const [oneway, half] = lanesOf[road.class]!
      forward ||= road.oneway ? (frontage ? FRONTAGE_LANES : oneway) : half
      backward ||= half
    }
    const classSpeed = frontage ? Math.min(FRONTAGE_SPEED, speedOf[road.class]!) : speedOf[road.class]!
    standards.set(road, {
      forward: Math.max(1, forward), backward: road.oneway ? 0 : Math.max(1, backward),
      speed: road.speed || classSpeed / 3.6, laneWidth: road.laneWidth || widthOf(road.class),
      lanesGuess, speedGuess: road.speed ? '' : 'class',
    })
  }
  return standards
}

const kind = (road: RoadWay): string => `${road.name}|${road.class}|${road.oneway}`
