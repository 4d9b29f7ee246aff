import type { RuleLogEntry } from '../../sim'
import { i18n, moreTexts } from '../i18n'
import { store } from '../stores/store'
import { labelOf } from './labels'
import { because } from './describeRule'

/** Tells in passing that a rule has begun or ended to act, and why. */
export async function tellRule(entry: RuleLogEntry): Promise<void> {
  await moreTexts()
  const { scenario, say } = store.getState()
  const rule = scenario?.rules?.find(({ id }) => id === entry.rule)
  const t = i18n.t.bind(i18n)
  if (rule) say(entry.kind === 'begin' ? 'bad' : 'good', t(`rules.told.${entry.kind}`, { name: labelOf(rule) ?? t(`rules.measure.${rule.when.measure}`) }), because(entry, t))
}
