import { createRoutePlanner, planRoute, VehicleClass, type Network } from '../../../../sim'
import type { Gateway } from './cordon'

/** Links of a part whose ways to the gateways are averaged. */
const SAMPLES = 5

/** Length of the quickest ways on empty roads within the core, m; Infinity = there is none. */
export interface InnerWays {
  /** From gateway g to part p, at p * gateways + g. */
  readonly into: Float64Array
  /** From part p to gateway g, at p * gateways + g. */
  readonly out: Float64Array
  /** From gateway a to gateway b, at a * gateways + b. */
  readonly between: Float64Array
}

/**
 * Ways between gateways and the parts inside. They are measured on the roads, not in the air: an expressway that enters
 * above a district without an exit in it leads nobody there.
 *
 * @param linkPart  part of each link; -1 = none
 */
export function innerWays(network: Network, gateways: readonly Gateway[], linkPart: Int32Array, parts: number): InnerWays {
  const planner = createRoutePlanner(network)
  const metres = (from: number, to: number): number => (from < 0 || to < 0 ? Infinity : planRoute(planner, from, to, VehicleClass.car)?.metres ?? Infinity)
  const linksOf: number[][] = Array.from({ length: parts }, () => [])
  for (const [link, part] of linkPart.entries()) linksOf[part]?.push(link)
  const into = new Float64Array(parts * gateways.length).fill(Infinity)
  const out = new Float64Array(parts * gateways.length).fill(Infinity)
  for (const [part, links] of linksOf.entries()) {
    if (links.length === 0) continue
    const sampled = Array.from({ length: Math.min(SAMPLES, links.length) }, (_, k) => links[Math.floor(((k + 0.5) * links.length) / Math.min(SAMPLES, links.length))]!)
    const mean = (of: (link: number) => number): number => sampled.reduce((sum, link) => sum + of(link), 0) / sampled.length
    for (const [g, { inLink, outLink }] of gateways.entries()) {
      into[part * gateways.length + g] = mean(link => metres(inLink, link))
      out[part * gateways.length + g] = mean(link => metres(link, outLink))
    }
  }
  const between = Float64Array.from({ length: gateways.length * gateways.length }, (_, at) => {
    const a = Math.floor(at / gateways.length)
    const b = at % gateways.length
    return a === b ? Infinity : metres(gateways[a]!.inLink, gateways[b]!.outLink)
  })
  return { into, out, between }
}
