import { createTable, type Columns, type TableOf } from '../core/table'
import { createSearch, FAR, type Search } from '../network/hierarchy'
import { groupOf, searchReady, weightsOf } from '../network/router'
import { uniform, Draw } from '../core/random'
import type { World } from '../world'

/** Searches for ways of one tick, by which nobody else is touched: asked for alone, done on all threads, used alone. */
export const searchColumns = {
  subject: { type: 'i32', unit: 'row', doc: 'slot that looks for a better way, or ~row of a trip that wants to enter' },
  from: { type: 'i32', unit: 'row', doc: 'link where the way begins' },
  count: { type: 'i32', unit: '1', doc: 'links of the way that was found; 0 = none, or none that is better; NOT_DONE' },
  first: { type: 'i32', unit: '1', doc: 'first of them in `links`' },
  loop: { type: 'u8', unit: '0/1', doc: 'the way back to the start of the same link is wanted' },
} as const satisfies Columns

export interface RouteSearches {
  readonly rows: TableOf<typeof searchColumns>
  /** Searches of this tick. */
  readonly asked: Int32Array
  /** Search of the first who waits on a link, if he has one. */
  readonly ofLink: Int32Array
  /** Links of the ways found, a stretch for each domain. */
  readonly links: Int32Array
}

/** More searches than this in a tick, or longer ways, are done alone. */
const SEARCHES_MAX = 4096
const LINKS_MAX = 8192
export const NOT_DONE = -1

export const createSearches = (domains: number, links: number): RouteSearches => ({
  rows: createTable(searchColumns, SEARCHES_MAX), asked: new Int32Array(1), ofLink: new Int32Array(links), links: new Int32Array(domains * LINKS_MAX),
})

const own = new WeakMap<World, Search>()

/** What searches of this thread write. */
export function searchOf(world: World): Search {
  let search = own.get(world)
  if (!search) own.set(world, search = createSearch(world.router.hierarchy))
  return search
}

/** Asks for a way of a driver of a group; answers the row of the search, -1 if there are too many. */
export function ask({ searches: { rows, asked }, router }: World, subject: number, from: number, type: number, group: number, loop: boolean): number {
  if (asked[0] === SEARCHES_MAX) return -1
  weightsOf(router, group, type)
  const row = asked[0]++
  rows.subject[row] = subject
  rows.from[row] = from
  rows.loop[row] = loop ? 1 : 0
  rows.count[row] = NOT_DONE
  return row
}

/** Writes a way of a domain's stretch into `router.path`; answers how many links. */
export function takeWay({ searches: { rows, links }, router: { path } }: World, row: number): number {
  const count = rows.count[row]
  const first = rows.first[row]
  for (let at = 0; at < count; at++) path[at] = links[first + at]
  return count
}

/** Does a domain's share of the searches. @param better  a better way of a slot into `search.path`: how many links, 0 if there is none */
export function searchShare(world: World, domain: number, better: (world: World, slot: number, search: Search) => number): void {
  const { searches: { rows, asked, links }, index } = world
  const search = searchOf(world)
  const end = (domain + 1) * LINKS_MAX
  let used = domain * LINKS_MAX
  for (let row = domain; row < asked[0]; row += index.domains.count) {
    const subject = rows.subject[row]
    const count = subject >= 0 ? better(world, subject, search) : wayOfTrip(world, ~subject, rows.loop[row] === 1, search)
    if (used + count > end) continue
    rows.first[row] = used
    for (let at = 0; at < count; at++) links[used++] = search.path[at]
    rows.count[row] = count
  }
}

/** Whether the driver of a trip knows live times. */
export const knowsLiveTimes = ({ input }: World, row: number): boolean => uniform(input.seed, Draw.reroute, input.trips.id[row], 0) < input.rerouteShare

export const groupOfTrip = (world: World, row: number): number => groupOf(world.input.seed, world.input.trips.id[row], knowsLiveTimes(world, row))

function wayOfTrip(world: World, row: number, loop: boolean, search: Search): number {
  const { originLink, destinationLink, class: type } = world.input.trips
  return searchReady(world.router, world.index, originLink[row], destinationLink[row], type[row], groupOfTrip(world, row), loop, search, FAR)
}
