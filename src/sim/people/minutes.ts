/** Minutes of a run of which series are kept: a day. What comes later is added to the last one. */
export const MINUTES = 1440

/** Minute of a run at so many s after its start. */
export function minuteAt(seconds: number): number {
  const minute = Math.floor(seconds / 60)
  return minute < MINUTES ? minute : MINUTES - 1
}
