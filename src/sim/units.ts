/** Conversions at the edges of the core, which is SI throughout. */
export const metresPerSecond = (kmh: number): number => kmh / 3.6
export const kmPerHour = (speed: number): number => speed * 3.6
export const vehiclesPerHour = (flow: number): number => flow * 3600
export const radians = (degrees: number): number => (degrees * Math.PI) / 180
export const degrees = (angle: number): number => (angle * 180) / Math.PI
