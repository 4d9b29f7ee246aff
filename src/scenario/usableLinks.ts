import type { ScenarioCity } from './city'

/** Links that the demand uses or that lead to them: those of the connected part of the network. */
export function usableLinks({ demand, network }: ScenarioCity): (link: number) => boolean {
  const connected = demand.connected.link
  const marks = new Uint8Array(network.links.rows)
  for (let row = 0; row < connected.length; row++) marks[connected[row]!] = 1
  return link => marks[link] === 1
}
