import { i18n } from '../i18n'
import { linkMiddle, type CityModel } from './cityModel'
import { districtAt } from './districts'
import { roadTitle } from './roadTitle'

/** Where a trip starts or ends, in words: district and road of a zone, or the road by which it crosses the cordon. */
export function endName(city: CityModel, zone: number, link: number): string {
  const road = roadTitle(city, link)
  if (zone <= -2) return `${i18n.t('inspector.outside')} · ${i18n.t('inspector.gateway', { road })}`
  const { x, y } = linkMiddle(city.network, link)
  const district = districtAt(city.pack, x, y)
  return [district, road].filter(Boolean).join(' · ')
}
