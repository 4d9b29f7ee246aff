import type { ReactElement } from 'react'
import { withTexts } from '../i18n'
import { lazyPart } from '../parts/lazyPart'
import { store, useApp } from '../stores/store'

const CreditsDialog = lazyPart(withTexts(() => import('./CreditsDialog')))
const ReportDialog = lazyPart(withTexts(() => import('./ReportDialog')))
const ShortcutsDialog = lazyPart(withTexts(() => import('./ShortcutsDialog')))

const dialogs = { credits: CreditsDialog, report: ReportDialog, shortcuts: ShortcutsDialog } as const

export function DialogArea(): ReactElement | null {
  const dialog = useApp(state => state.dialog)
  if (!dialog) return null
  const close = (): void => store.getState().openDialog(null)
  const Dialog = dialogs[dialog]
  return <Dialog onClose={close} />
}
