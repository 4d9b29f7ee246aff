import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './IconButton'

interface Props {
  readonly title: string
  readonly intro?: string
  readonly wide?: boolean
  readonly onClose: () => void
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Frame of everything that slides out beside the rail. */
export function PanelFrame({ title, intro, wide, onClose, actions, children }: Props): ReactElement {
  const { t } = useTranslation()
  return (
    <section className={wide ? 'panel glass panel-wide' : 'panel glass'} aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        {actions}
        <IconButton icon={X} label={t('panel.close')} keys="Esc" onClick={onClose} />
      </header>
      <div className="panel-body">
        {intro && <p className="soft">{intro}</p>}
        {children}
      </div>
    </section>
  )
}
