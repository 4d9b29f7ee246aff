import type { Outcome, Problem } from '../../../sim'
import type { Polygon } from '../polygon'
import { createTrajectories, isFault, type RawPositions, type Trajectories } from '../trajectories'

/** What a file of trajectories holds. */
export interface Recording {
  readonly format: 'petrack' | 'jupedsim' | 'juelich'
  readonly trajectories: Trajectories
  /** Where people could walk; null where the file does not say. */
  readonly geometry: Polygon | null
}

/** What the user adds to a file that does not say it itself. */
export interface RecordingOptions {
  /** Frames per second. */
  readonly framesPerSecond?: number
  readonly unit?: 'm' | 'cm'
}

/** A fault of a file: thrown within the readers, an Outcome for everybody else. */
export class Refusal extends Error {
  readonly problem: Problem

  /** @param place  the file, with its line where it has lines */
  constructor(place: string, code: string, what: string, remedy: string) {
    super(`${place}: ${what}. ${remedy}`)
    this.problem = { code: `trajectory/${code}`, subject: { kind: 'file', id: place }, message: this.message, remedy }
  }
}

export async function outcomeOf<T>(read: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await read() }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problems: [error.problem] }
    throw error
  }
}

/** Sorts what was read; `placeOf` names the place of a raw row. */
export function trajectoriesOrRefuse(raw: RawPositions, framesPerSecond: number, file: string, placeOf: (row: number) => string): Trajectories {
  if (raw.id.length === 0) throw new Refusal(file, 'empty', 'holds no positions', 'Give a file with a row for each person and frame.')
  const made = createTrajectories(raw, framesPerSecond)
  if (isFault(made)) throw new Refusal(placeOf(made.row), 'row', made.what, made.remedy)
  return made
}

/** The rate of the file, else that of the option; refuses where both say something else. */
export function framesPerSecondOf(stated: number | undefined, { framesPerSecond: given }: RecordingOptions, place: string): number {
  const rate = stated ?? given
  if (rate === undefined) throw new Refusal(place, 'fps', 'does not say how many frames make a second', 'Give it with --fps.')
  if (!(rate > 0 && rate <= 1e6)) throw new Refusal(place, 'fps', `${rate} frames a second is no rate`, stated === undefined ? 'Give a positive number with --fps.' : 'Mend the header of the file.')
  if (given !== undefined && Math.abs(given - rate) > 1e-6 * rate) throw new Refusal(place, 'fps', `says ${rate} frames a second, but --fps says ${given}`, 'Leave --fps out, or mend the file.')
  return rate
}
