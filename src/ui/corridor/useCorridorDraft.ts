import { useMemo, useState } from 'react'
import { coordinatedStretch, corridorOf, cycleOfPlan, fitGreens, greenSpan, greenWave, stageMasks, stagesOf, widestBand, type Band, type Corridor, type CorridorSignal, type MovementLights, type ScenarioEdit, type StageTimes, type WaveSignal } from '../../scenario'
import { kmPerHour, metresPerSecond, withMasks, type Network } from '../../sim'
import { editsOnNode } from '../model/editsInForce'

/** Times of one signal of a road as the planner has them. */
export interface SignalDraft {
  readonly signal: CorridorSignal
  readonly stages: readonly StageTimes[]
  readonly greens: readonly number[]
  readonly offset: number
  /** Movements that a plan lets go in other stages; it keeps them. */
  readonly movements?: readonly MovementLights[]
  readonly cycle: number
  /** Shortest cycle that its stages allow, s. */
  readonly cycleLeast: number
  /** When those have green who go straight on along the road, in both directions. */
  readonly wave: WaveSignal
}

export type Preference = 'both' | 'forward' | 'backward'

/** From which signal of a road to which, both included. */
interface Stretch { readonly first: number; readonly last: number }

export interface CorridorDraft {
  /** The whole road, and the stretch of it that is looked at. */
  readonly whole: Corridor
  readonly stretch: Stretch
  readonly corridor: Corridor
  readonly signals: readonly SignalDraft[]
  /** Common to all, s; null = they do not have one. */
  readonly cycle: number | null
  /** Shortest that all can have. */
  readonly cycleLeast: number
  readonly speedKmh: number
  readonly bands: { readonly forward: Band | null; readonly backward: Band | null } | null
  setStretch(stretch: Stretch): void
  setSpeed(speedKmh: number): void
  setCycle(cycle: number): void
  setOffset(at: number, offset: number): void
  /** Offsets for a green wave at the speed of progression, in the common cycle or the longest of the signals. */
  coordinate(prefer: Preference): void
  reset(): void
}

/** Share of the limit that a platoon is assumed to keep. */
const USUAL_SHARE = 0.8
const STEP = 5 // km/h

interface Times { readonly greens: readonly number[]; readonly offset: number; readonly movements?: readonly MovementLights[] }

/** A road's signals and what the planner does to them before anything of it is applied; null = the road has none. @param now  second of the day at which it was opened @param around  junction to begin with */
export function useCorridorDraft(network: Network, road: string, edits: readonly ScenarioEdit[], now: number, around?: number): CorridorDraft | null {
  const whole = useMemo(() => corridorOf(network, road), [network, road])
  const [chosen, setStretch] = useState<Stretch | null>(null)
  const stretch = useMemo(() => chosen ?? (whole ? coordinatedStretch(whole, around) : { first: 0, last: 0 }), [chosen, whole, around])
  const corridor = useMemo(() => (whole ? stretchOf(whole, stretch) : null), [whole, stretch])
  const found = useMemo(() => (corridor ? corridor.signals.map(signal => timesOf(network, signal, edits, now)) : []), [corridor, network, edits, now])
  const [draft, setDraft] = useState<{ readonly of: readonly Times[]; readonly times: readonly Times[] }>({ of: found, times: found })
  const usual = corridor ? Math.max(STEP, STEP * Math.round((USUAL_SHARE * kmPerHour(corridor.speedLimit)) / STEP)) : STEP
  const [speed, setSpeed] = useState<{ readonly road: string; readonly kmh: number }>({ road, kmh: usual })
  const speedKmh = speed.road === road ? speed.kmh : usual
  const times = draft.of === found ? draft.times : found
  const set = (next: readonly Times[]): void => setDraft({ of: found, times: next })
  if (!whole || !corridor) return null
  const signals = corridor.signals.map((signal, at) => signalDraft(network, signal, times[at]!))
  const cycle = signals.every(each => Math.abs(each.cycle - signals[0]!.cycle) < 1e-6) ? signals[0]!.cycle : null
  const cycleLeast = Math.max(...signals.map(each => Math.ceil(each.cycleLeast)))
  const speeds = { forward: metresPerSecond(speedKmh), backward: metresPerSecond(speedKmh) }
  const bandsOf = (of: readonly SignalDraft[], common: number): CorridorDraft['bands'] => {
    const waves = of.map(({ wave }) => wave), offsets = of.map(({ offset }) => offset)
    return { forward: widestBand(waves, offsets, common, speeds, 'forward'), backward: widestBand(waves, offsets, common, speeds, 'backward') }
  }
  const inCycle = (common: number): Times[] => signals.map(({ stages, greens, offset, movements }) => {
    const lost = cycleOfPlan(stages, stages.map(() => 0))
    return { greens: fitGreens(greens, stages.map(({ greenMin }) => greenMin), common - lost) ?? greens, offset: Math.floor(offset % common), ...(movements ? { movements } : {}) }
  })
  return {
    whole, stretch, setStretch, corridor, signals, cycle, cycleLeast, speedKmh, bands: cycle === null ? null : bandsOf(signals, cycle),
    setSpeed: kmh => setSpeed({ road, kmh }),
    setCycle: common => set(inCycle(common)),
    setOffset: (at, offset) => set(times.map((each, row) => (row === at ? { ...each, offset: wrap(offset, signals[at]!.cycle) } : each))),
    coordinate(prefer) {
      const common = cycle ?? Math.max(cycleLeast, Math.round(Math.max(...signals.map(each => each.cycle))))
      const next = cycle === null ? inCycle(common) : times
      const waves = next.map((each, at) => signalDraft(network, corridor.signals[at]!, each).wave)
      const offsets = greenWave(waves, common, speeds, prefer)
      set(next.map((each, at) => ({ ...each, offset: offsets[at]! })))
    },
    reset: () => set(found),
  }
}

function stretchOf(whole: Corridor, { first, last }: Stretch): Corridor {
  const signals = whole.signals.slice(first, last + 1)
  return { ...whole, signals: signals.map(signal => ({ ...signal, at: signal.at - signals[0]!.at })) }
}

const wrap = (offset: number, cycle: number): number => Math.round(offset - Math.floor(offset / cycle) * cycle) % Math.max(1, Math.floor(cycle))

function timesOf(network: Network, { node, program }: CorridorSignal, edits: readonly ScenarioEdit[], now: number): Times {
  const held = editsOnNode(node, network, edits, now)[0]
  const stages = stagesOf(network, program)
  const own = Math.round(network.programs.offset[program]!)
  return held ? { greens: held.greens, offset: held.offset ?? own, ...(held.movements ? { movements: held.movements } : {}) } : { greens: stages.map(({ green }) => Math.round(green)), offset: own }
}

function signalDraft(network: Network, signal: CorridorSignal, { greens, offset, movements }: Times): SignalDraft {
  const planned = withMasks(network, signal.program, stageMasks(network, signal.program, movements))
  const stages = stagesOf(network, signal.program)
  const span = (bit: number | null): WaveSignal['forward'] => (bit === null ? null : greenSpan(planned, signal.program, bit, greens))
  return {
    signal, stages, greens, offset, ...(movements ? { movements } : {}), cycle: cycleOfPlan(stages, greens), cycleLeast: cycleOfPlan(stages, stages.map(({ greenMin }) => Math.ceil(greenMin))),
    wave: { at: signal.at, forward: span(signal.forward), backward: span(signal.backward) },
  }
}
