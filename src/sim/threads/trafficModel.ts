import type { Bin } from '../measures/measures'
import type { Router } from '../network/router'
import { finish, phases } from '../step'
import { clearMotion } from '../traffic/motion'
import { setPool } from '../traffic/routePool'
import type { World } from '../world'

/** Advances something by one tick, with all threads of a crew. */
export type Advance = <W>(model: Model<W>, world: W) => void

/** What a crew advances: phases over domains, and what the threads must know of them. `W` is plain data over shared memory. */
export interface Model<W> {
  /** By which threads name it to each other: 0 traffic, 1 crowds. */
  readonly id: number
  readonly phases: readonly (
    | { readonly alone: (world: W) => void }
    | { readonly together: (world: W, domain: number, round: number) => void; readonly again?: (world: W, round: number) => boolean })[]
  /** Ends a tick, alone. `advance`: for what it has others do together within it. */
  finish(world: W, advance: Advance): void
  /** On each thread, before the first phase of a tick. */
  begin(world: W, tick: number): void
  tick(world: W): number
  /** What each domain costs in a tick, and what it costs if there is nothing in it, in bodies that move. */
  load(world: W): Float64Array | Int32Array
  readonly domainCost: number
  /** One of its arrays: they must be shared. */
  sample(world: W): ArrayBufferView
  /** What helpers never read stays at home. */
  forHelpers(world: W): W
  /** Arrays that are replaced or added during a run: which there are, and how helpers come to those that they do not know. */
  readonly growth?: {
    sizes(world: W): readonly unknown[]
    news(world: W, known: readonly unknown[]): unknown
    takeIn(world: W, news: unknown): void
  }
}

interface TrafficNews { readonly bins: readonly Bin[]; readonly hops: Uint8Array; readonly next: Int32Array; readonly weights: Router['weights'] }

const weightsMade = ({ weights }: Router): number => {
  let made = 0
  for (let at = 0; at < weights.length; at++) if (weights[at]) made++
  return made
}

export const trafficModel: Model<World> = {
  id: 0, phases, finish, domainCost: 40,
  begin(world, tick) {
    world.tick = tick
    clearMotion(world)
  },
  tick: world => world.tick,
  load: world => world.domains.tally.updates,
  sample: world => world.counts,
  forHelpers: world => ({ ...world, people: null, rules: null, changes: [], interventions: [], unreachableLog: [], router: { ...world.router, changedHops: [] } }),
  growth: {
    sizes: world => [world.measures.bins.length, world.routes.hops, weightsMade(world.router)],
    news: (world, [bins]): TrafficNews => ({ bins: world.measures.bins.slice(bins as number), hops: world.routes.hops, next: world.routes.next, weights: world.router.weights }),
    takeIn(world, news) {
      const { bins, hops, next, weights } = news as TrafficNews
      for (const [at, own] of weights.entries()) world.router.weights[at] = own
      world.measures.bins.push(...bins)
      setPool(world.routes, hops, next)
    },
  },
}
