import { RotateCcw, TriangleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { session } from './session'
import { useApp } from './stores/store'

const SHOWN = 12

/** What went wrong, in the planner's words, and what to do. The document is kept. */
export function FailureScreen(): ReactElement {
  const { t } = useTranslation()
  const runProblems = useApp(state => state.problems)
  const viewProblem = useApp(state => state.viewProblem)
  const problems = viewProblem ? [viewProblem] : runProblems
  const area = problems[0]?.code.split('/')[0] ?? 'run'
  const text = area === 'webgl' ? 'webgl' : area === 'pack' ? 'pack' : area === 'scenario' ? 'scenario' : area === 'view' ? 'view' : 'run'
  return (
    <div className="failure-wrap">
      <section className="failure glass-strong" role="alertdialog" aria-label={t('error.title')}>
        <TriangleAlert aria-hidden size="1.8rem" />
        <h2>{t('error.title')}</h2>
        <p>{t(`error.${text}`)}</p>
        <ul>{problems.slice(0, SHOWN).map((problem, index) => <li key={index}><code>{problem.message}</code></li>)}</ul>
        {problems.length > SHOWN && <p className="soft">{t('error.more', { count: problems.length - SHOWN })}</p>}
        <div className="row">
          <button type="button" className="button primary" onClick={() => (text === 'webgl' || text === 'view' ? location.reload() : void session.restart())}>
            <RotateCcw aria-hidden size="1rem" /> {t(text === 'run' ? 'error.restart' : text === 'webgl' || text === 'view' ? 'error.reload' : 'error.retry')}
          </button>
          {text === 'scenario' && <button type="button" className="button" onClick={() => void session.openPreset('morning-peak')}>{t('error.openDefault')}</button>}
        </div>
      </section>
    </div>
  )
}
