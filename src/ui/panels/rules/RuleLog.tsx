import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResponseRule } from '../../../scenario'
import type { RuleLogEntry } from '../../../sim'
import { amount } from '../../model/describeRule'
import { clock } from '../../model/format'
import { useApp } from '../../stores/store'

/** What rules have done and why, latest first. */
export function RuleLog({ log, rules }: { log: readonly RuleLogEntry[]; rules: readonly ResponseRule[] }): ReactElement {
  const { t } = useTranslation()
  const start = useApp(({ info }) => info?.startTime ?? 0)
  const labels = new Map(rules.map(({ id, label, when }) => [id, label ?? t(`rules.measure.${when.measure}`)]))
  return (
    <ul className="rows rule-log" data-testid="rule-log">
      {log.toReversed().map(({ time, rule, kind, cause, measure, value, threshold }) => (
        <li key={`${time} ${rule}`}>
          <b>{clock(start + time, true)}</b> {labels.get(rule) ?? rule}: {t(`rules.event.${kind}`)}
          <p className="soft">{cause === 'window' ? t('rules.windowEnds') : t('rules.because', { measure: t(`rules.measure.${measure}`), value: amount(value), threshold: amount(threshold), unit: t(`rules.unit.${measure}`) })}</p>
        </li>
      ))}
    </ul>
  )
}
