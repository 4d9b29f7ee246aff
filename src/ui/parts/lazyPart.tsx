import { Component, lazy, Suspense, useState, type ComponentType, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Closable { readonly onClose?: () => void }

/** A part that is fetched when first shown, `Meanwhile` in its place until it is there. One that cannot be shown says so, and can be tried again. */
export function lazyPart<Props extends object = object>(load: () => Promise<{ default: ComponentType<Props> }>, Meanwhile?: ComponentType): (props: Props & Closable) => ReactElement {
  let Content: ComponentType<Props> = lazy(load) as unknown as ComponentType<Props>
  // What is lazy keeps a failed fetch for good, so that another try needs a new one.
  const renew = (): void => { Content = lazy(load) as unknown as ComponentType<Props> }
  return function LazyPart(props) {
    const [tries, setTries] = useState(0)
    return (
      <Guard key={tries} onCatch={renew} onRetry={() => setTries(tries + 1)} onClose={props.onClose}>
        <Suspense fallback={Meanwhile ? <Meanwhile /> : null}><Content {...props} /></Suspense>
      </Guard>
    )
  }
}

interface MissingProps { readonly onRetry: () => void; readonly onClose: (() => void) | undefined }
interface GuardProps extends MissingProps { readonly onCatch: () => void; readonly children: ReactNode }

/** Keeps an error of one part from taking the whole page with it. */
class Guard extends Component<GuardProps, { reason: string | null }> {
  override state = { reason: null }
  static getDerivedStateFromError(error: unknown): { reason: string } {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
  override componentDidCatch(): void { this.props.onCatch() }
  override render(): ReactNode {
    const { reason } = this.state
    const { children, onRetry, onClose } = this.props
    return reason === null ? children : <Missing reason={reason} onRetry={onRetry} onClose={onClose} />
  }
}

/** What happened and what to do; the run goes on. */
function Missing({ reason, onRetry, onClose }: MissingProps & { readonly reason: string }): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="part-missing glass-strong" role="alert">
      <h3>{t('part.missing')}</h3>
      <p>{t('part.advice')}</p>
      <code>{reason}</code>
      <div className="row">
        <button type="button" className="button primary" onClick={onRetry}>{t('part.retry')}</button>
        {onClose && <button type="button" className="button" onClick={onClose}>{t('panel.close')}</button>}
      </div>
    </section>
  )
}
