/**
 * Tailpipe CO2 of a mean car in real traffic by mean speed, g/km:
 *
 *   ln(y) = b0 + b1 v + b2 v^2 + b3 v^3 + b4 v^4,  y in g/mile, v in mph
 *
 * Source: Barth & Boriboonsomsin (2008), Real-World CO2 Impacts of Traffic Congestion, Transportation Research Record
 * 2058, 163-171 (Californian light vehicles, coefficients of real-world driving). Clamped to 8-120 km/h, the range of
 * its data. Absolute figures are those of that fleet; use differences between variants.
 */
export function co2PerKm(speed: number): number {
  const mph = Math.min(120, Math.max(8, speed * 3.6)) / 1.609344
  const logarithm = 7.613534994965560
    + mph * (-0.138565467462594 + mph * (0.003915102063854 + mph * (-0.000049451361017 + mph * 0.000000238630156)))
  return Math.exp(logarithm) / 1.609344
}

/** Share of vehicle-km driven on electricity; assumed, no source yet: docs/demand.md */
export const ELECTRIC_SHARE = 0.3
/** CO2 of petrol burnt, g/MJ. Source: IPCC (2006) Guidelines, vol. 2, table 1.4: 69,300 kg/TJ. */
const CO2_PER_MJ = 69.3
/** Energy that an electric car takes for the same driving, as a share of petrol's; assumed. */
const ELECTRIC_ENERGY = 0.3

/** CO2 at the tailpipe, kg, and energy, MJ, of `metres` vehicle-metres driven at mean speed `speed`, m/s. */
export function emissions(metres: number, speed: number): { co2: number; energy: number } {
  const allPetrol = (co2PerKm(speed) * metres) / 1000 // g
  return {
    co2: (allPetrol * (1 - ELECTRIC_SHARE)) / 1000,
    energy: (allPetrol / CO2_PER_MJ) * (1 - ELECTRIC_SHARE + ELECTRIC_SHARE * ELECTRIC_ENERGY),
  }
}
