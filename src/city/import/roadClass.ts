import { RoadClass } from '../../sim'

/** Our class of OSM's highway values. */
const classes: Readonly<Record<string, number>> = {
  motorway: RoadClass.motorway, motorway_link: RoadClass.motorwayLink, trunk: RoadClass.trunk, trunk_link: RoadClass.trunkLink,
  primary: RoadClass.primary, primary_link: RoadClass.primaryLink, secondary: RoadClass.secondary, secondary_link: RoadClass.secondaryLink,
  tertiary: RoadClass.tertiary, tertiary_link: RoadClass.tertiaryLink, unclassified: RoadClass.unclassified,
  residential: RoadClass.residential, living_street: RoadClass.residential, service: RoadClass.service, track: RoadClass.service,
}

/** Names that `classNamed` knows, for messages. */
export const classNames = Object.keys(classes)

/** Class of an OSM highway value or a SUMO edge type ("highway.primary"); undefined if it is none. */
export const classNamed = (name: string): number | undefined => classes[name.trim().toLowerCase().replace(/^highway\./, '').replace(/[\s-]+/g, '_')]

/** Class of a road of which only speed, m/s, and lanes are known; assumed: speeds and widths of Chinese urban roads (CJJ 37-2012). */
export function classGuessed(speed: number, lanes: number): number {
  if (speed > 25.1) return RoadClass.motorway
  if (speed > 19.5) return RoadClass.trunk
  if (lanes >= 3) return RoadClass.primary
  if (lanes === 2) return RoadClass.secondary
  return speed > 11.2 ? RoadClass.tertiary : RoadClass.residential
}
