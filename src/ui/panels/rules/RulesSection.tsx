import { Plus, Zap } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResponseRule } from '../../../scenario'
import { useApp } from '../../stores/store'
import { RuleCard } from './RuleCard'
import { RuleForm } from './RuleForm'
import { RuleLog } from './RuleLog'

const none: readonly ResponseRule[] = []

/** What the run does by itself when a measure passes a threshold: rules with where they stand, a form for another, and what they have done. */
export default function RulesSection(): ReactElement {
  const { t } = useTranslation()
  const rules = useApp(state => state.scenario?.rules ?? none)
  const report = useApp(state => state.rules)
  const [making, setMaking] = useState(false)
  const [changing, setChanging] = useState<string | null>(null)
  return (
    <section className="rules" aria-label={t('rules.title')} data-testid="rules">
      <h3>{t('rules.title')}</h3>
      {rules.length === 0 && !making && <p className="soft">{t('rules.intro')}</p>}
      <ul className="rows">{rules.map(rule => (changing === rule.id
        ? <li key={rule.id}><RuleForm old={rule} onDone={() => setChanging(null)} /></li>
        : <RuleCard key={rule.id} rule={rule} status={report?.rules.find(({ id }) => id === rule.id)} onChange={() => setChanging(rule.id)} />))}</ul>
      {making ? <RuleForm onDone={() => setMaking(false)} /> : (
        <div className="row">
          <button type="button" className="button" data-testid="new-rule" onClick={() => setMaking(true)}><Plus aria-hidden size="1rem" /> {t('rules.add')}</button>
        </div>
      )}
      {report && report.log.length > 0 && <>
        <h4><Zap aria-hidden size="0.9rem" /> {t('rules.log')}</h4>
        <RuleLog log={report.log} rules={rules} />
      </>}
    </section>
  )
}
