import { fruinRoom } from '../../sim'

export const fruinLetters = ['A', 'B', 'C', 'D', 'E', 'F'] as const
/** p/m² from which levels B to F begin, on walkways. */
export const fruinBounds: readonly number[] = fruinRoom.walkway.map(room => 1 / room)

/** Level of a density, p/m², on a walkway: 0 = A. A bound belongs to the better level. */
export const fruinLevel = (density: number): number => fruinBounds.filter(bound => density > bound + 1e-9).length
