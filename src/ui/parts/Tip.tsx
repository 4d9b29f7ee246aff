import { Tooltip } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

interface Props {
  readonly text: ReactNode
  readonly keys?: string
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly children: ReactElement
}

/** A short explanation at pointer or focus; `keys` is the shortcut that does the same. */
export function Tip({ text, keys, side = 'bottom', children }: Props): ReactElement {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" side={side} sideOffset={8} collisionPadding={8}>
          <span>{text}</span>
          {keys && <kbd>{keys}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
