import type { LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'

interface Props { readonly icon: LucideIcon; readonly text: string; readonly keys?: string; readonly disabled?: boolean; /** Only where the bar itself has no room for it. */ readonly narrow?: boolean; readonly onSelect: () => void }

/** An entry of a menu with its icon and its key. */
export function MenuItem({ icon: Icon, text, keys, disabled = false, narrow = false, onSelect }: Props): ReactElement {
  return (
    <DropdownMenu.Item className={narrow ? 'menu-item narrow-only' : 'menu-item'} disabled={disabled} onSelect={onSelect}>
      <Icon aria-hidden size="1.05rem" strokeWidth={1.9} /> <span>{text}</span> {keys && <kbd>{keys}</kbd>}
    </DropdownMenu.Item>
  )
}
