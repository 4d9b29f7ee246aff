import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { BuildingFlag, buildingsLayer } from '../../city'
import { buildingMiddle } from '../model/buildingPlace'
import { whole } from '../model/format'
import { namePair } from '../model/places'
import { Figure } from '../parts/Figure'
import { session } from '../session'
import { CardFrame } from './CardFrame'
import { PlaceActions } from './PlaceActions'
import { useLayer } from './useLayer'

/** A building: what it is and how high, and whether somebody measured that. */
export function BuildingCard({ row, onClose }: { row: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const layer = useLayer(buildingsLayer)
  if (!layer) return null
  const { buildings, strings } = layer
  const use = t(`buildingKind.${buildings.kind[row]!}`)
  const name = strings[buildings.name[row]!]
  const shown = name === undefined || !session.city ? null : namePair(session.city.pack, name)
  const estimated = (buildings.flags[row]! & BuildingFlag.estimatedHeight) !== 0
  return (
    <CardFrame kind={t('inspector.building')} title={shown?.name ?? use} {...(shown?.other ? { subtitle: shown.other } : {})} onClose={onClose}>
      <dl className="figures">
        <Figure label={estimated ? `${t('inspector.height')} (${t('inspector.estimated')})` : t('inspector.height')} value={whole(buildings.height[row]! / 10)} unit="m" />
        <Figure label={t('inspector.kind')} value={use} />
        <Figure label={t('inspector.floorArea')} value={whole(buildings.floorArea[row]!)} unit="m²" />
      </dl>
      {name !== undefined && <PlaceActions key={row} {...buildingMiddle(layer, row)} name={name} shownName={shown?.name ?? name} />}
    </CardFrame>
  )
}
