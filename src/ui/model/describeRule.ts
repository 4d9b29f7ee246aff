import type { TFunction } from 'i18next'
import type { ResponseRule, RuleAction, ScenarioEdit } from '../../scenario'
import type { RuleLogEntry } from '../../sim'
import { brief } from './format'
import { whatOf, whereOf } from './describeEdit'

/** Names of places of the run, by the ids that scenarios have. */
export type NameOf = (id: string) => string

/** What is measured, and where. */
export function measureOf({ when }: ResponseRule, t: TFunction, nameOf: NameOf): string {
  const where = ((): string => {
    switch (when.measure) {
      case 'crowdDensity': return typeof when.place === 'string' ? nameOf(when.place) : t('rules.circle', { radius: when.place.radiusM })
      case 'gateQueue': return nameOf(`edit:${when.gate}`)
      case 'rankQueue': return nameOf(when.rank)
      case 'platformLoad': case 'platformDensity': return nameOf(when.station)
      case 'lineFlow': return nameOf(`edit:${when.line}`)
      case 'roadQueue': case 'roadSpeed': return whereOf({ target: when.target } as ScenarioEdit, t)
    }
  })()
  return `${t(`rules.measure.${when.measure}`)} · ${where}`
}

/** "above 20 vehicles for 30 s". */
export function thresholdOf({ when: { measure, above, below, forSeconds } }: ResponseRule, t: TFunction): string {
  const value = brief(above ?? below ?? 0)
  return t(above === undefined ? 'rules.below' : 'rules.above', { value, unit: t(`rules.unit.${measure}`), seconds: forSeconds })
}

/** When its actions end. */
export function releaseOf({ when: { measure, above }, release }: ResponseRule, t: TFunction): string {
  if (!release) return t('rules.untilEnd')
  return t(above === undefined ? 'rules.releaseAbove' : 'rules.releaseBelow', { value: brief(release.threshold), unit: t(`rules.unit.${measure}`), seconds: release.afterSeconds })
}

/** What one of its actions does. */
export function actionOf(action: RuleAction, t: TFunction, nameOf: NameOf): string {
  const edit = { ...action, id: '', enabled: true, window: { start: '00:00', end: '24:00' } } as ScenarioEdit
  const where = action.kind === 'gate' && typeof action.at === 'string' ? nameOf(action.at) : whereOf(edit, t)
  return [t(`edits.${action.kind}`), where, whatOf(edit, t)].filter(Boolean).join(' · ')
}

/** Why a rule began or ended. */
export const because = ({ cause, measure, value, threshold }: RuleLogEntry, t: TFunction): string => (cause === 'window' ? t('rules.windowEnds')
  : t('rules.because', { measure: t(`rules.measure.${measure}`), value: brief(value), threshold: brief(threshold), unit: t(`rules.unit.${measure}`) }))
