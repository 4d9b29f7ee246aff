import { invariant } from '../core/invariant'
import { StateHash } from '../core/stateHash'
import { columnsOf, type ColumnArray } from '../core/table'
import { createCrowd } from './createCrowd'
import { bodyColumns, CrowdCount, leftColumns, personColumns, type Crowd } from './crowd'
import type { CrowdChange, CrowdInput } from './crowdTypes'
import { markLines, NavigationCount } from './navigation/createNavigation'
import { navigationViews } from './navigation/navigation'
import { differing } from './navigation/packing'
import { changeWays } from './navigation/refresh'
import { asSaved, takeOver, type SaveHead } from './takeOver'

const MAGIC = 0x53434350 // 'PCCS', little endian
const VERSION = 4
/** Bytes before the head. */
const HEAD = 24

/** What the state consists of, in fixed order; rows that are not in use are left out. The numbers in `counts` come first: they say how many rows are in use. `into`: to be restored from what is put there. */
export function* crowdViews(crowd: Crowd, into = false): Generator<ColumnArray> {
  const { counts, now, persons, left, index, mail } = crowd
  yield counts
  yield mail.first
  yield* columnsOf(bodyColumns, now, mail.first[index.domains])
  yield* columnsOf(personColumns, persons, persons.rows)
  yield* columnsOf(leftColumns, left, counts[CrowdCount.left])
  yield crowd.waitHead
  yield crowd.waitTail
  yield index.walls.lets
  yield index.floors.belt
  yield* differing(crowd.facing, () => 0, null, into)
  yield* navigationViews(crowd.navigation, into)
}

/** 16 hexadecimal digits over the whole state: equal for two runs exactly if they are the same run. */
export function crowdStateHash(crowd: Crowd): string {
  const hash = new StateHash()
  for (const view of crowdViews(crowd)) hash.add(view)
  return hash.text()
}

function headOf({ input: { space }, index, navigation: { grid: { links }, lanes }, changes }: Crowd, tick: number): SaveHead {
  return {
    barriers: space.barriers, gates: space.gates, walls: index.walls.rows, lanes: lanes.rows,
    links: [links.from, links.to, links.side, links.gate].map(column => [...column]), changes: changes.slice(0, changesBefore(changes, tick)),
  }
}

function changesBefore(changes: readonly CrowdChange[], tick: number): number {
  const next = changes.findIndex(change => change.tick >= tick)
  return next < 0 ? changes.length : next
}

/**
 * The whole state between two ticks in one buffer:
 *   u32 magic 'PCCS' | u32 version | u32 walkers | u32 cells | u32 letters of head | u32 0 | head JSON | views, each aligned to 8
 */
export function saveCrowd(crowd: Crowd): ArrayBuffer {
  const text = JSON.stringify(headOf(crowd, crowd.counts[CrowdCount.tick]))
  const views = [...crowdViews(crowd)]
  let bytes = align8(HEAD + 2 * text.length)
  for (const view of views) bytes += align8(view.byteLength)
  const buffer = new ArrayBuffer(bytes)
  new Uint32Array(buffer, 0, 5).set([MAGIC, VERSION, crowd.input.walkers.rows, crowd.index.cells, text.length])
  const letters = new Uint16Array(buffer, HEAD, text.length)
  for (let at = 0; at < text.length; at++) letters[at] = text.charCodeAt(at)
  const out = new Uint8Array(buffer)
  let offset = align8(HEAD + 2 * text.length)
  for (const view of views) {
    out.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset)
    offset += align8(view.byteLength)
  }
  return buffer
}

/**
 * The crowd as it was when it was saved. Floors, joins, goals, queues, lifts, walkers and journeys must be those that it
 * was made from; barriers, gates and changes may be others: then those stand that would by the changes before this tick,
 * everybody stays where they are, and whoever waited at a gate that is gone walks on.
 */
export function restoreCrowd(input: CrowdInput, saved: ArrayBuffer, shared = false): Crowd {
  const [magic, version, walkers, cells, letters] = new Uint32Array(saved, 0, 5)
  invariant(magic === MAGIC, () => 'a saved crowd starts with another magic word')
  invariant(version === VERSION, () => `a saved crowd of version ${version}, this build reads ${VERSION}`)
  const crowd = createCrowd(input, shared)
  invariant(walkers === input.walkers.rows && cells === crowd.index.cells, () => `a saved crowd of ${walkers} walkers in ${cells} cells, this input has ${input.walkers.rows} in ${crowd.index.cells}`)
  let text = ''
  for (const letter of new Uint16Array(saved, HEAD, letters)) text += String.fromCharCode(letter)
  let offset = align8(HEAD + 2 * letters)
  const fill = (into: Crowd): void => {
    for (const view of crowdViews(into, true)) {
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(new Uint8Array(saved, offset, view.byteLength))
      offset += align8(view.byteLength)
    }
  }
  const tick = new Float64Array(saved, offset, CrowdCount.tick + 1)[CrowdCount.tick]
  let belts = false
  if (text === JSON.stringify(headOf(crowd, tick))) fill(crowd)
  else {
    const head = JSON.parse(text) as SaveHead
    const before = asSaved(crowd, head)
    fill(before)
    const next = changesBefore(crowd.changes, tick)
    belts = takeOver(crowd, before, head, crowd.changes.slice(0, next))
    crowd.counts[CrowdCount.nextChange] = next
  }
  const { index, now, cellFirst } = crowd
  for (let cell = 0, row = 0; cell <= index.cells; cell++) {
    while (row < crowd.mail.first[index.domains] && now.cell[row] < cell) row++
    cellFirst[cell] = row
  }
  markLines(crowd.navigation)
  // What is still to come says what those who wait in front of it take for open. A change of goals that waits for its tick does this then.
  if (belts || crowd.navigation.counts[NavigationCount.changed] === 0) changeWays(crowd, belts)
  return crowd
}

const align8 = (bytes: number): number => (bytes + 7) & ~7
