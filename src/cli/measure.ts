import { lineLength, measureTrajectories, personCount, polygonArea, PRESSURE_TURBULENT, type MeasureMethod, type MeasurePlan, type MeasureResult, type Recording } from '../analysis'
import { exportSqlite, planMeasures, type MeasureOptions } from './measureOptions'
import { printJson } from './output'

/** Measures density, speed and flow of a file of trajectories. docs/measure.md */
export async function measureCommand(path: string, options: MeasureOptions & { readonly series?: boolean; readonly json?: boolean }): Promise<void> {
  const { recording, plan } = await planMeasures(path, options)
  const result = measureTrajectories(recording.trajectories, plan)
  if (options.sqlite !== undefined) await exportSqlite(options.sqlite, recording.trajectories, plan.walkable!)
  if (options.json) printJson(report(path, recording, plan, result, options.series === true))
  else process.stdout.write(text(path, recording, plan, result))
}

/** NaN has no JSON; null says that there was nothing to measure. */
const known = (value: number): number | null => (Number.isFinite(value) ? value : null)

function report(path: string, { format, trajectories, geometry }: Recording, plan: MeasurePlan, { methods: results, lineFlow: flow, exposure, pressureMax, outside }: MeasureResult, series: boolean): object {
  const { framesPerSecond, frameFirst, frameLast, table } = trajectories
  return {
    file: path, format, persons: personCount(trajectories), rows: table.rows, framesPerSecond, seconds: (frameLast - frameFirst) / framesPerSecond, geometry: plan.walkable === null ? null : geometry === plan.walkable ? 'file' : 'option', outside,
    area: plan.area ? { m2: polygonArea([plan.area]) } : null, line: plan.line ? { m: lineLength(plan.line) } : null, window: plan.window, cutoff: known(plan.cutoff),
    methods: results.map(({ method, density, densityMax, speed, specificFlow, fruin, points }) => ({
      method, points: points.length, density: known(density), densityMax, speed: known(speed), specificFlow: known(specificFlow), fruin,
      ...(series && { series: points.map(each => [each.time, known(each.density), known(each.speed), known(each.specificFlow)]) }),
    })),
    flow: flow && { passed: flow.passed, leftToRight: flow.leftToRight, firstTime: known(flow.firstTime), lastTime: known(flow.lastTime), flow: known(flow.flow), specificFlow: known(flow.specificFlow) },
    exposure, pressureMax,
    units: { density: 'p/m2', speed: 'm/s', specificFlow: 'p/m/s', flow: 'p/s', firstTime: 's', pressureMax: '1/s2', cutoff: 'm', window: 'frames', series: ['s', 'p/m2', 'm/s', 'p/m/s'] },
  }
}

const names: Record<MeasureMethod, string> = { A: 'A, line and intervals', B: 'B, passages', C: 'C, classic', D: 'D, Voronoi' }
const show = (value: number, digits = 3): string => (Number.isFinite(value) ? value.toFixed(digits) : '–')

function text(path: string, { format, trajectories }: Recording, plan: MeasurePlan, { methods: results, lineFlow: flow, exposure, pressureMax, outside }: MeasureResult): string {
  const { framesPerSecond, frameFirst, frameLast } = trajectories
  const lines = [`${path} (${format}): ${personCount(trajectories)} persons, ${show((frameLast - frameFirst) / framesPerSecond, 1)} s at ${framesPerSecond} frames a second`]
  if (plan.walkable === null && results.some(({ method }) => method === 'D')) lines.push('note: nothing says where people could walk; Voronoi cells end at the rectangle around all positions (--geometry)')
  if (outside > 0 && plan.walkable !== null) lines.push(`note: ${outside} positions lie beyond the walkable area and count for method C alone`)
  lines.push('method                   points  density  maximum    speed  specific flow  Fruin', '                                   p/m2     p/m2      m/s          p/m/s')
  for (const { method, points: own, density, densityMax, speed, specificFlow, fruin } of results) {
    lines.push(`${names[method].padEnd(23)}${String(own.length).padStart(8)}${show(density).padStart(9)}${show(densityMax).padStart(9)}${show(speed).padStart(9)}${show(specificFlow).padStart(15)}${(fruin ?? '–').padStart(7)}`)
  }
  if (flow) lines.push(`line of ${show(lineLength(plan.line!), 2)} m: ${flow.passed} passed (${flow.leftToRight} from left to right), ${show(flow.firstTime, 2)} to ${show(flow.lastTime, 2)} s, ${show(flow.flow)} p/s, ${show(flow.specificFlow)} p/m/s`)
  for (const { threshold, personMinutes, persons } of exposure ?? []) lines.push(`at ${threshold} p/m2 or more: ${show(personMinutes, 2)} person-minutes, ${persons} persons`)
  if (pressureMax !== null) lines.push(`crowd pressure: at most ${show(pressureMax, 4)} /s2 (turbulence from about ${PRESSURE_TURBULENT})`)
  return `${lines.join('\n')}\n`
}
