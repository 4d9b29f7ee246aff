/**
 * What the simulation shows: written by the worker that owns the world into one buffer of a ring, read by anyone.
 * Slots are stable while a vehicle is under way, so two snapshots interpolate; a freed slot stays empty for at least
 * one snapshot before it is used again.
 *
 *   i32 head[16]: 0 sequence (odd while written), 1 tick, 2 slots in use (highest + 1), 3 running vehicles,
 *                 4 links, 5 groups, 6..15 zero
 *   u32 path[capacity]      path row, 0xffffffff = empty
 *   u32 state[capacity]     bits 0-15 offset along the path in 1/65535 of its length, 16-23 speed in 0.25 m/s,
 *                           24-26 VehicleClass, 27 brake light, 28 left indicator, 29 right indicator, 30 waiting > 60 s
 *   u8  linkSpeed[links]    mean speed / speed limit, 0..254; 255 = no vehicle lately
 *   u8  linkQueue[links]    vehicles standing, at most 255
 *   u8  groupState[groups]  Light
 *   people, if any: i32 head[16]: 1 tick, 2 slots in use, 3 persons seen; u32 state[4 * people], four words a person:
 *     x, y, z as bits of an f32 (m, coordinates of the pack; height above sea level of the ground below the feet);
 *     bits 0-7 heading (1/256 turn from east, counter-clockwise), 8-15 speed in 0.02 m/s, 16-19 look (0 = any),
 *     20 stands, 31 is there. A person keeps the slot through the whole run.
 */
export const SNAPSHOT_HEAD = 16
export const EMPTY_SLOT = 0xffffffff
export const Light = { red: 0, yellow: 1, green: 2, permitted: 3, redYellow: 4 } as const

export interface SnapshotLayout {
  readonly capacity: number
  readonly links: number
  readonly groups: number
  /** Persons of the run; 0 = vehicles only. */
  readonly people: number
}

export interface PeopleSnapshot {
  readonly head: Int32Array
  readonly state: Uint32Array
}

export const PersonBit = { stands: 1 << 20, present: 1 << 31 } as const

export interface Snapshot {
  readonly head: Int32Array
  readonly path: Uint32Array
  readonly state: Uint32Array
  readonly linkSpeed: Uint8Array
  readonly linkQueue: Uint8Array
  readonly groupState: Uint8Array
  readonly people: PeopleSnapshot | null
  readonly buffer: ArrayBufferLike
}

export function snapshotBytes({ capacity, links, groups, people }: SnapshotLayout): number {
  return (SNAPSHOT_HEAD + 2 * capacity) * 4 + align4(links) * 2 + align4(groups) + (people > 0 ? (SNAPSHOT_HEAD + 4 * people) * 4 : 0)
}

/** Views one snapshot in a buffer of at least `snapshotBytes`, from byte `offset` (a multiple of 4). */
export function viewSnapshot(layout: SnapshotLayout, buffer: ArrayBufferLike, offset = 0): Snapshot {
  const { capacity, links, groups, people } = layout
  let at = offset
  const take = (bytes: number): number => { const start = at; at += bytes; return start }
  return {
    head: new Int32Array(buffer, take(SNAPSHOT_HEAD * 4), SNAPSHOT_HEAD),
    path: new Uint32Array(buffer, take(capacity * 4), capacity),
    state: new Uint32Array(buffer, take(capacity * 4), capacity),
    linkSpeed: new Uint8Array(buffer, take(align4(links)), links),
    linkQueue: new Uint8Array(buffer, take(align4(links)), links),
    groupState: new Uint8Array(buffer, take(align4(groups)), groups),
    people: people === 0 ? null : { head: new Int32Array(buffer, take(SNAPSHOT_HEAD * 4), SNAPSHOT_HEAD), state: new Uint32Array(buffer, take(people * 16), people * 4) },
    buffer,
  }
}

const align4 = (bytes: number): number => (bytes + 3) & ~3
