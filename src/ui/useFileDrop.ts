import { useEffect } from 'react'
import { withTexts } from './i18n'

const opener = withTexts(() => import('./documents/openFile'))

/** A scenario file that is dropped onto the city is opened. */
export function useFileDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent): void => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault() }
    const drop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      void opener().then(({ openFile }) => openFile(file))
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [])
}
