import type { Barrier, Floor, Gate, Goal, Join, Lift } from '../../sim'
import { Basis, type AreaFigure, type Portal } from '../layers/areas'
import type { Point, Polygon } from '../layers/compile/geometry'
import { withCorners } from './shapes'

/** A walk space under construction. */
export class SpaceDraft {
  readonly floors: Floor[] = []
  readonly joins: Join[] = []
  readonly barriers: Barrier[] = []
  readonly gates: Gate[] = []
  readonly lifts: Lift[] = []
  readonly goals: Goal[] = []
  readonly portals: Portal[] = []
  readonly figures: AreaFigure[] = []

  /** `basis`: of `Basis`. */
  figure(subject: string, name: string, nameEn: string, value: number, unit: string, basis: number): void {
    this.figures.push({ subject, name, nameEn, value: Math.round(value * 100) / 100, unit, measured: basis === Basis.measured })
  }

  /** Joins two floors along a line, whose ends become corners of both outlines. */
  join(id: string, a: string, b: string, line: readonly [Point, Point]): void {
    this.joins.push({ id, floors: [a, b], line })
    for (const name of [a, b]) {
      const index = this.floors.findIndex(floor => floor.id === name)
      const floor = this.floors[index]
      if (!floor) throw new Error(`join ${id}: no floor ${name}`)
      const outlines = (floor.outlines as Polygon).map(ring => withCorners(ring, line))
      const whole = line.every(([x, y]) => outlines.some(ring => ring.some(corner => corner[0] === x && corner[1] === y)))
      if (!whole) throw new Error(`join ${id}: ${line.join(' to ')} does not lie on an edge of floor ${name}`)
      this.floors[index] = { ...floor, outlines }
    }
  }
}
