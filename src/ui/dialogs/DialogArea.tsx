import type { ReactElement } from 'react'
import { withTexts } from '../i18n'
import { lazyPart } from '../parts/lazyPart'
import { store, useApp } from '../stores/store'
import type { Dialog } from '../stores/viewSlice'

const NameDialog = lazyPart(withTexts(() => import('./NameDialog')))
const dialogs: Record<Dialog, (props: { onClose: () => void }) => ReactElement> = {
  credits: lazyPart(withTexts(() => import('./CreditsDialog'))),
  shortcuts: lazyPart(withTexts(() => import('./ShortcutsDialog'))),
  report: lazyPart(withTexts(() => import('./ReportDialog'))),
  briefing: lazyPart(withTexts(() => import('./BriefingDialog'))),
  share: lazyPart(withTexts(() => import('./ShareDialog'))),
  corridor: lazyPart(withTexts(() => import('../corridor/CorridorDialog'))),
  new: NameDialog, saveAs: NameDialog, rename: NameDialog,
}

export function DialogArea(): ReactElement | null {
  const dialog = useApp(state => state.dialog)
  if (!dialog) return null
  const Content = dialogs[dialog]
  return <Content onClose={() => store.getState().openDialog(null)} />
}
