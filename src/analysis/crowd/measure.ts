import { mean } from '../statistics'
import { crowdingExposure, crowdingThresholds, type Exposure } from './exposure'
import { fruinByDensity, fruinByFlow, type FruinLevel, type FruinSurface } from './fruin'
import { methodA, methodB, methodC, type DiagramPoint } from './fundamentalDiagram'
import { individualSpeeds, type SpeedBorder } from './individualSpeed'
import { crossings, lineFlow, type LineFlow } from './lineFlow'
import type { Line, Point } from './point'
import { boxOf, inPolygon, polygonArea, type Polygon, type Ring } from './polygon'
import { localCrowd } from './pressure'
import { framesBetween, rowsOfFrame, type Trajectories } from './trajectories'
import { voronoiCells, voronoiMeasure } from './voronoi'
import { createWalkable, type Walkable } from './walkable'

export type MeasureMethod = 'A' | 'B' | 'C' | 'D'

export interface MeasurePlan {
  readonly methods: readonly MeasureMethod[]
  readonly area?: Ring
  readonly line?: Line
  /** m: second line of method B. */
  readonly depth?: number
  /** s: intervals of method A. */
  readonly interval: number
  /** Frames on each side of an individual speed. */
  readonly window: number
  readonly border: SpeedBorder
  readonly direction?: Point
  /** Where people can walk; null = the rectangle around all positions. */
  readonly walkable: Polygon | null
  /** m. */
  readonly cutoff: number
  readonly surface: FruinSurface
  /** s after frame 0. */
  readonly from: number
  readonly to: number
  /** Frames between two that are measured by areas (methods C and D, exposure, pressure). */
  readonly every: number
  /** Exposure and pressure, too: they take as long as the rest. */
  readonly crowding: boolean
}

/** Means of one method over the time, and the points themselves. */
export interface MethodResult {
  readonly method: MeasureMethod
  readonly points: readonly DiagramPoint[]
  /** p/m2, m/s, p/m/s; NaN where there is nothing to average. Frames without a person have no speed. */
  readonly density: number
  readonly densityMax: number
  readonly speed: number
  readonly specificFlow: number
  /** Of the mean density; of methods A and B by the flow. Queues have none by flow. */
  readonly fruin: FruinLevel | null
}

export interface MeasureResult {
  readonly methods: readonly MethodResult[]
  readonly lineFlow: LineFlow | null
  readonly exposure: readonly Exposure[] | null
  /** 1/s2: greatest at any measured frame and person in the area. */
  readonly pressureMax: number | null
  /** Positions beyond the walkable area; they count for the classic method alone. */
  readonly outside: number
}

/** Puts the methods of one plan to a recording. */
export function measureTrajectories(trajectories: Trajectories, plan: MeasurePlan): MeasureResult {
  const { area, line, from, to } = plan
  const thinned = plan.every > 1
  const speeds = individualSpeeds(trajectories, plan.window, plan.border, plan.direction)
  const walkable = createWalkable(plan.walkable ?? [around(trajectories)])
  const passings = line ? crossings(trajectories, line).filter(({ time }) => time >= from && time <= to) : []
  const size = area ? polygonArea([area]) : 0
  const begin = Number.isFinite(from) ? from : trajectories.frameFirst / trajectories.framesPerSecond
  const end = Number.isFinite(to) ? to : trajectories.frameLast / trajectories.framesPerSecond
  const measured = (frame: number): boolean => !thinned || (frame - trajectories.frameFirst) % plan.every === 0
  const results = plan.methods.map(method => {
    if (method === 'A') return summary(method, methodA(passings, line!, speeds, plan.interval, begin, end), plan.surface)
    if (method === 'B') return summary(method, methodB(trajectories, line!, plan.depth!).filter(({ time }) => time >= from && time <= to), plan.surface)
    if (method === 'C') {
      const points = methodC(trajectories, [area!], size, speeds, from, to)
      return summary(method, points.filter(({ time }) => measured(Math.round(time * trajectories.framesPerSecond))), plan.surface)
    }
    const box = boxOf(area!)
    const points = [...framesBetween(trajectories, from, to)].filter(measured).map(frame => ({
      time: frame / trajectories.framesPerSecond,
      ...voronoiMeasure(voronoiCells(trajectories, frame, walkable, plan.cutoff, box), [area!], size, speeds.speed),
    }))
    return summary(method, points, plan.surface)
  })
  return {
    methods: results, lineFlow: line ? lineFlow(passings, line) : null,
    exposure: area && plan.crowding ? crowdingExposure(trajectories, walkable, plan.cutoff, crowdingThresholds, [area], from, to, plan.every) : null,
    pressureMax: area && plan.crowding ? pressureMax(trajectories, speeds, [area], [...framesBetween(trajectories, from, to)].filter(measured)) : null,
    outside: outsiders(trajectories, walkable),
  }
}

function summary(method: MeasureMethod, points: readonly DiagramPoint[], surface: FruinSurface): MethodResult {
  const known = (values: readonly number[]): number => mean(values.filter(value => !Number.isNaN(value)))
  const density = known(points.map(each => each.density))
  const specificFlow = known(points.map(each => each.specificFlow))
  const byFlow = method === 'A' || method === 'B'
  const fruin = Number.isNaN(byFlow ? specificFlow : density) || (byFlow && surface === 'queue') ? null
    : byFlow ? fruinByFlow(surface as 'walkway' | 'stairs', specificFlow) : fruinByDensity(surface, density)
  return { method, points, density, densityMax: points.reduce((most, each) => Math.max(most, each.density || 0), 0), speed: known(points.map(({ speed }) => speed)), specificFlow, fruin }
}

function pressureMax(trajectories: Trajectories, speeds: ReturnType<typeof individualSpeeds>, area: Polygon, frames: readonly number[]): number {
  const { x, y } = trajectories.table
  let most = 0
  for (const frame of frames) {
    for (const row of rowsOfFrame(trajectories, frame)) {
      if (inPolygon(area, x[row]!, y[row]!)) most = Math.max(most, localCrowd(trajectories, speeds, frame, [x[row]!, y[row]!]).pressure)
    }
  }
  return most
}

/** The rectangle around all positions, half a metre wider: room for the bodies of those at its edge. */
function around({ table: { x, y, rows } }: Trajectories): Ring {
  const { minX, minY, maxX, maxY } = boxOf(Array.from({ length: rows }, (_, row): Point => [x[row]!, y[row]!]))
  return [[minX - 0.5, minY - 0.5], [maxX + 0.5, minY - 0.5], [maxX + 0.5, maxY + 0.5], [minX - 0.5, maxY + 0.5]]
}

function outsiders({ table: { x, y, rows } }: Trajectories, { outline }: Walkable): number {
  let count = 0
  for (let row = 0; row < rows; row++) if (!inPolygon(outline, x[row]!, y[row]!)) count++
  return count
}
