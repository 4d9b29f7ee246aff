import { zonesLayer } from '../../city'
import { i18n } from '../i18n'
import type { CityModel } from './cityModel'
import { districtAt, openDistricts } from './districts'
import { roadTitle } from './roadTitle'

/** Names of the places that trips set out from, once their layers are open: district and sub-district of a zone, or the road over the cordon. */
export async function openZoneNames(city: CityModel): Promise<(zone: number) => string> {
  const { pack, network: { links } } = city
  const [{ polygons }] = await Promise.all([pack.layer(zonesLayer), openDistricts(pack)])
  const rows = new Map(Array.from({ length: polygons.rows }, (_, row) => [polygons.id[row]!, row]))
  return zone => {
    if (zone <= -2) return i18n.t('inspector.gateway', { road: roadTitle(city, links.fromNode.indexOf(-zone - 2)) })
    const row = rows.get(zone)
    if (row === undefined) return i18n.t('compare.noZone')
    return [districtAt(pack, polygons.x[row]!, polygons.y[row]!), zone].filter(Boolean).join(' · ')
  }
}
