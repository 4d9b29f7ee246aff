import { Columns2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { beside } from '../../beside'
import { useApp } from '../../stores/store'

/** Puts the run without the changes beside the one with them, on the map. */
export function BesideButton(): ReactElement {
  const { t } = useTranslation()
  const on = useApp(state => state.beside.phase !== 'off')
  return <button type="button" className="button" aria-pressed={on} data-testid="show-beside" onClick={() => beside.toggle()}><Columns2 aria-hidden size="1rem" /> {t('beside.button')} <kbd>K</kbd></button>
}
