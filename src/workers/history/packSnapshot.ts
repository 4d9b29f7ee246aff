import { EMPTY_SLOT, PersonBit, SNAPSHOT_HEAD, type Snapshot } from '../../sim'

/**
 * A snapshot as fewer bytes that compress well: like stands with like, a byte at a time. Vehicles keep path, speed,
 * class and lamps, and the offset in 1/4096 of the path; people keep their place to 1/8 m. Signals, speeds and queues
 * of links stay whole.
 *
 *   i32 head[16]; of slots in use: path 3 bytes, offset 2, speed, class and lamps; linkSpeed, linkQueue, groupState;
 *   of people, if any: i32 head[16], who is there as bits, and of those x 3 bytes, y 3, z 2, heading, speed, look and stand
 */
const EMPTY = 0xffffff
/** Offsets are kept to so many of their 16 bits. */
const OFFSET_MASK = 0xfff0
/** Steps per metre. */
const GRID = 8
/** Puts coordinates of either sign into so many bits without one. */
const BIAS = { place: 1 << 23, height: 1 << 15 } as const

/** Bytes are written and read in the same order; `at` is the next. */
interface Cursor { readonly bytes: Uint8Array; at: number }

const headBytes = SNAPSHOT_HEAD * 4

export function packedBytesMost({ path, linkSpeed, groupState, people }: Snapshot): number {
  const rows = people ? people.state.length / 4 : 0
  return headBytes + 7 * path.length + 2 * linkSpeed.length + groupState.length + (people ? headBytes + (rows + 7 >> 3) + 11 * rows : 0)
}

/** @param scratch  at least `packedBytesMost` */
export function packSnapshot(snapshot: Snapshot, scratch: Uint8Array): Uint8Array {
  const to: Cursor = { bytes: scratch, at: 0 }
  const { head, path, state, linkSpeed, linkQueue, groupState, people } = snapshot
  putBytes(to, new Uint8Array(head.buffer, head.byteOffset, headBytes))
  const used = head[2]!
  const id = (slot: number): number => (path[slot] === EMPTY_SLOT ? EMPTY : path[slot]!)
  putPlanes(to, used, 3, id)
  putPlanes(to, used, 2, slot => state[slot]! & OFFSET_MASK)
  putPlanes(to, used, 2, slot => state[slot]! >>> 16)
  putBytes(to, linkSpeed)
  putBytes(to, linkQueue)
  putBytes(to, groupState)
  if (people) putPeople(to, people.head, people.state)
  return scratch.subarray(0, to.at)
}

/** Writes a packed snapshot into one of the same layout. */
export function unpackSnapshot(packed: Uint8Array, into: Snapshot): void {
  const from: Cursor = { bytes: packed, at: 0 }
  const { head, path, state, linkSpeed, linkQueue, groupState, people } = into
  takeBytes(from, new Uint8Array(head.buffer, head.byteOffset, headBytes))
  const used = head[2]!
  takePlanes(from, used, 3, (slot, value) => { path[slot] = value === EMPTY ? EMPTY_SLOT : value })
  takePlanes(from, used, 2, (slot, value) => { state[slot] = value })
  takePlanes(from, used, 2, (slot, value) => { state[slot] = (state[slot]! | (value << 16)) >>> 0 })
  path.fill(EMPTY_SLOT, used)
  takeBytes(from, linkSpeed)
  takeBytes(from, linkQueue)
  takeBytes(from, groupState)
  if (people) takePeople(from, people.head, people.state)
}

function putPeople(to: Cursor, head: Int32Array, state: Uint32Array): void {
  const places = new Float32Array(state.buffer, state.byteOffset, state.length)
  putBytes(to, new Uint8Array(head.buffer, head.byteOffset, headBytes))
  const rows = state.length / 4
  const there: number[] = []
  const bits = to.bytes.subarray(to.at, to.at + (rows + 7 >> 3)).fill(0)
  for (let row = 0; row < rows; row++) {
    if ((state[4 * row + 3]! & PersonBit.present) === 0) continue
    bits[row >> 3]! |= 1 << (row & 7)
    there.push(row)
  }
  to.at += bits.length
  const axis = (column: number, bias: number) => (at: number): number => Math.round(places[4 * there[at]! + column]! * GRID) + bias
  putPlanes(to, there.length, 3, axis(0, BIAS.place))
  putPlanes(to, there.length, 3, axis(1, BIAS.place))
  putPlanes(to, there.length, 2, axis(2, BIAS.height))
  putPlanes(to, there.length, 3, at => state[4 * there[at]! + 3]! & 0xffffff)
}

function takePeople(from: Cursor, head: Int32Array, state: Uint32Array): void {
  const places = new Float32Array(state.buffer, state.byteOffset, state.length)
  takeBytes(from, new Uint8Array(head.buffer, head.byteOffset, headBytes))
  const rows = state.length / 4
  const bits = from.bytes.subarray(from.at, from.at + (rows + 7 >> 3))
  from.at += bits.length
  state.fill(0)
  const there: number[] = []
  for (let row = 0; row < rows; row++) if (bits[row >> 3]! & (1 << (row & 7))) there.push(row)
  const axis = (column: number, bias: number) => (at: number, value: number): void => { places[4 * there[at]! + column] = (value - bias) / GRID }
  takePlanes(from, there.length, 3, axis(0, BIAS.place))
  takePlanes(from, there.length, 3, axis(1, BIAS.place))
  takePlanes(from, there.length, 2, axis(2, BIAS.height))
  takePlanes(from, there.length, 3, (at, value) => { state[4 * there[at]! + 3] = (value | PersonBit.present) >>> 0 })
}

/** All the lowest bytes, then all the next ones. */
function putPlanes(to: Cursor, rows: number, planes: number, value: (row: number) => number): void {
  const { bytes, at } = to
  for (let row = 0; row < rows; row++) {
    const all = value(row)
    for (let plane = 0; plane < planes; plane++) bytes[at + plane * rows + row] = all >>> (8 * plane)
  }
  to.at += planes * rows
}

function takePlanes(from: Cursor, rows: number, planes: number, set: (row: number, value: number) => void): void {
  const { bytes, at } = from
  for (let row = 0; row < rows; row++) {
    let all = 0
    for (let plane = 0; plane < planes; plane++) all |= bytes[at + plane * rows + row]! << (8 * plane)
    set(row, all)
  }
  from.at += planes * rows
}

function putBytes(to: Cursor, bytes: Uint8Array): void {
  to.bytes.set(bytes, to.at)
  to.at += bytes.length
}

function takeBytes(from: Cursor, into: Uint8Array): void {
  into.set(from.bytes.subarray(from.at, from.at + into.length))
  from.at += into.length
}

/** Shows one snapshot in a buffer of the ring, whose sequence is its own. */
export function copySnapshot(from: Snapshot, to: Snapshot): void {
  const sequence = to.head[0]!
  to.head.set(from.head)
  to.head[0] = sequence
  to.path.set(from.path)
  to.state.set(from.state)
  to.linkSpeed.set(from.linkSpeed)
  to.linkQueue.set(from.linkQueue)
  to.groupState.set(from.groupState)
  if (!to.people || !from.people) return
  to.people.head.set(from.people.head)
  to.people.state.set(from.people.state)
}
