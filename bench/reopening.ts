import { createWorld, linkMeasures, step, type LinkBin, type WorldInput } from '../src/sim'

/** What a road carries that was closed for a while, beside the same day on which it never was. */
export interface Reopening {
  /** Vehicles that left the closed links in the periods before, in and after the closure. */
  readonly baseline: readonly [number, number, number]
  readonly variant: readonly [number, number, number]
  /** After the closure: variant by baseline. */
  readonly recovered: number
}

export interface ReopeningCase {
  readonly input: WorldInput
  /** Links that close and open again. */
  readonly links: readonly number[]
  readonly fromTick: number
  readonly toTick: number
  /** s after which drivers may have found back: who goes by habit learns of the open road within the better part of an hour. */
  readonly settle: number
  readonly endTick: number
}

/** Runs a day with and without its changes and counts what the closed links carry. Bins of five minutes that a period cuts are left out. */
export function measureReopening({ input, links, fromTick, toTick, settle, endTick }: ReopeningCase): Reopening {
  const [baseline, variant] = [[], input.changes].map(changes => {
    const world = createWorld({ ...input, changes })
    while (world.tick < endTick) step(world)
    const { bins, binSeconds } = linkMeasures(world)
    const at = (tick: number): number => (tick * input.dt) / binSeconds
    const sum = (from: number, to: number): number => bins.slice(Math.ceil(from), Math.floor(to)).reduce((all, bin) => all + left(bin, links), 0)
    return [sum(0, at(fromTick)), sum(at(fromTick), at(toTick)), sum(at(toTick) + settle / binSeconds, at(endTick))] as const
  }) as [Reopening['baseline'], Reopening['variant']]
  return { baseline, variant, recovered: variant[2] / baseline[2] }
}

const left = (bin: LinkBin, links: readonly number[]): number => links.reduce((sum, link) => sum + bin.left[link]!, 0)
