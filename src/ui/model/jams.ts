import type { Network, Snapshot } from '../../sim'

/** A road in one place where vehicles stand. */
export interface JamRow {
  readonly link: number
  readonly name: string
  /** Vehicles standing, on this link and on others of the same name nearby counted to it. */
  readonly queue: number
  /** Mean speed by speed limit of the worst link, 0..1; null = nobody lately. */
  readonly speedShare: number | null
}

/** Speed shares lie in 0..254 of a byte; 255 says that nobody passed lately. */
const NOBODY = 255

/**
 * The named roads with the most standing vehicles, longest first. A road counts once by name, at its worst link:
 * planners think in roads, not in sections.
 */
export function topJams(network: Network, snapshot: Snapshot, count: number): JamRow[] {
  const { linkQueue, linkSpeed } = snapshot
  const { links, strings } = network
  const roads = new Map<string, { link: number; worst: number; queue: number }>()
  for (let link = 0; link < linkQueue.length; link++) {
    const queue = linkQueue[link]!
    if (queue < 3) continue
    const nameRow = links.name[link]!
    if (nameRow < 0) continue
    const name = strings[nameRow]!
    const road = roads.get(name)
    if (!road) roads.set(name, { link, worst: queue, queue })
    else {
      road.queue += queue
      if (queue > road.worst) { road.link = link; road.worst = queue }
    }
  }
  return [...roads].sort(([, a], [, b]) => b.queue - a.queue).slice(0, count).map(([name, { link, queue }]) => {
    const share = linkSpeed[link]!
    return { link, name, queue, speedShare: share === NOBODY ? null : share / 254 }
  })
}

/** m/s, over the vehicles of a snapshot; 0 with nobody on the road. */
export function meanSpeed({ head, path, state }: Snapshot): number {
  const slots = head[2]!
  let sum = 0
  let vehicles = 0
  for (let slot = 0; slot < slots; slot++) {
    if (path[slot] === 0xffffffff) continue
    sum += (state[slot]! >>> 16) & 0xff
    vehicles += 1
  }
  return vehicles === 0 ? 0 : (sum / vehicles) * 0.25
}
