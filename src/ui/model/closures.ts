import { shutLanes, type NetworkChange } from '../../sim'

/** Lanes that are shut to every class, or to some, at `tick`, given the changes that a run follows in order of tick. */
export const closedLanesAt = (changes: readonly NetworkChange[], tick: number): number[] => [...shutLanes(changes, tick).keys()]
