import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../parts/IconButton'

interface Props { readonly kind: string; readonly title: string; readonly subtitle?: ReactNode; readonly onClose: () => void; readonly children?: ReactNode }

export function CardFrame({ kind, title, subtitle, onClose, children }: Props): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="inspector glass" aria-label={title} data-testid="inspector">
      <header className="panel-head">
        <div className="card-title">
          <small>{kind}</small>
          <h2>{title}</h2>
          {subtitle && <p className="soft">{subtitle}</p>}
        </div>
        <IconButton icon={X} label={t('inspector.close')} keys="Esc" onClick={onClose} />
      </header>
      <div className="panel-body">{children}</div>
    </section>
  )
}
