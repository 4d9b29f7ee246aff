import { ALL_CLASSES, type NetworkChange } from '../../sim'

/** Lanes that are shut to every class, or to some, at `tick`, given the changes that a run follows in order of tick. */
export function closedLanesAt(changes: readonly NetworkChange[], tick: number): number[] {
  const shut = new Map<number, number>()
  for (const { tick: at, kind, row, classes = ALL_CLASSES } of changes) {
    if (at > tick) break
    if (kind === 'closeLane') shut.set(row, (shut.get(row) ?? 0) | classes)
    else if (kind === 'openLane') shut.set(row, (shut.get(row) ?? 0) & ~classes)
  }
  return [...shut].filter(([, classes]) => classes !== 0).map(([lane]) => lane)
}
