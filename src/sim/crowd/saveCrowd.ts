import { invariant } from '../core/invariant'
import { StateHash } from '../core/stateHash'
import { columnsOf, type ColumnArray } from '../core/table'
import { createCrowd } from './createCrowd'
import { bodyColumns, CrowdCount, leftColumns, personColumns, type Crowd } from './crowd'
import type { CrowdInput } from './crowdTypes'
import { navigationViews } from './navigation/navigation'

const MAGIC = 0x53434350 // 'PCCS', little endian
const VERSION = 1

/** What the state consists of, in fixed order; rows that are not in use are left out. The numbers in `counts` come first: they say how many rows are in use. */
export function* crowdViews(crowd: Crowd): Generator<ColumnArray> {
  const { counts, now, persons, left, index, mail, cellFirst } = crowd
  yield counts
  yield mail.first
  yield cellFirst
  yield* columnsOf(bodyColumns, now, mail.first[index.domains])
  yield* columnsOf(personColumns, persons, persons.rows)
  yield* columnsOf(leftColumns, left, counts[CrowdCount.left])
  yield crowd.waitHead
  yield crowd.waitTail
  yield index.walls.lets
  yield index.floors.belt
  yield* navigationViews(crowd.navigation)
}

/** 16 hexadecimal digits over the whole state: equal for two runs exactly if they are the same run. */
export function crowdStateHash(crowd: Crowd): string {
  const hash = new StateHash()
  for (const view of crowdViews(crowd)) hash.add(view)
  return hash.text()
}

/**
 * The whole state between two ticks in one buffer:
 *   u32 magic 'PCCS' | u32 version | u32 walkers | u32 cells | views, each aligned to 8
 */
export function saveCrowd(crowd: Crowd): ArrayBuffer {
  let bytes = 16
  for (const view of crowdViews(crowd)) bytes += align8(view.byteLength)
  const buffer = new ArrayBuffer(bytes)
  new Uint32Array(buffer, 0, 4).set([MAGIC, VERSION, crowd.input.walkers.rows, crowd.index.cells])
  const out = new Uint8Array(buffer)
  let offset = 16
  for (const view of crowdViews(crowd)) {
    out.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset)
    offset += align8(view.byteLength)
  }
  return buffer
}

/** The crowd as it was when it was saved. Walk space and walkers must be those that it was made from; changes that are still to come may differ. */
export function restoreCrowd(input: CrowdInput, saved: ArrayBuffer, shared = false): Crowd {
  const [magic, version, walkers, cells] = new Uint32Array(saved, 0, 4)
  invariant(magic === MAGIC, () => 'a saved crowd starts with another magic word')
  invariant(version === VERSION, () => `a saved crowd of version ${version}, this build reads ${VERSION}`)
  const crowd = createCrowd(input, shared)
  invariant(walkers === input.walkers.rows && cells === crowd.index.cells, () => `a saved crowd of ${walkers} walkers in ${cells} cells, this input has ${input.walkers.rows} in ${crowd.index.cells}`)
  let offset = 16
  for (const view of crowdViews(crowd)) {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(new Uint8Array(saved, offset, view.byteLength))
    offset += align8(view.byteLength)
  }
  return crowd
}

const align8 = (bytes: number): number => (bytes + 7) & ~7
