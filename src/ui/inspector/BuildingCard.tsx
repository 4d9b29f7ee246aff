import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { whole } from '../model/format'
import { Figure } from '../parts/Figure'
import type { Selection } from '../stores/viewSlice'
import { CardFrame } from './CardFrame'

export function BuildingCard({ building, onClose }: { building: Extract<Selection, { kind: 'building' }>; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <CardFrame kind={t('inspector.building')} title={building.name || t('inspector.building')} onClose={onClose}>
      <dl className="figures"><Figure label={t('inspector.height')} value={whole(building.heightM)} unit="m" /></dl>
    </CardFrame>
  )
}
