import type { Rain } from './document'

/**
 * What rain takes of speeds and of the flow that a lane carries, as shares of a dry day's.
 *
 * Medium (2.5 to 6.4 mm/h) and heavy rain: Highway Capacity Manual 6th ed., exhibits 11-20 and 11-21, at 55 mi/h, the
 * lowest speed that they have. Light rain: HCM 2010, exhibit 10-15, 2.0 % of capacity; FHWA-HOP-07-073, 2 to 3.6 % of
 * free-flow speed. Measured on motorways; for streets no better source yet.
 */
export const RAIN: Readonly<Record<Rain, { readonly speedFactor: number; readonly capacity: number }>> = {
  light: { speedFactor: 0.98, capacity: 0.98 },
  medium: { speedFactor: 0.96, capacity: 0.94 },
  heavy: { speedFactor: 0.94, capacity: 0.89 },
}
