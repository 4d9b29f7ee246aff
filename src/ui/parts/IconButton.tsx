import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { Tip } from './Tip'

interface Props {
  readonly icon: LucideIcon
  readonly label: string
  readonly keys?: string
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly pressed?: boolean
  readonly disabled?: boolean
  readonly testId?: string
  readonly onClick: () => void
}

/** A square button that shows an icon and says its name to pointers and screen readers. */
export function IconButton({ icon: Icon, label, keys, side, pressed, disabled, testId, onClick }: Props): ReactElement {
  return (
    <Tip text={label} {...(keys ? { keys } : {})} {...(side ? { side } : {})}>
      <button type="button" className="icon-button" aria-label={label} data-testid={testId} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
        <Icon aria-hidden size="1.15rem" strokeWidth={1.9} />
      </button>
    </Tip>
  )
}
