import { LinkFlag, RoadClass, type Network } from '../sim'

/** m/s from which each Beaufort number begins, 0 to 17 as China's scale has them (GB/T 28591-2012). */
export const BEAUFORT_SPEEDS: readonly number[] = [0, 0.3, 1.6, 3.4, 5.5, 8, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7, 37, 41.5, 46.2, 51, 56.1]

/**
 * What is done about roads on bridges in a gale, by Beaufort number: slower from force 8 on, shut from force 9 on.
 *
 * Hong Kong's long bridges: measures from an hourly mean of 60 km/h on, more from 75 km/h on (reply LCQ22 of 15 June 2022), the
 * limit is then 50 km/h; Hangzhou Bay Bridge is shut at force 9. Shenzhen Bay Bridge was shut in typhoon Hato (23 August 2017),
 * the Shenzhen-Zhongshan Link for typhoon Wipha (20 July 2025).
 */
export const GALE = { limited: 8, limitKmh: 50, shut: 9 } as const

/** Share of a road that lies on bridges, and m of it, from which it counts as exposed; assumed. */
const EXPOSED_SHARE = 0.5
const EXPOSED_LEAST = 2000

/** Names of expressways that run mostly on bridges, longest first. */
export function exposedRoads({ links, strings }: Network): string[] {
  const roads = new Map<string, { bridge: number; all: number; fast: boolean }>()
  for (let link = 0; link < links.rows; link++) {
    const name = strings[links.name[link]!]
    if (name === undefined) continue
    const road = roads.get(name) ?? { bridge: 0, all: 0, fast: false }
    road.all += links.length[link]!
    if (links.flags[link]! & LinkFlag.bridge) road.bridge += links.length[link]!
    if (links.class[link]! <= RoadClass.trunk && links.class[link] !== RoadClass.motorwayLink) road.fast = true
    roads.set(name, road)
  }
  return [...roads].filter(([, { bridge, all, fast }]) => fast && bridge >= EXPOSED_LEAST && bridge >= EXPOSED_SHARE * all).sort((a, b) => b[1].bridge - a[1].bridge).map(([name]) => name)
}
