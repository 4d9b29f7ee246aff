import type { TFunction } from 'i18next'
import { Gauge } from 'lucide-react'
import type { ComponentProps, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from './stores/store'

/** Simulated seconds per wall second on offer. */
export const speeds = [1, 2, 5, 10, 20, 60, Infinity] as const

export const speedText = (factor: number, t: TFunction): string => (factor === Infinity ? t('run.speedMax') : t('run.speedTimes', { factor }))

/** The speed of the run, as a button; whoever opens a menu with it says so in `props`. */
export function SpeedButton(props: ComponentProps<'button'>): ReactElement {
  const { t } = useTranslation()
  const speed = useApp(state => state.speed)
  return (
    <button type="button" className="speed" aria-label={`${t('run.speed')}: ${speedText(speed, t)}`} {...props}>
      <Gauge aria-hidden size="1rem" /> <span>{speedText(speed, t)}</span>
    </button>
  )
}
