import { CrowdCount, type Crowd } from './crowd'

/**
 * Who stands for long costs little: in a tick after one in which a stander stayed in place, and in which nobody near
 * moved, appeared or left, the model would get what it got before, to the bit, and so is not asked. An audience that
 * sits is moved by looking at the cells around it. Who moved is noted by cell, of even and odd ticks in turn.
 */
export const stirredNow = ({ counts, index }: Crowd): number => (counts[CrowdCount.tick] % 2 === 0 ? 0 : index.cells)
export const stirredNext = ({ counts, index }: Crowd): number => (counts[CrowdCount.tick] % 2 === 0 ? index.cells : 0)

/** Whether nothing has changed in the tick before within the cutoff of any body of a cell. @param stirred  where the marks of that tick begin */
export function isCalm({ stir, index, parameters }: Crowd, stirred: number, floor: number, cell: number): boolean {
  const { floors, beyondFirst, beyondList } = index
  const width = floors.width[floor]
  const reach = Math.ceil(parameters.cutoff / index.cell)
  for (let first = cell - reach * (width + 1), rows = 2 * reach + 1; rows > 0; first += width, rows--)
    for (let at = first; at <= first + 2 * reach; at++) if (stir[stirred + at] === 1) return false
  for (let at = beyondFirst[cell]; at < beyondFirst[cell + 1]; at += 2)
    for (let other = beyondList[at]; other < beyondList[at + 1]; other++) if (stir[stirred + other] === 1) return false
  return true
}

/** Alone: walls opened or closed, so everybody looks anew in this tick, and nobody glides on. */
export function stirAll(crowd: Crowd): void {
  stopGliding(crowd)
  const from = stirredNow(crowd)
  crowd.stir.fill(1, from, from + crowd.index.cells)
}

/** Alone, at the end of a tick: its marks are read in the next one, those of the tick before are done with. */
export function settleStir(crowd: Crowd): void {
  const from = stirredNow(crowd)
  crowd.stir.fill(0, from, from + crowd.index.cells)
}

/** Alone: has all who glide look round in this tick. */
export function stopGliding({ navigation: { courses } }: Crowd): void {
  for (let at = 3; at < courses.length; at += 8) courses[at] = 0
}
