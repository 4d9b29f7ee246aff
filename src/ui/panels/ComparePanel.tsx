import '../styles/results.css'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { sameBaseline } from '../model/sameBaseline'
import { PanelFrame } from '../parts/PanelFrame'
import { useApp } from '../stores/store'
import { BesideButton } from './compare/BesideButton'
import { ComparisonResult } from './compare/ComparisonResult'
import { PlanForm } from './compare/PlanForm'
import { QueueList } from './compare/QueueList'
import { VariantTable } from './compare/VariantTable'

/** Documents against the day without their changes: what is queued, how far it is, and what came of it. */
export default function ComparePanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const { queue, result } = useApp(state => state.comparison)
  const changed = useApp(({ scenario }) => scenario !== null && scenario.edits.some(({ enabled }) => enabled))
  const variants = result ? sameBaseline(queue, result) : []
  return (
    <PanelFrame title={t('compare.title')} intro={t('compare.intro')} wide onClose={onClose}>
      <PlanForm />
      {changed && <div className="row"><BesideButton /></div>}
      <QueueList />
      {variants.length > 1 && <section className="compare-result"><h3>{t('compare.variants')}</h3><VariantTable variants={variants} /></section>}
      {result && <ComparisonResult key={result.id} result={result} />}
    </PanelFrame>
  )
}
