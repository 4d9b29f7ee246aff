import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { SpeedButton, speeds, speedText } from './SpeedButton'
import { store, useApp } from './stores/store'

/** How fast the run goes, to choose from. */
export default function SpeedMenu(): ReactElement {
  const { t } = useTranslation()
  const speed = useApp(state => state.speed)
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild><SpeedButton /></DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu glass-strong" sideOffset={10} collisionPadding={8}>
          <DropdownMenu.RadioGroup value={String(speed)} onValueChange={value => store.setState({ speed: Number(value), playing: true })}>
            {speeds.map(factor => (
              <DropdownMenu.RadioItem key={factor} value={String(factor)} className="menu-item">
                {factor === Infinity ? t('run.speedMaxLong') : speedText(factor, t)}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
