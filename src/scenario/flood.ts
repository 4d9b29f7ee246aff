/** mm of water through which nobody drives. */
export const FLOOD_SHUT = 300

/**
 * Speed of cars through standing water, km/h:
 *
 *   v(w) = 0.0009 w^2 - 0.5529 w + 86.9448
 *
 * @param depth  w, mm; 10 to FLOOD_SHUT
 *
 * Source: Pregnolato, Ford, Wilkinson & Dawson (2017), Transp. Res. D 55, 67, doi:10.1016/j.trd.2017.06.020: fitted to
 * videos and experiments; 300 mm is where a car floats. Lorries and buses, which stand higher, are held to the same.
 */
export const floodSpeed = (depth: number): number => 0.0009 * depth * depth - 0.5529 * depth + 86.9448
