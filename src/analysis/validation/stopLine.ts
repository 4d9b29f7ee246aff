import { Control, type World } from '../../sim'
import { advance, bed, Detector, greenAndRed, mean, steady } from './bed'
import { road } from './networks'
import { between, relative, type Finding, type ValidationCase } from './row'

const CYCLE = 120
const CYCLES = 12

/** Discharge of the queue of a signal that shows 57 s of green: veh/h and seconds lost at the start, as the manual measures them. */
function discharge(step: number): { flow: number; lost: number } {
  const network = greenAndRed(road([{ length: 800 }, { length: 800 }], Control.signal), 57, 60)
  const world: World = bed(network, steady(0, 1, 1000, CYCLE * CYCLES), { step, mixed: true })
  const line = new Detector(world, 0)
  advance(world, CYCLE * CYCLES, () => line.look())
  const greens: number[][] = Array.from({ length: CYCLES }, () => [])
  for (const time of line.times) greens[Math.floor(time / CYCLE)]?.push(time % CYCLE)
  // Vehicles 5 to 21 of standing queues, the first two cycles left out.
  const long = greens.slice(2).filter(times => times.length > 22)
  const headway = mean(long.map(times => (times[20]! - times[4]!) / 16))
  return { flow: 3600 / headway, lost: mean(long.map(times => times[3]!)) - 4 * headway }
}

const STEPS = [0.1, 0.25, 1] as const

export const stopLineCases: readonly ValidationCase[] = [{
  name: 'stop-line/discharge',
  source: 'HCM 6th ed., ch. 31, field measurement of saturation flow (base 1,900 pc/h/ln) and start-up lost time (2.0 s and more)',
  run(): Finding[] {
    const { flow, lost } = discharge(0.5)
    return [
      { name: 'saturation-flow', measured: flow, unit: 'veh/h', ...relative(1900, 0.03) },
      { name: 'start-up-lost-time', measured: lost, unit: 's', ...between(2, 2.5) },
    ]
  },
}, ...STEPS.map((step): ValidationCase => ({
  name: `stop-line/step-${step}`,
  source: 'convergence of the numerical scheme: Treiber & Kanagaraj (2015), Physica A 419, 183; reference is the step of 0.5 s; lost time as in the manual at every step',
  run(): Finding[] {
    const { flow, lost } = discharge(step)
    return [
      { name: 'saturation-flow-change', measured: 100 * (flow / discharge(0.5).flow - 1), unit: '%', expected: 0, tolerance: 2 },
      { name: 'start-up-lost-time', measured: lost, unit: 's', ...between(2, 2.5) },
    ]
  },
}))]
