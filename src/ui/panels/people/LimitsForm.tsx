import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { CrowdLimitSettings } from '../../../scenario'
import type { CrowdLimits } from '../../../sim'
import { NumberField } from '../../parts/NumberField'
import { session } from '../../session'
import { useApp } from '../../stores/store'

interface Limit { readonly setting: keyof CrowdLimitSettings; readonly of: keyof CrowdLimits; readonly max: number; readonly step: number; readonly digits: number }
const LIMITS: readonly Limit[] = [
  { setting: 'unstable', of: 'unstable', max: 20, step: 0.1, digits: 1 }, { setting: 'dangerous', of: 'dangerous', max: 20, step: 0.1, digits: 1 },
  { setting: 'turbulent', of: 'turbulent', max: 10, step: 0.01, digits: 3 }, { setting: 'holdSeconds', of: 'hold', max: 600, step: 1, digits: 0 },
  { setting: 'flowLevel', of: 'flowLevel', max: 300, step: 1, digits: 0 }, { setting: 'flowStepped', of: 'flowStepped', max: 300, step: 1, digits: 0 },
  { setting: 'platformMinutes', of: 'platform', max: 60, step: 0.5, digits: 1 }, { setting: 'safetyMinutes', of: 'safety', max: 60, step: 0.5, digits: 1 },
]

/** What raises an alarm: settings of the document, each with who says so. They hold from now on. @param limits  that the run follows */
export function LimitsForm({ limits }: { limits: CrowdLimits }): ReactElement {
  const { t } = useTranslation()
  const own = useApp(state => state.scenario?.crowdLimits)
  const set = (setting: keyof CrowdLimitSettings, value: number): boolean => session.apply({ kind: 'setCrowdLimits', crowdLimits: { ...own, [setting]: value } })
  return (
    <details className="fold limits">
      <summary>{t('people.limits')}</summary>
      <div className="limit-grid">
        {LIMITS.map(({ setting, of, max, step, digits }) => (
          <div key={setting} className="limit">
            <NumberField label={t(`people.limit.${setting}`)} value={own?.[setting] ?? limits[of]} min={step} max={max} step={step} digits={digits} onChange={value => set(setting, value)} />
            <small className="soft">{t(`people.limitSource.${setting}`)}</small>
          </div>
        ))}
      </div>
      {own && <button type="button" className="button" onClick={() => session.apply({ kind: 'setCrowdLimits', crowdLimits: null })}>{t('people.limitsReset')}</button>}
    </details>
  )
}
