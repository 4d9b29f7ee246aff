import { useEffect } from 'react'
import { i18n } from './i18n'
import { session } from './session'
import { store } from './stores/store'

/** A scenario file that is dropped onto the city is opened. */
export function useFileDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent): void => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault() }
    const drop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      if (!/\.json$/i.test(file.name)) return store.getState().say('bad', i18n.t('scenarios.noScenario', { name: file.name }), i18n.t('scenarios.dropJson'))
      void file.text().then(text => { store.getState().show(null); return session.openText(text, file.name) })
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [])
}
