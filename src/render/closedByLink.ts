/** Closed lanes as bits by link, bit 0 the lane nearest the kerb, of rows of the lane table. */
export function closedByLink(lanes: readonly number[], linkOfLane: (lane: number) => number): Map<number, number> {
  const closed = new Map<number, number>()
  const first = new Map<number, number>()
  for (const lane of lanes) {
    const link = linkOfLane(lane)
    if (link < 0) continue
    if (!first.has(link)) {
      let at = lane
      while (at > 0 && linkOfLane(at - 1) === link) at--
      first.set(link, at)
    }
    closed.set(link, (closed.get(link) ?? 0) | (1 << Math.min(7, lane - first.get(link)!)))
  }
  return closed
}
