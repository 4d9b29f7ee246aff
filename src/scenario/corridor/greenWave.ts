/** A stretch of green within the cycle, s after the start of a plan; it may pass the end of the cycle. */
export interface GreenSpan { readonly start: number; readonly length: number }

/** A signal of a road as a green wave sees it. `backward` is for those who drive against the order of the places; null = nobody does. */
export interface WaveSignal {
  /** m along the road. */
  readonly at: number
  readonly forward: GreenSpan | null
  readonly backward: GreenSpan | null
}

/** Speeds of progression, m/s. */
export interface WaveSpeeds { readonly forward: number; readonly backward: number }

/** Those who pass place 0 within `width` s from `start` on meet only green. */
export interface Band { readonly start: number; readonly width: number }
export type Direction = 'forward' | 'backward'

const wrap = (time: number, cycle: number): number => time - Math.floor(time / cycle) * cycle
/** The shorter way round the cycle from one time to another, signed. */
const between = (from: number, to: number, cycle: number): number => wrap(to - from + cycle / 2, cycle) - cycle / 2

/** s from place 0 to a place for those who drive this way; negative against the order. */
const travel = (at: number, direction: Direction, speeds: WaveSpeeds): number => (direction === 'forward' ? at / speeds.forward : -at / speeds.backward)

/**
 * The widest band of a direction: the longest time within the cycle at which one can pass all signals at the speed of
 * progression without a stop. Every such time begins where the green of one of them begins, seen from place 0.
 */
export function widestBand(signals: readonly WaveSignal[], offsets: readonly number[], cycle: number, speeds: WaveSpeeds, direction: Direction): Band | null {
  const spans = signals.flatMap((signal, at) => {
    const span = signal[direction]
    return span && span.length < cycle ? [{ start: wrap(offsets[at]! + span.start - travel(signal.at, direction, speeds), cycle), length: span.length }] : []
  })
  if (spans.length === 0) return signals.some(signal => signal[direction]) ? { start: 0, width: cycle } : null
  const left = (span: GreenSpan, time: number): number => Math.max(0, span.length - wrap(time - span.start, cycle))
  return spans.reduce<Band>((best, { start }) => {
    const width = Math.min(...spans.map(span => left(span, start)))
    return width > best.width ? { start, width } : best
  }, { start: 0, width: 0 })
}

/** Steps at which the times of the two directions are tried against each other, s. */
const STEP = 0.5

/**
 * Offsets (whole s, within the cycle) of a green wave: `both` makes the narrower of the two bands as wide as it can be, or
 * where no two can be, serves the direction that is served better;
 * `forward` and `backward` make that band as wide as the shortest green, and the other as wide as is left.
 *
 * A band of half width h that is centred on 0 passes signal i if its offset lies within H_i - h of the one that centres
 * the green (half length H_i) on the band. So both bands pass if these two intervals meet:
 *
 *   dist_i <= (Hf_i - hf) + (Hb_i - hb),   dist_i: between the offsets that centre the one and the other green
 *
 * which gives the widest bands for each time by which one direction lags behind the other, without a search over offsets.
 *
 * Source: the problem is that of Morgan & Little (1964), Operations Research 12, 896, here for greens of any length and
 * place in the cycle.
 *
 * @param signals  greens of one common cycle
 */
export function greenWave(signals: readonly WaveSignal[], cycle: number, speeds: WaveSpeeds, prefer: Direction | 'both'): number[] {
  const centred = signals.map(signal => {
    const ideal = (direction: Direction): { offset: number; half: number } | null => {
      const span = signal[direction]
      return span && span.length < cycle ? { offset: travel(signal.at, direction, speeds) - span.start - span.length / 2, half: span.length / 2 } : null
    }
    return { forward: ideal('forward'), backward: ideal('backward') }
  })
  const most = (direction: Direction): number => Math.min(cycle / 2, ...centred.map(each => each[direction]?.half ?? Infinity))
  const widths = (lag: number): { forward: number; backward: number } => {
    const pairs = centred.flatMap(({ forward, backward }) => (forward && backward ? [{ forward: forward.half, backward: backward.half, dist: Math.abs(between(forward.offset, backward.offset + lag, cycle)) }] : []))
    const [forward, backward] = [most('forward'), most('backward')]
    if (prefer === 'forward') return { forward, backward: Math.min(backward, ...pairs.map(each => each.forward - forward + each.backward - each.dist)) }
    if (prefer === 'backward') return { backward, forward: Math.min(forward, ...pairs.map(each => each.backward - backward + each.forward - each.dist)) }
    const half = Math.min(forward, backward, ...pairs.map(each => (each.forward + each.backward - each.dist) / 2))
    return { forward: half, backward: half }
  }
  let best = { lag: 0, ...widths(0) }
  for (let lag = STEP; lag < cycle; lag += STEP) {
    const next = widths(lag)
    if (next.forward + next.backward > best.forward + best.backward) best = { lag, ...next }
  }
  if (prefer === 'both' && best.forward <= 0) {
    // No two bands pass at once: one whole one is worth more than two halves that end in a red.
    const ways = (['forward', 'backward'] as const).map(way => greenWave(signals, cycle, speeds, way))
    const total = (offsets: readonly number[]): number => (['forward', 'backward'] as const).reduce((sum, way) => sum + (widestBand(signals, offsets, cycle, speeds, way)?.width ?? 0), 0)
    return total(ways[0]!) >= total(ways[1]!) ? ways[0]! : ways[1]!
  }
  return centred.map(({ forward, backward }) => {
    if (!forward && !backward) return 0
    if (!backward) return whole(forward!.offset, cycle)
    if (!forward) return whole(backward.offset + best.lag, cycle)
    const way = between(forward.offset, backward.offset + best.lag, cycle)
    const slack = Math.max(0, forward.half - best.forward), other = Math.max(0, backward.half - best.backward)
    // So far from the one towards the other that each band passes; as far from both as there is room.
    const far = Math.max(Math.abs(way) - other, Math.min(slack, (Math.abs(way) * slack) / (slack + other || 1)))
    return whole(forward.offset + Math.sign(way) * far, cycle)
  })
}

const whole = (offset: number, cycle: number): number => Math.round(wrap(offset, cycle)) % Math.max(1, Math.floor(cycle))
