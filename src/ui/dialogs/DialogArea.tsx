import type { ReactElement } from 'react'
import { withTexts } from '../i18n'
import { lazyPart } from '../parts/lazyPart'
import { store, useApp } from '../stores/store'

const CreditsDialog = lazyPart(withTexts(() => import('./CreditsDialog')))
const ShortcutsDialog = lazyPart(withTexts(() => import('./ShortcutsDialog')))

export function DialogArea(): ReactElement | null {
  const dialog = useApp(state => state.dialog)
  if (!dialog) return null
  const close = (): void => store.getState().openDialog(null)
  return dialog === 'credits' ? <CreditsDialog onClose={close} /> : <ShortcutsDialog onClose={close} />
}
