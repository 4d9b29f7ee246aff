import { namedRoadsNear } from '../../analysis'
import { i18n } from '../i18n'
import type { CityModel } from './cityModel'
import { namePair, roadName } from './places'

/** What a section of road is called in the language of the page: its name, else the named road that it is near. */
export function roadTitle(city: CityModel, link: number): string {
  const own = roadName(city, link)
  if (own) return own.name
  const near = namedRoadsNear(city.network)[link] ?? null
  return near === null ? i18n.t('inspector.unnamed') : i18n.t('inspector.unnamedNear', { road: namePair(city.pack, near).name })
}

/** The roads that meet at a junction, "A / B"; of one without a name a road that leads to it. */
export function nodeTitle(city: CityModel, node: number): string {
  const { nodes, links, strings } = city.network
  const meeting = strings[nodes.name[node]!]
  if (meeting) return meeting.split(' / ').map(road => namePair(city.pack, road).name).join(' / ')
  const link = links.toNode.indexOf(node)
  return link < 0 ? i18n.t('inspector.node') : roadTitle(city, link)
}
