import { districtsLayer, polygonContains, RegionKind, type CityPack, type DistrictsLayer } from '../../city'
import { language } from '../i18n'

/** Regions by pack; fetched once, after the city stands, because names on cards can wait. */
const opened = new WeakMap<CityPack, DistrictsLayer>()

export async function openDistricts(pack: CityPack): Promise<void> {
  if (pack.has(districtsLayer.kind)) opened.set(pack, await pack.layer(districtsLayer))
}

/** "District · Sub-district" around a point, in the language of the page; empty outside the city. */
export function districtAt(pack: CityPack, x: number, y: number): string {
  const layer = opened.get(pack)
  if (!layer) return ''
  const { polygons, strings } = layer
  const names: string[] = []
  for (const kind of [RegionKind.district, RegionKind.subDistrict]) {
    for (let row = 0; row < polygons.rows; row++) {
      if (polygons.kind[row] !== kind || !polygonContains(layer, row, x, y)) continue
      const english = language() === 'en' ? strings[polygons.nameEn[row]!] : undefined
      const name = english ?? strings[polygons.name[row]!]
      if (name) names.push(name)
      break
    }
  }
  return names.join(' · ')
}
