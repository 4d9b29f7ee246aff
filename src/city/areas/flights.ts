import type { Point } from '../layers/compile/geometry'
import { box, type Frame } from './shapes'
import type { SpaceDraft } from './spaceDraft'

/** Clear width of an escalator of one metre and of what stands beside it, m. */
const ESCALATOR = 1
const BALUSTRADE = 0.3
/** m/s along the slope: GB 50157 takes 0.65. */
const BELT = 0.65

/** Stairs and escalators side by side, from s = 0 (low) to s = `run` (high) of a frame. */
export interface Flights {
  readonly frame: Frame
  readonly run: number
  /** Clear width of all of them together, m. */
  readonly width: number
  readonly escalatorsUp: number
  readonly escalatorsDown: number
  readonly low: { readonly floor: string; readonly height: number }
  readonly high: { readonly floor: string; readonly height: number }
}

/** Plan width that flights with a stair of `stair` m take. */
export const flightsWidth = (stair: number, escalators: number): number => stair + escalators * (ESCALATOR + BALUSTRADE)

/** Adds the floors of flights and joins them at foot and head. The lines of the joins lie on d = const of the frame. */
export function addFlights(draft: SpaceDraft, id: string, flights: Flights): void {
  const { frame, run, low, high } = flights
  const rise = high.height - low.height
  let right = -flights.width / 2
  const add = (name: string, width: number, belt?: number): void => {
    const left = right + width
    const [a, b, c, d] = box(frame, 0, run, right, left) as [Point, Point, Point, Point]
    draft.floors.push({
      id: `${id}:${name}`, height: low.height, outlines: [[a, b, c, d]], surface: belt === undefined ? 'stairs' : 'escalator',
      ascent: { from: frame.at(0, (right + left) / 2), to: frame.at(run, (right + left) / 2), rise }, ...(belt === undefined ? {} : { belt }), cell: 0.25,
    })
    draft.join(`${id}:${name}:foot`, low.floor, `${id}:${name}`, [d, a])
    draft.join(`${id}:${name}:head`, `${id}:${name}`, high.floor, [b, c])
    right = left + BALUSTRADE
  }
  // One walks on the right: what goes up lies to the right of the ascent.
  for (let i = 0; i < flights.escalatorsUp; i++) add(`up${i || ''}`, ESCALATOR, BELT)
  add('stair', flights.width - (flights.escalatorsUp + flights.escalatorsDown) * (ESCALATOR + BALUSTRADE))
  for (let i = 0; i < flights.escalatorsDown; i++) add(`down${i || ''}`, ESCALATOR, -BELT)
}
