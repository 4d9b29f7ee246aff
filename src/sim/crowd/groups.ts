import type { Crowd } from './crowd'

/** Alone: sets the pace of members of groups, so that they keep together. */
export function keepGroups(_crowd: Crowd): void {}
