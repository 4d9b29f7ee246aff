/** Light of one moment: colours are linear, before tone mapping. */
export interface Daylight {
  readonly sunDirection: [number, number, number]
  readonly sunColour: [number, number, number]
  readonly zenith: [number, number, number]
  readonly horizon: [number, number, number]
  readonly glow: [number, number, number]
  readonly ambientSky: [number, number, number]
  readonly ambientGround: [number, number, number]
  readonly exposure: number
  /** 0 by day, 1 at night. */
  readonly night: number
  /** 0 off, 1 on: street lamps, windows and head lights. */
  readonly lamps: number
  /** Degrees above the horizon. */
  readonly sunElevation: number
}

const LATITUDE = 22.54, SOLAR_NOON = 12.4 // Shenzhen on China's clock
const DECLINATION = 7 // degrees: mid April, or early September

type Key = readonly [elevation: number, zenith: string, horizon: string, glow: string, sun: string, sky: string, ground: string, exposure: number]
// Chosen by eye against photographs of Shenzhen; three numbers each, linear.
const KEYS: readonly Key[] = [
  [-18, '.0035 .0065 .020', '.030 .028 .038', '0 0 0', '0 0 0', '.034 .043 .074', '.022 .018 .018', 1.30],
  [-9, '.006 .012 .036', '.070 .052 .070', '.16 .06 .05', '0 0 0', '.038 .048 .086', '.026 .021 .021', 1.25],
  [-3.5, '.026 .055 .155', '.30 .155 .135', '.95 .30 .11', '0 0 0', '.085 .10 .175', '.045 .038 .042', 1.08],
  [1.5, '.070 .15 .36', '.47 .29 .215', '1.35 .50 .15', '.95 .36 .11', '.20 .23 .34', '.115 .095 .09', 1.04],
  [8, '.11 .245 .53', '.58 .49 .425', '1.1 .60 .28', '2.5 1.62 .90', '.36 .42 .54', '.25 .21 .175', 1.04],
  [20, '.13 .29 .60', '.60 .67 .75', '.75 .60 .45', '2.9 2.40 1.80', '.40 .47 .59', '.28 .25 .20', .92],
  [65, '.11 .28 .64', '.54 .67 .80', '.45 .42 .36', '3.0 2.78 2.42', '.38 .47 .61', '.29 .26 .22', .82],
]

const PARSED = KEYS.map(([elevation, ...rest]) => ({
  elevation,
  colours: rest.slice(0, 6).map(text => String(text).split(' ').map(Number) as [number, number, number]),
  exposure: rest[6],
}))

/** Light at a second of the day. */
export function daylightAt(seconds: number): Daylight {
  const hour = (((seconds / 3600) % 24) + 24) % 24
  const angle = ((hour - SOLAR_NOON) * 15 * Math.PI) / 180
  const lat = (LATITUDE * Math.PI) / 180, dec = (DECLINATION * Math.PI) / 180
  const up = Math.sin(lat) * Math.sin(dec) + Math.cos(lat) * Math.cos(dec) * Math.cos(angle)
  const east = -Math.cos(dec) * Math.sin(angle)
  const north = Math.cos(lat) * Math.sin(dec) - Math.sin(lat) * Math.cos(dec) * Math.cos(angle)
  const elevation = (Math.asin(up) * 180) / Math.PI
  let k = 0
  while (k < PARSED.length - 2 && PARSED[k + 1]!.elevation < elevation) k++
  const a = PARSED[k]!, b = PARSED[k + 1]!
  const t = Math.min(1, Math.max(0, (elevation - a.elevation) / (b.elevation - a.elevation)))
  const mix = (i: number): [number, number, number] => [0, 1, 2].map(c => a.colours[i]![c]! * (1 - t) + b.colours[i]![c]! * t) as [number, number, number]
  return {
    sunDirection: [east, north, up],
    zenith: mix(0), horizon: mix(1), glow: mix(2), sunColour: mix(3), ambientSky: mix(4), ambientGround: mix(5),
    exposure: a.exposure * (1 - t) + b.exposure * t,
    night: smooth(3, -8, elevation),
    lamps: smooth(4.5, -2.5, elevation),
    sunElevation: elevation,
  }
}

function smooth(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
