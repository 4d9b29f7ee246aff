import type { Place } from '../importError'

/** A SUMO network as its files have it, whether they were one .net.xml or the plain .nod, .edg, .con, .tll files. */
export interface SumoNet {
  /** File of the network, for messages. */
  readonly file: string
  readonly nodes: ReadonlyMap<string, SumoNode>
  readonly edges: ReadonlyMap<string, SumoEdge>
  readonly connections: readonly SumoConnection[]
  readonly programs: ReadonlyMap<string, SumoProgram>
  /** Coordinates of the files to metres of the city's plane. */
  readonly toPlane: (x: number, y: number) => readonly [number, number]
  /** How they were placed, for the report. */
  readonly placed: string
  /** Whether lane shapes run from stop line to stop line, as in .net.xml. */
  readonly trimmed: boolean
  /** What was left out while reading: kind and count. */
  readonly skipped: ReadonlyMap<string, number>
}

export interface SumoNode extends Place {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly z: number
  readonly type: string
  /** Program that controls it, of plain files. */
  readonly tl: string | undefined
  /** Right of way, of .net.xml: entry i is the text of bits, last bit first, of the links that link i lets go. */
  readonly responses: string[]
  /** Lanes that enter, in the order in which links are numbered. */
  readonly incoming: readonly string[]
}

export interface SumoLane {
  /** Bits 1 << VehicleClass; 0 = not for road vehicles. */
  readonly allowed: number
  /** m/s */
  readonly speed: number
  /** m */
  readonly width: number
  /** m; absent in plain files. */
  readonly length: number | undefined
  /** x, y, z triples in the file's coordinates; empty in plain files. */
  readonly shape: readonly number[]
}

export interface SumoEdge extends Place {
  readonly id: string
  readonly name: string | undefined
  readonly from: string
  readonly to: string
  readonly priority: number
  readonly type: string
  /** x, y, z triples in the file's coordinates; empty = straight. */
  readonly shape: readonly number[]
  /** `right`: the shape is the left edge of the carriageway; `center`: its middle. */
  readonly spread: string
  /** Right-most first, as SUMO numbers them. */
  readonly lanes: readonly SumoLane[]
}

export interface SumoConnection extends Place {
  readonly from: string
  /** '' = the edge leads nowhere. */
  readonly to: string
  /** -1 = not given: all lanes, as they fit. */
  readonly fromLane: number
  readonly toLane: number
  tl: string | undefined
  linkIndex: number
  /** Number of its link within the junction, that of the right of way; -1 = count along the lanes that enter. */
  readonly via: number
  /** m/s, of the lane through the junction; absent where the file has none. */
  speed?: number
}

export interface SumoProgram extends Place {
  readonly id: string
  readonly type: string
  /** s */
  readonly offset: number
  readonly phases: SumoPhase[]
}

export interface SumoPhase extends Place {
  readonly duration: number
  readonly durationMin: number
  readonly durationMax: number
  /** One letter a link: r, y, g, G, s, u, o, O. */
  readonly state: string
}
