import { PencilLine, Trash2, Zap } from 'lucide-react'
import { Switch } from 'radix-ui'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResponseRule } from '../../../scenario'
import type { RuleStatus } from '../../../sim'
import { labelOf } from '../../model/labels'
import { actionOf, measureOf, releaseOf, thresholdOf } from '../../model/describeRule'
import { brief, clock } from '../../model/format'
import { IconButton } from '../../parts/IconButton'
import { session } from '../../session'
import { useApp } from '../../stores/store'
import { usePlaceName } from '../people/usePlaceName'

/** One rule: when it acts, what it does, how it stands. @param status  of the run; undefined = the run does not follow it */
export function RuleCard({ rule, status, onChange }: { rule: ResponseRule; status: RuleStatus | undefined; onChange: () => void }): ReactElement {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  const start = useApp(({ info }) => info?.startTime ?? 0)
  const state = !rule.enabled ? 'off' : status?.state ?? 'idle'
  const since = status?.since ?? null
  return (
    <li className="edit" data-state={state} data-kind="rule" data-testid={`rule-${rule.id}`}>
      <Zap aria-hidden size="1.1rem" />
      <div>
        <b>{labelOf(rule) ?? t(`rules.measure.${rule.when.measure}`)}</b>
        <p className="soft">{measureOf(rule, t, nameOf)} {thresholdOf(rule, t)}</p>
        <ul className="rule-actions">{rule.actions.map((action, at) => <li key={at}>{actionOf(action, t, nameOf)}</li>)}</ul>
        <p className="soft">{releaseOf(rule, t)} · {rule.window.start.slice(0, 5)}–{rule.window.end.slice(0, 5)}</p>
        <span className="chips">
          <i data-tone={state === 'acting' ? 'closure' : undefined}>{t(`rules.state.${state}`, { time: since === null ? '' : clock(start + since, true) })}</i>
          {status && status.value !== null && rule.enabled && <i>{t('rules.now', { value: brief(status.value), unit: t(`rules.unit.${rule.when.measure}`) })}</i>}
        </span>
      </div>
      <div className="edit-actions">
        <Switch.Root className="switch" aria-label={t('rules.enable')} checked={rule.enabled}
          onCheckedChange={enabled => session.apply({ kind: 'replaceRule', id: rule.id, rule: { ...rule, enabled } })}>
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
        <IconButton icon={PencilLine} label={t('rules.change')} testId="edit-rule" onClick={onChange} />
        <IconButton icon={Trash2} label={t('rules.remove')} onClick={() => session.apply({ kind: 'removeRule', id: rule.id })} />
      </div>
    </li>
  )
}
