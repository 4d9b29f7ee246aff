import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer, placeName, type CityArea } from '../../../city'
import { waysOf, type AreaWay } from '../../../scenario'
import { language } from '../../i18n'
import { useGrounds } from '../../inspector/useGrounds'
import { useLayer } from '../../inspector/useLayer'
import { wayName } from '../../model/wayName'

const known = new WeakMap<CityArea, ReadonlyMap<string, AreaWay>>()

/** The ways of an area by id, found once. */
function waysIn(area: CityArea): ReadonlyMap<string, AreaWay> {
  const ways = known.get(area) ?? new Map(waysOf(area).map(way => [way.id, way]))
  known.set(area, ways)
  return ways
}

/** Names floors, gates and exits of walk spaces in the language of the page; null = footways of the city. */
export function usePlaceName(): (id: string | null) => string {
  const { t } = useTranslation()
  const { areas, edits } = useGrounds()
  const metro = useLayer(metroLayer)
  const naming = useMemo(() => ({
    areas, edits: new Map(edits.map(({ id, label }) => [id, label ?? id])),
    stationsEn: new Map(metro ? Array.from(metro.stations.name, (name, row) => [metro.strings[name]!, metro.strings[metro.stations.nameEn[row]!] ?? '']) : []),
  }), [areas, edits, metro])
  return id => {
    if (id === null) return t('people.place.footway')
    const way = areas.flatMap(area => (id.startsWith(`${area.id}/portal:`) ? [{ area, way: waysIn(area).get(id) }] : []))[0]
    return way?.way ? wayName(way.way, way.area, t, true) : placeName(id, naming)[language()]
  }
}
