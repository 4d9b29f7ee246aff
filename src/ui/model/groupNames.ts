import { CORDON, distanceBands } from '../../analysis'
import { districtsLayer } from '../../city'
import { i18n, language } from '../i18n'
import type { TripGrouping } from '../panels/compare/TripGroups'
import type { CityModel } from './cityModel'
import { clock, fixed } from './format'
import { openZoneNames } from './zoneNames'

/** Name of a group of trips by its key. */
export type GroupNames = (by: TripGrouping, key: number) => string

/** Names of districts, zones, vehicles, distances and times, once their layers are open. */
export async function openGroupNames({ pack, ...city }: CityModel): Promise<GroupNames> {
  const [zoneName, districts] = await Promise.all([openZoneNames({ pack, ...city }), pack.has(districtsLayer.kind) ? pack.layer(districtsLayer) : null])
  const district = (row: number): string => {
    if (row === CORDON) return i18n.t('compare.cordon')
    if (row < 0 || !districts) return i18n.t('compare.noZone')
    const { polygons, strings } = districts
    return (language() === 'en' ? strings[polygons.nameEn[row]!] : undefined) ?? strings[polygons.name[row]!] ?? String(row)
  }
  const distance = (least: number): string => {
    const most = distanceBands[distanceBands.findIndex(each => each === least) + 1]
    return most === undefined ? i18n.t('compare.farther', { km: fixed(least / 1000, 0) }) : `${fixed(least / 1000, 0)}–${fixed(most / 1000, 0)} km`
  }
  return (by, key) => ({ district, zone: zoneName, class: (each: number) => i18n.t(`vehicleClass.${each}`), distance, departure: (each: number) => `${clock(each)}–${clock(each + 1800)}` })[by](key)
}
