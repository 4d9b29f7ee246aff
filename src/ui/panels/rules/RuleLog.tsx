import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResponseRule } from '../../../scenario'
import type { RuleLogEntry } from '../../../sim'
import { because } from '../../model/describeRule'
import { labelOf } from '../../model/labels'
import { clock } from '../../model/format'
import { useApp } from '../../stores/store'

/** What rules have done and why, latest first. */
export function RuleLog({ log, rules }: { log: readonly RuleLogEntry[]; rules: readonly ResponseRule[] }): ReactElement {
  const { t } = useTranslation()
  const start = useApp(({ info }) => info?.startTime ?? 0)
  const labels = new Map(rules.map(rule => [rule.id, labelOf(rule) ?? t(`rules.measure.${rule.when.measure}`)]))
  return (
    <ul className="rows rule-log" data-testid="rule-log">
      {log.toReversed().map(entry => (
        <li key={`${entry.time} ${entry.rule}`}>
          <b>{clock(start + entry.time, true)}</b> {labels.get(entry.rule) ?? entry.rule}: {t(`rules.event.${entry.kind}`)}
          <p className="soft">{because(entry, t)}</p>
        </li>
      ))}
    </ul>
  )
}
