/**
 * What an importer hands to `assembleNetwork`: nodes, links and their lanes in the source's own terms, metres from
 * the false origin. The assembler trims junctions, offsets lanes, makes turns, conflicts and signals.
 */
export interface NetworkSpec {
  readonly nodes: readonly NodeSpec[]
  readonly links: readonly LinkSpec[]
  /** Forbidden movements, as link indices. */
  readonly bans: readonly { readonly from: number; readonly to: number }[]
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
