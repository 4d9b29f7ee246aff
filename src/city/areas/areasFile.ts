/** What the compiler is told about walk spaces that no map says: `assets/shenzhen-areas.json`. Places are longitude and latitude. */
export interface AreasFile {
  readonly format: 'pengcheng-areas'
  readonly version: 1
  readonly author: string
  readonly areas: readonly AreaEntry[]
  readonly stations: readonly StationEntry[]
  /** Ways for those on foot where the map has none. Lines that share a point meet there. */
  readonly paths: readonly { readonly name: string; readonly width: number; readonly source: string; readonly lines: readonly (readonly LonLat[])[] }[]
}

export type LonLat = readonly [number, number]

export interface AreaEntry {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly venue?: string
  /** Open ground: ways of the map, or a ring drawn by hand. None: underground only. */
  readonly ground?: { readonly ways?: readonly number[]; readonly ring?: readonly LonLat[]; readonly source: string }
  /** Water drawn by hand that takes of the ground. */
  readonly water?: readonly (readonly LonLat[])[]
  /** Metro stations that open here, by their Chinese name. */
  readonly stations: readonly string[]
  readonly stadium?: { readonly middle: LonLat; readonly bearingDeg: number; readonly seats: number; readonly doors: number }
  /** Places on the edge of the ground where people enter, where no mapped street passes. */
  readonly portals?: readonly LonLat[]
  /** Places along a street where taxis stop: from, to. */
  readonly taxiRank?: readonly [LonLat, LonLat]
}

export interface StationEntry {
  readonly name: string
  /** Strips of paid concourse that join the paid sides of two lines. */
  readonly paidLinks?: readonly { readonly from: LonLat; readonly to: LonLat; readonly width: number }[]
  /** Name of the station's outline among the mapped buildings. */
  readonly outline: string
  readonly platforms: readonly {
    readonly line: string
    readonly kind: 'island' | 'side'
    readonly cars: number
    /** Ends of the platform in the line's order of stations. */
    readonly from: LonLat
    readonly to: LonLat
    readonly depth: number
    readonly paidWidth?: number
  }[]
}
