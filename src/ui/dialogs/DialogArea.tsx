import { lazy, Suspense, type ReactElement } from 'react'
import { store, useApp } from '../stores/store'

const CreditsDialog = lazy(() => import('./CreditsDialog'))
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'))

export function DialogArea(): ReactElement | null {
  const dialog = useApp(state => state.dialog)
  if (!dialog) return null
  const close = (): void => store.getState().openDialog(null)
  return <Suspense fallback={null}>{dialog === 'credits' ? <CreditsDialog onClose={close} /> : <ShortcutsDialog onClose={close} />}</Suspense>
}
