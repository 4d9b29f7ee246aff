import { approachesOf, flowsNow, websterTiming, withMasks, type StageMasks, type World } from '../sim'
import type { SignalAdvice } from './protocol'

/** Times of a junction for what wants to pass it now; the cycle is as short as people on foot and Webster have it. */
export function signalAdvice(world: World, program: number, masks: readonly StageMasks[] | null): SignalAdvice {
  const network = withMasks(world.input.network, program, masks ?? undefined)
  const approaches = approachesOf(network, program)
  const flow = flowsNow(world, approaches)
  const { greens, flowRatio } = websterTiming(network, program, [{ index: world.index, flow }], 0)
  return { greens, flowRatio, flowVehPerHour: Math.round(flow.reduce((sum, each) => sum + each, 0)) }
}
