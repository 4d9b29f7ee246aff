import { ChartNoAxesColumn, RotateCw, Square, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueuedComparison } from '../../../workers'
import { comparer } from '../../comparer'
import { language } from '../../i18n'
import { duration, fixed } from '../../model/format'
import { IconButton } from '../../parts/IconButton'
import { useApp } from '../../stores/store'

/** Comparisons of this sitting: how far each is, and what can be done about it. */
export function QueueList(): ReactElement | null {
  const { t } = useTranslation()
  const queue = useApp(state => state.comparison.queue)
  if (queue.length === 0) return null
  return <ul className="rows compare-queue" aria-label={t('compare.queue')} data-testid="compare-queue">{queue.map(each => <Row key={each.id} entry={each} />)}</ul>
}

function Row({ entry }: { entry: QueuedComparison }): ReactElement {
  const { t } = useTranslation()
  const shown = useApp(state => state.comparison.result?.id === entry.id)
  const { id, state, share, secondsLeft, problems, result, plan: { variant: { name, window }, seeds } } = entry
  const open = state === 'waiting' || state === 'running'
  const left = secondsLeft === null ? t('compare.estimating') : t('compare.remaining', { time: duration(secondsLeft) })
  return (
    <li data-state={state} aria-current={shown}>
      <div className="compare-row">
        <b>{name[language()]}</b>
        <span className="soft small">{t('compare.runs', { count: seeds, start: window.start.slice(0, 5), end: window.end.slice(0, 5) })}{!open && ` · ${t(`compare.state.${state}`)}`}</span>
        {open && <><progress value={share} max={1} aria-label={name[language()]} /><span className="soft small" role="status">{fixed(100 * share, 0)} % · {state === 'waiting' ? `${t('compare.state.waiting')} · ` : ''}{left}</span></>}
        {state === 'failed' && <span className="compare-problem" role="alert">{problems.map(({ message }) => message).join(' ')}</span>}
      </div>
      {result && <IconButton icon={ChartNoAxesColumn} label={t('compare.open')} pressed={shown} onClick={() => comparer.open(result)} />}
      {(state === 'failed' || state === 'cancelled') && <IconButton icon={RotateCw} label={t('compare.again')} onClick={() => comparer.again(entry)} />}
      {/* Buttons of their own: a double click on the one does not reach the other. */}
      {open ? <IconButton key="cancel" icon={Square} label={t('compare.cancel')} onClick={() => comparer.cancel(id)} /> : <IconButton key="remove" icon={X} label={t('compare.remove')} onClick={() => comparer.remove(id)} />}
    </li>
  )
}
