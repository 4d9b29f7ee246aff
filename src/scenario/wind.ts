import { RAIN } from './rain'
import type { WeatherEdit } from './document'

interface Taken { readonly speedFactor: number; readonly capacity: number }

/**
 * What wind takes of speeds and of the flow of a lane, as shares of a calm day's: 1.07 % of capacity from 10 mi/h (force 4)
 * on, 1.47 % from 20 mi/h (force 6) on (Highway Capacity Manual 2010, exhibit 10-15); 1 and 1.5 % of speeds (Agarwal, Maze &
 * Souleyrette 2005, the study behind it). For gales nobody has measured more: what they do to a city's traffic is that exposed
 * roads are limited or shut (`exposedRoads` of gale.ts), and that people stay at home, which the scenario's demand says.
 */
function windEffect(beaufort: number): Taken {
  if (beaufort < 4) return { speedFactor: 1, capacity: 1 }
  return beaufort < 6 ? { speedFactor: 0.99, capacity: 0.9893 } : { speedFactor: 0.985, capacity: 0.9853 }
}

/** Rain and wind together: shares of both, as if each took of what the other leaves; assumed. */
export function weatherEffect({ rain, windBeaufort = 0 }: Pick<WeatherEdit, 'rain' | 'windBeaufort'>): Taken {
  const wet = rain ? RAIN[rain] : { speedFactor: 1, capacity: 1 }
  const windy = windEffect(windBeaufort)
  return { speedFactor: wet.speedFactor * windy.speedFactor, capacity: wet.capacity * windy.capacity }
}
