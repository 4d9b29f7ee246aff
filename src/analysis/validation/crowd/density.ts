import { mean } from '../../statistics'
import { between, type Finding, type ValidationCase } from '../row'
import { CrowdRun, exitOf, floorOf, spaceOf, spread, walkersAt } from './bed'
import { corridor } from './flow'
import type { Rectangle } from './plan'

/** m/s at a density, p/m2. Source: Weidmann (1993), Transporttechnik der Fussgänger, IVT 90, eq. 7. */
export const weidmann = (density: number): number => 1.34 * (1 - Math.exp(-1.913 * (1 / density - 1 / 5.4)))

/** What one looks at while a crowd walks by: mean density (persons in the area by its size) and mean speed there. */
export interface Sample { readonly density: number; readonly speed: number }

/** Means over time of some areas of a corridor that was filled evenly at a density. Speeds are those along the corridor. */
export function uniformFlow(density: number, length: number, width: number, areas: readonly Rectangle[], from: number, to: number, seed = 1): Sample[] {
  const run = new CrowdRun({ ...corridor(length, width), walkers: walkersAt(spread(Math.round(density * length * width), [0, 0, length, width], seed, 0.16)), seed })
  run.advance(from)
  const waiting = run.totals.waiting
  if (waiting > 0.01 * run.totals.walkers) throw new Error(`${waiting} of ${run.totals.walkers} persons found no room at ${density} per m2`)
  const sums = areas.map(() => ({ persons: 0, metres: 0 }))
  let frames = 0
  const before = new Map<number, number>()
  run.advance(to - from, time => {
    // Every half second, with the way since then.
    if (Math.abs(time * 2 - Math.round(time * 2)) > 1e-6) return
    const first = before.size === 0
    if (!first) frames++
    for (const { id, x, y } of run.bodies()) {
      const was = before.get(id)
      before.set(id, x)
      if (first || was === undefined) continue
      for (const [at, [west, south, east, north]] of areas.entries()) {
        if (x < west || x >= east || y < south || y >= north) continue
        sums[at]!.persons++
        sums[at]!.metres += (x - was) * 2
      }
    }
  })
  return areas.map(([west, south, east, north], at) => ({ density: sums[at]!.persons / frames / ((east - west) * (north - south)), speed: sums[at]!.metres / sums[at]!.persons }))
}

const densities = [0.5, 1, 1.5, 2, 2.5, 3, 3.5]

/** Speeds at several densities in a corridor so long that neither its empty end nor its empty beginning reach the middle within the time. */
function speedDensity(): Finding[] {
  const samples = densities.map(density => uniformFlow(density, 120, 4, [[54, 0.5, 66, 3.5]], 10, 40)[0]!)
  return [
    { name: 'mean-error', measured: mean(samples.map(({ density, speed }) => Math.abs(speed - weidmann(density)))), unit: 'm/s', ...between(0, 0.15) },
    ...samples.map(({ density, speed }, at): Finding => ({ name: `${densities[at]}-per-m2`, measured: speed, unit: 'm/s', expected: weidmann(density), tolerance: 0.3 })),
  ]
}

/** RiMEA 4: 1000 m x 10 m, three measuring areas of 2 x 2 m in the middle, a minute after ten seconds. */
const rimea4 = (density: number): ValidationCase => ({
  name: `rimea/4/${density}-per-m2`, long: true,
  source: 'RiMEA guideline 4.1.1, test 4: speeds fall with density as in the literature; Weidmann (1993), IVT 90, with 0.25 m/s for the spread between published diagrams (assumed)',
  run() {
    const samples = uniformFlow(density, 1000, 10, [[499, 1.5, 501, 3.5], [499, 4, 501, 6], [499, 6.5, 501, 8.5]], 10, 70)
    const measured = samples.filter(({ speed }) => Number.isFinite(speed))
    const rho = mean(measured.map(sample => sample.density))
    return [{ name: 'speed', measured: mean(measured.map(({ speed }) => speed)), unit: 'm/s', expected: Math.max(0, weidmann(rho)), tolerance: 0.25 }]
  },
})

/** Single file: 200 m long and so narrow that nobody passes; speed at the middle by spacing. */
function singleFile(): Finding[] {
  const width = 0.5
  return [0.8, 1.2, 1.6].map((perMetre): Finding => {
    const length = 200
    const count = Math.round(perMetre * length)
    const walkers = Array.from({ length: count }, (_, at) => ({ x: ((at + 0.5) * length) / count, y: width / 2 }))
    const run = new CrowdRun({
      space: spaceOf({ floors: [floorOf('file', [0, 0, length, width])], goals: [exitOf('out', 'file', [length, 0], [length, width])] }), journeys: [['out']], walkers,
    })
    run.advance(10)
    const spacings: number[] = []
    const speeds: number[] = []
    run.advance(30, time => {
      if (Math.abs(time - Math.round(time)) > 1e-6) return
      const row = [...run.bodies()].sort((a, b) => a.x - b.x)
      for (const [at, { x, speed }] of row.entries()) {
        const ahead = row[at + 1]
        if (!ahead || x < 60 || x > 140) continue
        spacings.push(ahead.x - x)
        speeds.push(speed)
      }
    })
    return { name: `${perMetre}-per-m`, measured: mean(speeds), unit: 'm/s', expected: Math.min(1.24, (mean(spacings) - 0.36) / 1.06), tolerance: 0.2 }
  })
}

export const densityCases: readonly ValidationCase[] = [
  {
    name: 'density/weidmann', long: true, source: 'Weidmann (1993), IVT 90, eq. 7: v = 1.34 (1 - exp(-1.913 (1 / rho - 1 / 5.4))); corridor 4 m wide, classic density and mean speed of its middle 12 m x 3 m from 10 to 40 s; the mean of the seven errors may be 0.15 m/s, a single one 0.3 m/s (assumed)',
    run: speedDensity,
  },
  ...[0.5, 1, 2, 3, 4, 5, 6].map(rimea4),
  {
    name: 'rimea/16', source: 'RiMEA guideline 4.1.1, test 16: single file; spacing d = 0.36 m + 1.06 s v of Seyfried, Steffen, Klingsch & Boltes (2005), J. Stat. Mech. P10002, free speed 1.24 m/s there; 0.2 m/s for the spread from v10 to v90 (assumed)',
    run: singleFile,
  },
]
