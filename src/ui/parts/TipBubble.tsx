import { Tooltip } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

export interface BubbleProps {
  readonly id: string
  /** Where what it explains is on the screen. */
  readonly anchor: DOMRect
  readonly text: ReactNode
  readonly keys: string | undefined
  readonly side: 'top' | 'right' | 'bottom' | 'left'
  readonly onHide: () => void
}

/** The bubble of a tip, placed beside what it explains. */
export default function TipBubble({ id, anchor: { left, top, width, height }, text, keys, side, onHide }: BubbleProps): ReactElement {
  return (
    <Tooltip.Provider>
      <Tooltip.Root open onOpenChange={open => { if (!open) onHide() }}>
        <Tooltip.Trigger asChild><span aria-hidden style={{ position: 'fixed', left, top, width, height, pointerEvents: 'none' }} /></Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content id={id} className="tip" side={side} sideOffset={8} collisionPadding={8}>
            <span>{text}</span>
            {keys && <kbd>{keys}</kbd>}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  )
}
