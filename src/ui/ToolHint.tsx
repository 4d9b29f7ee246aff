import { Ban } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from './stores/store'

/** What a click on the map does now, where it is not the usual. */
export function ToolHint(): ReactElement | null {
  const { t } = useTranslation()
  const waiting = useApp(state => state.tool === 'close' && state.selection?.kind !== 'link')
  return waiting ? <div className="tool-hint" role="status"><Ban aria-hidden size="1rem" /> {t('rail.closeHint')} <kbd>Esc</kbd></div> : null
}
