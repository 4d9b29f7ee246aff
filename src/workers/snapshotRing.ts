import { EMPTY_SLOT, snapshotBytes, viewSnapshot, type Snapshot, type SnapshotLayout } from '../sim'

/** Three, so that the writer never touches the newest snapshot nor the one a reader took just before it. */
const SLOTS = 3
const SEQUENCE = 0

/** Where the host puts its snapshots. `publish` may drop one when nobody has read the last ones: the run never waits. */
export interface SnapshotSink { publish(write: (snapshot: Snapshot) => void): void }

const slotBytes = (layout: SnapshotLayout): number => (snapshotBytes(layout) + 7) & ~7

export const ringBytes = (layout: SnapshotLayout): number => SLOTS * slotBytes(layout)

/** Writes a ring in shared memory. The sequence is odd while a slot is written; every publication raises it by two. */
export function ringSink(layout: SnapshotLayout, ring: SharedArrayBuffer): SnapshotSink {
  const slots = viewSlots(layout, ring)
  for (const { path } of slots) path.fill(EMPTY_SLOT)
  let published = 0
  return {
    publish(write) {
      const slot = slots[published % SLOTS]!
      Atomics.store(slot.head, SEQUENCE, 2 * published + 1)
      write(slot)
      published += 1
      Atomics.store(slot.head, SEQUENCE, 2 * published)
    },
  }
}

/** Reads the newest finished slot of a ring; copies nothing. */
export function ringReader(layout: SnapshotLayout, ring: SharedArrayBuffer): () => Snapshot | null {
  const slots = viewSlots(layout, ring)
  return () => {
    let newest: Snapshot | null = null
    let sequenceNewest = 0
    for (const slot of slots) {
      const sequence = Atomics.load(slot.head, SEQUENCE)
      if (sequence % 2 === 0 && sequence > sequenceNewest) {
        newest = slot
        sequenceNewest = sequence
      }
    }
    return newest
  }
}

/** Hands snapshots over as transferred buffers; the page sends each back when it has a newer one. */
export function transferSink(layout: SnapshotLayout, port: MessagePort): SnapshotSink {
  const bytes = slotBytes(layout)
  const free = Array.from({ length: SLOTS }, () => {
    const buffer = new ArrayBuffer(bytes)
    viewSnapshot(layout, buffer).path.fill(EMPTY_SLOT)
    return buffer
  })
  let published = 0
  port.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => { if (data.byteLength === bytes) free.push(data) })
  port.start()
  return {
    publish(write) {
      const buffer = free.pop()
      if (!buffer) return
      const snapshot = viewSnapshot(layout, buffer)
      write(snapshot)
      published += 1
      snapshot.head[SEQUENCE] = 2 * published
      port.postMessage(buffer, [buffer])
    },
  }
}

/** The page's end of `transferSink`: keeps the newest two, since a frame may still draw from the older. */
export function transferReader(layout: SnapshotLayout, port: MessagePort): () => Snapshot | null {
  const kept: Snapshot[] = []
  port.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    kept.push(viewSnapshot(layout, data))
    if (kept.length <= 2) return
    const oldest = kept.shift()!.buffer as ArrayBuffer
    port.postMessage(oldest, [oldest])
  })
  port.start()
  return () => kept.at(-1) ?? null
}

function viewSlots(layout: SnapshotLayout, ring: SharedArrayBuffer): Snapshot[] {
  const bytes = slotBytes(layout)
  return Array.from({ length: SLOTS }, (_, slot) => viewSnapshot(layout, ring, slot * bytes))
}
