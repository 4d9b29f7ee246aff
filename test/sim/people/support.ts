import { createCrowd, type Crowd, type Point } from '../../../src/sim'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../crowd/support'

/** A crowd that stands, or walks east at `speed`, at given places of a hall of 20 m by `length`. */
export function crowdAt(places: readonly Point[], speed: (row: number) => number = () => 0, length = 20): Crowd {
  const hall = floorOf('hall', rectangle(0, 0, length, 20))
  const crowd = createCrowd(inputOf(spaceOf({ floors: [hall], goals: [exitOf('out', 'hall', [length, 8], [length, 12])] }), walkersAt(places), [['out']]))
  for (const [row, [x, y]] of places.entries()) {
    crowd.now.x[row] = x
    crowd.now.y[row] = y
    crowd.now.headingX[row] = Math.sign(speed(row)) || 1
    crowd.now.speed[row] = Math.abs(speed(row))
  }
  crowd.mail.first[crowd.index.domains] = places.length
  return crowd
}

/** So many persons a metre each way, in a square. */
export function grid(west: number, south: number, side: number, perMetre: number): Point[] {
  const n = Math.round(side * perMetre)
  return Array.from({ length: n * n }, (_, at): Point => [west + ((at % n) + 0.5) / perMetre, south + (Math.floor(at / n) + 0.5) / perMetre])
}
