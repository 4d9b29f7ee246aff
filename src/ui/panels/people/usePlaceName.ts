import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer, placeName } from '../../../city'
import { language } from '../../i18n'
import { useGrounds } from '../../inspector/useGrounds'
import { useLayer } from '../../inspector/useLayer'

/** Names floors, gates and exits of walk spaces in the language of the page; null = footways of the city. */
export function usePlaceName(): (id: string | null) => string {
  const { t } = useTranslation()
  const { areas, edits } = useGrounds()
  const metro = useLayer(metroLayer)
  const naming = useMemo(() => ({
    areas, edits: new Map(edits.map(({ id, label }) => [id, label ?? id])),
    stationsEn: new Map(metro ? Array.from(metro.stations.name, (name, row) => [metro.strings[name]!, metro.strings[metro.stations.nameEn[row]!] ?? '']) : []),
  }), [areas, edits, metro])
  return id => (id === null ? t('people.place.footway') : placeName(id, naming)[language()])
}
