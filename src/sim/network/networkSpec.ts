/**
 * What an importer hands to `assembleNetwork`: nodes, links and their lanes in the source's own terms, metres from
 * the false origin. The assembler trims junctions, offsets lanes, makes turns, conflicts and signals.
 */
export interface NetworkSpec {
  readonly nodes: readonly NodeSpec[]
  readonly links: readonly LinkSpec[]
  /** Forbidden movements, as link indices. */
  readonly bans: readonly { readonly from: number; readonly to: number }[]
  /**
   * Turns that the source itself gives, lane to lane. The approaches that any of them leaves have these alone; at the
   * others the assembler makes them.
   */
  readonly turns?: readonly TurnSpec[]
}

export interface TurnSpec {
  /** Link indices, and lane indices within them. */
  readonly from: number
  readonly fromLane: number
  readonly to: number
  readonly toLane: number
  /** Turns that go before this one where no signal separates them, as indices of `turns`; absent = by rank of the roads. */
  readonly yieldsTo?: readonly number[]
  /** m/s, on its path; absent = comfortable on the curve. */
  readonly speed?: number
}

/** Signal program that the source itself gives; times in s. */
export interface SignalSpec {
  /** Start of the first stage after the start of the day. */
  readonly offset: number
  readonly stages: readonly SignalStageSpec[]
}

export interface SignalStageSpec {
  readonly green: number
  /** Bounds of an actuated program. */
  readonly greenMin: number
  readonly greenMax: number
  readonly yellow: number
  readonly allRed: number
  /** Turns with a green of their own, and those that may go but give way, as indices of the network's `turns`. */
  readonly protectedTurns: readonly number[]
  readonly permittedTurns: readonly number[]
}

export interface NodeSpec {
  readonly id: string
  readonly name?: string
  readonly x: number
  readonly y: number
  readonly z: number
  /** NodeKind */
  readonly kind: number
  /** Control; `signal` gets a generated program. */
  readonly control: number
  /** SignalKind of that program; absent = fixed. */
  readonly signalKind?: number
  /** Program of a `signal` all of whose turns are given in `turns`; absent = generated. */
  readonly signal?: SignalSpec
}

export interface LinkSpec {
  readonly id: string
  readonly name?: string
  /** Node indices. */
  readonly from: number
  readonly to: number
  /** RoadClass */
  readonly class: number
  /** m/s */
  readonly speedLimit: number
  /** LinkFlag bits. */
  readonly flags: number
  readonly layer: number
  /** TAZ id or -1. */
  readonly zone: number
  /**
   * x, y, z triples from the first node to the second. Ends may lie anywhere inside their junction: where a real
   * junction was joined from several source nodes, each link keeps the end that the source gave it.
   */
  readonly points: readonly number[]
  /** `centre`: points run along the middle of this carriageway; `left`: along its left edge (half of a two-way road). */
  readonly placement: 'centre' | 'left'
  /** Points run from the start of the lanes to their stop line, so nothing is cut off at the junctions. */
  readonly trimmed?: boolean
  /** From the kerb outwards (index 0 = right-most). */
  readonly lanes: readonly LaneSpec[]
}

export interface LaneSpec {
  /** m */
  readonly width: number
  /** Bits 1 << VehicleClass. */
  readonly allowed: number
  /** Mark bits; 0 = unknown, the assembler decides by geometry. */
  readonly marks: number
}
