import { districtsLayer, polygonContains, RegionKind, zonesLayer, type CityPack } from '../city'

/** Of whoever sets out neither in a zone nor over the cordon, such as those who leave an event; and of whoever comes over the cordon. */
export const NO_DISTRICT = -1
export const CORDON = -2

/** District of each zone, as a row of the districts' polygons, by the zone's centre. */
export async function districtOfZone(pack: CityPack): Promise<(zone: number) => number> {
  if (!pack.has(zonesLayer.kind) || !pack.has(districtsLayer.kind)) return () => NO_DISTRICT
  const [{ polygons: zones }, districts] = await Promise.all([pack.layer(zonesLayer), pack.layer(districtsLayer)])
  const rows = Array.from({ length: districts.polygons.rows }, (_, row) => row).filter(row => districts.polygons.kind[row] === RegionKind.district)
  const of = new Map(Array.from({ length: zones.rows }, (_, zone) => [zones.id[zone]!, rows.find(row => polygonContains(districts, row, zones.x[zone]!, zones.y[zone]!)) ?? NO_DISTRICT]))
  return zone => (zone <= -2 ? CORDON : of.get(zone) ?? NO_DISTRICT)
}
