import Flatbush from 'flatbush'
import { hash4 } from '../../../sim'
import { BuildingKind } from '../buildings'
import { distance, inPolygon, type Point } from './geometry'
import { towerOn, type BuildingDraft } from './buildingSource'
import { regionFinder, type Region } from './regions'

/** A building counts as a neighbour up to this far, m. */
const REACH = 350
const NEIGHBOURS = 24

/** Kinds for buildings that carry none: that of most neighbours, weighted by nearness and likeness of size. */
export function guessKinds(drafts: readonly BuildingDraft[]): void {
  const known = drafts.filter(draft => draft.kind >= 0)
  const index = indexOf(known)
  for (const draft of drafts) {
    if (draft.kind >= 0) continue
    const votes = new Map<number, number>()
    for (const other of nearest(index, known, draft)) {
      if (other.kind === BuildingKind.utility || other.kind === BuildingKind.hospital || other.kind === BuildingKind.hotel) continue
      const likeness = Math.min(draft.area, other.area) / Math.max(draft.area, other.area)
      votes.set(other.kind, (votes.get(other.kind) ?? 0) + (0.2 + likeness) / (40 + distance(draft.middle, other.middle)))
    }
    let best = draft.area > 3000 ? BuildingKind.industrial : draft.area < 40 ? BuildingKind.utility : BuildingKind.residential as number
    let most = 0
    for (const [kind, vote] of [...votes].sort((a, b) => a[0] - b[0])) if (vote > most) [best, most] = [kind, vote]
    if (best === BuildingKind.house && draft.area > 400) best = BuildingKind.residential
    if (draft.area < 40) best = BuildingKind.utility
    draft.kind = draft.height >= 60 && (best === BuildingKind.industrial || best === BuildingKind.utility || best === BuildingKind.commercial) ? BuildingKind.office : best
  }
}

/**
 * Heights for buildings without one. A building takes the height of a real building: one of its neighbours of the same
 * kind and of like footprint, else one of its district, else of the city, drawn by a hash of its place, so that a
 * street is as varied as its known part. What is broad is kept low: a footprint of a mall never makes a tower.
 */
export function estimateHeights(drafts: BuildingDraft[], districts: readonly Region[]): void {
  const known = drafts.filter(draft => draft.height > 0 && draft.kind >= 0)
  const index = indexOf(known)
  const find = regionFinder(districts)
  const districtOf = ([x, y]: Point): string => find(x, y)?.name ?? ''
  const pools = new Map<string, number[]>()
  for (const draft of known) {
    for (const key of [`${districtOf(draft.middle)}/${draft.kind}/${sizeClass(draft.area)}`, `${draft.kind}/${sizeClass(draft.area)}`]) {
      const pool = pools.get(key)
      if (pool) pool.push(draft.height)
      else pools.set(key, [draft.height])
    }
  }
  for (const pool of pools.values()) pool.sort((a, b) => a - b)
  const hosts = podiums(drafts)
  const towers: BuildingDraft[] = []
  for (const [row, draft] of drafts.entries()) {
    if (draft.height > 0) continue
    const chance = hash4(7, draft.kind, Math.round(draft.middle[0] * 4), Math.round(draft.middle[1] * 4)) / 4294967296
    const near = nearest(index, known, draft)
      .filter(other => other.kind === draft.kind && other.area > draft.area / 2.2 && other.area < draft.area * 2.2)
      .map(other => other.height)
      .sort((a, b) => a - b)
    const pool = near.length >= 4 ? near
      : firstPool(pools, [`${districtOf(draft.middle)}/${draft.kind}/${sizeClass(draft.area)}`, `${draft.kind}/${sizeClass(draft.area)}`], 12)
    // The middle of the spread only: what nobody measured should not set records.
    const drawn = pool.length > 0 ? pool[Math.floor((0.2 + 0.55 * chance) * pool.length)]! : usual(draft.kind)
    draft.height = hosts.has(row) ? Math.min(18, drawn) : Math.min(drawn, highest(draft))
    draft.heightEstimated = true
    if (!hosts.has(row) && TOWER_NAME.test(draft.name) && CENTRAL.has(districtOf(draft.middle))) towers.push(...raise(draft, chance))
  }
  drafts.push(...towers)
}

/** What calls itself a tower in the three central districts is one. */
const TOWER_NAME = /^(?!.*(?:购物|物流|工业|厂|商城|书城|市场|仓)).*(?:大厦|国际中心|金融中心|商务中心|大楼|广场$)/
const CENTRAL: ReadonlySet<string> = new Set(['罗湖区', '福田区', '南山区'])

/** Gives a named tower the height of one, 60 to 115 m; on a broad footprint as a tower above its podium. */
function raise(draft: BuildingDraft, chance: number): BuildingDraft[] {
  if (draft.area < 450 || draft.height >= 60 || draft.kind === BuildingKind.industrial) return []
  const height = 60 + 55 * chance
  if (draft.area < 2400) {
    draft.height = Math.min(height, 10 + 2.6 * Math.sqrt(draft.area))
    return []
  }
  if (draft.area > 9000) return []
  const tower = towerOn(draft, height)
  if (!tower) return []
  draft.height = 18
  return [tower]
}

const sizeClass = (area: number): number => (area < 120 ? 0 : area < 350 ? 1 : area < 900 ? 2 : area < 2500 ? 3 : 4)

function firstPool(pools: ReadonlyMap<string, number[]>, keys: readonly string[], least: number): readonly number[] {
  return keys.map(key => pools.get(key) ?? []).find(pool => pool.length >= least) ?? []
}

/** m; assumed where no building of the kind is known. */
function usual(kind: number): number {
  if (kind === BuildingKind.residential) return 22
  if (kind === BuildingKind.office || kind === BuildingKind.hotel || kind === BuildingKind.hospital) return 36
  if (kind === BuildingKind.house) return 9
  if (kind === BuildingKind.utility) return 4
  return 15
}

/** m; no building is estimated higher than its footprint and use make likely. */
function highest({ kind, area }: BuildingDraft): number {
  if (kind === BuildingKind.utility) return 8
  if (kind === BuildingKind.house) return 13
  if (kind === BuildingKind.industrial) return 32
  if (kind === BuildingKind.school || kind === BuildingKind.transport) return 26
  if (kind === BuildingKind.public) return 40
  const slender = 8 + 4.2 * Math.sqrt(area)
  if (area > 9000) return 24
  if (area > 4500) return kind === BuildingKind.residential ? 60 : 36
  if (kind === BuildingKind.residential) return Math.min(slender, area < 160 ? 26 : 110)
  return Math.min(slender, 130)
}

/** Rows of buildings without a height on which a known tower stands. */
function podiums(drafts: readonly BuildingDraft[]): Set<number> {
  const index = indexOf(drafts)
  const found = new Set<number>()
  for (const draft of drafts) {
    if (draft.height < 30) continue
    for (const row of index!.search(...draft.box)) {
      const host = drafts[row]!
      if (host !== draft && host.height === 0 && host.area > draft.area && inPolygon(draft.middle[0], draft.middle[1], host.polygon)) found.add(row)
    }
  }
  return found
}

/** The nearest of `known` within reach. */
const nearest = (index: Flatbush | null, known: readonly BuildingDraft[], { middle: [x, y] }: BuildingDraft): BuildingDraft[] =>
  index ? index.neighbors(x, y, NEIGHBOURS, REACH).map(row => known[row]!) : []

function indexOf(drafts: readonly BuildingDraft[]): Flatbush | null {
  if (drafts.length === 0) return null
  const index = new Flatbush(drafts.length)
  for (const { box } of drafts) index.add(...box)
  index.finish()
  return index
}
