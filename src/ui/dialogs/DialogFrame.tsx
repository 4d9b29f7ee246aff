import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

interface Props { readonly title: string; readonly closeLabel: string; readonly onClose: () => void; readonly wide?: boolean; readonly children: ReactNode }

export function DialogFrame({ title, closeLabel, onClose, wide = false, children }: Props): ReactElement {
  return (
    <Dialog.Root open onOpenChange={open => { if (!open) onClose() }}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog glass-strong" data-wide={wide} aria-describedby={undefined}>
          <header className="panel-head">
            <Dialog.Title asChild><h2>{title}</h2></Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={closeLabel}><X aria-hidden size="1.15rem" /></Dialog.Close>
          </header>
          <div className="panel-body">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
