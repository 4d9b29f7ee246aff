/** Pattern of a time of the simulated day: "HH:MM" or "HH:MM:SS", up to "24:00". */
export const timePattern = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$|^24:00(?::00)?$/

/** Seconds after midnight of "HH:MM" or "HH:MM:SS"; null where the text is no time of day. */
export function secondsOfDay(text: string): number | null {
  if (!timePattern.test(text)) return null
  const [hours, minutes, seconds] = text.split(':').map(Number) as [number, number, number | undefined]
  return hours * 3600 + minutes * 60 + (seconds ?? 0)
}

/** "HH:MM", or "HH:MM:SS" where the seconds are not zero. Seconds are rounded down to whole ones. */
export function formatTimeOfDay(seconds: number): string {
  const whole = Math.floor(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const minutes = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}`
  return whole % 60 === 0 ? minutes : `${minutes}:${two(whole % 60)}`
}
