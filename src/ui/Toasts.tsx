import { CircleCheck, CircleX, Info } from 'lucide-react'
import { Toast } from 'radix-ui'
import type { ReactElement } from 'react'
import { store, useApp } from './stores/store'

const icons = { info: Info, good: CircleCheck, bad: CircleX }

/** Short notices; those that refuse something stay longer. */
export default function Toasts(): ReactElement {
  const toasts = useApp(state => state.toasts)
  return (
    <Toast.Provider>
      {toasts.map(({ id, tone, text, detail, action }) => {
        const Icon = icons[tone]
        return (
          <Toast.Root key={id} className="toast glass-strong" data-tone={tone} duration={action?.stays ? Infinity : action ? 12_000 : tone === 'bad' ? 9000 : 3500}
            onOpenChange={open => { if (!open) store.getState().dismiss(id) }}>
            <Icon aria-hidden size="1.1rem" />
            <div><Toast.Title>{text}</Toast.Title>{detail && <Toast.Description className="soft">{detail}</Toast.Description>}</div>
            {action && <Toast.Action className="button toast-action" altText={action.text} onClick={action.act}>{action.text}</Toast.Action>}
          </Toast.Root>
        )
      })}
      <Toast.Viewport className="toasts" />
    </Toast.Provider>
  )
}
