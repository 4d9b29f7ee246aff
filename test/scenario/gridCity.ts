import { compileRoadDemand } from '../../src/city/layers/compile/demand/roadDemand'
import { demandLayer, encodeLayer, layerFile, networkLayer, openLayer } from '../../src/city'
import type { Scenario, ScenarioCity } from '../../src/scenario'
import { assembleNetwork, gridSpec } from '../../src/sim'

/** A grid of streets with gateways: rows are named 东路 0.., columns 北路 0..; one venue in the middle. */
export function gridNetwork(n = 4) {
  const spec = gridSpec(n)
  const links = spec.links.map(link => {
    const [x0, y0, , x1, y1] = link.points as number[]
    return { ...link, name: y0 === y1 ? `东路${Math.round(y0! / 250)}` : `北路${Math.round(x0! / 250)}`, length: Math.abs(x1! - x0!) }
  })
  return assembleNetwork({ ...spec, links })
}

export function gridCity(n = 4): ScenarioCity {
  const network = gridNetwork(n)
  const demand = openLayer(demandLayer, encodeLayer(compileRoadDemand(network).layer), 'demand')
  return {
    id: 'grid', network, demand, toPlane: (longitude, latitude) => [longitude, latitude],
    areas: [], stations: [], lines: [], venues: [{ id: 'hall', name: '礼堂', x: 400, y: 400, capacity: 1000 }],
  }
}

export const gridNetworkLayer = (n = 4) => {
  const network = gridNetwork(n)
  return layerFile(networkLayer, network, network.strings)
}

export function gridScenario(changes: Partial<Scenario> = {}): Scenario {
  return {
    format: 'pengcheng-scenario', version: 1, id: 'test', name: { zh: '测试', en: 'Test' }, city: 'grid',
    window: { start: '07:30', end: '08:00' }, seed: 7, demand: { scale: 1, rerouteShare: 0.3 }, edits: [], ...changes,
  }
}
